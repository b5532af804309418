"""At the share 1 the Chebyshev polynomial is 1, above the bound 1/2; and everywhere else."""

import sys
from fractions import Fraction
from pathlib import Path

from hypothesis import strategies as st

from ucomp_verify.claims.levelset_chebyshev_bound import chebyshev_bound_statement
from ucomp_verify.evidence.search import find_refutation
from ucomp_verify.kernel.certificates import Counterexample
from ucomp_verify.writing import save, vector


def share(degree: int, parts: int) -> Counterexample:
    """One degree and the share 1 / parts of the domain."""
    return Counterexample(chebyshev_bound_statement(degree), vector([Fraction(parts)]))


CANDIDATES = st.builds(share, st.integers(1, 6), st.integers(1, 20))


def main(folder: Path) -> None:
    save(find_refutation("levelset-chebyshev-bound", CANDIDATES), folder / "found-by-search.json")
    save(share(1, 2), folder / "half-degree-1.json")
    save(share(6, 10), folder / "tenth-degree-6.json")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
