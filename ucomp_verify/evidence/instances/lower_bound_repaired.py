"""Instances of lower-bound-repaired: a polynomial against many choices of nodes, exactly."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import comb

from ucomp_verify.bounds.classes import PolyellipseClass
from ucomp_verify.bounds.statement import Bound
from ucomp_verify.caratheodory import caratheodory_reduce
from ucomp_verify.findings import Enclosure
from ucomp_verify.lower_bounds.analytic_worst_case import analytic_worst_case, grid_sums, mismatches
from ucomp_verify.lower_bounds.gauss import discrete_gauss_rule
from ucomp_verify.lower_bounds.lower import (
    GridAdversary,
    class_lower_bound,
    grid_adversary,
    sup_normalised_lower_bound,
)
from ucomp_verify.measures import AtomicMeasure

from .adversaries import choices, kept_nodes, midpoints, weights_for
from .base import Instance, InstanceCheck, exactly
from .data import Node

SLUG = "lower-bound-repaired"
SIZES = {1: range(1, 9), 2: range(1, 6), 3: range(1, 4)}  # d' by the dimension
CLASSES = (  # G and rho
    (Fraction(1), Fraction(2)),
    (Fraction(7, 3), Fraction(11, 10)),
    (Fraction(1, 50), Fraction(9)),
)
MOST_REDUCED = 300  # midpoints of a grid that is reduced exactly
SERIES = 24  # degrees of the series beyond 2 d', for the worst cases


def _least_side(dim: int, size: int) -> int:
    return 4 * dim * _degree(dim, size) ** 2


def _degree(dim: int, size: int) -> int:
    """k of the statement."""
    return next(k for k in range(size + 1) if comb(dim + k, dim) > size)


def _left(bound: Bound, dim: int, size: int, side: int, factor: Fraction) -> Enclosure:
    """The larger one of what `bounds` says and of the formula of the claim."""
    formula = factor * Fraction(side, 8 * dim * _degree(dim, size) ** 2) ** dim / 4
    return exactly(max(bound.value, formula))


def _cases() -> Iterator[tuple[int, int, str, list[Node]]]:
    """Dimension, midpoints along an axis, and nodes by their name."""
    for dim, sizes in SIZES.items():
        for size in sizes:
            for more in (0, 3) if dim == 1 else (0,):
                side = _least_side(dim, size) + more
                for name, nodes in choices(dim, size, side):
                    yield dim, side, name, nodes
                kept = kept_nodes(dim, side, size) if side**dim <= MOST_REDUCED else []
                if len(kept) == size:
                    yield dim, side, "kept by a reduction", kept


def _parameters(dim: int, side: int, name: str, size: int) -> tuple[tuple[str, str], ...]:
    return (("m", str(dim)), ("n", str(side)), ("d'", str(size)), ("nodes", name))


def _sup_normalised() -> Iterator[Instance]:
    for dim, side, name, nodes in _cases():
        size = len(nodes)
        adversary = grid_adversary(nodes, side)
        bound = sup_normalised_lower_bound(dim=dim, size=size, side=side)
        left = _left(bound, dim, size, side, Fraction(1))
        right = _scaled(adversary.error, _seen(adversary, nodes))
        effective = size < side**dim
        yield Instance(_parameters(dim, side, name, size), left, right, effective)


def _in_the_class() -> Iterator[Instance]:
    for number, (dim, side, name, nodes) in enumerate(_cases()):
        size = len(nodes)
        bound, rho = CLASSES[number % len(CLASSES)]
        functions = PolyellipseClass(dim, rho, bound)
        adversary = grid_adversary(nodes, side)
        lower = class_lower_bound(functions, size=size, side=side)
        factor = bound / rho ** (2 * _degree(dim, size))
        left = _left(lower, dim, size, side, factor)
        share = _seen(adversary, nodes)
        right = exactly(share * adversary.better_member(functions) * adversary.grid_sum)
        named = (*_parameters(dim, side, name, size), ("G", str(bound)), ("rho", str(rho)))
        yield Instance(named, left, right, size < side**dim)


def _seen(adversary: GridAdversary, nodes: Sequence[Node]) -> Fraction:
    """The error of q^2 for weights of both signs over its sum on the grid, which is 1."""
    weights = weights_for(len(nodes))
    at_nodes = (
        w * adversary.polynomial.at(node) ** 2 for w, node in zip(weights, nodes, strict=True)
    )
    return abs(1 - sum(at_nodes, Fraction(0)) / adversary.grid_sum)


def _scaled(error: Enclosure, share: Fraction) -> Enclosure:
    return Enclosure(error.lower * share, error.upper * share, error.prec)


def _true_worst_cases() -> Iterator[Instance]:
    """The bound against the worst case of Gauss rules and of exact reductions."""
    for bound, rho in CLASSES:
        functions = PolyellipseClass(1, rho, bound)
        for size in SIZES[1]:
            for more in (0, 5):
                yield from _worst_cases(functions, size, _least_side(1, size) + more)


def _worst_cases(functions: PolyellipseClass, size: int, side: int) -> Iterator[Instance]:
    from flint import arb, fmpq

    nodes = [node[0] for node in midpoints(1, side)]
    grid = grid_sums(1, side, 2 * size + SERIES)
    gauss = discrete_gauss_rule(nodes, [Fraction(1)] * side, size)
    after = caratheodory_reduce(AtomicMeasure.unit(midpoints(1, side)), size - 1)
    pairs = [(after.nodes[i][0], after.weights[i]) for i in after.support]
    kept = [[arb(fmpq(v.numerator, v.denominator)) for v in pair] for pair in pairs]
    rules = {
        "Gauss rule": ([[x] for x in gauss.nodes], list(gauss.weights)),
        "exact reduction": ([[x] for x, _ in kept], [w for _, w in kept]),
    }
    lower = class_lower_bound(functions, size=size, side=side)
    left = _left(lower, 1, size, side, functions.bound / functions.rho ** (2 * size))
    for name, (places, weights) in rules.items():
        found = mismatches(grid, Fraction(side), places, weights)
        right = analytic_worst_case(found, functions)
        named = (("G", str(functions.bound)), ("rho", str(functions.rho)))
        parameters = (*_parameters(1, side, name, size), *named)
        yield Instance(parameters, left, right, len(places) < side)


CHECKS: tuple[InstanceCheck, ...] = (
    InstanceCheck(
        (SLUG,),
        "maximum 1 on the cube: squares of polynomials that vanish at the nodes, dimension 1 to 3",
        _sup_normalised,
    ),
    InstanceCheck(
        (SLUG,),
        "at most G on the polyellipse: the same squares, dimension 1 to 3",
        _in_the_class,
    ),
    InstanceCheck(
        (SLUG,),
        "worst cases of Gauss rules and of exact reductions over the class, dimension 1",
        _true_worst_cases,
        ("Bernstein's bound of Chebyshev coefficients",),
    ),
)
