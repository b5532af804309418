"""The residual path against enclosures, which share nothing with it but the choice of nodes."""

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from flint import arb_series, ctx

from ucomp_verify.algebra import num_monomials
from ucomp_verify.caratheodory.batched import Array, BatchedRules, Direction, reduce_cells
from ucomp_verify.caratheodory.reduction import Arithmetic
from ucomp_verify.caratheodory.weights import exact_weights
from ucomp_verify.compressors import Cells
from ucomp_verify.compressors.partitions import Partition, partition
from ucomp_verify.errors.residual import CellBatch, ResidualErrors, residual_errors
from ucomp_verify.errors.residual_balls import (
    Cell,
    CertifiedErrors,
    NotClear,
    cells_of,
    certified_errors,
    certified_weights,
    compression_errors,
)
from ucomp_verify.errors.residual_profiles import Profile, Reciprocal, Sigmoid
from ucomp_verify.functions import enclose_integral
from ucomp_verify.functions.expressions import Function, sigmoid, variables
from ucomp_verify.measures import FloatMeasure, frame_of
from ucomp_verify.measures.exact_moments import exact_moments

CLOSE = 1e-8


@dataclass(frozen=True)
class Case:
    """A cloud in cells, each reduced once."""

    batches: tuple[CellBatch, ...]
    vectors: Array
    degree: int
    profile: Profile

    def residual(self) -> ResidualErrors:
        return residual_errors(self.batches, self.profile, self.vectors)

    def certified(self, *, dps: int | None = None) -> CertifiedErrors:
        cells = list(cells_of(self.batches))
        return certified_errors(cells, self.degree, self.profile, self.vectors, dps=dps)


