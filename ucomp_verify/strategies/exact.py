"""Measures in fractions: general, repeated, on lattices and curves, and unisolvent nodes."""

from fractions import Fraction

from hypothesis import strategies as st

from ucomp_verify.algebra.multi_indices import MultiIndex, multi_indices
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


def exact_measures(
    *, max_dim: int = 3, max_nodes: int = 20, zero_weights: bool = True
) -> st.SearchStrategy[AtomicMeasure]:
    """Exact measures with mass, on 1 to `max_nodes` nodes of dimension 1 to `max_dim`.

    Nodes in general position, with repeated nodes, on a line, on a lattice or on a
    parabola; weights of very different sizes, some 0 unless `zero_weights` is false.
    """
    nodes = st.integers(1, max_dim).flatmap(lambda dim: _nodes(dim, max_nodes))
    return nodes.flatmap(lambda rows: _weighted(rows, zero_weights=zero_weights))


def unisolvent_nodes(dim: int, degree: int) -> st.SearchStrategy[Nodes]:
    """As many nodes as monomials up to the degree, on which these are independent, in any order.

    They are affine images, by triangular maps, of the principal lattice (Chung and Yao, "On
    lattices admitting unique Lagrange interpolations", 1977). No fewer of them have the
    moments of generic weights on them, and no other weights have them.
    """
    lattice = list(multi_indices(dim, degree))
    shears = st.lists(st.integers(-3, 3), min_size=dim, max_size=dim)
    scales = st.lists(st.integers(1, 4).map(Fraction), min_size=dim, max_size=dim)
    places = st.permutations(lattice)
    return st.builds(_sheared, places, scales, shears)


def _sheared(lattice: list[MultiIndex], scales: list[Fraction], shears: list[int]) -> Nodes:
    """x_a = scale_a * alpha_a + shear_a * alpha_(a-1): a triangular map without kernel."""
    return [
        tuple(
            scale * alpha[axis] + shear * (alpha[axis - 1] if axis else 1)
            for axis, (scale, shear) in enumerate(zip(scales, shears, strict=True))
        )
        for alpha in lattice
    ]


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
