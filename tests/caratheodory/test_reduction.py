"""One reduction, in every arithmetic, on data in every position."""

import math
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ucomp_verify.arithmetic.exact import independent
from ucomp_verify.caratheodory import caratheodory_reduce, reduce_measure, weights
from ucomp_verify.caratheodory.reduction import Arithmetic, weigh
from ucomp_verify.caratheodory.support import Selection
from ucomp_verify.measures import (
    AtomicMeasure,
    BallWeights,
    Compression,
    ExactWeights,
    FloatMeasure,
    FloatWeights,
    exact_moments,
    frame_of,
)
from ucomp_verify.measures.monomials import monomial_rows

DIGITS = 30


def rank_of(measure: FloatMeasure, degree: int) -> int:
    """The rank of the monomials on the nodes with a weight, over Q."""
    part = measure if measure.weights is None else measure.part(np.flatnonzero(measure.weights))
    return len(independent(monomial_rows(frame_of(part).integers(part), degree)))


def require_reduction(source: FloatMeasure, degree: int, result: Compression) -> None:
    """Fewer nodes of the source, independent, and all its moments: exactly, or within balls."""
    assert result.source is source
    assert (result.degree, list(result.indices)) == (degree, sorted(set(result.indices)))
    support, known = source.part(list(result.indices)), exact_moments(source, degree)
    if source.weights is not None:
        assert support.weights is not None
        assert support.weights.min() > 0
    rows = monomial_rows(known.frame.integers(support), degree)
    assert len(independent(list(zip(*rows, strict=True)))) == len(result.indices)
    values = exact_values(result)
    assert min(values) > 0
    radii = [Fraction(0)] * len(values)
    if isinstance(result.weights, BallWeights):
        radii = list(result.weights.radii)
        assert all(0 <= r <= v / 10**DIGITS for v, r in zip(values, radii, strict=True))
    for row, moment in zip(rows, known.values, strict=True):
        defect = moment * known.unit - sum(map(Fraction.__mul__, values, map(Fraction, row)))
        assert abs(defect) <= sum(abs(x) * r for x, r in zip(row, radii, strict=True))


R = np.random.default_rng(0)
ANGLES = R.uniform(0, 2 * math.pi, 300)
CLOUD = R.uniform(-1, 1, (500, 2))
TINY = R.uniform(-1, 1, (100, 2)) * 1e-6
MIXED = np.r_[10 ** R.uniform(-6, 6, 400), np.zeros(100)]

# points, weights, degree, and whether any support has to have as many nodes as the rank
NINE: dict[str, tuple[Any, Any, int]] = {
    "D1 ten copies": (np.repeat(CLOUD[:50], 10, axis=0), None, 4),
    "D2 on a line": (np.outer(CLOUD[:, 0], [1, 1]), None, 4),
    "D3 a lattice": (np.array(list(np.ndindex(21, 21)), float) - 10, None, 4),
    "D4 weights from 1e-6 to 1e6, and 0": (CLOUD, MIXED, 4),
    "D5 fewer nodes than monomials": (CLOUD[:12], None, 4),
    "S1 weights 1e-13": (CLOUD, np.full(500, 1e-13), 4),
    "S2 weights 1e8": (CLOUD, np.full(500, 1e8), 4),
    "S3 off the origin": (10 + 1e-3 * CLOUD, None, 4),
    "S4 two clusters": (np.r_[CLOUD, 1000 + CLOUD], None, 4),
}
HARD: dict[str, tuple[Any, Any, int]] = {
    "on a circle up to rounding": (np.c_[np.cos(ANGLES), np.sin(ANGLES)], None, 4),
    "on a line up to rounding": (np.outer(CLOUD[:, 0], [1, 0.3]), None, 3),
    "a lattice finer than the degree": (np.array(list(np.ndindex(4, 4, 4)), float), None, 5),
    "two tight clusters": (np.r_[TINY, 1 + TINY], None, 4),
    "far from the origin": (1e8 + CLOUD, None, 4),
    "heavy tails": (R.standard_cauchy((300, 2)), None, 5),
    "lognormal": (R.lognormal(size=(500, 2)), None, 5),
    "sizes from 1e-150 to 1e150": (10 ** R.uniform(-150, 150, (60, 2)), None, 2),
    "sizes 1e-150": (1e-150 * CLOUD, None, 4),
    "subnormal numbers": (R.integers(0, 99, (80, 2)) * 5e-324, None, 3),
    "weights from 1e-300 to 1e300": (CLOUD[:300], 10 ** R.uniform(-300, 300, 300), 3),
    "high degree on a line": (CLOUD[:100, :1], None, 30),
    "degree 0": (CLOUD, None, 0),
    "one point many times": (np.zeros((9, 3)), None, 2),
    "one node": (np.ones((1, 2)), None, 3),
    "one axis constant": (np.c_[CLOUD, np.full(500, 7.0)], None, 3),
    "five dimensions": (R.uniform(-1, 1, (300, 5)), None, 2),
}


