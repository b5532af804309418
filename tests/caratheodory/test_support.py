"""The float64 choice of a support: what holds of it on easy and on degenerate data."""

import math
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from flint import fmpz_mat
from hypothesis import given
from hypothesis import strategies as st

from ucomp_verify.algebra import num_monomials
from ucomp_verify.caratheodory import streaming
from ucomp_verify.caratheodory.arnoldi import arnoldi
from ucomp_verify.caratheodory.function_basis import InvalidFeatures
from ucomp_verify.caratheodory.product_basis import product_basis
from ucomp_verify.caratheodory.spaces import MonomialSpace, all_monomials, linear_in_last
from ucomp_verify.caratheodory.support import Selection, select_support
from ucomp_verify.measures import FloatMeasure
from ucomp_verify.measures.float_measure import InvalidMeasure
from ucomp_verify.measures.frame import frame_of
from ucomp_verify.measures.monomials import monomial_rows

Array = npt.NDArray[np.float64]

RESIDUAL = 1e-14  # of polynomials on the box, relative to the mass
ORTHONORMAL = 1e-12  # of those that are orthonormal on clusters or outliers, in which two
# computations of the same polynomial differ by this much
RANDOM = np.random.default_rng(0)


def cloud(count: int, dim: int, *, seed: int = 0) -> Array:
    return np.random.default_rng(seed).uniform(-1, 1, (count, dim))


def chosen(measure: FloatMeasure, degree: int, **options: Any) -> Selection:
    return select_support(measure, degree, frame=frame_of(measure), **options)


def exact_rank(measure: FloatMeasure, degree: int) -> int:
    """Of the monomials on the nodes of weight > 0, over Q."""
    weights = np.ones(len(measure)) if measure.weights is None else measure.weights
    part = measure.part(np.flatnonzero(weights))
    rows = monomial_rows(frame_of(part).integers(part), degree)
    return int(fmpz_mat([list(map(int, row)) for row in rows]).rank())


