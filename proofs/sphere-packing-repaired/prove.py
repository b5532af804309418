"""Points on a line, in a plane and in space, whose closest N the kernel finds by trying all."""

import sys
from itertools import product
from pathlib import Path
from random import Random

from ucomp_verify.kernel.certificates import Packing
from ucomp_verify.writing import points, save


def lattice(dim: int, side: int) -> list[tuple[int, ...]]:
    """The side^dim points with coordinates 1 - side, 3 - side, ..., side - 1."""
    return list(product(range(1 - side, side, 2), repeat=dim))


def scattered(dim: int, count: int, *, seed: int) -> list[tuple[int, ...]]:
    draw = Random(seed)
    return [tuple(draw.randint(-50, 50) for _ in range(dim)) for _ in range(count)]


def main(folder: Path) -> None:
    # Wherever d > 3^m (N - 1) the bound is below the diameter of the ball.
    for dim, side, size in ((1, 10, 2), (1, 17, 3), (1, 25, 4), (2, 5, 2), (2, 6, 3), (3, 4, 2)):
        save(Packing(points(lattice(dim, side)), size), folder / f"lattice-m{dim}-n{size}.json")
    for dim, count, size in (
        (1, 30, 3),
        (1, 20, 5),
        (2, 30, 3),
        (2, 28, 4),
        (3, 40, 2),
        (3, 55, 3),
    ):
        cloud = points(scattered(dim, count, seed=dim))
        save(Packing(cloud, size), folder / f"scattered-m{dim}-n{size}.json")
    copies = [(x,) for x in (-3, -1, 1, 3) for _ in range(3)]
    save(Packing(points(copies), 4), folder / "three-times-four-points.json")
    # The printed bound is negative or not defined here; this one is 6R (N - 1) / d.
    save(Packing(points([(-1,), (0,), (1,)]), 3), folder / "three-on-a-line.json")
    save(Packing(points([(-3,), (-1,), (1,), (3,)]), 3), folder / "four-on-a-line.json")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
