"""Search for a weight and a gradient for which clipping sees the weight, and freeze it."""

import sys
from fractions import Fraction
from math import isqrt
from pathlib import Path

from hypothesis import strategies as st

from ucomp_verify.claims.inverse_weight_rule import clipping_statement
from ucomp_verify.evidence.search import find_refutation
from ucomp_verify.kernel.certificates import Counterexample
from ucomp_verify.writing import save, vector


def clipped(weight: int, gradient: int, threshold: int) -> Counterexample:
    """Norms and factors follow from weight, gradient and threshold (wrong if no square)."""
    full, weighted = isqrt(weight * gradient**2), abs(gradient)
    factors = [min(Fraction(1), Fraction(threshold, max(norm, 1))) for norm in (full, weighted)]
    return Counterexample(
        clipping_statement(), vector([weight, gradient, threshold, full, weighted, *factors])
    )


CANDIDATES = st.builds(clipped, st.integers(1, 30), st.integers(-5, 5), st.integers(1, 9))


def main(folder: Path) -> None:
    save(find_refutation("inverse-weight-rule", CANDIDATES), folder / "found-by-search.json")
    save(clipped(4, 1, 1), folder / "weight-4.json")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
