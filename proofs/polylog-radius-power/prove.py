"""The printed rate has rho where rho^m belongs: different for m > 1 unless rho = 1."""

import sys
from fractions import Fraction
from pathlib import Path

from hypothesis import strategies as st

from ucomp_verify.claims.polylog_radius_power import radius_power_statement
from ucomp_verify.evidence.search import find_refutation
from ucomp_verify.kernel.certificates import Counterexample
from ucomp_verify.writing import save, vector


def radius(dim: int, multiple: int, rho: Fraction, size: int) -> Counterexample:
    """k = multiple * dim, radius of convergence rho, d' = size."""
    return Counterexample(radius_power_statement(dim, multiple), vector([rho, size]))


CANDIDATES = st.builds(
    radius,
    st.integers(1, 4),
    st.integers(1, 3),
    st.fractions(Fraction(1, 4), 4, max_denominator=4),
    st.integers(1, 9),
)


def main(folder: Path) -> None:
    save(find_refutation("polylog-radius-power", CANDIDATES), folder / "found-by-search.json")
    save(radius(2, 1, Fraction(2), 1), folder / "plane-rho-2.json")
    save(radius(3, 2, Fraction(1, 2), 100), folder / "space-rho-1-2.json")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