@pytest.mark.parametrize("arithmetic", [Arithmetic.EXACT, Arithmetic.BALLS])
@pytest.mark.parametrize("name", [*NINE, *HARD])
def test_every_kind_of_data_is_reduced(name: str, arithmetic: Arithmetic) -> None:
    points, given_weights, degree = (NINE | HARD)[name]
    source = FloatMeasure(points, given_weights)
    before = points.copy()
    result = reduce_measure(source, degree, arithmetic=arithmetic, digits=DIGITS)
    require_reduction(source, degree, result)
    if name in NINE:
        assert len(result) == rank_of(source, degree)
    assert np.array_equal(points, before)


@pytest.mark.parametrize("arithmetic", Arithmetic)
def test_the_kind_of_weights_is_what_was_asked_for(arithmetic: Arithmetic) -> None:
    kinds = {"exact": ExactWeights, "balls": BallWeights, "float": FloatWeights}
    result = reduce_measure(FloatMeasure(CLOUD), 4, arithmetic=arithmetic)
    assert type(result.weights) is kinds[arithmetic]
    exact = reduce_measure(FloatMeasure(CLOUD), 4)
    assert result.indices == exact.indices
    assert np.allclose(result.rounded(), exact.rounded(), rtol=1e-9)


@given(
    seed=st.integers(0, 10**6),
    dim=st.integers(1, 3),
    degree=st.integers(0, 3),
    count=st.integers(1, 40),
    grid=st.sampled_from([3, 10, 10**15]),
    arithmetic=st.sampled_from([Arithmetic.EXACT, Arithmetic.BALLS]),
)
def test_any_points_are_reduced(
    seed: int, dim: int, degree: int, count: int, grid: int, arithmetic: Arithmetic
) -> None:
    draw = np.random.default_rng(seed)
    points = draw.integers(-grid, grid, (count, dim)).astype(float)
    source = FloatMeasure(points, draw.choice([0.0, 0.1, 1.0, 3.0], count))
    require_reduction_or_empty(source, degree, arithmetic)


def require_reduction_or_empty(source: FloatMeasure, degree: int, arithmetic: Arithmetic) -> None:
    result = reduce_measure(source, degree, arithmetic=arithmetic, digits=DIGITS)
    assert source.weights is not None
    if source.weights.any():
        require_reduction(source, degree, result)
    else:
        assert len(result) == 0
    again = FloatMeasure(source.nodes, result_as_floats(source, result))
    values = exact_values(result)
    assert again.weights is not None
    if values == [Fraction(v) for v in again.weights[list(result.indices)].tolist()]:
        second = reduce_measure(again, degree, arithmetic=arithmetic, digits=DIGITS)
        assert (second.indices, exact_values(second)) == (result.indices, values)


def exact_values(result: Compression) -> list[Fraction]:
    return [Fraction(v) for v in result.weights.values]


