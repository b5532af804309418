"""The function of Fig. 8, the mean over vectors x_a of 1 / (1.05 + w x_a), and its bounds."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import acosh, exp, expm1, inf, log
from typing import TYPE_CHECKING

from ucomp_verify.bounds import PolyellipseClass, universal_bound

if TYPE_CHECKING:
    from flint import arb

    from ucomp_verify.functions import Function
    from ucomp_verify.studies.data import Array

SHIFT = Fraction(21, 20)
UNIT = 1 << 24  # rho and bounds of the function are multiples of 1 / UNIT: short numbers
STEPS = tuple(2.0 ** (j / 2) for j in range(-10, 17))  # inward from the widest ellipse, tried


@dataclass(frozen=True)
class Reciprocals:
    """g(w) = mean over `slopes` x_a of 1 / (21/20 + w x_a) on the line, analytic near [-1, 1]."""

    slopes: tuple[Fraction, ...]

    @classmethod
    def of(cls, vectors: "Array") -> "Reciprocals":
        """The function of vectors of shape (count, 1), each number taken exactly."""
        return cls(tuple(Fraction(x) for x in vectors[:, 0].tolist()))

    @property
    def function(self) -> "Function":
        """The same as an expression in one variable."""
        from ucomp_verify.functions import total, variables

        (w,) = variables(1)
        parts = [1 / (SHIFT + slope * w) for slope in self.slopes]
        return total(parts) / Fraction(len(parts))

    def integral(self, nodes: "Array", weights: "Sequence[object] | None", *, prec: int) -> "arb":
        """A ball that holds sum_i weights[i] g(nodes[i]); nodes of shape (n, 1)."""
        from ucomp_verify.functions import enclose_integral

        return enclose_integral(self.function, nodes, weights, prec=prec)

    def in_float64(self, nodes: "Array", weights: "Array | None") -> float:
        """The same sum in float64, by NumPy's pairwise summation."""
        import numpy as np

        slopes = np.array([float(x) for x in self.slopes])
        values = (1 / (float(SHIFT) + nodes * slopes)).mean(axis=1)
        return float((values if weights is None else values * weights).sum())

    def pole_rate(self, low: Fraction, high: Fraction) -> float:
        """log of the rho of the ellipse around [low, high] that goes through the nearest pole."""
        half = (high - low) / 2
        return acosh(float(self._widest(low + half, half)))

    def bound_on(self, low: Fraction, high: Fraction, *, mass: Fraction, degree: int) -> Fraction:
        """T7d: the certified bound of the error of one reduction of nodes in [low, high].

        4 W G rho^-k / (rho - 1), for about the best of the ellipses on which |g| <= G: there
        |21/20 + z x| >= 21/20 + c x - |x| h (rho + 1/rho) / 2, c and h centre and half length.
        """
        half = (high - low) / 2
        if not half:
            return Fraction(0)
        functions = self._class(low + half, half, degree)
        return universal_bound(functions, mass=mass, degree=degree).value

    def _class(self, centre: Fraction, half: Fraction, degree: int) -> PolyellipseClass:
        widest = acosh(float(self._widest(centre, half)))
        tried = [widest * (degree + 1) / (degree + 1 + step) for step in STEPS]
        best = min(tried, key=lambda t: self._cost(t, centre, half, degree))
        rho = 1 + Fraction(max(int(UNIT * expm1(best)), 1), UNIT)
        size = self._size(rho, centre, half)
        assert size is not None
        return PolyellipseClass(1, rho, size, half_side=half)

    def _cost(self, logarithm: float, centre: Fraction, half: Fraction, degree: int) -> float:
        """About the logarithm of the bound, for a choice."""
        rho = exp(logarithm)
        reach, total = (rho + 1 / rho) / 2, 0.0
        for slope in self.slopes:
            least = float(SHIFT + centre * slope) - abs(float(slope)) * float(half) * reach
            if least <= 0:
                return inf
            total += 1 / least
        return log(total) - degree * logarithm - log(rho - 1)

    def _size(self, rho: Fraction, centre: Fraction, half: Fraction) -> Fraction | None:
        """G, rounded up; None if a pole may lie within."""
        reach = half * (rho + 1 / rho) / 2
        least = [SHIFT + centre * slope - abs(slope) * reach for slope in self.slopes]
        if min(least) <= 0:
            return None
        mean = sum((1 / x for x in least), Fraction(0)) / len(least)
        return Fraction(-(-mean * UNIT // 1), UNIT)

    def _widest(self, centre: Fraction, half: Fraction) -> Fraction:
        """(rho + 1/rho) / 2 of the ellipse through the nearest pole."""
        ratios = [(SHIFT + centre * slope) / (abs(slope) * half) for slope in self.slopes if slope]
        return min(ratios)
