"""h(y) = y^2: whatever weights on two objects are chosen, the error grows like d^2."""

import sys
from fractions import Fraction
from pathlib import Path

from ucomp_verify.algebra.obstructions import growth_certificate
from ucomp_verify.kernel.certificates import Growth, Polynomial
from ucomp_verify.writing import save


def polynomial(*coefficients: Fraction | int) -> Polynomial:
    return tuple((Fraction(c), (i,)) for i, c in enumerate(coefficients) if c)


def squares(radius: Fraction) -> Growth:
    """Objects at -r, 0, r; g in {1, 2 + w/r, 1 + (w/r)^2}; two objects may be kept (k = 1)."""
    functions = [
        polynomial(1),
        polynomial(2, 1 / radius),
        polynomial(1, 0, 1 / radius**2),
    ]
    nodes = [(-radius,), (Fraction(0),), (radius,)]
    return growth_certificate(nodes, functions, size=2, power=2, error=Fraction(1))


def main(folder: Path) -> None:
    save(squares(Fraction(1)), folder / "squares-radius-1.json")
    save(squares(Fraction(1, 100)), folder / "squares-radius-1-100.json")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
