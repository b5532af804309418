"""Search for a triangle that no ball of its diameter holds, and freeze what is found."""

import sys
from fractions import Fraction
from pathlib import Path

from hypothesis import strategies as st

from ucomp_verify.evidence.search import find_refutation
from ucomp_verify.kernel.certificates import Covering
from ucomp_verify.writing import points, save, vector


def equal_weights(rows: list[tuple[int, ...]]) -> Covering:
    """The mean of the points shows how large a ball must be."""
    return Covering(points(rows), vector([Fraction(1, len(rows))] * len(rows)))


PLANE = st.tuples(st.integers(-6, 6), st.integers(-6, 6))
CANDIDATES = st.lists(PLANE, min_size=1, max_size=4).map(equal_weights)


def main(folder: Path) -> None:
    save(find_refutation("small-ball-enclosing", CANDIDATES), folder / "found-by-search.json")
    # Circumradius 17/5 > 3 (THEORY): the multipliers are the centre's barycentric coordinates.
    triangle = Covering(
        points([(-3, 0), (3, 0), (0, 5)]),
        vector([Fraction(17, 50), Fraction(17, 50), Fraction(16, 50)]),
    )
    save(triangle, folder / "triangle.json")
    corners = [(1, 1, 1), (1, -1, -1), (-1, 1, -1), (-1, -1, 1)]
    save(equal_weights(corners), folder / "tetrahedron.json")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
