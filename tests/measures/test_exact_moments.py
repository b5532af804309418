"""Exact moments: the same integers by limbs, by Python's integers, and by definition."""

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import replace
from fractions import Fraction
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from tests.measures import exactly
from ucomp_verify.algebra.multi_indices import multi_indices, num_monomials
from ucomp_verify.measures import AtomicMeasure, FloatMeasure, exact_moments, frame_of
from ucomp_verify.measures.dyadic import ROWS
from ucomp_verify.measures.exact_moments import TASK
from ucomp_verify.measures.float_moments import Sums, float_sums
from ucomp_verify.measures.limbs import plans
from ucomp_verify.measures.splitting import splitting
from ucomp_verify.strategies import exact_measures

Array = npt.NDArray[np.float64]
Draw = Callable[[np.random.Generator, tuple[int, int]], Array]

WEIGHTS = st.one_of(
    st.just(1.0),
    st.floats(0, 1),
    st.floats(0, 1e308),
    st.sampled_from([0.0, 5e-324, 1e-300, 1e-13, 1e-6, 1e6, 1e8, 1e300]),
)
COORDINATES = [
    st.floats(-1, 1),
    st.floats(-9, 9, allow_subnormal=False),
    st.floats(1e6, 1e6 + 1e-3),
    st.floats(-1e-310, 1e-310),
    st.floats(-1e300, 1e300),
    st.integers(-3, 3).map(float),
    st.floats(allow_nan=False, allow_infinity=False),
]


@st.composite
def float_measures(draw: st.DrawFn) -> FloatMeasure:
    """Nodes and weights of all sizes, few enough for the definition."""
    shape = draw(st.tuples(st.integers(1, 12), st.integers(1, 3)))
    nodes = draw(hnp.arrays(np.float64, shape, elements=draw(st.sampled_from(COORDINATES))))
    weights = draw(st.none() | hnp.arrays(np.float64, shape[0], elements=WEIGHTS))
    return FloatMeasure(nodes, weights)


def by_definition(measure: FloatMeasure | AtomicMeasure, degree: int) -> list[Fraction]:
    """The moments in the measure's frame, in fractions, by nothing of ours but the box."""
    frame = frame_of(measure)
    exact = measure.exact() if isinstance(measure, FloatMeasure) else measure
    shifts = [low + high for low, high in zip(frame.lows, frame.highs, strict=True)]
    nodes = [
        tuple(2 * x / u - s for x, u, s in zip(node, frame.units, shifts, strict=True))
        for node in exact.nodes
    ]
    moments = exactly.moments(nodes, exact.weights, degree)
    return [moments[alpha] for alpha in multi_indices(exact.dim, degree)]


def every_plan(measure: FloatMeasure, degree: int) -> list[Sums]:
    """The sums as chosen, in Python's integers, and by limbs of every size if they fit."""
    nodes, weights = measure.nodes, measure.weights
    chosen = float_sums(nodes, weights, degree, frame_of(measure))
    fitting = float_sums(nodes, weights, degree, frame_of(measure), always_limbs=True)
    if fitting.plan is None:
        return [chosen, replace(chosen, plan=None)]
    plans = [replace(fitting.plan, limb=limb, block=block) for limb, block in SHAPES]
    return [chosen, replace(chosen, plan=None), *(replace(fitting, plan=p) for p in plans)]


SHAPES = ((16, 11), (21, 23), (23, 512))


@settings(deadline=None)
@given(float_measures(), st.integers(0, 5))
def test_every_way_gives_the_definition(measure: FloatMeasure, degree: int) -> None:
    expected = by_definition(measure, degree)
    found = exact_moments(measure, degree)
    assert [found.unit * value for value in found.values] == expected
    assert found == exact_moments(measure.exact(), degree)
    for sums in every_plan(measure, degree):
        assert tuple(sums.over(measure.nodes, measure.weights)) == found.values


@settings(deadline=None)
@given(exact_measures(max_nodes=8), st.integers(0, 4))
def test_exact_measures_too(measure: AtomicMeasure, degree: int) -> None:
    found = exact_moments(measure, degree)
    assert [found.unit * value for value in found.values] == by_definition(measure, degree)


