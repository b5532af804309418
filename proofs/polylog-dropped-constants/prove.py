"""In another unit of length the printed exponent is another one, and all errors are the same."""

import sys
from fractions import Fraction
from pathlib import Path

from hypothesis import strategies as st

from ucomp_verify.claims.polylog_dropped_constants import unit_free_statement
from ucomp_verify.evidence.search import find_refutation
from ucomp_verify.kernel.certificates import Counterexample
from ucomp_verify.writing import save, vector


def change(unit: Fraction, rho: Fraction, size: int) -> Counterexample:
    """The unit of length changes by `unit`; radius of convergence rho, d' = size."""
    return Counterexample(unit_free_statement(), vector([unit, rho, size]))


CANDIDATES = st.builds(
    change,
    st.fractions(Fraction(1, 4), 4, max_denominator=4),
    st.fractions(Fraction(1, 4), 4, max_denominator=4),
    st.integers(1, 9),
)


def main(folder: Path) -> None:
    save(find_refutation("polylog-dropped-constants", CANDIDATES), folder / "found-by-search.json")
    save(change(Fraction(100), Fraction(1), 10), folder / "centimetres.json")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
