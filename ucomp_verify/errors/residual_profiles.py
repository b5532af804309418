"""Functions of one linear form <x, w>, with what the error paths need to know of them.

`values` are in float64, `balls` enclose, `coefficients` are those of Taylor's series about
points u, and `radius` is the distance from u to the nearest singularity.
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Protocol

from ucomp_verify.functions.elementary import ball

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    from flint import arb

    Array = npt.NDArray[np.float64]


class Profile(Protocol):
    """A function of one real variable, analytic near the real numbers it is asked for."""

    def values(self, z: "Array") -> "Array":
        """The values in float64, entry by entry."""
        ...

    def balls(self, z: "list[arb]") -> "list[arb]":
        """Enclosures of the values at balls; not finite where there may be a pole."""
        ...

    def coefficients(self, u: "Array", order: int) -> "Array":
        """The derivatives of order 0 to `order` at u, each over its factorial: first axis."""
        ...

    def radius(self, u: "Array") -> "Array":
        """The radius of convergence about u."""
        ...


@dataclass(frozen=True)
class Sigmoid:
    """1 / (1 + exp(-z)), with poles at odd multiples of pi i.

    >>> import numpy as np
    >>> [round(48 * a) for a in Sigmoid().coefficients(np.zeros(1), 3)[:, 0].tolist()]
    [24, 12, 0, -1]
    """

    def values(self, z: "Array") -> "Array":
        """From tanh, which does not overflow."""
        import numpy as np

        return 0.5 + 0.5 * np.tanh(z / 2)

    def balls(self, z: "list[arb]") -> "list[arb]":
        """Ball by ball; for |z| far below 2^prec."""
        return [1 / (1 + (-x).exp()) for x in z]

    def coefficients(self, u: "Array", order: int) -> "Array":
        """By the equation t' = (1 - t^2) / 2 of t = tanh(u / 2) = 2 sigmoid - 1.

        That of the sigmoid itself would subtract nearly equal numbers near u = 0; and the
        first derivative of t is taken from exp, as 1 - t^2 loses its digits far from 0.
        """
        import numpy as np

        t = np.empty((order + 1, *u.shape))
        t[0] = np.tanh(u / 2)
        small = np.exp(-np.abs(u))
        t[1:2] = 2 * small / (1 + small) ** 2
        for n in range(1, order):
            square = np.einsum("i...,i...->...", t[: n + 1], t[n::-1])
            t[n + 1] = -square / (2 * (n + 1))
        t /= 2
        t[0] += 0.5
        return t

    def radius(self, u: "Array") -> "Array":
        """sqrt(u^2 + pi^2)."""
        import numpy as np

        return np.hypot(u, np.pi)


@dataclass(frozen=True)
class Reciprocal:
    """1 / (shift + z), with a pole at -shift.

    >>> import numpy as np
    >>> [float(a) for a in Reciprocal(Fraction(2)).coefficients(np.zeros(1), 3)[:, 0]]
    [0.5, -0.25, 0.125, -0.0625]
    """

    shift: Fraction

    def values(self, z: "Array") -> "Array":
        """Infinite at the pole."""
        return 1 / (float(self.shift) + z)

    def balls(self, z: "list[arb]") -> "list[arb]":
        """Ball by ball."""
        shift = ball(self.shift)
        return [1 / (shift + x) for x in z]

    def coefficients(self, u: "Array", order: int) -> "Array":
        """(-1)^n / (shift + u)^(n + 1)."""
        import numpy as np

        ratio = -1 / (float(self.shift) + u)
        found = np.empty((order + 1, *u.shape))
        found[0] = -ratio
        for n in range(order):
            found[n + 1] = found[n] * ratio
        return found

    def radius(self, u: "Array") -> "Array":
        """|shift + u|."""
        import numpy as np

        return np.abs(float(self.shift) + u)
