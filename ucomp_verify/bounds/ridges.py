"""Ridge functions phi(<x, w> + b), for all vectors x that are short enough at once."""

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import log
from typing import TYPE_CHECKING

from .classes import ONE, PolyellipseClass
from .core import total_scale
from .powers import PREC, ball, root_below, square_root_above, upper_value
from .statement import (
    Bound,
    HypothesisNotMet,
    require,
    require_kind,
    require_rational,
    require_size,
    shown,
)
from .statement import require_whole as _whole
from .strips import Sigmoid, StripBound, Tanh

if TYPE_CHECKING:
    from flint import arb

    from ucomp_verify.measures.arrays import Array

HALVINGS, PARTS = 20, 8  # strips from width * 2^-20 on, each wider by 2^(1/8)
NEAR_POLE = 80  # strips that come closer to the width, in steps of 2^(1/4)
LEAST_SIZE = 1e-300  # of |phi - constant|, where the choice of a strip is made in float64
SHORT, LONG = Fraction(2) ** -900, Fraction(2) ** 900  # lengths with which it can do


@dataclass(frozen=True)
class RidgeClass:
    """g(w) = phi(<x, w> + b) on [-R, R]^dim for all real b and |x_1| + ... + |x_m| <= slope,
    R = `half_side`, and all means of such functions.

    phi, analytic in strips around the real line, is known by its distance from a constant
    there, and polynomials take up the constant. <x, w> runs through an interval of length at
    most 2 L, L = slope R, and is a polynomial itself, so that the dimension does not enter into
    the distance from polynomials: T7d for one variable.

    >>> RidgeClass(Sigmoid(), dim=2).distance(19) < Fraction(1, 10**14)
    True
    """

    phi: StripBound
    dim: int
    slope: Fraction = ONE
    half_side: Fraction = ONE
    lipschitz: Fraction = ONE

    def __post_init__(self) -> None:
        _whole("ridge class", "the dimension", self.dim)
        for name in ("slope", "half_side", "lipschitz"):
            object.__setattr__(self, name, require_size("ridge class", name, getattr(self, name)))

    def scaled(self, factor: Fraction) -> "RidgeClass":
        """The functions g(w / factor)."""
        unit = require_rational("change of unit", "the factor", factor)
        require(unit > 0, "change of unit", f"the factor {shown(unit)}", "a number > 0")
        return RidgeClass(
            self.phi, self.dim, self.slope / unit, self.half_side * unit, self.lipschitz
        )

    @property
    def half_length(self) -> Fraction:
        """L: <x, w> lies between -L and L on the cube."""
        return self.slope * self.half_side

    def distance(self, degree: int, *, side: int = 1) -> Fraction:
        """The least 2 M(b) rho^-k / (rho - 1) over the strips of a table, rounded up.

        In a cell <x, w> stays within L / side =: l of its middle; rho = b / l +
        sqrt(1 + (b / l)^2) belongs to the widest ellipse in the strip |Im z| < b, where
        |phi - constant| <= M(b). (Trefethen, "Approximation Theory and Approximation
        Practice", 2013, Theorem 8.2.)
        """
        _whole("ridge class", "the degree", degree, least=0)
        length = self.half_length / _whole("ridge class", "n", side)
        if not length:
            return Fraction(0)
        return self._tail(self._best_strip(degree, length), degree, length)

    def polyellipse(self, rho: Fraction) -> PolyellipseClass:
        """A class that holds phi - constant: |Im <x, z>| <= L (rho - 1/rho) / 2 on (R E_rho)^m."""
        wide = self.half_length * (rho - 1 / require_rational("ridge class", "rho", rho)) / 2
        require(
            wide > 0, "ridge class", f"a strip of width {shown(wide)}", "rho > 1 and slope, R > 0"
        )
        bound = self._bound(wide)
        return PolyellipseClass(self.dim, rho, bound, self.lipschitz, self.half_side)

    def widest_rho(self, half_width: Fraction) -> Fraction:
        """rho of the polyellipse that the strip |Im z| < half_width holds, rounded down."""
        require(self.half_length > 0, "ridge class", "constant functions", "slope, R > 0")
        beta = require_rational("ridge class", "the strip", half_width) / self.half_length
        return beta + root_below(1 + beta**2)

    @cached_property
    def _strips(self) -> "tuple[Array, Array]":
        """Half widths b and log M(b)."""
        import numpy as np

        width = self.phi.width
        shares = [2.0 ** (-j / PARTS) for j in range(1, HALVINGS * PARTS)]
        shares += [1 - 2.0 ** (-j / 4) for j in range(4, NEAR_POLE)]
        strips = [width * share for share in sorted(set(shares))]
        sizes = [float(self.phi.bound(Fraction(b)).mid()) for b in strips]
        return np.array(strips), np.array([log(max(size, LEAST_SIZE)) for size in sizes])

    def _best_strip(self, degree: int, length: Fraction) -> Fraction:
        """The half width of the table whose bound is the smallest in float64."""
        import numpy as np

        strips, sizes = self._strips
        decay = np.arcsinh(strips / float(min(max(length, SHORT), LONG)))  # log rho
        wanted = sizes - (degree + 1) * decay - np.log(-np.expm1(-decay))
        return Fraction(float(strips[wanted.argmin()]))

    def _tail(self, half_width: Fraction, degree: int, length: Fraction) -> Fraction:
        from flint import ctx

        with ctx.workprec(PREC + degree.bit_length()):
            above_one = _rho_minus_one(ball(half_width / length))
            bound = self.phi.bound(half_width)
            return upper_value(2 * bound * (1 + above_one) ** -degree / above_one)

    def _bound(self, half_width: Fraction) -> Fraction:
        from flint import ctx

        with ctx.workprec(PREC):
            try:
                return upper_value(self.phi.bound(half_width))
            except ValueError as error:
                raise HypothesisNotMet(f"ridge class: {error}: take a smaller rho") from error


