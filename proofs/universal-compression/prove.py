"""Ten objects on a line that Algorithm 1 of order 5 cannot bring below six."""

import sys
from fractions import Fraction
from pathlib import Path

from ucomp_verify.algebra.obstructions import growth_certificate, monomials
from ucomp_verify.writing import save

NODES = (0, 1, 2, 3, 5, 8, 13, 21, 34, 55)


def main(folder: Path) -> None:
    powers = monomials([(i,) for i in range(6)])
    nodes = [(x,) for x in NODES]
    stuck = growth_certificate(nodes, powers, size=5, power=1, error=Fraction(0))
    save(stuck, folder / "stuck-m1-k5-d10.json")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
