"""Relations among power sums of d unit points that fail on weighted points of total d.

The first one of every dim 2..4 and number of points 2..6, and of dim 2 up to 8 points; the
minimal generators of all relations up to degree 7 for (dim, d) = (2, 3) and up to degree 6
for (3, 2); determinants of centred second moments.
"""

import sys
from pathlib import Path

from ucomp_verify.algebra.first_syzygies import (
    first_syzygy,
    first_witness,
    gram_determinant,
    gram_witness,
)
from ucomp_verify.algebra.syzygies import find_syzygies
from ucomp_verify.algebra.weighted_sets import find_weighted_set, syzygy_certificate
from ucomp_verify.writing import save

FIRST = [(dim, num_points) for dim in (2, 3, 4) for num_points in range(2, 7)] + [(2, 7), (2, 8)]
GENERATORS = [(2, 3, 7), (3, 2, 6)]  # dim, number of points, degree
GRAM = [(2, 2), (3, 2), (3, 3)]


def save_generators(dim: int, num_points: int, degree: int, folder: Path) -> None:
    found = find_syzygies(dim, num_points, degree)
    for number, polynomial in enumerate(found.polynomials()):
        certificate = syzygy_certificate(polynomial, witness=find_weighted_set(polynomial))
        save(certificate, folder / f"generator-m{dim}-d{num_points}-{number}.json")


def main(folder: Path) -> None:
    for dim, num_points in FIRST:
        witness = first_witness(dim, num_points)
        certificate = syzygy_certificate(first_syzygy(dim, num_points), witness=witness)
        save(certificate, folder / f"first-m{dim}-d{num_points}.json")
    for dim, num_points, degree in GENERATORS:
        save_generators(dim, num_points, degree, folder)
    for dim, num_points in GRAM:
        witness = gram_witness(dim, num_points)
        certificate = syzygy_certificate(gram_determinant(dim, num_points), witness=witness)
        save(certificate, folder / f"gram-m{dim}-d{num_points}.json")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
