"""Nodes in a row: Voronoi cells of equal area, and no node where |q| is large."""

import sys
from fractions import Fraction
from pathlib import Path

from hypothesis import strategies as st

from ucomp_verify.claims.quasi_uniform_counting import counting_statement
from ucomp_verify.evidence.search import find_refutation
from ucomp_verify.kernel.certificates import Counterexample
from ucomp_verify.writing import save, vector


def row(count: int, height: Fraction, constant: int, slope: int) -> Counterexample:
    """Nodes ((2 i - 1) / (2 d), height) and the form constant + slope * y."""
    nodes = [Fraction(2 * i + 1, 2 * count) for i in range(count)]
    return Counterexample(counting_statement(count), vector([*nodes, height, constant, slope]))


CANDIDATES = st.builds(
    row,
    st.integers(1, 4),
    st.fractions(0, 1, max_denominator=6),
    st.integers(-2, 2),
    st.integers(-3, 3),
)


def main(folder: Path) -> None:
    save(find_refutation("quasi-uniform-counting", CANDIDATES), folder / "found-by-search.json")
    for count in (2, 4, 8, 16, 32):
        save(row(count, Fraction(1, 2), -1, 2), folder / f"row-of-{count:02}.json")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
