"""A cubature rule whose nodes and weights are enclosed in balls, and what is proved of it."""

from dataclasses import dataclass
from fractions import Fraction
from importlib import import_module
from math import ceil, log2
from typing import TYPE_CHECKING, Any, TypeAlias

from .domains import Domain

if TYPE_CHECKING:
    from flint import arb

    from .checking import CubatureReport

Mpf: TypeAlias = Any  # mpmath ships no types

PRINTED = 8  # digits beyond those asked for that rounded numbers keep


@dataclass(frozen=True)
class Ball:
    """A number within `radius` of `center`, both exact."""

    center: Fraction
    radius: Fraction = Fraction(0)

    @classmethod
    def of(cls, value: "arb") -> "Ball":
        """The same numbers."""
        return cls(dyadic(value.mid()), dyadic(value.rad()))

    def to_arb(self, prec: int) -> "arb":
        """A ball of FLINT that holds this one."""
        from flint import arb, ctx, fmpq

        with ctx.workprec(prec):
            center, radius = (
                arb(fmpq(v.numerator, v.denominator)) for v in (self.center, self.radius)
            )
            return arb(center, radius.upper())


@dataclass(frozen=True)
class CubatureRule:
    """There is a positive rule of the degree with one node in each row of balls.

    Its nodes lie in the domain, in the interior where there is one (on a sphere exactly on
    it, for the exact nodes and the true ones); the sums of its weights times any polynomial
    up to the degree are exactly the integrals. Each weight is known to `dps` digits, each
    coordinate to an error of 10^-dps. Without elimination the nodes are exact.
    """

    domain: Domain
    degree: int
    dps: int
    nodes: tuple[tuple[Ball, ...], ...]
    weights: tuple[Ball, ...]
    eliminated: bool = False

    def __len__(self) -> int:
        """The number of nodes."""
        return len(self.weights)

    @property
    def dim(self) -> int:
        """The number of coordinates."""
        return self.domain.dim

    @property
    def size_bound(self) -> int:
        """N, as many nodes as Tchakaloff's theorem allows; the rank on a sphere."""
        return self.domain.rank(self.degree)

    @property
    def lower_bound(self) -> int:
        """No positive rule of the degree has fewer nodes."""
        return self.domain.lower_bound(self.degree)

    @property
    def exact_nodes(self) -> bool:
        """Whether the nodes are rational numbers rather than balls."""
        return all(not x.radius for node in self.nodes for x in node)

    @property
    def bits(self) -> int:
        """The precision of rounded numbers."""
        return ceil((self.dps + PRINTED) * log2(10))

    def rounded_nodes(self) -> tuple[tuple[Mpf, ...], ...]:
        """The nodes as mpmath numbers, to a few digits more than `dps`."""
        return tuple(tuple(_mpf(x.center, self.bits) for x in node) for node in self.nodes)

    def rounded_weights(self) -> tuple[Mpf, ...]:
        """The weights as mpmath numbers, to a few digits more than `dps`."""
        return tuple(_mpf(w.center, self.bits) for w in self.weights)

    def ball_nodes(self) -> "list[list[arb]]":
        """The nodes as balls of FLINT."""
        return [[x.to_arb(self.bits + 64) for x in node] for node in self.nodes]

    def ball_weights(self) -> "list[arb]":
        """The weights as balls of FLINT, all > 0."""
        return [w.to_arb(self.bits + 64) for w in self.weights]

    def check(self) -> "CubatureReport":
        """How good the rounded numbers are, by exact sums that use nothing of how they arose."""
        from .checking import check_cubature_rule

        tolerance = Fraction(1, 10 ** (self.dps - 5))
        nodes, weights = self.rounded_nodes(), self.rounded_weights()
        return check_cubature_rule(nodes, weights, self.domain, self.degree, tolerance=tolerance)


def dyadic(value: "arb") -> Fraction:
    """The exact number that a ball of radius 0 is."""
    mantissa, exponent = value.man_exp()
    return Fraction(int(mantissa)) * Fraction(2) ** int(exponent)


def _mpf(value: Fraction, bits: int) -> Mpf:
    mpmath: Any = import_module("mpmath")
    with mpmath.workprec(bits):
        return mpmath.mpf(value.numerator) / value.denominator
