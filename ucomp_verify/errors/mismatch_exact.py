"""Chebyshev moments of measures with rational nodes and weights, exactly, in integers."""

from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction
from math import lcm
from operator import mul

from ucomp_verify.algebra.multi_indices import multi_indices
from ucomp_verify.measures import AtomicMeasure

from .boxes import Box


def box_of(measure: AtomicMeasure, places: Collection[int] | None = None) -> Box:
    """A box around some of the nodes, or all."""
    return Box.around(*corners(measure, places))


def corners(
    measure: AtomicMeasure, places: Collection[int] | None = None
) -> tuple[list[Fraction], list[Fraction]]:
    """The least and the largest coordinate on each axis, over some of the nodes, or all."""
    nodes = [measure.nodes[i] for i in places] if places else measure.nodes
    axes = list(zip(*nodes, strict=True))
    return [min(axis) for axis in axes], [max(axis) for axis in axes]


def signed_sums(
    measure: AtomicMeasure, weights: Mapping[int, Fraction], box: Box, order: int
) -> tuple[Fraction, ...]:
    """sum_i weights[i] T_alpha(node i), for all multi-indices up to the order.

    Over a common denominator D of the scaled coordinates n / D, the numbers D^j T_j(n / D)
    are integers, with the recurrence 2 n T_(j-1) - D^2 T_(j-2).
    """
    common = lcm(*(w.denominator for w in weights.values()))
    row = [w.numerator * (common // w.denominator) for w in weights.values()]
    nodes = [measure.nodes[i] for i in weights]
    axes = [_axis([node[j] for node in nodes], box, j) for j in range(box.dim)]
    tables = [_table(integers, denominator, order) for integers, denominator in axes]
    products = {(0,) * box.dim: row}
    out = list[Fraction]()
    for alpha in multi_indices(box.dim, order):
        products[alpha] = _product(products, tables, alpha)
        unit = common
        for exponent, (_, denominator) in zip(alpha, axes, strict=True):
            unit *= denominator**exponent
        out.append(Fraction(sum(products[alpha]), unit))
    return tuple(out)


def _axis(coordinates: Sequence[Fraction], box: Box, j: int) -> tuple[list[int], int]:
    """The scaled coordinates as integers over a common denominator."""
    centre, half = box.centre[j], box.halves[j]
    scaled = [(x - centre) / half if half else Fraction(0) for x in coordinates]
    denominator = lcm(*(t.denominator for t in scaled))
    return [t.numerator * (denominator // t.denominator) for t in scaled], denominator


def _table(integers: list[int], denominator: int, order: int) -> list[list[int]]:
    """D^j T_j(n / D), a row for each j."""
    table, square = [[1] * len(integers), integers], denominator**2
    while len(table) <= order:
        pairs = zip(integers, table[-1], table[-2], strict=True)
        table.append([2 * n * last - square * before for n, last, before in pairs])
    return table[: order + 1]


def _product(
    products: Mapping[tuple[int, ...], list[int]],
    tables: Sequence[list[list[int]]],
    alpha: tuple[int, ...],
) -> list[int]:
    """The weights times the T's: the last factor, times the product without it."""
    axis = max((j for j, exponent in enumerate(alpha) if exponent), default=None)
    if axis is None:
        return products[alpha]
    before = (*alpha[:axis], 0, *alpha[axis + 1 :])
    return list(map(mul, products[before], tables[axis][alpha[axis]]))
