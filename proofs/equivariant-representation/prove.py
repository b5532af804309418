"""Equivariant maps in the own point and power sums, by the polynomial sum_i <u_i, T_i(w)>.

Maps of d points with every orbit up to a degree, each with its own coefficient, and
training maps (a step of gradient descent, momentum, Adam's recursions) for every d.
"""

import sys
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

from ucomp_verify.algebra.equivariant import EquivariantMap, represent
from ucomp_verify.algebra.equivariant_terms import orbit_keys
from ucomp_verify.algebra.optimisers import LOSSES, RULES
from ucomp_verify.algebra.training import mean_field_form
from ucomp_verify.kernel.certificates import PowerSumIdentity
from ucomp_verify.writing import save

FAMILIES = (
    *((1, 1, 6), (1, 2, 6), (1, 3, 6), (1, 4, 6), (1, 5, 6), (1, 6, 6)),
    *((2, 1, 4), (2, 2, 4), (2, 3, 4), (2, 4, 4), (2, 5, 4), (2, 6, 4)),
    *((3, 2, 3), (3, 3, 3), (3, 4, 3), (3, 6, 3), (4, 2, 2), (4, 3, 3), (4, 6, 2)),
)  # (dimension, points, degree)
STEPS = (Fraction(1, 10), Fraction(9, 10), Fraction(3, 4), Fraction(1), Fraction(-1, 2))


def dense_map(dim: int, num_points: int, degree: int) -> EquivariantMap:
    """A map with every orbit up to the degree, no two with the same coefficient."""
    keys = list(orbit_keys(dim, num_points, degree))
    components = tuple(
        {key: Fraction((-1) ** k * (k + 1), axis + 1) for k, key in enumerate(keys)}
        for axis in range(dim)
    )
    return EquivariantMap(dim, num_points, components)


def certificates() -> Iterator[tuple[str, PowerSumIdentity]]:
    for family in FAMILIES:
        dim, num_points, degree = family
        name = f"m{dim}-d{num_points}-degree-{degree}"
        yield name, represent(dense_map(dim, num_points, degree)).certificate()
    for rule in RULES:
        for loss in LOSSES[:3] if rule.num_slots < 2 else LOSSES[:1]:
            form = mean_field_form(loss, rule).form(STEPS[: len(rule.shared)])
            name = f"{rule.name}-{loss.name}".lower().replace(",", "").replace(" ", "-")
            yield name, form.certificate()


def main(folder: Path) -> None:
    for name, certificate in certificates():
        save(certificate, folder / f"{name}.json")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
