"""Without any object the error of the sum of d ones is d."""

import sys
from fractions import Fraction
from pathlib import Path

from ucomp_verify.algebra.obstructions import growth_certificate, monomials
from ucomp_verify.writing import save


def main(folder: Path) -> None:
    nothing_left = growth_certificate(
        [(0,)], monomials([(0,)]), size=0, power=1, error=Fraction(1, 2)
    )
    save(nothing_left, folder / "no-object-left.json")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