CLOUDS: dict[str, Draw] = {
    "uniform": lambda rng, shape: rng.uniform(-1, 1, shape),
    "normal": lambda rng, shape: rng.standard_normal(shape),
    "heavy tails": lambda rng, shape: np.tan(1.57 * rng.uniform(-1, 1, shape)),
    "an offset": lambda rng, shape: 1e6 + 1e-3 * rng.uniform(-1, 1, shape),
    "tiny": lambda rng, shape: 1e-300 * rng.standard_normal(shape),
    "denormal": lambda rng, shape: 1e-318 * rng.standard_normal(shape),
    "huge": lambda rng, shape: 1e300 * rng.standard_normal(shape),
    "a lattice": lambda rng, shape: rng.integers(-10, 11, shape).astype(np.float64),
    "one point": lambda rng, shape: np.full(shape, 0.1),
    "many sizes": lambda rng, shape: rng.standard_normal(shape) * 10.0 ** rng.uniform(-8, 8, shape),
    "every size": lambda rng, shape: (
        rng.standard_normal(shape) * 10.0 ** rng.uniform(-300, 300, shape)
    ),
}
MASSES: dict[str, Callable[[np.random.Generator, int], Array | None]] = {
    "ones": lambda rng, d: None,
    "uniform": lambda rng, d: rng.random(d),
    "twelve decades": lambda rng, d: 10.0 ** rng.uniform(-6, 6, d),
    "every size": lambda rng, d: 10.0 ** rng.uniform(-320, 300, d),
    "some zero": lambda rng, d: rng.random(d) * (rng.random(d) < 0.5),
    "none": lambda rng, d: np.zeros(d),
    "tiny": lambda rng, d: np.full(d, 1e-13),
}


@pytest.mark.parametrize("cloud", CLOUDS)
@pytest.mark.parametrize("masses", MASSES)
def test_limbs_and_integers_agree(cloud: str, masses: str) -> None:
    for dim, degree, count in ((1, 9, 40), (3, 4, 50)):
        rng = np.random.default_rng(dim)
        nodes = CLOUDS[cloud](rng, (count, dim))
        measure = FloatMeasure(nodes, MASSES[masses](rng, count))
        expected = exact_moments(measure.exact(), degree)
        assert exact_moments(measure, degree) == expected
        for sums in every_plan(measure, degree):
            assert tuple(sums.over(nodes, measure.weights)) == expected.values


def test_limbs_are_used_where_they_should_be() -> None:
    """The two paths are really two: the comparisons above are not of one with itself."""
    rng = np.random.default_rng(0)
    for cloud in ("uniform", "normal", "an offset", "tiny", "denormal", "huge", "a lattice"):
        nodes = CLOUDS[cloud](rng, (2000, 3))
        for masses in MASSES:
            weights = MASSES[masses](rng, 2000)
            sums = float_sums(nodes, weights, 4, frame_of(FloatMeasure(nodes)))
            assert (sums.plan is None) == (masses in ("none", "every size"))
            assert (sums.window > 0) <= (masses in ("twelve decades", "every size"))
    nodes, weights = rng.uniform(-1, 1, (40_000, 1)), MASSES["every size"](rng, 40_000)
    many = float_sums(nodes, weights, 4, frame_of(FloatMeasure(nodes)))
    assert many.plan is not None
    assert many.window > 0
    wild = CLOUDS["every size"](rng, (2000, 3))
    assert float_sums(wild, None, 4, frame_of(FloatMeasure(wild))).plan is None


def test_weights_may_be_negative_in_sums() -> None:
    rng = np.random.default_rng(0)
    nodes, weights = (
        rng.standard_normal((500, 2)),
        rng.standard_normal(500) * 10.0 ** rng.uniform(-99, 99),
    )
    frame = frame_of(FloatMeasure(nodes))
    parts = [
        exact_moments(FloatMeasure(nodes, w), 4, frame=frame)
        for w in (np.maximum(weights, 0), np.maximum(-weights, 0))
    ]
    plus, minus = ([m.unit * v for v in m.values] for m in parts)
    sums = float_sums(nodes, weights, 4, frame)
    assert [sums.unit * v for v in sums.over(nodes, weights)] == [
        a - b for a, b in zip(plus, minus, strict=True)
    ]


def test_sums_of_many_blocks_do_not_overflow() -> None:
    """At the corners of the box, in as many blocks as int64 holds sums of, and more."""
    nodes = np.full((1500, 1), 1 - 2.0**-53)
    nodes[0] = -nodes[1]
    measure = FloatMeasure(nodes)
    plan = float_sums(nodes, None, 3, frame_of(measure), always_limbs=True)
    assert plan.plan is not None
    small = replace(plan, plan=replace(plan.plan, block=1))
    assert tuple(small.over(nodes, None)) == exact_moments(measure.exact(), 3).values


