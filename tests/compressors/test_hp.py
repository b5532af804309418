"""Degree and cells are chosen for a bound that holds, and is better than those of one degree."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.bounds.examples import sigmoids, size_of_error
from ucomp_verify.algebra import num_monomials
from ucomp_verify.bounds import DerivativeBounds, RidgeMixture, Sigmoid, partition_bound
from ucomp_verify.caratheodory.reduction import Arithmetic
from ucomp_verify.compressors import Cells, HpCells, Partition
from ucomp_verify.compressors.planning import half_diagonal
from ucomp_verify.measures import AtomicMeasure, BallWeights, FloatMeasure
from ucomp_verify.strategies import degrees, exact_measures

VECTORS = [[1.0, 0.5], [-0.25, 0.75], [0.0, -1.0]]
MIXTURE = RidgeMixture.over(Sigmoid(), VECTORS)


def cloud(count: int, dim: int = 2) -> FloatMeasure:
    return FloatMeasure(np.random.default_rng(0).uniform(-1, 1, (count, dim)))


@given(
    measure=exact_measures(),
    degree=degrees(max_degree=2),
    size=st.integers(10, 25),
    kind=st.sampled_from(list(Partition)),
    reach=st.fractions(Fraction(1, 10), 100),
)
def test_plans_keep_their_promises(
    measure: AtomicMeasure, degree: int, size: int, kind: Partition, reach: Fraction
) -> None:
    remainder = DerivativeBounds(Fraction(1), reach)
    compressor = HpCells(remainder, partition=kind, arithmetic=Arithmetic.EXACT)
    plan = compressor.plan(measure, degree=degree, size=size)
    after = compressor.compress(measure, degree=degree, size=size)
    assert after.degree == plan.degree >= degree
    assert len(after) <= plan.size <= size
    assert after.to_atomic().total_mass == measure.total_mass
    assert partition_bound(remainder, after) <= plan.bound * Fraction(11, 10) ** (plan.degree + 1)


def test_the_bound_holds_and_is_the_best_of_all_degrees() -> None:
    measure = cloud(600)
    compressor = HpCells(MIXTURE, digits=40)
    plan = compressor.plan(measure, degree=1, size=120)
    after = compressor.compress(measure, degree=1, size=120)
    assert isinstance(after.weights, BallWeights) and len(after) <= 120
    assert after.degree == plan.degree > 5
    assert size_of_error(after, sigmoids(VECTORS))[1] <= plan.bound
    for degree in range(0, 15, 3):
        cells = Cells(digits=10).compress(measure, degree=degree, size=120)
        assert plan.bound <= 2 * partition_bound(MIXTURE, cells)  # balls are tighter than boxes


def test_a_false_class_is_found_out() -> None:
    """Steeper functions than those of the class have errors above the bound of the plan."""
    compressor = HpCells(RidgeMixture(Sigmoid(), Fraction(1, 2)))
    plan = compressor.plan(cloud(400), degree=1, size=100)
    after = compressor.compress(cloud(400), degree=1, size=100)
    steep = [[8 * x for x in row] for row in VECTORS]
    assert size_of_error(after, sigmoids(steep))[0] > plan.bound


def test_rough_functions_get_many_cells_and_smooth_ones_one() -> None:
    measure = cloud(2000)
    rough = HpCells(DerivativeBounds(Fraction(1), Fraction(1, 20)))
    smooth = HpCells(DerivativeBounds(Fraction(1), Fraction(20)))
    many, few = (c.plan(measure, degree=0, size=200) for c in (rough, smooth))
    assert many.degree < 2 and len(many.cells) >= 60
    assert few.degree > 15 and len(few.cells) == 1


@pytest.mark.parametrize("kind", [Partition.KD, Partition.KMEANS, Partition.GRID])
def test_a_bound_is_met_with_few_nodes(kind: Partition) -> None:
    measure = cloud(1500)
    sizes: list[int] = []
    for power in (3, 6, 9):
        bound = Fraction(1, 10**power)
        plan = HpCells(MIXTURE, bound=bound, partition=kind).plan(measure, degree=0)
        assert plan.bound <= bound
        sizes.append(plan.size)
    assert sizes == sorted(set(sizes)) and sizes[-1] < 400
    tight = HpCells(MIXTURE, partition=kind).plan(measure, degree=0, size=sizes[1] // 2)
    assert tight.bound > Fraction(1, 10**6)  # half the size does not do


def test_a_bound_of_zero_keeps_all_nodes() -> None:
    measure = cloud(50)
    compressor = HpCells(MIXTURE, bound=Fraction(0), arithmetic=Arithmetic.EXACT)
    assert compressor.compress(measure, degree=1).to_atomic() == measure.exact()
    with pytest.raises(ValueError, match="found the size 40; expected at least 50, the smallest"):
        compressor.compress(measure, degree=1, size=40)


def test_no_degree_is_higher_than_the_digits_need() -> None:
    """On a line cells of any degree from about 9 up have bounds below 10^-30."""
    measure, mixture = cloud(4000, 1), RidgeMixture(Sigmoid(), Fraction(1))
    plans = [
        HpCells(mixture, digits=digits).plan(measure, degree=1, size=400) for digits in (10, 20, 30)
    ]
    for plan, digits in zip(plans, (10, 20, 30), strict=True):
        assert plan.bound <= 4000 * Fraction(1, 10**digits)
    assert plans[0].degree < plans[1].degree < plans[2].degree < 30
    exact = HpCells(mixture, arithmetic=Arithmetic.EXACT, max_monomials=60)
    assert exact.plan(measure, degree=1, size=400).degree > plans[2].degree


def test_few_monomials_are_cheap() -> None:
    plan = HpCells(MIXTURE, max_monomials=30).plan(cloud(1000), degree=1, size=300)
    assert num_monomials(2, plan.degree) <= 30
    least = HpCells(MIXTURE, max_monomials=30).plan(cloud(1000), degree=8, size=300)
    assert least.degree == 8


def test_what_is_missing_or_too_small_is_refused() -> None:
    with pytest.raises(ValueError, match="found no size and no bound; expected one of them"):
        HpCells(MIXTURE).compress(cloud(50), degree=1)
    with pytest.raises(ValueError, match="found the size 9; expected at least 10, the number of"):
        HpCells(MIXTURE).compress(cloud(50), degree=3, size=9)


def test_no_mass_has_no_error() -> None:
    nothing = AtomicMeasure([(0,)], [0])
    plan = HpCells(MIXTURE).plan(nothing, degree=1, size=3)
    assert (plan.cells, plan.bound, plan.size) == ((), 0, 0)
    assert len(HpCells(MIXTURE).compress(nothing, degree=1, size=3)) == 0


@given(measure=exact_measures(zero_weights=False))
def test_half_diagonals_hold_all_nodes(measure: AtomicMeasure) -> None:
    low, high = ([f(axis) for axis in zip(*measure.nodes, strict=True)] for f in (min, max))
    square = sum(((b - a) ** 2 for a, b in zip(low, high, strict=True)), Fraction(0)) / 4
    assert square <= half_diagonal(measure) ** 2 <= square * (1 + Fraction(1, 2**50))
