"""Two deep-set forms of one function of two numbers, told apart by weighted objects."""

import sys
from fractions import Fraction
from pathlib import Path

from hypothesis import strategies as st

from ucomp_verify.evidence.search import find_refutation
from ucomp_verify.kernel.certificates import Syzygy, WeightedSet
from ucomp_verify.writing import points, save, vector


def cubes(nodes: list[int], weights: list[Fraction]) -> Syzygy:
    """For two numbers q_3 = (3 q_1 q_2 - q_1^3) / 2."""
    zero, one, two, three = ((e,) for e in range(4))
    terms = (
        (Fraction(1), zero, (three,)),
        (Fraction(-3, 2), zero, (one, two)),
        (Fraction(1, 2), zero, (one, one, one)),
    )
    witness = WeightedSet(points([(x,) for x in nodes]), vector(weights), 0)
    return Syzygy(1, 2, terms, witness)


def two_weights(share: Fraction, x: int, y: int) -> Syzygy:
    return cubes([x, y], [share, 2 - share])


CANDIDATES = st.builds(
    two_weights, st.fractions(0, 2, max_denominator=4), st.integers(-3, 3), st.integers(-3, 3)
)


def main(folder: Path) -> None:
    save(find_refutation("deep-set-extension", CANDIDATES), folder / "found-by-search.json")
    save(two_weights(Fraction(3, 2), 0, 1), folder / "cubes.json")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
