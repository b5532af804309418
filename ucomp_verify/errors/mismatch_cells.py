"""Chebyshev moments of float64 data and of a rule on them, cell by cell, with a proved error."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import accumulate

import numpy as np
import numpy.typing as npt

from ucomp_verify.measures import FloatMeasure, Measure
from ucomp_verify.measures.rules import Rule

from .chebyshev_sums import fits
from .double_words import Array
from .mismatch import Mismatch
from .mismatch_floats import Boxes, Weighted, differences

HALF_BITS = 9  # of the half sides of cells: few values, so that what depends on them is shared

Places = npt.NDArray[np.intp]


def labels_of(measure: Measure, rule: Rule, cells: Sequence[Places]) -> Places:
    """The cell of each node, -1 for none; ValueError unless the cells are good."""
    count = len(measure.nodes)
    if not cells or not all(map(len, cells)):
        raise ValueError("found a cell without nodes, or no cell; expected nodes in each of them")
    everywhere = np.concatenate(cells)
    if everywhere.min() < 0 or everywhere.max() >= count:
        raise ValueError(f"found cells beyond {count} nodes; expected places from 0 to {count - 1}")
    twice = np.flatnonzero(np.bincount(everywhere, minlength=count) > 1)[:1].tolist()
    if twice:
        raise ValueError(f"found node {twice[0]} in two cells; expected disjoint cells")
    labels = np.full(count, -1, np.intp)
    labels[everywhere] = np.repeat(np.arange(len(cells)), list(map(len, cells)))
    needed = np.zeros(count, bool)
    needed[np.asarray(measure.support, np.intp)] = True
    needed[list(rule.indices)] = True
    missing = np.flatnonzero(needed & (labels < 0))[:1].tolist()
    if missing:
        raise ValueError(
            f"found node {missing[0]} in no cell; expected each node with a weight in one"
        )
    return labels


def float_cells(
    measure: FloatMeasure, rule: Rule, cells: Sequence[Places], labels: Places, order: int
) -> Iterator[Mismatch] | None:
    """The mismatch of each cell on a cube around it; None if float64 has no room for it."""
    if not fits(measure.dim, order):
        return None
    sizes = list(map(len, cells))
    among = measure.part(np.concatenate(cells))
    boxes = _cubes(among.nodes, sizes)
    if not boxes.leave_room(among.nodes):
        return None
    own = labels[list(rule.indices)]
    turn: list[int] = np.argsort(own, kind="stable").tolist()
    places, weights = [rule.indices[i] for i in turn], [rule.weights[i] for i in turn]
    counts: list[int] = np.bincount(own, minlength=len(cells)).tolist()
    kept = Weighted.of_rule(measure.nodes[places], weights, counts)
    return differences(Weighted.of_data(among, sizes), kept, weights, boxes, order)


def _cubes(nodes: Array, sizes: Sequence[int]) -> Boxes:
    """A cube around each part of the nodes, flat on axes on which the part has no extent.

    Half sides are rounded up, from float64 numbers that are too small by 2^-52 of them at most.
    """
    starts = [0, *accumulate(sizes[:-1])]
    lows, highs = (f.reduceat(nodes, starts, axis=0) for f in (np.minimum, np.maximum))
    centres = lows / 2 + highs / 2
    extents = np.maximum(highs - centres, centres - lows)
    mantissas, exponents = np.frexp(extents.max(axis=1))
    whole = np.ceil(mantissas * 2.0**HALF_BITS + 2.0**-30).tolist()
    pairs = zip(whole, exponents.tolist(), strict=True)
    sides = [Fraction(int(m)) * Fraction(2) ** (e - HALF_BITS) for m, e in pairs]
    flat = (extents == 0).tolist()
    rows = zip(sides, flat, strict=True)
    return Boxes(centres, tuple(tuple(h * (not f) for f in row) for h, row in rows))
