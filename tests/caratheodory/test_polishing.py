"""Polishing restores moments of a higher degree and keeps weights positive, or does nothing."""

import numpy as np

from ucomp_verify.caratheodory.legendre import in_own_box, legendre
from ucomp_verify.caratheodory.polishing import LEAST, polished


def test_higher_moments_are_restored() -> None:
    draw = np.random.default_rng(0)
    points = draw.uniform(-1, 1, (300, 2))
    before, after = np.ones(300), np.zeros(300)
    after[:200] = 1.5 * (1 + 1e-3 * draw.uniform(-1, 1, 200))
    result = polished(points, before, after, 1)
    basis = legendre(in_own_box(points), 4)
    assert np.abs(basis @ (before - after)).max() > 1
    np.testing.assert_allclose(basis @ result, basis @ before, atol=1e-11)
    assert np.array_equal(result > 0, after > 0)
    ratios = result[:200] / after[:200]
    assert LEAST <= ratios.min() and ratios.max() <= 1 / LEAST


def test_what_cannot_be_restored_stays() -> None:
    """All mass to the left: only negative weights could move its centre."""
    points = np.linspace(-1, 1, 60)[:, None]
    after = np.where(points[:, 0] < -0.5, 4.0, 0.0)
    assert np.array_equal(polished(points, np.ones(60), after, 0), after)


def test_too_few_nodes_stay() -> None:
    points = np.linspace(-1, 1, 10)[:, None]
    after = np.r_[2.0, np.zeros(8), 2.0]
    assert np.array_equal(polished(points, np.ones(10), after, 1), after)


def test_a_point_of_mass_stays() -> None:
    after = np.r_[np.full(9, 2.0), np.zeros(9)]
    assert np.array_equal(polished(np.zeros((18, 2)), np.ones(18), after, 0), after)
