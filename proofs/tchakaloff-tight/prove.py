"""The principal lattice {a in N^m : |a| <= k} with unit weights needs all its N nodes."""

import sys
from fractions import Fraction
from pathlib import Path

from ucomp_verify.algebra import multi_indices, num_monomials
from ucomp_verify.algebra.obstructions import growth_certificate, monomials
from ucomp_verify.writing import save

CASES = (
    *((1, k) for k in range(11)),
    *((2, k) for k in range(7)),
    *((3, k) for k in range(5)),
    *((4, k) for k in range(4)),
    *((5, k) for k in range(3)),
)


def main(folder: Path) -> None:
    for dim, degree in CASES:
        lattice = list(multi_indices(dim, degree))
        certificate = growth_certificate(
            lattice,
            monomials(lattice),
            size=num_monomials(dim, degree) - 1,
            power=1,
            error=Fraction(0),
        )
        save(certificate, folder / f"lattice-m{dim}-k{degree:02}.json")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
