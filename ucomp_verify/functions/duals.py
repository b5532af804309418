"""Numbers with slopes: a value and its derivatives with respect to several parameters."""

from collections.abc import Callable, Sequence

from .elementary import Number, apply, power, reciprocal


class Dual:
    """value + sum_i slopes[i] e_i with e_i e_j = 0, over any of the rings of functions.

    Put into a function of balls for boxes, it gives enclosures of the value and of all first
    derivatives on the box, by the chain rule.
    """

    __slots__ = ("slopes", "value")

    def __init__(self, value: Number, slopes: Sequence[Number]) -> None:
        self.value = value
        self.slopes = list(slopes)

    def __add__(self, other: Number) -> "Dual":
        if isinstance(other, Dual):
            slopes = [a + b for a, b in zip(self.slopes, other.slopes, strict=True)]
            return Dual(self.value + other.value, slopes)
        return Dual(self.value + other, self.slopes)

    __radd__ = __add__

    def __mul__(self, other: Number) -> "Dual":
        if isinstance(other, Dual):
            pairs = zip(self.slopes, other.slopes, strict=True)
            slopes = [a * other.value + self.value * b for a, b in pairs]
            return Dual(self.value * other.value, slopes)
        return self._through(self.value * other, other)

    __rmul__ = __mul__

    def __rtruediv__(self, other: Number) -> "Dual":
        inverse = reciprocal(self.value)
        return self._through(other * inverse, -other * (inverse * inverse))

    def __pow__(self, exponent: int) -> "Dual":
        if exponent == 0:
            return self * 0 + 1
        return self._through(
            power(self.value, exponent), exponent * power(self.value, exponent - 1)
        )

    def elementary(self, name: str) -> "Dual":
        """The elementary function, its slopes from its derivative."""
        value = apply(name, self.value)
        return self._through(value, _DERIVATIVES[name](self.value, value))

    def _through(self, value: Number, derivative: Number) -> "Dual":
        return Dual(value, [derivative * slope for slope in self.slopes])


_DERIVATIVES: dict[str, Callable[[Number, Number], Number]] = {
    "exp": lambda z, value: value,
    "sin": lambda z, value: z.cos(),
    "cos": lambda z, value: -z.sin(),
    "tanh": lambda z, value: 1 - value * value,
    "sigmoid": lambda z, value: value * (1 - value),
    "log": lambda z, value: reciprocal(z),
}
