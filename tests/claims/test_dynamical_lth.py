"""`dynamical-lth` as printed stays open: nothing that bears on its neighbours bears on it."""

from fractions import Fraction

from tests.claims.examples import bearing
from tests.claims.inequalities import decided
from ucomp_verify.claims import Bearing
from ucomp_verify.claims.registry import find
from ucomp_verify.evidence.symbolic import run_check

SLUG = "dynamical-lth"


def test_what_bears_on_its_neighbours_is_silent() -> None:
    identity, _ = run_check("no-latent-form")
    assert bearing(SLUG, identity) is Bearing.SILENT
    assert bearing(SLUG, decided("dynamical-lth-repaired", failing="T = 1")) is Bearing.SILENT


def test_the_reading_names_what_is_missing_and_what_is_not_refuted() -> None:
    reading = find(SLUG).reading
    for slug in ("dynamical-lth-hypothesis", "dynamical-lth-repaired", "deep-set-extension"):
        assert slug in reading
    assert "not proved and not refuted" in reading and "the statement is not empty" in reading


def test_two_ways_to_train_weighted_objects_differ() -> None:
    """(N1) of the argument: the moments of two objects, and gradients divided by weights."""
    rate, weights, objects = Fraction(1, 10), (Fraction(3, 2), Fraction(1, 2)), (0, 1)
    mean = sum(c * w for c, w in zip(weights, objects, strict=True)) / 2
    total = sum(c * w * w for c, w in zip(weights, objects, strict=True))
    w = objects[1]
    by_moments = w - rate * w * (w**2 + (2 * mean - w) ** 2)
    by_gradients = w - rate * w * total
    assert (by_moments, by_gradients) == (Fraction(7, 8), Fraction(19, 20))
