"""float64 points and measures: general, repeated, on lattices and curves, in clusters, far off."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from ucomp_verify.measures import FloatMeasure

Array = npt.NDArray[np.float64]


def float_points(
    *, max_dim: int = 3, max_nodes: int = 20, magnitude: float = 1e6
) -> st.SearchStrategy[Array]:
    """Finite float64 arrays of shape (d, m), of entries up to `magnitude`; rows may repeat."""
    shapes = st.tuples(st.integers(1, max_nodes), st.integers(1, max_dim))
    entries = st.floats(-magnitude, magnitude)
    general = shapes.flatmap(lambda shape: hnp.arrays(np.float64, shape, elements=entries))
    return st.one_of(general, general.flatmap(_with_repeated_rows))


def float_measures(
    *, max_dim: int = 3, max_nodes: int = 40, zero_weights: bool = True
) -> st.SearchStrategy[FloatMeasure]:
    """Measures with mass on 1 to `max_nodes` float64 nodes of dimension 1 to `max_dim`.

    Nodes uniform in a box, repeated, on a lattice, on a line, on a circle up to rounding,
    in two clusters, or close together and far from the origin; weights all 1 (None), whole
    numbers, or from 2^-40 to 2^40, some 0 unless `zero_weights` is false.
    """
    shapes = st.tuples(st.integers(1, max_nodes), st.integers(1, max_dim))
    points = st.builds(_placed, st.sampled_from(sorted(_PLACES)), shapes, st.integers(0, 2**32))
    return points.flatmap(lambda nodes: _weighted(nodes, zero_weights=zero_weights))


def _with_repeated_rows(points: Array) -> st.SearchStrategy[Array]:
    rows = st.lists(st.integers(0, len(points) - 1), min_size=len(points), max_size=len(points))
    return rows.map(lambda chosen: points[chosen])


def _placed(kind: str, shape: tuple[int, int], seed: int) -> Array:
    """Nodes of one kind; the seed decides, as single floats would take long to shrink."""
    cube = np.random.default_rng(seed).uniform(-1, 1, shape)
    return _PLACES[kind](cube)


def _repeated(cube: Array) -> Array:
    return cube[np.arange(len(cube)) % (len(cube) // 4 + 1)]


def _on_a_line(cube: Array) -> Array:
    """Exactly on it: whole multiples of one whole direction."""
    return np.rint(50 * cube[:, :1]) * (1 + np.arange(cube.shape[1], dtype=np.float64))


def _on_a_circle(cube: Array) -> Array:
    out = cube.copy()
    out[:, 0], out[:, -1] = np.cos(3 * cube[:, 0]), np.sin(3 * cube[:, 0])
    return out


def _in_two_clusters(cube: Array) -> Array:
    return 1e-3 * cube + 1000.0 * (np.arange(len(cube)) % 2)[:, None]


def _in_a_box(cube: Array) -> Array:
    return cube


def _on_a_lattice(cube: Array) -> Array:
    return np.rint(2 * cube)


def _far_off(cube: Array) -> Array:
    return 1e6 + 1e-3 * cube


_PLACES: dict[str, Callable[[Array], Array]] = {
    "0 in a box": _in_a_box,
    "1 repeated": _repeated,
    "2 on a lattice": _on_a_lattice,
    "3 on a line": _on_a_line,
    "4 on a circle": _on_a_circle,
    "5 in two clusters": _in_two_clusters,
    "6 far off": _far_off,
}


def _weighted(nodes: Array, *, zero_weights: bool) -> st.SearchStrategy[FloatMeasure]:
    count = len(nodes)
    whole = hnp.arrays(np.float64, count, elements=st.integers(int(not zero_weights), 9))
    powers = hnp.arrays(np.float64, count, elements=st.integers(-40, 40).map(lambda p: 2.0**p))
    weights = st.one_of(st.none(), whole.filter(lambda w: bool(w.any())), powers)
    return weights.map(lambda w: FloatMeasure(nodes, w))