def _case(
    dim: int, degree: int, size: int, *, profile: Profile, count: int | None = None, seed: int = 0
) -> Case:
    draw = np.random.default_rng([seed, dim, degree, size])
    points, vectors = 2 * draw.random((size, dim)) - 1, 2 * draw.random((10, dim)) - 1
    number = count or max(size // 10 // num_monomials(dim, degree), 1)
    by_size: dict[int, list[Any]] = {}
    for cell in partition(points, number, Partition.KD):
        by_size.setdefault(len(cell), []).append(points[cell])
    groups = [np.array(by_size[n]) for n in sorted(by_size)]
    rules = [reduce_cells(group, degree, Direction.PLAIN, draw) for group in groups]
    pairs = zip(groups, rules, strict=True)
    batches = tuple(CellBatch(group, rule, degree) for group, rule in pairs)
    return Case(batches, vectors, degree, profile)


def _apart(case: Case) -> float:
    return _between(case.residual(), case.certified())


def _between(found: ResidualErrors, proved: CertifiedErrors) -> float:
    """The relative difference of both paths, in the mean and in each vector that is clear."""
    pairs = [
        (error, float(value.mid()))
        for error, value in zip(found.errors.tolist(), proved.each, strict=True)
        if value.rad() < 1e-12 * abs(value.mid())
    ]
    pairs.append((found.mean, float(proved.mean.mid())))
    return max(abs(error / exact - 1) for error, exact in pairs)


POLE = Reciprocal(Fraction(21, 20))
FAR_POLE = Reciprocal(Fraction(4))
CASES = [
    (1, 15, 16_000, Sigmoid()),
    (1, 1, 2000, Sigmoid()),
    (1, 10, 4000, Sigmoid()),
    (2, 3, 2000, Sigmoid()),
    (2, 6, 4000, Sigmoid()),
    (3, 2, 2000, Sigmoid()),
    (3, 4, 8000, Sigmoid()),
    (1, 8, 4000, POLE),
    (2, 4, 4000, FAR_POLE),
    (3, 3, 4000, FAR_POLE),
]


@pytest.mark.parametrize(("dim", "degree", "size", "profile"), CASES)
def test_the_residual_agrees_with_the_enclosure(
    dim: int, degree: int, size: int, profile: Profile
) -> None:
    case = _case(dim, degree, size, profile=profile)
    found, proved = case.residual(), case.certified()
    assert found.clear and proved.clear
    assert _between(found, proved) < CLOSE
    distance = abs(found.mean - float(proved.mean.mid()))
    assert distance <= found.mean_noise + 2 * float(proved.mean.rad()) + 1e-15 * abs(found.mean)
    assert found.mean_noise < CLOSE * abs(found.mean)
    if degree == 15:
        assert 1e-53 < abs(found.mean) < 1e-48


@dataclass(frozen=True)
class Bent(Sigmoid):
    """One of Taylor's coefficients is slightly wrong."""

    order: int = 0

    def coefficients(self, u: Array, order: int) -> Array:
        series = super().coefficients(u, order)
        series[self.order] *= 1 + 1e-6
        return series


def test_a_slightly_wrong_series_is_found_out() -> None:
    case = _case(1, 4, 2000, profile=Sigmoid())
    assert _apart(case) < CLOSE
    assert _apart(replace(case, profile=Bent(5))) > CLOSE
    assert _apart(replace(case, profile=Bent(4))) < CLOSE  # polynomials leave no residual


def test_a_slightly_wrong_weight_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    from ucomp_verify.errors import residual

    honest = residual.refined_weights

    def bent(*args: Any) -> Any:
        found = honest(*args)
        found.weights[0, 0] *= 1 + 1e-5
        return found

    case = _case(2, 3, 2000, profile=Sigmoid())
    proved = case.certified()
    monkeypatch.setattr(residual, "refined_weights", bent)
    assert abs(case.residual().mean / float(proved.mean.mid()) - 1) > CLOSE


def test_a_series_that_is_cut_too_early_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    case = _case(3, 2, 2000, profile=Sigmoid())
    monkeypatch.setattr("ucomp_verify.errors.residual.NEGLIGIBLE", 1e-3)
    assert _apart(case) > CLOSE


def test_the_enclosure_agrees_with_integrals_of_expressions() -> None:
    """The same difference by other code: an expression, and rational weights."""
    case = _case(2, 2, 400, profile=Sigmoid())
    x, y = variables(2)
    total = Fraction(0) * x
    for slope, other in case.vectors.tolist():
        total = total + sigmoid(Fraction(slope) * x + Fraction(other) * y)
    with ctx.workprec(200):
        sums = [_difference(cell, case.degree, total) for cell in cells_of(case.batches)]
        expected: Any = sum(sums[1:], sums[0]) / (10 * 400)
        found: Any = case.certified(dps=40).mean
        assert found.overlaps(expected) and float(expected.rad()) < 1e-30
        assert not (found * (1 + 1e-12)).overlaps(expected)


def _difference(cell: Cell, degree: int, function: Function) -> Any:
    part = FloatMeasure(np.ascontiguousarray(cell.nodes))
    moments = exact_moments(part, degree, frame=frame_of(part))
    exact = exact_weights(part.part(np.array(cell.places)), moments, cell.guesses)
    assert exact is not None
    kept = cell.nodes[[cell.places[place] for place in exact[0]]]
    after = enclose_integral(function, kept, exact[1].values, prec=200)
    return after - enclose_integral(function, cell.nodes, prec=200)


def test_noise_switches_the_residual_off() -> None:
    """Few large cells of a high degree: rounding is all that is left."""
    case = _case(1, 60, 2000, profile=Sigmoid())
    found, proved = case.residual(), case.certified()
    assert not found.clear and proved.clear and proved.dps >= 80
    assert abs(found.mean - float(proved.mean.mid())) <= found.mean_noise
    assert abs(found.mean) > 2 * float(abs(proved.mean.mid()))  # it would have been wrong


def test_slow_series_are_not_summed() -> None:
    case = _case(3, 2, 200, profile=Sigmoid(), count=1)
    vectors = np.ones((1, 3))
    found = residual_errors(case.batches, Sigmoid(), vectors)
    assert found.ratio > 0.75 and not found.clear and np.isnan(found.errors).all()


def test_cells_without_a_solution_are_not_clear() -> None:
    line = np.repeat(np.linspace(0, 1, 30)[None, :, None], 2, axis=2)
    rules = reduce_cells(line, 2, Direction.PLAIN, np.random.default_rng(0))
    found = residual_errors([CellBatch(line, rules, 2)], Sigmoid(), np.array([[0.5, 0.25]]))
    assert found.unsolved == 1 and not found.clear


def test_cells_that_keep_all_nodes_have_no_error() -> None:
    points = np.random.default_rng(0).random((3, 4, 1))
    rules = reduce_cells(points, 5, Direction.PLAIN, np.random.default_rng(0))
    found = residual_errors([CellBatch(points, rules, 5)], Sigmoid(), np.array([[0.5]]))
    assert found.mean == 0.0 and found.rms == 0.0 and not found.clear


def test_digits_beyond_two_hundred() -> None:
    case = _case(1, 160, 400, profile=Sigmoid(), count=1)
    proved = case.certified(dps=250)
    low, high = proved.interval(40)
    assert proved.dps == 250 and 0 < abs(float(proved.mean.mid())) < 1e-120
    assert low != high and low[:30] == high[:30]


def test_digits_are_raised_until_they_do() -> None:
    case = _case(1, 15, 1000, profile=Sigmoid())
    proved = case.certified()
    assert proved.dps == 40
    with pytest.raises(NotClear, match="with 20 digits; expected a radius below a tenth"):
        case.certified(dps=20)
    more = case.certified(dps=60)
    assert more.mean.overlaps(proved.mean) and more.mean.rad() < proved.mean.rad()
    assert abs(more.rms / proved.rms - 1) < 1e-6


def test_nodes_with_a_negative_weight_are_replaced() -> None:
    """The middle nodes cannot carry the second moment of all."""
    nodes = np.linspace(-1, 1, 21).reshape(-1, 1)
    cell = Cell(nodes, (9, 10, 11), (7.0, 7.0, 7.0))
    kept = certified_weights(cell, 2, 20)
    assert [place for place, _ in kept] != [9, 10, 11] and all(w > 0 for _, w in kept)
    assert abs(float(sum(w * float(nodes[p, 0]) ** 2 for p, w in kept)) - (nodes**2).sum()) < 1e-12
    vectors = np.array([[0.9]])
    assert certified_errors([cell], 2, Sigmoid(), vectors).replaced == 1


def test_compressions_in_balls_have_certified_errors() -> None:
    draw = np.random.default_rng(5)
    points, vectors = draw.random((300, 2)), draw.random((4, 2))
    measure = FloatMeasure(points)
    after = Cells(digits=30).compress(measure, degree=3, size=60)
    found = compression_errors(after, Sigmoid(), vectors)
    values = Sigmoid().values(points @ vectors.T)
    expected = (after.rounded() @ values[list(after.indices)] - values.sum(axis=0)) / 300
    assert found.clear and np.allclose([float(v) for v in found.each], expected, rtol=1e-5)
    rough = Cells(arithmetic=Arithmetic.FLOAT).compress(measure, degree=3, size=60)
    with pytest.raises(ValueError, match=r"found FloatWeights .* expected BallWeights"):
        compression_errors(rough, Sigmoid(), vectors)


def test_rules_of_other_cells_are_refused() -> None:
    rules = BatchedRules(np.zeros((2, 1), np.intp), np.ones((2, 1)))
    with pytest.raises(ValueError, match=r"rules of 2 cells; expected .* one rule a cell"):
        CellBatch(np.zeros((3, 4, 1)), rules, 1)


def test_no_cells_are_refused() -> None:
    vectors = np.ones((1, 1))
    with pytest.raises(ValueError, match="found no cells; expected one at least"):
        residual_errors([], Sigmoid(), vectors)
    with pytest.raises(ValueError, match="found no cells; expected one at least"):
        certified_errors([], 1, Sigmoid(), vectors)


@pytest.mark.parametrize("profile", [Sigmoid(), POLE])
@pytest.mark.parametrize("u", [-0.9, -1e-9, 0.0, 0.3])
def test_series_are_those_of_the_function(profile: Profile, u: float) -> None:
    series = profile.coefficients(np.array([u]), 60)[:, 0]
    for step in (-0.03, 0.02):
        value = profile.values(np.array([u + step]))[0]
        assert abs(np.polyval(series[::-1], step) - value) < 1e-14 * abs(value)
    decay = (abs(series[45:]).max() / abs(series[15:31]).max()) ** (1 / 30)
    assert 0.95 < decay * float(profile.radius(np.array([u]))[0]) < 1.05


@pytest.mark.parametrize("place", [0.0, 0.3, -5.0, 20.0, -35.0, 300.0])
def test_the_series_of_the_sigmoid_is_relatively_accurate_far_from_zero(place: float) -> None:
    found = Sigmoid().coefficients(np.array([place]), 9)[1:, 0]
    with ctx.workprec(2000):
        series = 1 / (1 + (-arb_series([place, 1], 10)).exp())
        exact = [float(series[n]) for n in range(1, 10)]
    assert found == pytest.approx(exact, rel=2e-13, abs=1e-18 * abs(exact[0]))
