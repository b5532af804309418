"""The lower bounds, level sets and true worst cases as subjects of the hunt."""

from fractions import Fraction
from typing import TypeAlias

from flint import arb, fmpq
from hypothesis import strategies as st

from tests.bounds.hunting import Node, Sides, Subject
from ucomp_verify.bounds import PolyellipseClass, SmoothClass
from ucomp_verify.caratheodory import caratheodory_reduce
from ucomp_verify.lower_bounds.analytic_worst_case import analytic_worst_case, grid_sums, mismatches
from ucomp_verify.lower_bounds.ellipses import half_axis
from ucomp_verify.lower_bounds.level_sets import (
    cone_volume,
    interval_shares,
    level_set_bound,
    sharp_share,
    simple_share,
)
from ucomp_verify.lower_bounds.lower import (
    class_lower_bound,
    grid_adversary,
    least_nodes_for_error,
    sup_normalised_lower_bound,
)
from ucomp_verify.lower_bounds.null_polynomials import least_degree
from ucomp_verify.lower_bounds.peano import Functional, smooth_worst_case
from ucomp_verify.lower_bounds.smoothness import bump_adversary, cubes_per_axis, smooth_lower_bound
from ucomp_verify.lower_bounds.univariate import largest_size
from ucomp_verify.measures import AtomicMeasure

ZERO, ONE = Fraction(0), Fraction(1)
MOST = {1: 6, 2: 5, 3: 3}  # nodes by the dimension

Choice: TypeAlias = tuple[list[Node], int, Fraction]  # nodes, a whole number, and rho or a share
Polynomial: TypeAlias = tuple[list[Fraction], Fraction, int]  # coefficients, level, dimension


def maximum_1(case: Choice) -> Sides:
    """T8(i) against the square of the polynomial that vanishes at the nodes."""
    nodes, more, _ = case
    side = _least_side(nodes) + more
    left = sup_normalised_lower_bound(dim=len(nodes[0]), size=len(nodes), side=side).value
    return Sides(left, grid_adversary(nodes, side).error.lower, effective=True)


def in_the_class(case: Choice) -> Sides:
    """T8(ii) against a multiple of the same square."""
    nodes, more, rho = case
    side, functions = _least_side(nodes) + more, PolyellipseClass(len(nodes[0]), rho, ONE)
    adversary = grid_adversary(nodes, side)
    left = class_lower_bound(functions, size=len(nodes), side=side).value
    right = adversary.better_member(functions) * adversary.grid_sum
    return Sides(left, right, effective=True)


def needed_nodes(case: Choice) -> Sides:
    """The least number of nodes for the error of an exact reduction, against its nodes."""
    nodes, more, rho = case
    size = len(nodes)
    side, functions = 4 * size**2 + more, PolyellipseClass(1, rho, ONE)
    places = [(Fraction(i, side),) for i in range(1 - side, side, 2)]
    after = caratheodory_reduce(AtomicMeasure.unit(places), size - 1)
    rule = [(after.nodes[i][0], after.weights[i]) for i in after.support]
    error = _worst_case(side, rule, functions)
    least = least_nodes_for_error(functions, side=side, error=error)
    return Sides(Fraction(least), Fraction(len(rule)), effective=least > 1)


