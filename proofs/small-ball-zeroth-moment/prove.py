"""Weight at the centre changes no moment of order 1 or more."""

import sys
from fractions import Fraction
from pathlib import Path

from hypothesis import strategies as st

from ucomp_verify.claims.small_ball_zeroth_moment import zeroth_moment_statement
from ucomp_verify.evidence.search import find_refutation
from ucomp_verify.kernel.certificates import Counterexample
from ucomp_verify.writing import save, vector


def weights(order: int, values: list[Fraction]) -> Counterexample:
    """Weights c1, c2 before, e1, e2 after, at 0 and at the last value."""
    return Counterexample(zeroth_moment_statement(order), vector(values))


CANDIDATES = st.builds(
    weights,
    st.integers(1, 4),
    st.lists(st.fractions(-2, 2, max_denominator=3), min_size=5, max_size=5),
)


def main(folder: Path) -> None:
    save(find_refutation("small-ball-zeroth-moment", CANDIDATES), folder / "found-by-search.json")
    one, two, zero = Fraction(1), Fraction(2), Fraction(0)
    save(weights(3, [one, one, two, one, one]), folder / "twice-the-weight-at-the-centre.json")
    save(weights(6, [zero, one, one, one, one / 2]), folder / "new-weight-at-the-centre.json")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
