"""Orthonormal polynomials on the nodes, in float64: what a support is chosen with.

Nothing exact rests on these numbers; they only have to be well conditioned.
"""

import numpy as np
import numpy.typing as npt

from ucomp_verify.measures.monomials import MomentSystem

from .arnoldi import arnoldi
from .spaces import MonomialSpace

Array = npt.NDArray[np.float64]


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


def orthonormal_features(points: Array, space: MonomialSpace | int) -> Array:
    """Rows: polynomials of the space, orthonormal over the points, that span them all.

    The space may be given as a degree. As many rows as the rank of the monomials on the
    points, (n, dim), up to rounding.
    """
    return arnoldi(points, space)[1]