def result_as_floats(source: FloatMeasure, result: Compression) -> Any:
    out = np.zeros(len(source))
    out[list(result.indices)] = result.rounded()
    return out


@pytest.mark.parametrize("arithmetic", Arithmetic)
def test_independent_nodes_keep_their_weights(arithmetic: Arithmetic) -> None:
    draw = np.random.default_rng(1)
    weights_before = np.r_[draw.uniform(0.1, 9, 10), 0.0]
    source = FloatMeasure(draw.uniform(-1, 1, (11, 2)), weights_before)
    result = reduce_measure(source, 3, arithmetic=arithmetic)
    assert result.indices == tuple(range(10))
    assert [float(v) for v in result.weights.values] == weights_before[:10].tolist()


@pytest.mark.parametrize("arithmetic", Arithmetic)
def test_no_mass_has_an_empty_compression(arithmetic: Arithmetic) -> None:
    nothing = FloatMeasure(np.ones((3, 2)), np.zeros(3))
    assert len(reduce_measure(nothing, 2, arithmetic=arithmetic)) == 0


def test_an_exact_measure_is_reduced_exactly() -> None:
    source = AtomicMeasure.unit([(i, i * i) for i in range(9)])
    result = reduce_measure(source, 1)
    assert isinstance(result.weights, ExactWeights)
    assert sum(result.weights.values) == 9
    assert len(result) == 3


@pytest.mark.parametrize("degree", [-1, 1.0, "2", True, None])
def test_bad_degrees_are_refused(degree: Any) -> None:
    for source in (FloatMeasure(CLOUD), AtomicMeasure.unit([(0,)])):
        with pytest.raises(ValueError, match=r"found the degree .*; expected an integer >= 0"):
            reduce_measure(source, degree)


@pytest.mark.parametrize("digits", [0, -1, 1.5, True, None])
def test_bad_digits_are_refused(digits: Any) -> None:
    with pytest.raises(ValueError, match=r"found .* digits; expected an integer >= 1"):
        reduce_measure(FloatMeasure(CLOUD), 2, arithmetic=Arithmetic.BALLS, digits=digits)


@pytest.mark.parametrize(("count", "degree"), [(500, 10**6), (500, 10**3)])
def test_a_degree_beyond_all_memory_is_refused(count: int, degree: int) -> None:
    with pytest.raises(ValueError, match="lower the degree, or reduce the nodes in cells"):
        reduce_measure(FloatMeasure(CLOUD[:count]), degree)


def test_exact_weights_that_would_take_hours_are_refused() -> None:
    source = FloatMeasure(np.random.default_rng(2).uniform(-1, 1, (250, 1)))
    with pytest.raises(ValueError, match="ask for balls"):
        reduce_measure(source, 190)


def test_exact_moments_that_would_take_hours_are_refused() -> None:
    source = FloatMeasure(np.random.default_rng(2).uniform(-1, 1, (20000, 1)))
    with pytest.raises(ValueError, match=r"whose exact moments take .* operations"):
        reduce_measure(source, 4000, frame=frame_of(source))


@pytest.mark.parametrize("degree", [9, 10**6])
def test_few_nodes_are_kept_at_any_degree(degree: int) -> None:
    result = reduce_measure(FloatMeasure(CLOUD[:10, :1]), degree)
    assert result.indices == tuple(range(10))


def test_nodes_that_agree_modulo_a_prime_are_independent_all_the_same() -> None:
    points = np.array([[0.0, 1.0], [0.0, 2.0**31 - 1], [1.0, 5.0], [2.0, 2.0], [7.0, 8.0]])
    assert len(reduce_measure(FloatMeasure(points), 2)) == 5


def forced(source: FloatMeasure, degree: int, indices: list[int], values: list[float]) -> Any:
    """The compression on a support that is no good choice."""
    chosen = Selection(np.array(indices), np.array(values), len(indices))
    return weigh(
        source,
        degree,
        chosen,
        frame=frame_of(source),
        arithmetic=Arithmetic.BALLS,
        digits=DIGITS,
    )


