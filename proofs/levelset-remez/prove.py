"""Search for a polynomial that breaks the printed lemma, and freeze what is found.

Run `python proofs/levelset-remez/prove.py [FOLDER]`; the default folder is this one.
"""

import sys
from fractions import Fraction
from pathlib import Path

from hypothesis import strategies as st

from ucomp_verify.evidence.search import find_refutation
from ucomp_verify.kernel.certificates import LevelSet
from ucomp_verify.writing import save, vector


def increasing(weights: list[int], level_at: Fraction) -> LevelSet:
    """p = sum a_i x^i / sum a_i on [0, 1] grows to 1; {p <= p(s)} is [0, s]."""
    total = sum(weights)
    coefficients = [Fraction(a, total) for a in weights]
    level = sum((a * level_at**i for i, a in enumerate(coefficients)), start=Fraction(0))
    one, zero = Fraction(1), Fraction(0)
    return LevelSet(vector(coefficients), vector([0, 1]), level, ((zero, level_at),), one)


CANDIDATES = st.builds(
    increasing,
    st.lists(st.integers(0, 9), min_size=1, max_size=6).filter(lambda a: a[-1] > 0),
    st.fractions(Fraction(1, 20), Fraction(19, 20), max_denominator=20),
)


def main(folder: Path) -> None:
    found = find_refutation("levelset-remez", CANDIDATES)
    save(found, folder / "found-by-search.json")
    half, one = Fraction(1, 2), Fraction(1)
    line = LevelSet(vector([0, 1]), vector([-1, 1]), half, ((-half, half),), one)
    save(line, folder / "line.json")
    cube = LevelSet(vector([0, 0, 0, 1]), vector([-1, 1]), Fraction(1, 8), ((-half, half),), one)
    save(cube, folder / "cube.json")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
