"""Orthonormal polynomials on the nodes, in float64: what a support is chosen with.

Nothing exact rests on these numbers; they only have to be well conditioned.
"""

import numpy as np
import numpy.typing as npt

from ucomp_verify.algebra.multi_indices import MultiIndex, multi_indices
from ucomp_verify.measures.monomials import MomentSystem

Array = npt.NDArray[np.float64]

DEPENDENT = 1e-12
"""A polynomial whose part that is new on the nodes is smaller, relatively, counts as none.

Rounding leaves about 1e-16 of an exactly dependent one.
"""


def quick_features(system: MomentSystem) -> Array:
    """Orthonormal features of the nodes, as many as float64 can tell apart."""
    return orthonormal_features(unit_coordinates(system), system.degree)


def unit_coordinates(system: MomentSystem) -> Array:
    """The nodes, one a row, moved affinely into [-1, 1]^dim, each number rounded once."""
    columns = [
        [x / width for x in axis]
        for axis, width in zip(system.coordinates, system.widths, strict=True)
    ]
    return np.array(columns).T


def orthonormal_features(points: Array, degree: int) -> Array:
    """Rows: polynomials up to the degree, orthonormal over the points, that span them all.

    The multivariate Arnoldi process: each polynomial is an earlier one times a coordinate,
    made orthogonal to all earlier ones twice. As many rows as the rank of the monomials on
    the points (up to rounding): a multiple of a monomial that depends on smaller ones
    depends on smaller ones too, so it is passed over. (Brubeck, Nakatsukasa, Trefethen,
    "Vandermonde with Arnoldi", 2021.)
    """
    place: dict[MultiIndex, int] = {}
    rows = np.empty((16, len(points)))
    for alpha in multi_indices(points.shape[1], degree):
        parents = _parents(alpha)
        if any(parent not in place for _, parent in parents):
            continue
        count = len(place)
        value = np.ones(len(points))
        if parents:
            axis, parent = parents[0]
            value = rows[place[parent]] * points[:, axis]
        new = _new_part(value, rows[:count])
        if new is None:
            continue
        if count == len(rows):
            rows = np.concatenate([rows, np.empty_like(rows)])
        rows[count], place[alpha] = new, count
    return rows[: len(place)]


def _parents(alpha: MultiIndex) -> list[tuple[int, MultiIndex]]:
    """The axes along which the monomial can be divided, and the quotients."""
    return [
        (axis, (*alpha[:axis], exponent - 1, *alpha[axis + 1 :]))
        for axis, exponent in enumerate(alpha)
        if exponent
    ]


def _new_part(value: Array, rows: Array) -> Array | None:
    """The unit vector of the part of `value` orthogonal to `rows`; None if negligible."""
    before = np.linalg.norm(value)
    for _ in range(2):
        value = value - (rows @ value) @ rows
    after = np.linalg.norm(value)
    return value / after if after > DEPENDENT * before else None
