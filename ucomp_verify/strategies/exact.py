"""Hypothesis strategies for measures, points and degrees, degenerate ones among them.

For property tests of compressors, here and elsewhere. Examples shrink towards few nodes
with small integer coordinates and weight 1.
"""

from fractions import Fraction

import numpy as np
import numpy.typing as npt
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from ucomp_verify.measures import AtomicMeasure

Node = tuple[Fraction, ...]
Nodes = list[Node]

_COORDINATES = st.one_of(
    st.integers(-9, 9).map(Fraction),
    st.fractions(-9, 9, max_denominator=64),
    st.floats(-9, 9, allow_subnormal=False).map(Fraction),
)
_WEIGHTS = st.one_of(
    st.just(Fraction(1)),
    st.integers(1, 9).map(Fraction),
    st.fractions(Fraction(1, 64), 64, max_denominator=64),
    st.integers(-40, 40).map(lambda power: Fraction(2) ** power),
)


def degrees(*, max_degree: int = 4) -> st.SearchStrategy[int]:
    """Degrees from 0 up."""
    return st.integers(0, max_degree)


def exact_measures(
    *, max_dim: int = 3, max_nodes: int = 20, zero_weights: bool = True
) -> st.SearchStrategy[AtomicMeasure]:
    """Exact measures with mass, on 1 to `max_nodes` nodes of dimension 1 to `max_dim`.

    Nodes in general position, with repeated nodes, on a line, on a lattice or on a
    parabola; weights of very different sizes, some 0 unless `zero_weights` is false.
    """
    nodes = st.integers(1, max_dim).flatmap(lambda dim: _nodes(dim, max_nodes))
    return nodes.flatmap(lambda rows: _weighted(rows, zero_weights=zero_weights))


def float_points(
    *, max_dim: int = 3, max_nodes: int = 20, magnitude: float = 1e6
) -> st.SearchStrategy[npt.NDArray[np.float64]]:
    """Finite float64 arrays of shape (d, m), of entries up to `magnitude`; rows may repeat."""
    shapes = st.tuples(st.integers(1, max_nodes), st.integers(1, max_dim))
    entries = st.floats(-magnitude, magnitude)
    general = shapes.flatmap(lambda shape: hnp.arrays(np.float64, shape, elements=entries))
    return st.one_of(general, general.flatmap(_with_repeated_rows))


def _with_repeated_rows(
    points: npt.NDArray[np.float64],
) -> st.SearchStrategy[npt.NDArray[np.float64]]:
    rows = st.lists(st.integers(0, len(points) - 1), min_size=len(points), max_size=len(points))
    return rows.map(lambda chosen: points[chosen])


def _nodes(dim: int, max_nodes: int) -> st.SearchStrategy[Nodes]:
    return st.one_of(
        _general(dim, max_nodes),
        _lattice(dim, max_nodes),
        _general(dim, max_nodes).flatmap(_repeated),
        _on_a_curve(dim, max_nodes, powers=(1,) * dim),
        _on_a_curve(dim, max_nodes, powers=tuple(range(1, dim + 1))),
    )


def _rows(entries: st.SearchStrategy[Fraction], dim: int) -> st.SearchStrategy[Node]:
    return st.tuples(*[entries] * dim)


def _general(dim: int, max_nodes: int) -> st.SearchStrategy[Nodes]:
    return st.lists(_rows(_COORDINATES, dim), min_size=1, max_size=max_nodes)


def _lattice(dim: int, max_nodes: int) -> st.SearchStrategy[Nodes]:
    entries = st.integers(-2, 2).map(Fraction)
    return st.lists(_rows(entries, dim), min_size=1, max_size=max_nodes)


def _repeated(nodes: Nodes) -> st.SearchStrategy[Nodes]:
    return st.lists(st.sampled_from(nodes), min_size=1, max_size=len(nodes))


def _on_a_curve(dim: int, max_nodes: int, powers: tuple[int, ...]) -> st.SearchStrategy[Nodes]:
    """Nodes offset + direction * (t^powers): a line, or a parabola and its like."""

    def place(parameters: list[Fraction], direction: Node, offset: Node) -> Nodes:
        lines = list(zip(offset, direction, powers, strict=True))
        return [tuple(o + v * t**power for o, v, power in lines) for t in parameters]

    parameters = st.lists(_COORDINATES, min_size=1, max_size=max_nodes)
    return st.builds(place, parameters, _rows(_COORDINATES, dim), _rows(_COORDINATES, dim))


def _weighted(nodes: Nodes, *, zero_weights: bool) -> st.SearchStrategy[AtomicMeasure]:
    entries = st.one_of(_WEIGHTS, st.just(Fraction(0))) if zero_weights else _WEIGHTS
    weights = st.lists(entries, min_size=len(nodes), max_size=len(nodes)).filter(any)
    return weights.map(lambda values: AtomicMeasure(nodes, values))
