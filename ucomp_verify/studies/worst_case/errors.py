"""Proved errors of one rule: of an adversary, of the worst function of a class, of typical ones.

The data are the midpoints of side^m equal cubes that fill [-1, 1]^m, with unit masses; `side` is
a power of 2, so that they are float64. All weights of rules are exact.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import product
from typing import TYPE_CHECKING

from ucomp_verify.findings import Enclosure

if TYPE_CHECKING:
    from ucomp_verify.bounds.classes import SmoothClass
    from ucomp_verify.functions import Function
    from ucomp_verify.lower_bounds.smoothness import BumpAdversary
    from ucomp_verify.measures import Compression, FloatMeasure
    from ucomp_verify.measures.rules import Rule

Node = tuple[Fraction, ...]

SERIES = {1: 48, 2: 14}  # degrees of the Chebyshev series beyond those of the rule, by dimension


@dataclass(frozen=True)
class Grid:
    """The midpoints, in the order of `itertools.product`."""

    dim: int
    side: int

    def __post_init__(self) -> None:
        if self.dim not in SERIES or self.side < 1 or self.side & (self.side - 1):
            raise ValueError(
                f"found dim {self.dim}, side {self.side}; expected dim 1 or 2, a power of 2"
            )

    @cached_property
    def line(self) -> list[Fraction]:
        """The coordinates that occur."""
        return [Fraction(i, self.side) for i in range(1 - self.side, self.side, 2)]

    @cached_property
    def nodes(self) -> list[Node]:
        """All nodes."""
        return list(product(self.line, repeat=self.dim))

    @property
    def measure(self) -> "FloatMeasure":
        """The unit masses at the nodes, in float64, which holds them exactly."""
        return _floats(self.nodes)

    def cells(self, count: int) -> list[list[int]]:
        """The places of the nodes in each of count^dim equal cubes."""
        if count < 1 or self.side % count:
            raise ValueError(f"found {count} cells; expected a divisor of the side {self.side}")
        width, found = self.side // count, dict[tuple[int, ...], list[int]]()
        for place, index in enumerate(product(range(self.side), repeat=self.dim)):
            found.setdefault(tuple(i // width for i in index), []).append(place)
        return [found[cell] for cell in sorted(found)]


@dataclass(frozen=True)
class Proved:
    """Errors of one rule with `size` nodes, all divided by the mass.

    `lower` holds for any rule of so many nodes, `adversary` is the error of a member of the
    class that was made for this rule, `worst` encloses the supremum over the class, `upper` is
    the theorem's bound. `typical` are errors of members that nobody chose.
    """

    size: int
    lower: Fraction
    adversary: Fraction
    worst: Enclosure
    upper: Fraction
    typical: tuple[Enclosure, ...]

    @property
    def ordered(self) -> bool:
        """lower <= adversary <= worst <= upper, and typical <= worst; on exact ends."""
        members = (self.adversary, *(error.lower for error in self.typical))
        return (
            self.lower <= self.adversary
            and max(members) <= self.worst.upper
            and self.worst.lower <= self.upper
        )

    @property
    def mean(self) -> Enclosure:
        """The mean of the typical errors."""
        count, prec = len(self.typical), max(error.prec for error in self.typical)
        lower = sum((error.lower for error in self.typical), Fraction(0))
        upper = sum((error.upper for error in self.typical), Fraction(0))
        return Enclosure(lower / count, upper / count, prec)


def reduced(
    grid: Grid, degree: int, count: int, *, unbiased: bool, numbers: Sequence[int]
) -> "Rule":
    """One exact reduction in each of count^dim cells, with a seed for each of them."""
    from ucomp_verify.measures.rules import Rule

    nodes, indices, weights = grid.nodes, list[int](), list[Fraction]()
    for places, seed in zip(grid.cells(count), numbers, strict=True):
        after = _reduction(_floats([nodes[i] for i in places]), degree, seed, unbiased=unbiased)
        indices += [places[i] for i in after.rule.indices]
        weights += after.rule.weights
    return Rule(tuple(indices), tuple(weights))


def smooth(
    grid: Grid, rule: "Rule", order: int, count: int, typical: "Sequence[Function]"
) -> Proved:
    """For |D^order g| <= 1 and one reduction in each of count^dim cells: T4c, bumps, Peano, T4b.

    For two variables the worst case is at least that of functions of one coordinate and of all
    members tried, and at most T4b. ValueError if the grid has too few nodes for T4c.
    """
    from ucomp_verify.bounds.classes import SmoothClass
    from ucomp_verify.bounds.grid import grid_bound
    from ucomp_verify.functions import derivative_bound
    from ucomp_verify.lower_bounds import smooth_lower_bound

    functions, mass = SmoothClass(order, Fraction(1)), Fraction(grid.side**grid.dim)
    bumps, padded = _bumps(grid, rule, functions)
    parts = grid.side // bumps.side
    lower = smooth_lower_bound(functions, dim=grid.dim, size=padded, parts=parts)
    upper = grid_bound(functions, dim=grid.dim, half_side=Fraction(1), mass=mass, side=count)
    kept = zip(rule.indices, rule.weights, strict=True)
    left = sum((w * bumps.at(grid.nodes[i]) for i, w in kept), Fraction(0))
    box = [(Fraction(-1), Fraction(1))] * grid.dim
    scales = [mass * derivative_bound(g, box, order) for g in typical]
    errors = _errors(grid, rule, typical, scales)
    adversary = abs(bumps.grid_sum(parts) - left) / mass
    worst = _along_axes(grid, rule, order, mass)
    if grid.dim > 1:
        least = max(worst.lower, adversary, *(error.lower for error in errors))
        worst = Enclosure(least, max(least, upper.value / mass), worst.prec)
    size = len(rule.indices)
    return Proved(size, lower.value / mass, adversary, worst, upper.value / mass, errors)


def analytic(
    grid: Grid, rule: "Rule", rho: Fraction, degree: int, typical: "Sequence[Function]"
) -> Proved:
    """For |g| <= 1 on the product of ellipses E_rho and one reduction: T8(ii), q^2, series, T7d.

    HypothesisNotMet if the grid is too coarse for T8.
    """
    from ucomp_verify.bounds import PolyellipseClass, universal_bound
    from ucomp_verify.functions import supremum_on_polyellipse
    from ucomp_verify.lower_bounds import analytic_worst_case, class_lower_bound, grid_adversary
    from ucomp_verify.lower_bounds.analytic_worst_case import grid_sums, mismatches
    from ucomp_verify.lower_bounds.conversions import to_ball

    dim, mass = grid.dim, Fraction(grid.side**grid.dim)
    functions = PolyellipseClass(dim, rho, Fraction(1))
    nodes = [grid.nodes[i] for i in rule.indices]
    adversary = grid_adversary(nodes, grid.side)
    square = adversary.better_member(functions) * adversary.grid_sum
    series = grid_sums(dim, grid.side, 2 * degree + SERIES[dim])
    balls = [[to_ball(x) for x in node] for node in nodes]
    found = mismatches(series, mass, balls, [to_ball(w) for w in rule.weights])
    worst = _over(analytic_worst_case(found, functions), mass)
    scales = [mass * supremum_on_polyellipse(g, rho, dim) for g in typical]
    return Proved(
        len(nodes),
        class_lower_bound(functions, size=len(nodes), side=grid.side).value / mass,
        abs(square) / mass,
        worst,
        universal_bound(functions, mass=mass, degree=degree).value / mass,
        _errors(grid, rule, typical, scales),
    )


def _floats(nodes: Sequence[Node]) -> "FloatMeasure":
    import numpy as np

    from ucomp_verify.measures import FloatMeasure

    return FloatMeasure(np.array([[float(x) for x in node] for node in nodes]))


def _reduction(measure: "FloatMeasure", degree: int, seed: int, *, unbiased: bool) -> "Compression":
    from ucomp_verify.caratheodory import reduce_measure
    from ucomp_verify.compressors import UnbiasedReduction

    if unbiased:
        return UnbiasedReduction().compress(measure, degree=degree, seed=seed)
    return reduce_measure(measure, degree, seed=seed)


def _bumps(grid: Grid, rule: "Rule", functions: "SmoothClass") -> "tuple[BumpAdversary, int]":
    """Bumps on cubes that the nodes of the grid fill evenly, against any so many nodes.

    T4c asks for a number of cubes that divides the side: nodes are counted more than once
    until it is a power of 2.
    """
    from ucomp_verify.lower_bounds import bump_adversary
    from ucomp_verify.lower_bounds.smoothness import cubes_per_axis

    wanted = cubes_per_axis(len(rule.indices), grid.dim)
    side = 1 << (wanted - 1).bit_length()
    if side > grid.side:
        raise ValueError(
            f"found {len(rule.indices)} nodes of {grid.side}^{grid.dim}; expected a finer grid, "
            f"as T4c needs {side} cubes along an axis"
        )
    size = side**grid.dim // 2
    nodes = [grid.nodes[i] for i in rule.indices]
    padded = nodes + nodes[:1] * (size - len(nodes))
    return bump_adversary(functions, padded, dim=grid.dim), size


def _along_axes(grid: Grid, rule: "Rule", order: int, mass: Fraction) -> Enclosure:
    """The worst case over the functions f(x_a) with |f^(s)| <= 1, for the worst of the axes."""
    from ucomp_verify.lower_bounds import smooth_worst_case
    from ucomp_verify.lower_bounds.peano import Functional

    found: list[Enclosure] = []
    for axis in range(grid.dim):
        share = Fraction(grid.side ** (grid.dim - 1))
        before: dict[Node, Fraction] = {(x,): share for x in grid.line}
        after = dict[Node, Fraction]()
        for i, weight in zip(rule.indices, rule.weights, strict=True):
            place = (grid.nodes[i][axis],)
            after[place] = after.get(place, Fraction(0)) + weight
        found.append(smooth_worst_case(Functional.difference(before, after), order))
    return _over(max(found, key=lambda one: one.lower), mass)


def _errors(
    grid: Grid, rule: "Rule", typical: "Sequence[Function]", scales: Sequence[Fraction]
) -> tuple[Enclosure, ...]:
    """The errors of the functions over their scales."""
    from ucomp_verify.errors import enclosed_error

    measure = grid.measure
    errors = (enclosed_error(g, measure, rule) for g in typical)
    return tuple(_over(error, scale) for error, scale in zip(errors, scales, strict=True))


def _over(error: Enclosure, scale: Fraction) -> Enclosure:
    return Enclosure(error.lower / scale, error.upper / scale, error.prec)