def centred(nodes: Array) -> Array:
    """Into [-1, 1]^dim, with no rounding to speak of near a node in the middle."""
    scaled = nodes / 2.0 ** np.frexp(np.abs(nodes).max())[1]  # so that nothing overflows
    away = scaled - np.sort(scaled, axis=0)[len(nodes) // 2]
    return away / (np.abs(away).max(axis=0) + (np.ptp(away, axis=0) == 0))


def change(measure: FloatMeasure, selection: Selection) -> tuple[Array, float]:
    """What the choice changes in the weights, relative to the largest, and the mass."""
    weights = np.ones(len(measure)) if measure.weights is None else measure.weights
    after = np.zeros(len(measure))
    after[selection.indices] = selection.weights / weights.max()
    before = weights / weights.max()
    return after - before, math.fsum(before)


def residual(measure: FloatMeasure, degree: int, selection: Selection) -> float:
    """The largest change of a sum of products of Legendre polynomials on the box, of sup 1."""
    space = all_monomials(measure.dim, degree if measure.dim == 1 else min(degree, 9))
    moved, mass = change(measure, selection)
    places = np.flatnonzero(moved)
    points = frame_of(measure).scaled(measure.part(places)) if places.size else np.zeros((0, 1))
    sizes = np.sqrt(np.prod(2 * np.array(space.exponents) + 1, axis=1))
    rows = product_basis(space).values(points) if places.size else np.zeros((1, 0))
    worst = [
        abs(math.fsum(row * moved[places])) / size for row, size in zip(rows, sizes, strict=False)
    ]
    return max(worst) / mass


def orthonormal_residual(measure: FloatMeasure, degree: int, selection: Selection) -> float:
    """The same for polynomials orthonormal on the nodes of weight > 0, of root mean square 1."""
    moved, mass = change(measure, selection)
    weights = np.ones(len(measure)) if measure.weights is None else measure.weights
    places = np.flatnonzero(weights)
    _, rows = arnoldi(centred(measure.nodes[places]), degree)
    worst = max(abs(math.fsum(row * moved[places])) for row in rows)
    return worst * math.sqrt(len(places)) / mass


def require_selection(measure: FloatMeasure, degree: int, selection: Selection) -> None:
    weights = np.ones(len(measure)) if measure.weights is None else measure.weights
    assert (np.diff(selection.indices) > 0).all()
    assert (weights[selection.indices] > 0).all()
    assert (selection.weights > 0).all()
    assert 1 <= len(selection.indices) <= selection.rank
    assert selection.rank <= num_monomials(measure.dim, degree)
    assert residual(measure, degree, selection) < RESIDUAL


@st.composite
def lattice_measures(draw: st.DrawFn) -> FloatMeasure:
    """Few or many small integers, with copies and on varieties; weights of many sizes, or 0."""
    dim = draw(st.integers(1, 3))
    width, count = draw(st.integers(0, 6)), draw(st.integers(1, 150))
    generator = np.random.default_rng(draw(st.integers(0, 2**32)))
    nodes = generator.integers(-width, width + 1, (count, dim)).astype(float)
    shape = draw(st.sampled_from(["cloud", "line", "parabola", "flat"]))
    if shape == "line":
        nodes[:] = nodes[:, :1] * np.arange(1, dim + 1)
    elif shape == "parabola":
        nodes[:, -1] = nodes[:, 0] ** 2
    elif shape == "flat":
        nodes[:, 0] = 3
    if draw(st.booleans()):
        return FloatMeasure(nodes)
    spread = draw(st.sampled_from([0, 3, 6, 13]))
    weights = 10 ** generator.uniform(-spread, spread, count)
    weights[generator.random(count) < 0.2] = 0
    weights[0] = weights[0] or 1.0
    return FloatMeasure(nodes, weights)


@given(measure=lattice_measures(), degree=st.integers(0, 5), seed=st.integers(0, 3))
def test_the_choice_is_what_it_promises(measure: FloatMeasure, degree: int, seed: int) -> None:
    selection = chosen(measure, degree, seed=seed)
    require_selection(measure, degree, selection)
    assert len(selection.indices) <= exact_rank(measure, degree)


@given(measure=lattice_measures(), degree=st.integers(0, 4))
def test_the_same_seed_makes_the_same_choice(measure: FloatMeasure, degree: int) -> None:
    one, other = chosen(measure, degree, seed=7), chosen(measure, degree, seed=7)
    assert (one.indices == other.indices).all() and (one.weights == other.weights).all()


@given(measure=lattice_measures(), degree=st.integers(0, 4), data=st.data())
def test_order_and_affine_maps_leave_a_choice_valid(
    measure: FloatMeasure, degree: int, data: st.DataObject
) -> None:
    order = np.random.default_rng(data.draw(st.integers(0, 99))).permutation(len(measure))
    scale = 2.0 ** data.draw(st.integers(-40, 40))
    nodes = measure.nodes[order] * scale + scale * data.draw(st.integers(-1000, 1000))
    weights = None if measure.weights is None else measure.weights[order]
    moved = FloatMeasure(np.ascontiguousarray(nodes), weights)
    selection = chosen(moved, degree)
    require_selection(moved, degree, selection)
    assert selection.rank == chosen(measure, degree).rank


ANGLES = RANDOM.uniform(0, 2 * math.pi, 1000)
SPREAD = 10 ** RANDOM.uniform(-6, 6, 2000)
SPREAD[:100] = 0
LATTICE = np.array(list(np.ndindex(21, 21)), float) - 10
COPIES = np.repeat(cloud(200, 2), 10, axis=0)
LINE = np.outer(np.arange(-1000.0, 1000), [1, 2])
CLUSTERS = np.r_[1e-6 * cloud(500, 2), 1 + 1e-6 * cloud(500, 2, seed=1)]

REGIMES: dict[str, tuple[Array, Array | None, int, int]] = {  # the last is the rank
    "generic": (cloud(2000, 2), None, 4, 15),
    "copies": (COPIES, None, 4, 15),
    "copies, weights 1e-6 to 1e6": (COPIES, SPREAD, 4, 15),
    "a line": (LINE, None, 4, 5),
    "a line, weights 1e-6 to 1e6": (LINE, SPREAD, 4, 5),
    "a lattice": (LATTICE, None, 4, 15),
    "a lattice, weights 1e-6 to 1e6": (LATTICE, SPREAD[-441:], 4, 15),
    "a lattice coarser than the degree": (np.array(list(np.ndindex(4, 4)), float), None, 9, 16),
    "a circle up to rounding": (np.c_[np.cos(ANGLES), np.sin(ANGLES)], None, 6, 13),
    "fewer nodes than monomials": (cloud(12, 2), None, 4, 12),
    "one node": (cloud(1, 3), None, 3, 1),
    "equal nodes": (np.ones((300, 3)), None, 3, 1),
    "degree 0": (cloud(500, 3), SPREAD[-500:], 0, 1),
    "a flat axis": (np.c_[cloud(500, 1), np.ones(500)], None, 5, 6),
    "weights 1e-13": (cloud(2000, 2), np.full(2000, 1e-13), 4, 15),
    "weights 1e8": (cloud(2000, 2), np.full(2000, 1e8), 4, 15),
    "weights 1e-300 to 1e300": (cloud(2000, 2), 10 ** RANDOM.uniform(-300, 300, 2000), 4, 15),
    "three huge weights": (cloud(200, 2), np.r_[[1e300] * 3, np.full(197, 1e-300)], 4, 15),
    "an offset of 1e6": (1e6 + 1e-3 * cloud(2000, 2), None, 4, 15),
    "two places far apart": (np.r_[cloud(500, 2), 1000 + cloud(500, 2)], None, 4, 15),
    "two tight clusters": (CLUSTERS, None, 4, 15),
    "sizes 1e150": (1e150 * cloud(300, 2), None, 4, 15),
    "sizes 1e-150": (1e-150 * cloud(300, 2), None, 4, 15),
    "magnitudes 1e-8 to 1e8": (10 ** RANDOM.uniform(-8, 8, (2000, 2)), None, 4, 15),
    "Cauchy": (RANDOM.standard_cauchy((1000, 2)), None, 8, 45),
    "lognormal": (np.exp(RANDOM.normal(size=(1000, 1))), None, 40, 41),
    "normal, degree 80": (RANDOM.normal(size=(1000, 1)), None, 80, 81),
    "degree 300": (cloud(1000, 1), None, 300, 301),
    "a degree beyond all nodes": (cloud(20, 3), None, 1000, 20),
}


CLUSTERED = ("two tight clusters", "two places far apart")
"""Orthonormal polynomials of the third degree within a cluster are rounding, in part."""


@pytest.mark.parametrize("name", REGIMES)
def test_the_support_is_as_large_as_the_rank_in_every_regime(name: str) -> None:
    nodes, weights, degree, rank = REGIMES[name]
    measure = FloatMeasure(np.ascontiguousarray(nodes), weights)
    selection = chosen(measure, degree)
    require_selection(measure, degree, selection)
    if name not in CLUSTERED:
        assert orthonormal_residual(measure, degree, selection) < ORTHONORMAL
    assert len(selection.indices) == selection.rank == rank


@pytest.mark.parametrize(("count", "dim", "degree"), [(1000, 1, 300), (4000, 2, 20), (4000, 3, 9)])
def test_the_chosen_columns_are_well_conditioned(count: int, dim: int, degree: int) -> None:
    measure = FloatMeasure(cloud(count, dim))
    _, features = arnoldi(frame_of(measure).scaled(measure), degree)
    assert np.linalg.cond(features[:, chosen(measure, degree).indices]) < 1e6


def test_subnormal_weights_are_kept_to_their_last_bit() -> None:
    weights = RANDOM.integers(1, 99, 500).astype(np.float64) * np.float64(5e-324)
    measure = FloatMeasure(cloud(500, 2), weights)
    selection = chosen(measure, 2)
    units = selection.weights / 5e-324
    assert abs(units.sum() - (weights / 5e-324).sum()) <= len(units) / 2
    assert 1 <= len(units) <= 6


def test_no_mass_gives_no_nodes_and_too_much_is_refused() -> None:
    nothing = chosen(FloatMeasure(cloud(9, 2), np.zeros(9)), 2)
    assert nothing.indices.size == nothing.weights.size == nothing.rank == 0
    with pytest.raises(InvalidMeasure, match=r"leave the range of float64; .* divide all by a"):
        chosen(FloatMeasure(cloud(900, 2), np.full(900, 1.7e308)), 2)


def test_values_beyond_memory_are_refused() -> None:
    with pytest.raises(ValueError, match="lower the degree, or reduce the nodes in parts"):
        chosen(FloatMeasure(cloud(20_000, 3)), 200)


@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("count", [4096, 10_007, 50_001])
def test_streaming_in_several_rounds_gives_a_valid_choice(
    count: int, weighted: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streaming, "STORED", 2000)
    measure = FloatMeasure(cloud(count, 2), RANDOM.uniform(0, 1, count) if weighted else None)
    selection = chosen(measure, 3)
    require_selection(measure, 3, selection)
    assert len(selection.indices) == 10


def test_few_nodes_that_show_the_rank_are_found_among_many() -> None:
    line = np.outer(RANDOM.uniform(-1, 1, 60_000), [1, 0.5])
    measure = FloatMeasure(np.r_[line, cloud(3, 2)])
    assert chosen(measure, 4).rank == 8  # 5 on the line, and 3 nodes beside it


def test_outliers_in_a_large_cloud_do_no_harm() -> None:
    measure = FloatMeasure(RANDOM.standard_cauchy((40_000, 2)))
    selection = chosen(measure, 5)
    require_selection(measure, 5, selection)
    _, features = arnoldi(centred(measure.nodes), 5)
    assert np.linalg.cond(features[:, selection.indices]) < 1e6


def test_spare_nodes_make_the_choice_wider() -> None:
    measure = FloatMeasure(cloud(5000, 2))
    wide = chosen(measure, 3, spare=4)
    assert (len(wide.indices), wide.rank) == (14, 10)
    assert residual(measure, 3, wide) < RESIDUAL


@pytest.mark.parametrize("count", [300, 5000])
def test_monomials_linear_in_the_last_coordinate(count: int) -> None:
    measure = FloatMeasure(cloud(count, 3))
    space = linear_in_last(3, 4)
    selection = chosen(measure, 4, features=space)
    assert len(selection.indices) == selection.rank == len(space) == 25
    for alpha in space.exponents:
        before = np.prod(measure.nodes**alpha, axis=1)
        after = selection.weights @ before[selection.indices]
        assert after == pytest.approx(before.sum(), abs=1e-12 * count)


def test_chosen_monomials_on_a_variety() -> None:
    x = cloud(300, 1)
    space = MonomialSpace(((0, 0), (1, 0), (0, 1), (0, 2), (1, 1)))
    selection = chosen(FloatMeasure(np.c_[x, x]), 2, features=space)
    assert len(selection.indices) == selection.rank == 3  # 1, x and x^2


def test_functions_as_features() -> None:
    measure = FloatMeasure(cloud(3000, 2), RANDOM.uniform(0, 1, 3000))
    assert measure.weights is not None

    def waves(nodes: Array) -> Array:
        x, y = nodes.T
        return np.stack([np.sin(x), np.cos(y), np.sin(x) - 2 * np.cos(y), np.exp(x * y)], axis=1)

    selection = chosen(measure, 0, features=waves)
    assert len(selection.indices) == selection.rank == 4  # with the constant 1
    before = measure.weights @ waves(measure.nodes)
    after = selection.weights @ waves(measure.nodes[selection.indices])
    assert after == pytest.approx(before, abs=1e-11)
    assert selection.weights.sum() == pytest.approx(measure.weights.sum())


def first_coordinate(nodes: Array) -> Array:
    return nodes[:, 0]


def not_a_number(nodes: Array) -> Array:
    return nodes * np.nan


@pytest.mark.parametrize(
    ("function", "text"),
    [
        (first_coordinate, r"found features of shape \(9,\) for 9 nodes; expected one row"),
        (not_a_number, "found a feature that is not finite at the node"),
    ],
)
def test_functions_without_usable_values_are_refused(function: Any, text: str) -> None:
    with pytest.raises(InvalidFeatures, match=text):
        chosen(FloatMeasure(cloud(9, 2)), 0, features=function)


def test_the_input_is_left_as_it_is() -> None:
    nodes, weights = cloud(3000, 2), RANDOM.uniform(0, 1, 3000)
    nodes.flags.writeable = weights.flags.writeable = False
    before = nodes.copy(), weights.copy()
    chosen(FloatMeasure(nodes, weights), 3)
    assert (nodes == before[0]).all() and (weights == before[1]).all()
