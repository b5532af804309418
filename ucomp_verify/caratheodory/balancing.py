"""Signed balancing over many windows: what to keep exactly, and what as well as possible."""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from ucomp_verify.algebra.multi_indices import num_monomials

from .features import orthonormal_features
from .legendre import Array, degree_weights, in_own_box, legendre
from .steering import Balance, Forward, Steering

DAMPING = 3.0  # a degree more counts by so much less: high moments matter less to smooth functions
MOST = 800  # moments to balance; more cost too much for what they give


@dataclass(frozen=True, eq=False)
class Steered:
    """Nodes in their box, the degree to keep, the degree `top` to balance up to, and a steering.

    The methods take places of nodes and give one column for each.
    """

    points: Array = field(repr=False)  # in [-1, 1]^dim, the box of all nodes
    degree: int
    top: int
    steering: Steering

    def low(self, places: npt.NDArray[np.intp]) -> Array:
        """A basis of the polynomials up to the degree, made for the box of these nodes."""
        return legendre(in_own_box(self.points[places]), self.degree)

    def orthonormal(self, places: npt.NDArray[np.intp]) -> Array:
        """An orthonormal basis of the polynomials up to the degree that differ on these nodes."""
        return orthonormal_features(in_own_box(self.points[places]), self.degree)

    def high(self, places: npt.NDArray[np.intp]) -> Array:
        """The Legendre products on the common box above the degree, damped."""
        damping = degree_weights(self.points.shape[1], self.top, self.degree, DAMPING)
        return legendre(self.points[places], self.top, above=self.degree) * damping


def steered(points: Array, degree: int, extra: int) -> Steered:
    """Balancing of up to `extra` degrees more, as many as have at most `MOST` moments."""
    if extra < 0:
        raise ValueError(f"found {extra!r} degrees to balance; expected an integer >= 0")
    dim = points.shape[1]
    top = degree + extra
    while top > degree and num_monomials(dim, top) > MOST:
        top -= 1
    number = num_monomials(dim, top) - num_monomials(dim, degree)
    steering = Balance(np.zeros(number)) if number else Forward()
    return Steered(in_own_box(points), degree, top, steering)
