"""The float64 view of a measure: exact where float64 can be, and nothing that it cannot weigh."""

from fractions import Fraction

import numpy as np
from hypothesis import given

from tests.compressors.promises import cloud
from ucomp_verify.compressors.clouds import NEGLIGIBLE, cloud_of
from ucomp_verify.measures import AtomicMeasure, FloatMeasure
from ucomp_verify.strategies import exact_measures, float_measures


@given(measure=float_measures())
def test_weights_are_those_of_the_measure(measure: FloatMeasure) -> None:
    view, exact = cloud_of(measure), measure.exact()
    assert view.support.tolist() == list(exact.support)
    assert view.exact(view.weights) == tuple(exact.weights[i] for i in exact.support)
    assert np.abs(view.points).max() <= 1 and 0.25 <= view.weights.max() <= 1


@given(measure=exact_measures())
def test_weights_of_exact_measures_are_rounded_once(measure: AtomicMeasure) -> None:
    view = cloud_of(measure)
    for rounded, place in zip(view.exact(view.weights), measure.support, strict=True):
        assert abs(rounded - measure.weights[place]) <= measure.weights[place] / 2**53
    assert 0 < view.weights.max() <= 1


def test_what_cannot_be_weighed_has_no_weight() -> None:
    weights = np.array([1e300, 1e-10, 5e-324, 1e200, 1e170])
    view = cloud_of(FloatMeasure(cloud(5, 2).nodes, weights))
    assert view.support.tolist() == [0, 1, 2, 3, 4]
    assert (view.weights > 0).tolist() == [True, False, False, True, False]
    assert view.weights[view.weights > 0].min() >= NEGLIGIBLE
    assert Fraction(view.weights[0]) * view.unit == Fraction(1e300)


def test_no_mass() -> None:
    assert cloud_of(FloatMeasure(cloud(3, 2).nodes, np.zeros(3))).points.shape == (0, 2)
