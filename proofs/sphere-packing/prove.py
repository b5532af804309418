"""Search for points whose closest N are further apart than the printed bound."""

import sys
from pathlib import Path

from hypothesis import strategies as st

from ucomp_verify.evidence.search import find_refutation
from ucomp_verify.kernel.certificates import Packing
from ucomp_verify.writing import points, save


def on_a_line(values: list[int], size: int) -> Packing:
    return Packing(points([(x,) for x in values]), size)


LINE = st.lists(st.integers(-4, 4), min_size=2, max_size=5)
CANDIDATES = st.builds(on_a_line, LINE, st.integers(2, 5))


def main(folder: Path) -> None:
    save(find_refutation("sphere-packing", CANDIDATES), folder / "found-by-search.json")
    save(Packing(points([(-1,), (0,), (1,)]), 3), folder / "three-on-a-line.json")
    # Where d / (N - 1) > 2 the printed bound holds.
    grid = [(x, y) for x in range(-2, 3) for y in range(-2, 3)]
    save(Packing(points(grid), 2), folder / "grid-5x5.json")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
