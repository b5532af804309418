"""Functions with proved bounds of their derivatives and of their size at complex arguments.

All are sums of a * phi(<u, w> + b). The directional derivatives of order j of such a term are
at most |a| |u|^j sup |phi^(j)|, since |<u, v>| <= |u| for |v| = 1 and some v attains it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import isqrt

from ucomp_verify.bounds.rounding import root_above

from .data import Node
from .numbers import Number, rational
from .profiles import Profile


@dataclass(frozen=True)
class Term:
    """factor * phi(<slope, w> + shift)."""

    phi: Profile
    slope: Node
    shift: Fraction = Fraction(0)
    factor: Fraction = Fraction(1)

    def argument(self, node: Node) -> Fraction:
        """<slope, w> + shift."""
        return self.shift + sum((a * x for a, x in zip(self.slope, node, strict=True)), Fraction(0))

    def derivative(self, order: int, nodes: Sequence[Node]) -> Fraction:
        """A bound of the directional derivatives on the convex hull of the nodes."""
        arguments = [self.argument(node) for node in nodes]
        steepest = length_above(self.slope) ** order
        return (
            abs(self.factor) * steepest * self.phi.derivative(order, min(arguments), max(arguments))
        )

    def size(self, real: Fraction, imaginary: Fraction) -> Fraction:
        """A bound of |term| where each |Re z_a| <= real and |Im z_a| <= imaginary <= real.

        Also |z_a| <= real is assumed of every coordinate.
        """
        taxi = sum(map(abs, self.slope), Fraction(0))
        low, high = self.shift - real * taxi, self.shift + real * taxi
        return abs(self.factor) * self.phi.size(low, high, imaginary * taxi)


@dataclass(frozen=True)
class Inner:
    """A function g, the sum of its terms."""

    name: str
    terms: tuple[Term, ...]

    def at(self, node: Node) -> Number:
        """The value at a node: a rational if every term is rational there, else a ball."""
        first, *others = [rational(t.factor) * t.phi.at(t.argument(node)) for t in self.terms]
        return sum(others, first)

    def derivative(self, order: int, nodes: Sequence[Node]) -> Fraction:
        """A bound of |D^order g(x)[v, ..., v]|, |v| = 1, on the convex hull of the nodes."""
        return sum((term.derivative(order, nodes) for term in self.terms), Fraction(0))

    def on_polydiscs(self, half_side: Fraction, radius: Fraction) -> Fraction:
        """A bound of |g| on the polydiscs of the radius about all points of [-R, R]^dim."""
        return sum((t.size(half_side + radius, radius) for t in self.terms), Fraction(0))

    def on_polyellipse(self, rho: Fraction) -> Fraction:
        """A bound of |g| on the product of the ellipses with foci -1, 1 and semi-axes' sum rho."""
        axes = (rho + 1 / rho) / 2, (rho - 1 / rho) / 2
        return sum((t.size(*axes) for t in self.terms), Fraction(0))


def ridge(phi: Profile, *slope: Fraction | int | str, shift: Fraction | int | str = 0) -> Inner:
    """g(w) = phi(<slope, w> + shift)."""
    exact = tuple(Fraction(x) for x in slope)
    inside = f"<({', '.join(map(str, exact))}), w>" + (f" + {shift}" if shift else "")
    return Inner(f"{phi.name}, t = {inside}", (Term(phi, exact, Fraction(shift)),))


def mixture(*parts: tuple[Fraction | int | str, Inner]) -> Inner:
    """The sum of factors times functions."""
    terms = [
        Term(t.phi, t.slope, t.shift, t.factor * Fraction(factor))
        for factor, inner in parts
        for t in inner.terms
    ]
    return Inner(" + ".join(f"{factor} * [{g.name}]" for factor, g in parts), tuple(terms))


def length_above(vector: Sequence[Fraction]) -> Fraction:
    """The Euclidean length if it is rational, else a dyadic just above it.

    >>> length_above([Fraction(3, 5), Fraction(4, 5)])
    Fraction(1, 1)
    """
    square = sum((x * x for x in vector), Fraction(0))
    exact = Fraction(isqrt(square.numerator), isqrt(square.denominator))
    return exact if exact**2 == square else root_above(square)