def test_nodes_without_weight_may_lie_anywhere() -> None:
    nodes = np.array([[0.0], [1.0], [1e300], [0.1]])
    measure = FloatMeasure(nodes, np.array([1.0, 2, 0, 0]))
    assert exact_moments(measure, 2).values == (3, 1, 3)
    assert exact_moments(measure.exact(), 2).values == (3, 1, 3)


def test_a_given_frame_is_used() -> None:
    rng = np.random.default_rng(0)
    measure = FloatMeasure(rng.uniform(-1, 1, (3000, 2)), rng.random(3000))
    whole = exact_moments(measure, 4)
    parts = [exact_moments(part, 4, frame=whole.frame) for part in measure.chunks(1000)]
    sums = [sum(p.unit * p.values[i] for p in parts) for i in range(num_monomials(2, 4))]
    assert sums == [whole.unit * value for value in whole.values]


def test_nodes_beyond_the_box_of_the_frame_count() -> None:
    rng = np.random.default_rng(0)
    inner = FloatMeasure(rng.integers(-9, 9, (2000, 2)).astype(np.float64))
    outer = FloatMeasure(rng.integers(-900, 900, (2000, 2)).astype(np.float64))
    frame = frame_of(inner)
    found = exact_moments(outer, 5, frame=frame)
    assert found == exact_moments(outer.exact(), 5, frame=frame)


@pytest.mark.parametrize("exact", [False, True])
def test_nodes_off_the_lattice_are_refused(exact: bool) -> None:
    frame = frame_of(FloatMeasure(np.array([[0.0], [1.0]])))
    stray = FloatMeasure(np.full((3000, 1), 0.3))
    with pytest.raises(ValueError, match="no multiple of the unit 1 of the frame"):
        exact_moments(stray.exact() if exact else stray, 2, frame=frame)


