"""Bounds hold for what compressions do, and false ones are found out."""

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from flint import arb
from hypothesis import given
from hypothesis import strategies as st

from tests.bounds.examples import ball, sigmoids, size_of_error
from ucomp_verify.bounds import (
    DerivativeBounds,
    RidgeMixture,
    Sigmoid,
    enclosing_radius,
    one_shot_bound,
    partition_bound,
)
from ucomp_verify.caratheodory.reduction import Arithmetic
from ucomp_verify.compressors import Cells, ExactReduction, Partition
from ucomp_verify.measures import AtomicMeasure, FloatMeasure
from ucomp_verify.strategies import degrees, exact_measures

VECTORS = [[1.0, 0.5], [-0.25, 0.75], [0.0, -1.0]]


def cloud(count: int, *, seed: int = 0) -> FloatMeasure:
    return FloatMeasure(np.random.default_rng(seed).uniform(-1, 1, (count, 2)))


@given(
    measure=exact_measures(),
    degree=degrees(max_degree=3),
    size=st.integers(20, 30),
    kind=st.sampled_from(list(Partition)),
)
def test_the_error_of_a_pole_is_within_its_bound(
    measure: AtomicMeasure, degree: int, size: int, kind: Partition
) -> None:
    """g(w) = 1 / (a - w_1 - ... - w_m), all in rationals: |D^j g| / j! <= |u|^j / gap^(j + 1)."""
    gap = Fraction(2)
    sums = [sum(node, Fraction(0)) for node in measure.nodes]
    pole = gap + measure.dim * max(abs(x) for node in measure.nodes for x in node)
    compressor = Cells(partition=kind, arithmetic=Arithmetic.EXACT)
    after = compressor.compress(measure, degree=degree, size=size).to_atomic()
    changes = zip(after.weights, measure.weights, sums, strict=True)
    error = abs(sum(((new - old) / (pole - s) for new, old, s in changes), Fraction(0)))
    steep = DerivativeBounds(1 / gap, gap / measure.dim)  # |u| = sqrt(dim) <= dim
    compressed = compressor.compress(measure, degree=degree, size=size)
    assert error <= partition_bound(steep, compressed)


@pytest.mark.parametrize("kind", list(Partition))
@pytest.mark.parametrize("degree", [0, 2, 5])
def test_the_error_of_sigmoids_is_within_its_bound(kind: Partition, degree: int) -> None:
    after = Cells(partition=kind).compress(cloud(300), degree=degree, size=90)
    mixture = RidgeMixture.over(Sigmoid(), VECTORS)
    bound = partition_bound(mixture, after)
    low, high = size_of_error(after, sigmoids(VECTORS))
    assert high <= bound
    assert high - low < high / 10**6  # the enclosure says something
    false = RidgeMixture(mixture.phi, mixture.slope, low / bound / 2)
    assert low > partition_bound(false, after)  # a bound that is too small is noticed


def test_a_shorter_slope_is_found_out() -> None:
    """Vectors twice as long as claimed break the bound where the degree is high."""
    after = Cells(digits=60).compress(cloud(400), degree=12, size=91)
    long = [[8 * x for x in row] for row in VECTORS]
    short = RidgeMixture(Sigmoid(), Fraction(1, 2))
    low, _ = size_of_error(after, sigmoids(long))
    assert low > partition_bound(short, after)


def test_the_bound_before_a_run_is_above_the_one_after_it() -> None:
    """Cubes of the grid have half diagonals of at most half_side * sqrt(dim) / side."""
    measure, degree, side = cloud(2000), 3, 6
    after = Cells(partition=Partition.GRID).compress(measure, degree=degree, size=10 * side**2)
    assert len(after.cells) == side**2
    mixture = RidgeMixture.over(Sigmoid(), VECTORS)
    before = one_shot_bound(
        mixture,
        mass=measure.total_mass,
        half_side=Fraction(1),
        dim=2,
        degree=degree,
        side=side,
    )
    assert partition_bound(mixture, after) <= before * Fraction(101, 100) ** (degree + 1)
    assert before <= 3 * partition_bound(mixture, after)


def test_a_compression_without_cells_is_one_cell() -> None:
    measure = cloud(100)
    whole = ExactReduction().compress(measure, degree=4)
    one = Cells(arithmetic=Arithmetic.EXACT).compress(measure, degree=4)
    mixture = RidgeMixture.over(Sigmoid(), VECTORS)
    assert partition_bound(mixture, whole) == partition_bound(mixture, one)
    assert size_of_error(whole, sigmoids(VECTORS))[1] <= partition_bound(mixture, whole)


def test_polynomials_have_no_error() -> None:
    after = Cells(arithmetic=Arithmetic.EXACT).compress(cloud(80), degree=3, size=30)
    low, high = size_of_error(after, lambda w: w[0] ** 3 - 2 * w[0] * w[1] + 1)
    assert low <= 0 and high < Fraction(1, 2**200)
    assert size_of_error(after, lambda w: w[0] ** 4)[0] > 0


def test_floats_have_no_bound() -> None:
    after = Cells(arithmetic=Arithmetic.FLOAT).compress(cloud(80), degree=3, size=30)
    with pytest.raises(ValueError, match="found weights in float64, of which no moment is proved"):
        partition_bound(RidgeMixture(Sigmoid(), Fraction(1)), after)


def test_bad_cubes_are_refused() -> None:
    arguments: dict[str, Any] = {"mass": Fraction(1), "half_side": Fraction(1), "dim": 1}
    with pytest.raises(ValueError, match="found side 0"):
        one_shot_bound(RidgeMixture(Sigmoid(), Fraction(1)), degree=1, side=0, **arguments)


def test_balls_hold_what_they_are_made_of() -> None:
    third = ball(Fraction(1, 3), Fraction(1, 7))
    assert third.contains(arb(1) / 3) and third.contains(arb(10) / 21)
    assert not ball(Fraction(1, 3)).contains(arb(10) / 21)


def test_the_bound_takes_masses_and_radii_upward() -> None:
    """With the remainder s -> s the bound is twice the sum of masses times radii."""
    after = Cells(arithmetic=Arithmetic.EXACT).compress(cloud(200), degree=2, size=60)
    source = after.source
    assert isinstance(source, FloatMeasure) and len(after.cells) > 5
    parts = [source.part(cell.tolist()) for cell in after.cells]
    least = sum(2 * part.total_mass * enclosing_radius(part) for part in parts)

    def itself(degree: int, radius: Fraction) -> Fraction:
        return radius

    bound = partition_bound(itself, after)
    assert least <= bound <= least * (1 + Fraction(1, 2**9))
