"""How well polynomials approximate a class of functions on a ball: proved bounds."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import asinh, inf, log
from typing import Protocol

from .rounding import root_above, rounded_up, upper_end
from .strips import StripBound

PREC = 128  # bits; the enclosures lose a few of them, and bounds keep 64
SHORT, LONG = Fraction(2) ** -900, Fraction(2) ** 900  # lengths with which the search can do
GOLDEN_STEPS = 24  # of the search for the strip; any strip gives a bound, so they prove nothing


class Remainder(Protocol):
    """What is known of a function g, or of every function of a class."""

    def __call__(self, degree: int, radius: Fraction) -> Fraction:
        """A bound of inf over polynomials P up to the degree of sup |g - P| on the ball.

        Every ball of the radius is meant, wherever g is assumed to be given. Rounded upward.
        Raises ValueError where nothing is known, for a degree < 0 and a radius < 0.
        """
        ...


def require_ball(degree: int, radius: Fraction) -> None:
    """Raise ValueError unless the degree and the radius are >= 0."""
    if degree < 0 or radius < 0:
        raise ValueError(
            f"found the degree {degree} and the radius {radius}; expected numbers >= 0"
        )


@dataclass(frozen=True)
class DerivativeBounds:
    """Functions with |D^j g(w)[u, ..., u]| / j! <= constant * radius^-j, all |u| = 1 and j >= 1.

    The Taylor polynomial at the centre of a ball of radius s leaves at most
    constant * (s / radius)^(degree + 1), by Lagrange's form of the remainder on each ray.

    >>> DerivativeBounds(Fraction(1), Fraction(2))(2, Fraction(1))
    Fraction(1, 8)
    """

    constant: Fraction
    radius: Fraction

    def __post_init__(self) -> None:
        if self.constant < 0 or self.radius <= 0:
            raise ValueError(
                f"found the constant {self.constant} and the radius {self.radius}; expected a "
                "constant >= 0 and a radius > 0"
            )

    def __call__(self, degree: int, radius: Fraction) -> Fraction:
        """The remainder of Taylor's polynomial."""
        require_ball(degree, radius)
        return rounded_up(self.constant * (radius / self.radius) ** (degree + 1))


@dataclass(frozen=True)
class RidgeMixture:
    """Functions g(w) = a mean over vectors x with |x| <= `slope` of phi(<w, x>), and sums of
    such means with factors that add up to at most `mass` in absolute value.

    On a ball of radius s around c, <w, x> stays within slope * s =: L of <c, x>. The ellipse
    with foci at the ends of that segment and half axis b across it lies in the strip |Im| <= b,
    and rho = b / L + sqrt(1 + (b / L)^2) is the sum of its half axes over L; so the Chebyshev
    series up to the degree leaves at most 2 M(b) rho^-degree / (rho - 1), for every b
    (Trefethen, "Approximation Theory and Approximation Practice", 2013, Theorem 8.2). The
    polynomials of one variable in <w - c, x> add up to one in w.
    """

    phi: StripBound
    slope: Fraction
    mass: Fraction = Fraction(1)

    def __post_init__(self) -> None:
        if self.slope < 0 or self.mass < 0:
            raise ValueError(
                f"found the slope {self.slope} and the mass {self.mass}; expected numbers >= 0"
            )

    @classmethod
    def over(cls, phi: StripBound, vectors: Iterable[Iterable[float | Fraction]]) -> "RidgeMixture":
        """The class that holds the mean over the vectors x of phi(<w, x>)."""
        squares = [sum((Fraction(x) ** 2 for x in row), Fraction(0)) for row in vectors]
        return cls(phi, root_above(max(squares)))

    def __call__(self, degree: int, radius: Fraction) -> Fraction:
        """The bound for the best strip that a search in float64 finds."""
        require_ball(degree, radius)
        length = self.slope * radius
        if not length:
            return Fraction(0)
        half_width = _best_strip(self.phi, degree, float(min(max(length, SHORT), LONG)))
        return rounded_up(self.mass * _chebyshev_tail(self.phi, degree, length, half_width))


def _chebyshev_tail(
    phi: StripBound, degree: int, length: Fraction, half_width: Fraction
) -> Fraction:
    from flint import arb, ctx, fmpq

    ratio = half_width / length
    with ctx.workprec(PREC):
        beta = arb(fmpq(ratio.numerator, ratio.denominator))
        above_one = beta + beta**2 / (1 + (1 + beta**2).sqrt())  # rho - 1, without cancellation
        tail = 2 * phi.bound(half_width) * (1 + above_one) ** -degree / above_one
        return upper_end(tail)


def _best_strip(phi: StripBound, degree: int, length: float) -> Fraction:
    """A half width that makes the bound small: golden section on its logarithm."""

    def logarithm(b: float) -> float:
        decay = asinh(b / length)  # log rho
        size = float(phi.bound(Fraction(b)).mid())
        small = decay if decay < 1e-8 else 1 - 2.718281828459045**-decay
        return log(size) - (degree + 1) * decay - log(small) if size > 0 else inf

    low, high = 0.0, phi.width
    share = 0.6180339887498949
    for _ in range(GOLDEN_STEPS):
        first, second = high - share * (high - low), low + share * (high - low)
        if logarithm(first) < logarithm(second):
            high = second
        else:
            low = first
    return Fraction((low + high) / 2)
