"""Errors of reductions against their bounds: what is common to the instances of many claims."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from ucomp_verify.findings import Enclosure

from .base import Instance, Parameters
from .functions import Inner
from .numbers import Number, enclosed, in_balls, largest, rational
from .reductions import Reduced


@dataclass(frozen=True)
class Outer:
    """A function h of the sum y, for measures of mass W."""

    name: str
    at: Callable[[Number, Number], Number]  # of y and W
    lipschitz: Callable[[Fraction, Fraction], Fraction]  # where |y| <= W * size; of W and size


def _one(mass: Fraction, size: Fraction) -> Fraction:
    del mass, size
    return Fraction(1)


SUM = Outer("y", lambda y, _: y, _one)
MEAN = Outer("y / W", lambda y, mass: y / mass, lambda mass, _: 1 / mass)
SQUARE = Outer("y^2", lambda y, _: y * y, lambda mass, size: 2 * mass * size)
MEAN_SQUARE = Outer(
    "-3 (y / W)^2", lambda y, mass: -3 * (y / mass) ** 2, lambda mass, size: 6 * size / mass
)
SINE = Outer("sin y", lambda y, _: _ball(y).sin(), _one)
BOUNDED = Outer("y / (1 + y^2)", lambda y, _: y / (1 + y * y), _one)
OUTERS = (SUM, MEAN, SQUARE, MEAN_SQUARE, SINE)
RATIONAL_OUTERS = (SUM, MEAN, SQUARE, MEAN_SQUARE)
CONTRACTIONS = (SUM, SINE, BOUNDED)  # Lipschitz constant 1, whatever the mass


def _ball(number: Number) -> Number:
    from flint import arb

    return arb(number)


@dataclass(frozen=True)
class Error:
    """|h(sum c'_i g(w_i)) - h(sum c_i g(w_i))| of a reduction, and what belongs to it.

    `lipschitz` is a Lipschitz constant of h between the two values, `spread` is what the
    error is at most for any weights of the same mass: Lam W (max g - min g), or 2 Lam W max
    |g| for degree 0, where the bounds are about the masses alone.
    """

    size: Enclosure
    lipschitz: Fraction
    spread: Fraction


@dataclass(frozen=True)
class Values:
    """g at the nodes of a measure that have a weight before or after a reduction."""

    case: Reduced
    numbers: tuple[Number | None, ...]
    ends: tuple[Enclosure, ...]

    @classmethod
    def of(cls, inner: Inner, case: Reduced) -> "Values":
        """Each of them evaluated once."""
        with in_balls():
            places = zip(case.before.nodes, case.before.weights, case.weights, strict=True)
            numbers = tuple(inner.at(w) if old or new else None for w, old, new in places)
            return cls(case, numbers, tuple(enclosed(n) for n in numbers if n is not None))

    @property
    def size(self) -> Fraction:
        """A bound of |g| at these nodes."""
        return max(max(abs(e.lower), abs(e.upper)) for e in self.ends)

    @property
    def spread(self) -> Fraction:
        """Twice the bound for degree 0, else max g - min g."""
        if not self.case.degree:
            return 2 * self.size
        return max(e.upper for e in self.ends) - min(e.lower for e in self.ends)

    def total(self, weights: Sequence[Fraction]) -> Number:
        """The sum of the values with these weights."""
        terms = zip(weights, self.numbers, strict=True)
        return sum((rational(c) * g for c, g in terms if c and g is not None), rational(0))

    def error(self, outer: Outer) -> Error:
        """The error for this outer function."""
        mass = self.case.before.total_mass
        with in_balls():
            ends = [self.total(self.case.before.weights), self.total(self.case.weights)]
            before, after = (outer.at(y, rational(mass)) for y in ends)
            size = enclosed(abs(after - before))
        lipschitz = outer.lipschitz(mass, self.size)
        return Error(size, lipschitz, lipschitz * mass * self.spread)


def largest_error(errors: Sequence[Error]) -> Error:
    """The error of a vector of functions in the maximum norm, h being the identity."""
    return Error(
        largest([e.size for e in errors]),
        max(e.lipschitz for e in errors),
        max(e.spread for e in errors),
    )


def decided(case: Reduced, error: Error, right: Enclosure, parameters: Parameters) -> Instance:
    """error <= right, effective if nodes were dropped, the error is not 0 and right no larger
    than what the error is at most for any weights of the same mass."""
    could_fail = case.dropped > 0 and error.size.lower > 0 and right.upper <= error.spread
    return Instance((*described(case), *parameters), error.size, right, could_fail)


def described(case: Reduced) -> Parameters:
    """What the measure is and to which degree it was reduced."""
    return (
        ("m", str(case.before.dim)),
        ("k", str(case.degree)),
        ("d", str(len(case.before.nodes))),
        ("measure", case.cloud.name),
    )


Right = Callable[[Inner, Error], Enclosure]


def instances_of(
    case: Reduced,
    inners: Iterable[Inner],
    outers: Sequence[Outer],
    right: Right,
    parameters: Parameters = (),
) -> Iterator[Instance]:
    """The instances of one reduction, for functions h(sum of g): each g with one h, in turn.

    `right` gives the bound from g and the error's Lipschitz constant.
    """
    for i, inner in enumerate(inners):
        outer = outers[i % len(outers)]
        error = Values.of(inner, case).error(outer)
        names = (("g", inner.name), ("h", outer.name))
        yield decided(case, error, right(inner, error), (*parameters, *names))