@pytest.mark.parametrize("seed", range(6))
def test_a_bad_choice_is_repaired(seed: int) -> None:
    draw = np.random.default_rng(seed)
    source = FloatMeasure(draw.uniform(-1, 1, (40, 2)))
    indices = sorted(draw.permutation(40)[:10].tolist())
    require_reduction(source, 3, forced(source, 3, indices, [4.0] * 10))


@pytest.mark.parametrize("count", [1, 4, 9])
def test_too_few_nodes_are_repaired(count: int) -> None:
    source = FloatMeasure(np.random.default_rng(3).uniform(-1, 1, (40, 2)))
    require_reduction(source, 3, forced(source, 3, list(range(count)), [40 / count] * count))


def test_too_many_nodes_are_repaired() -> None:
    source = FloatMeasure(np.random.default_rng(3).uniform(-1, 1, (40, 2)))
    require_reduction(source, 3, forced(source, 3, list(range(40)), [1.0] * 40))


def test_moments_that_are_given_are_used(monkeypatch: pytest.MonkeyPatch) -> None:
    source = FloatMeasure(CLOUD)
    frame, known = frame_of(source), exact_moments(source, 3)
    want = reduce_measure(source, 3)
    monkeypatch.setattr("ucomp_verify.caratheodory.reduction.exact_moments", None)
    assert reduce_measure(source, 3, frame=frame, moments=known).weights == want.weights


def test_many_nodes_on_a_circle_are_repaired_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ucomp_verify.caratheodory.reduction.PART", 1)
    monkeypatch.setattr("ucomp_verify.caratheodory.reduction.MIN_PART", 100)
    source = FloatMeasure(np.c_[np.cos(ANGLES), np.sin(ANGLES)])
    result = reduce_measure(source, 4)
    require_reduction(source, 4, result)
    assert len(result) == 15


def test_without_balls_the_exact_way_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weights, "enclosed_shares", lambda *_, **__: None)  # pyright: ignore
    source = FloatMeasure(CLOUD)
    result = reduce_measure(source, 3, arithmetic=Arithmetic.BALLS)
    assert isinstance(result.weights, ExactWeights)
    require_reduction(source, 3, result)


@pytest.mark.parametrize("arithmetic", [Arithmetic.EXACT, Arithmetic.BALLS])
@pytest.mark.parametrize(
    ("count", "degree", "reason"),
    [
        (500, 3, "found moments of degree 3 in dimension 2, of the same mass; expected degree 2"),
        (400, 2, "of another mass; .*: give the moments of this measure, or none"),
    ],
)
def test_moments_of_something_else_are_refused(
    count: int, degree: int, reason: str, arithmetic: Arithmetic
) -> None:
    other = exact_moments(FloatMeasure(CLOUD[:count]), degree)
    with pytest.raises(ValueError, match=reason):
        reduce_measure(FloatMeasure(CLOUD), 2, arithmetic=arithmetic, moments=other)


@given(
    rows=st.lists(st.tuples(*[st.integers(-2, 2)] * 2), min_size=1, max_size=8),
    degree=st.sampled_from([7, 50, 10**9]),
)
def test_a_degree_that_tells_all_nodes_apart_keeps_the_measure(
    rows: list[tuple[int, int]], degree: int
) -> None:
    """Only equal nodes are put together: their weights add up on one of them."""
    measure = FloatMeasure(np.array(rows, np.float64))
    for arithmetic in Arithmetic:
        after = reduce_measure(measure, degree, arithmetic=arithmetic)
        assert after.degree == degree
        kept = {rows[i]: w for i, w in zip(after.indices, after.rule.weights, strict=True)}
        wanted = {row: rows.count(row) for row in rows}
        assert kept == (pytest.approx(wanted) if arithmetic is Arithmetic.FLOAT else wanted)
    exact = caratheodory_reduce(measure.exact(), degree)
    assert sorted(w for w in exact.weights if w) == sorted(rows.count(row) for row in set(rows))