@pytest.mark.parametrize(
    ("degree", "reason"),
    [
        (-1, "found the degree -1; expected an integer >= 0"),
        (10**6, "found the degree 1000000 in dimension 2: .* lower the degree"),
    ],
)
def test_what_cannot_be_is_refused_at_once(degree: int, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        exact_moments(FloatMeasure(np.random.default_rng(0).random((9, 2))), degree)


def long_measure(tmp: Path) -> FloatMeasure:
    """Several tasks long, weighted, on disk."""
    rng = np.random.default_rng(0)
    np.save(tmp / "nodes.npy", rng.uniform(-1, 1, (2 * TASK + 99, 1)))
    return FloatMeasure(np.load(tmp / "nodes.npy", mmap_mode="r"), rng.random(2 * TASK + 99))


def test_executors_give_the_same_integers(tmp_path: Path) -> None:
    measure = long_measure(tmp_path)
    alone = exact_moments(measure, 3)
    with ThreadPoolExecutor(2) as threads:
        assert exact_moments(measure, 3, executor=threads) == alone
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as processes:
        assert exact_moments(measure, 3, executor=processes) == alone
    with pytest.raises(ZeroDivisionError), ThreadPoolExecutor(1) as threads:
        exact_moments(measure, 3, executor=Broken(threads))


class Broken(ThreadPoolExecutor):
    """An executor whose workers fail."""

    def __init__(self, inner: ThreadPoolExecutor) -> None:
        super().__init__(1)
        self._inner = inner

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Any:
        return self._inner.submit(lambda: 1 // 0)


def test_nothing_is_changed() -> None:
    rng = np.random.default_rng(0)
    nodes, weights = rng.standard_normal((3000, 2)), rng.random(3000)
    before = nodes.copy(), weights.copy()
    nodes.setflags(write=False)
    weights.setflags(write=False)
    exact_moments(FloatMeasure(nodes, weights), 5)
    exact_moments(FloatMeasure(nodes.T.copy().T, weights[::-1]), 5)
    assert (nodes == before[0]).all()
    assert (weights == before[1]).all()


@given(st.integers(1, 4), st.integers(0, 6))
@settings(deadline=None)
def test_each_monomial_is_one_product(dim: int, degree: int) -> None:
    split = splitting(dim, degree)
    places = [i for p in split.products for row in p.places for i in row]
    assert sorted(places) == list(range(num_monomials(dim, degree)))


@pytest.mark.parametrize(("coarse", "fine"), [(2.0, 5e-324), (2.0**1000, 1e-30), (-6.0, -1e-323)])
def test_numbers_that_underflow_on_a_coarse_lattice_count(coarse: float, fine: float) -> None:
    """Many numbers on multiples of 2 come first, so that the lattice seems to be coarse."""
    column = np.full(ROWS + 1, coarse)
    column[-1] = fine
    exact = sum(map(Fraction, column.tolist()))
    first = exact_moments(FloatMeasure(column.reshape(-1, 1)), 1)
    frame = first.frame
    shift = (frame.lows[0] + frame.highs[0]) * len(column)
    assert first.values[1] == 2 * exact / frame.units[0] - shift
    if coarse > 0:
        masses = exact_moments(FloatMeasure(np.ones((ROWS + 1, 1)), column), 0)
        assert masses.unit * masses.values[0] == exact


def test_a_node_that_underflows_is_off_the_lattice() -> None:
    frame = frame_of(FloatMeasure(np.array([[0.0], [2.0]])))
    with pytest.raises(ValueError, match="found the coordinate 5e-324 on axis 0"):
        exact_moments(FloatMeasure(np.array([[2.0], [5e-324]])), 2, frame=frame)


EXTREMES = st.one_of(
    st.integers(-60, 60).map(lambda e: (2 - 2.0**-52) * 2.0**e),  # all bits of the mantissa
    st.integers(-1074, 1023).map(lambda e: 2.0**e),
    st.sampled_from([0.0, -0.0, 5e-324, 2.0**-1022 - 5e-324, 1 - 2.0**-53, 2.0**21 + 2.0**44]),
)


@settings(deadline=None)
@given(st.data(), st.integers(1, 3), st.integers(0, 5), st.sampled_from([22, 23, 24, 46, 47]))
def test_extreme_numbers_at_the_ends_of_blocks(
    data: st.DataObject, dim: int, degree: int, count: int
) -> None:
    """Blocks of 23 nodes and one more or less; signs of both kinds."""
    pool = data.draw(st.lists(EXTREMES, min_size=1, max_size=4))
    rng = np.random.default_rng(data.draw(st.integers(0, 999)))
    nodes = rng.choice(pool, (count, dim)) * rng.choice([-1.0, 1.0], (count, dim))
    measure = FloatMeasure(nodes, rng.choice(pool, count) if data.draw(st.booleans()) else None)
    expected = exact_moments(measure.exact(), degree, frame=frame_of(measure))
    for sums in every_plan(measure, degree):
        found = sums.over(nodes, measure.weights)
        assert [sums.unit * v for v in found] == [expected.unit * v for v in expected.values]


@pytest.mark.parametrize(
    ("limb", "count"), [(20, 70_000), (21, 9000), (22, 5000), (23, 3000), (23, 1100 << 9)]
)
def test_largest_limbs_in_the_largest_blocks(limb: int, count: int) -> None:
    """Coordinates and weights whose limbs are all 2^(limb - 1): sums come next to 2^53.

    Of the last case int64 could not hold the sums over all blocks.
    """
    large = 2.0 ** (limb - 2) + 2.0 ** (2 * limb - 2)
    nodes, weights = np.full((count, 1), large), np.full(count, 2 * large)
    nodes[0], nodes[1], weights[2] = -large, 1.0, 1.0
    sums = float_sums(nodes, weights, 3, frame_of(FloatMeasure(nodes)), always_limbs=True)
    assert sums.plan is not None
    choices = plans(sums.plan.axes, 3, sums.plan.weight_bits, count)
    plan = next(p for p in choices if p.limb == limb)
    assert plan.block * 4 ** (limb - 1) <= 2**53
    n, w = 2 * int(large), 2 * int(large)
    assert replace(sums, plan=plan).over(nodes, weights) == [
        (count - 3) * w * n**j + w * (-n) ** j + w * 2**j + n**j for j in range(4)
    ]


def test_a_single_node_off_the_lattice_is_refused() -> None:
    """The ends of the box are on it, so that only the lattice of the data tells."""
    nodes = np.linspace(0, 1, 2).repeat(2000).reshape(-1, 1)
    frame = frame_of(FloatMeasure(nodes))
    nodes[7] = 0.3
    for degree in (1, 4):
        with pytest.raises(ValueError, match=r"found the coordinate 0\.3 on axis 0"):
            exact_moments(FloatMeasure(nodes), degree, frame=frame)