def ridge_bound(functions: RidgeClass, *, mass: Fraction, side: int, degree: int) -> Bound:
    """T7d for ridges: 4 Lam W M(b) rho^-k / (rho - 1), one reduction in each of n^m cells."""
    require_kind("T7d", functions, RidgeClass)
    distance = functions.distance(degree, side=side)
    value = 2 * total_scale("T7d", mass, functions.lipschitz) * distance
    found = (
        f"the nodes lie in [-R, R]^m, R = {shown(functions.half_side)}",
        f"|x|_1 <= {shown(functions.slope)}, phi = {functions.phi}",
        f"one reduction of degree {degree} in each of {side}^m equal cells",
    )
    return Bound(value, "T7d", "polylog-universal", found)


def sigmoid_class(dim: int, *, slope: Fraction = ONE, half_side: Fraction = ONE) -> RidgeClass:
    """sigmoid(<x, w> + b) for all b and |x|_1 <= slope, w in [-half_side, half_side]^dim."""
    return RidgeClass(Sigmoid(), dim, slope, half_side)


def tanh_class(dim: int, *, slope: Fraction = ONE, half_side: Fraction = ONE) -> RidgeClass:
    """tanh(<x, w> + b) for all b and |x|_1 <= slope, w in [-half_side, half_side]^dim."""
    return RidgeClass(Tanh(), dim, slope, half_side)


def euclidean_ridge_class(
    phi: StripBound, dim: int, *, length: Fraction = ONE, half_side: Fraction = ONE
) -> RidgeClass:
    """The class that holds phi(<x, w> + b) for all sqrt(x_1^2 + ... + x_m^2) <= length."""
    m = _whole("ridge class", "the dimension", dim)
    slope = require_size("ridge class", "the length", length) * square_root_above(Fraction(m))
    return RidgeClass(phi, m, slope, half_side)


def _rho_minus_one(beta: "arb") -> "arb":
    """beta + sqrt(1 + beta^2) - 1 without cancellation."""
    return beta + beta**2 / (1 + (1 + beta**2).sqrt())