def bumps(case: Choice) -> Sides:
    """T4c against bumps on the cubes without nodes."""
    nodes, number, share = case
    dim, order, parts = len(nodes[0]), 1 + number % (4 if len(nodes[0]) == 1 else 2), 1 + number % 3
    functions = SmoothClass(order, share)
    g = bump_adversary(functions, nodes, dim=dim)
    left = smooth_lower_bound(functions, dim=dim, size=len(nodes), parts=parts).value
    side = cubes_per_axis(len(nodes), dim) * parts
    right = g.grid_sum(side // g.side) - sum((3 * g.at(node) for node in nodes), ZERO)
    return Sides(left, right, effective=True)


def kernels(case: Choice) -> Sides:
    """T4c against the Peano kernel of one exact reduction."""
    _, number, _ = case
    order, parts = 1 + number % 4, 1 + number // 4
    side = 2 * order * parts
    before = {(Fraction(i, side),): ONE for i in range(1 - side, side, 2)}
    rule = caratheodory_reduce(AtomicMeasure.unit(list(before)), order - 1)
    after = {rule.nodes[i]: rule.weights[i] for i in rule.support}
    worst = smooth_worst_case(Functional.difference(before, after), order)
    functions = SmoothClass(order, ONE)
    left = smooth_lower_bound(functions, dim=1, size=order, parts=parts).value
    return Sides(left, worst.lower, effective=len(after) < side)


def spline(case: Choice) -> Sides:
    """A power from a knot on, which is in the class of order s, against the Peano kernel."""
    nodes, number, share = case
    order = 1 + number % 3
    unique = sorted({node[0] for node in nodes} | {-ONE, Fraction(1, 7), ONE, Fraction(6, 5)})
    before = {(x,): Fraction(1 + i % 3) for i, x in enumerate(unique)}
    rule = caratheodory_reduce(AtomicMeasure(list(before), list(before.values())), order - 1)
    after = {rule.nodes[i]: rule.weights[i] for i in rule.support}
    found = Functional.difference(before, after)
    # max(0, x - knot)^(s+1), divided by its derivative of order s at the last node.
    knot = 2 * (share % 1) - 1
    steepest = (unique[-1] - knot) * _factorial(order + 1)
    pairs = zip(found.nodes, found.weights, strict=True)
    value = sum((w * max(ZERO, x - knot) ** (order + 1) for x, w in pairs), ZERO) / steepest
    worst = smooth_worst_case(found, order)
    return Sides(abs(value), worst.upper, effective=value != 0)


def pole(case: Choice) -> Sides:
    """A pole outside the ellipse against the worst case of an exact reduction."""
    nodes, number, rho = case
    size, side = len(nodes), 12 + number
    places = [(Fraction(i, side),) for i in range(1 - side, side, 2)]
    after = caratheodory_reduce(AtomicMeasure.unit(places), size - 1)
    gap = Fraction(1 + number, 8)
    at = half_axis(rho, 1) + gap
    kept = zip(after.nodes, after.weights, strict=True)
    error = sum(((w - 1) * gap / (at - node[0]) for node, w in kept), ZERO)
    rule = [(after.nodes[i][0], after.weights[i]) for i in after.support]
    worst = _worst_case(side, rule, PolyellipseClass(1, rho, ONE))
    return Sides(abs(error), worst, effective=error != 0)


def level_set(case: Polynomial) -> Sides:
    """L2 for polynomials of the height of a cone, whose apex is at either end."""
    coefficients, level, dim = case
    degree = max((i for i, c in enumerate(coefficients) if c), default=0)
    if not degree:
        return Sides(ZERO, ZERO, effective=False)
    size = largest_size(coefficients, ZERO, ONE)
    volume = cone_volume(abs(dim), from_apex=dim > 0)
    found = interval_shares(coefficients, level * size.lower, (ZERO, ONE), cumulative=volume)
    right = level_set_bound(abs(dim), degree, level).value
    return Sides(found.share.lower, right, effective=found.share.lower > 0 and right < 1)


def four_m(case: Polynomial) -> Sides:
    """The sharp bound of L2 against the simple one."""
    coefficients, level, dim = case
    degree = 12 * len(coefficients)
    tau = level ** (degree // 2)  # t^(1/k) is about the root of the level
    left, right = (f(abs(dim), degree, tau) for f in (sharp_share, simple_share))
    return Sides(left.upper, right.lower, effective=True)


def _least_side(nodes: list[Node]) -> int:
    dim = len(nodes[0])
    return 4 * dim * least_degree(dim, len(nodes)) ** 2


def _worst_case(
    side: int, rule: list[tuple[Fraction, Fraction]], functions: PolyellipseClass
) -> Fraction:
    """At least the worst case over the class of the midpoints against a rule."""
    balls = [[arb(fmpq(v.numerator, v.denominator)) for v in pair] for pair in rule]
    found = mismatches(
        grid_sums(1, side, 30), Fraction(side), [[x] for x, _ in balls], [w for _, w in balls]
    )
    return analytic_worst_case(found, functions).upper


def _factorial(number: int) -> int:
    return number * _factorial(number - 1) if number else 1


def _choices(dims: tuple[int, ...]) -> st.SearchStrategy[Choice]:
    coordinates = st.integers(-8, 8).map(lambda n: Fraction(n, 8)) | st.fractions(
        -2, 2, max_denominator=9
    )
    nodes = st.sampled_from(dims).flatmap(
        lambda dim: st.lists(st.tuples(*[coordinates] * dim), min_size=1, max_size=MOST[dim])
    )
    rhos = st.sampled_from([Fraction(n, 8) for n in (9, 10, 13, 17, 27, 60)])
    return st.tuples(nodes, st.integers(0, 15), rhos)


ANY, LINE = _choices((1, 2, 3)), _choices((1,))
FLAT = _choices((1, 2))
POLYNOMIALS: st.SearchStrategy[Polynomial] = st.tuples(
    st.lists(st.integers(-9, 9).map(Fraction), min_size=2, max_size=6),
    st.sampled_from([Fraction(1, n) for n in (2, 3, 4, 8, 30, 1000)]),
    st.sampled_from([1, 2, 3, -2, -3]),
)

LOWER: tuple[Subject, ...] = (
    Subject("T8, maximum 1", ANY, maximum_1, 0.1),
    Subject("T8, class", ANY, in_the_class, 0.08),
    Subject("T8 by nodes", LINE, needed_nodes, 0.3),
    Subject("T4c", FLAT, bumps, 0.8),
    Subject("T4c against kernels", LINE, kernels, 0.1),
    Subject("Peano kernels", LINE, spline, 0.3),
    Subject("analytic worst cases", LINE, pole, 0.1),
    Subject("L2", POLYNOMIALS, level_set, 0.8),
    Subject("L2, simple form", POLYNOMIALS, four_m, 0.8),
)
