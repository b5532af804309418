"""Lower bound <= true worst case <= upper bound, for one class and one measure, over d'.

The measure has a unit mass at the midpoints of side^dim equal cubes that fill [-1, 1]^dim;
`side` is a power of 2, so that the midpoints are float64.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import TYPE_CHECKING

from ucomp_verify.algebra import num_monomials
from ucomp_verify.bounds.analytic import polylog_size, rate_bound, rate_side, universal_bound
from ucomp_verify.bounds.classes import PolydiscClass, PolyellipseClass, SmoothClass
from ucomp_verify.bounds.grid import grid_bound
from ucomp_verify.bounds.statement import require
from ucomp_verify.caratheodory import reduce_measure
from ucomp_verify.findings import Enclosure
from ucomp_verify.measures import Compression, FloatMeasure

from .analytic_worst_case import analytic_worst_case, grid_sums, mismatches
from .conversions import to_ball
from .gauss import discrete_gauss_rule
from .lower import class_lower_bound
from .peano import Functional, smooth_worst_case
from .smoothness import smooth_lower_bound

if TYPE_CHECKING:
    from flint import arb

    from ucomp_verify.algebra import MultiIndex

Node = tuple[Fraction, ...]

SERIES = 48  # degrees of the Chebyshev series beyond those of the rule, for one variable
PLANE_SERIES = 14  # and for two


@dataclass(frozen=True)
class Layer:
    """What is proved for d' = `size` nodes: `lower` for any rule, `upper` for `rules`.

    `rules` are worst cases of rules with so many nodes at most, by their names; `upper` are
    bounds by the names of their theorems, of which a name may be missing.
    """

    size: int
    lower: Fraction
    rules: tuple[tuple[str, Enclosure], ...]
    upper: tuple[tuple[str, Fraction], ...]

    @property
    def ordered(self) -> bool:
        """Whether lower <= every worst case, and that of the last rule <= every upper bound."""
        least = min(found.lower for _, found in self.rules)
        last = self.rules[-1][1].upper
        return self.lower <= least and all(last <= bound for _, bound in self.upper)


def analytic_layers(rho: Fraction, side: int, sizes: Sequence[int]) -> Iterator[Layer]:
    """|g| <= 1 on E_rho, for one variable: T8(ii); the Gauss rule of the measure; one
    reduction to as many of its nodes; T7d, and T7b and T7c where they say something."""
    functions = PolyellipseClass(1, rho, Fraction(1))
    points = _midpoints(side)
    measure = _floats([(x,) for x in points])
    grid, mass = grid_sums(1, side, 2 * max(sizes) + SERIES), Fraction(side)
    for size in sizes:
        gauss = discrete_gauss_rule(points, [Fraction(1)] * side, size)
        free = mismatches(grid, mass, [(x,) for x in gauss.nodes], gauss.weights)
        kept = _worst_case_of(reduce_measure(measure, size - 1), grid, functions)
        bounds = [("T7d", universal_bound(functions, mass=mass, degree=size - 1).value)]
        bounds += _on_cells(functions.on_polydiscs(), mass, size)
        yield Layer(
            size,
            class_lower_bound(functions, size=size, side=side).value,
            (("Gauss rule", analytic_worst_case(free, functions)), ("reduction", kept)),
            tuple(bounds),
        )


def plane_layers(rho: Fraction, side: int, degrees: Sequence[int]) -> Iterator[Layer]:
    """|g| <= 1 on E_rho x E_rho: T8(ii), one reduction to binom(k+2, 2) of the nodes, T7d."""
    functions = PolyellipseClass(2, rho, Fraction(1))
    measure = _floats(list(product(_midpoints(side), repeat=2)))
    grid, mass = grid_sums(2, side, 2 * max(degrees) + PLANE_SERIES), Fraction(side**2)
    for degree in degrees:
        size = num_monomials(2, degree)
        kept = _worst_case_of(reduce_measure(measure, degree), grid, functions)
        yield Layer(
            size,
            class_lower_bound(functions, size=size, side=side).value,
            (("reduction", kept),),
            (("T7d", universal_bound(functions, mass=mass, degree=degree).value),),
        )


def smooth_layers(order: int, side: int, cells: Sequence[int]) -> Iterator[Layer]:
    """|g^(s)| <= 1, for one variable: T4c; one reduction in each of n cells, and for s = 2 the
    Gauss rule with one node in each of n s cells, whose worst cases are integrals of Peano
    kernels; T4b. The side is a multiple of 2 n s for every n."""
    functions = SmoothClass(order, Fraction(1))
    points = _midpoints(side)
    for count in cells:
        size = count * order
        require(side % (2 * size) == 0, "sandwich", f"{side} nodes", f"a multiple of {2 * size}")
        found = _worst_case_in_cells(points, count, order)
        lower = smooth_lower_bound(functions, dim=1, size=size, parts=side // (2 * size))
        upper = grid_bound(functions, dim=1, half_side=Fraction(1), mass=Fraction(side), side=count)
        free = [("Gauss rule", _midpoint_rule(points, size))] if order == 2 else []
        rules = (*free, ("reduction", found))
        yield Layer(size, lower.value, rules, (("T4b", upper.value),))


def _on_cells(functions: PolydiscClass, mass: Fraction, size: int) -> list[tuple[str, Fraction]]:
    """T7b, solved for the error, and T7c, if there are nodes enough for them."""
    out: list[tuple[str, Fraction]] = []
    cells = -(-2 * functions.half_side // functions.radius)
    error = 4 * functions.bound * mass / 2 ** (size // cells)
    if size >= cells and polylog_size(functions, mass=mass, error=error) <= size:
        out.append(("T7b", error))
    if size >= rate_side(functions):
        out.append(("T7c", rate_bound(functions, mass=mass, size=size).value))
    return out


def _worst_case_of(
    after: Compression, grid: "dict[MultiIndex, arb]", functions: PolyellipseClass
) -> Enclosure:
    rule = _weights_by_node(after)
    nodes = [[to_ball(x) for x in node] for node in rule]
    weights = [to_ball(w) for w in rule.values()]
    mass = after.source.total_mass
    return analytic_worst_case(mismatches(grid, mass, nodes, weights), functions)


def _worst_case_in_cells(points: Sequence[Fraction], count: int, order: int) -> Enclosure:
    """The worst case of one reduction of degree order - 1 in each of `count` equal parts."""
    width, after = len(points) // count, dict[Node, Fraction]()
    for start in range(0, len(points), width):
        cell = _floats([(x,) for x in points[start : start + width]])
        after |= _weights_by_node(reduce_measure(cell, order - 1))
    before = {(x,): Fraction(1) for x in points}
    return smooth_worst_case(Functional.difference(before, after), order)


def _midpoint_rule(points: Sequence[Fraction], count: int) -> Enclosure:
    """The worst case for s = 2 of the nodes in the middle of `count` equal parts."""
    weight = Fraction(len(points), count)
    after = {(Fraction(i, count),): weight for i in range(1 - count, count, 2)}
    before = {(x,): Fraction(1) for x in points}
    return smooth_worst_case(Functional.difference(before, after), 2)


def _weights_by_node(after: Compression) -> dict[Node, Fraction]:
    """The exact weights of a compression of distinct nodes in float64."""
    assert isinstance(after.source, FloatMeasure)
    rule = after.rule
    rows: list[list[float]] = after.source.nodes[list(rule.indices)].tolist()
    nodes = (tuple(map(Fraction, row)) for row in rows)
    return dict(zip(nodes, rule.weights, strict=True))


def _floats(nodes: Sequence[Node]) -> FloatMeasure:
    import numpy as np

    return FloatMeasure(np.array([[float(x) for x in node] for node in nodes]))


def _midpoints(side: int) -> list[Fraction]:
    require(side & (side - 1) == 0, "sandwich", f"n = {side}", "a power of 2")
    return [Fraction(i, side) for i in range(1 - side, side, 2)]
