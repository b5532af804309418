"""The errors of instances: Lipschitz constants, and enclosures of known errors."""

from fractions import Fraction
from itertools import combinations

import pytest
from flint import arb

from ucomp_verify.evidence.instances.base import exactly
from ucomp_verify.evidence.instances.choices import rational_functions, transcendental_functions
from ucomp_verify.evidence.instances.data import clouds
from ucomp_verify.evidence.instances.errors import CONTRACTIONS, OUTERS, SUM, Outer, Values
from ucomp_verify.evidence.instances.functions import Inner, ridge
from ucomp_verify.evidence.instances.numbers import ball, enclosed, in_balls
from ucomp_verify.evidence.instances.profiles import Pole
from ucomp_verify.evidence.instances.reductions import Reduced, reduced

HALF = Fraction(1, 2)


@pytest.mark.parametrize("outer", [*OUTERS, *CONTRACTIONS], ids=lambda outer: outer.name)
def test_lipschitz_constants_hold_between_any_two_values(outer: Outer) -> None:
    mass, size = Fraction(3), Fraction(1, 2)
    arguments = [mass * size * i / 6 for i in range(-6, 7)]
    steepest = Fraction(0)
    with in_balls():
        images = [enclosed(abs(outer.at(ball(y), ball(mass)))) for y in arguments]
        signed = [outer.at(ball(y), ball(mass)) for y in arguments]
        for i, j in combinations(range(len(arguments)), 2):
            change = enclosed(abs(signed[i] - signed[j])) if i != j else images[i]
            rise = change.lower / (arguments[j] - arguments[i])
            steepest = max(steepest, rise)
    assert outer.lipschitz(mass, size) * HALF < steepest <= outer.lipschitz(mass, size)


@pytest.mark.parametrize(
    "inner", [*rational_functions(2, 2), *transcendental_functions(2)], ids=lambda g: g.name
)
def test_errors_are_enclosed_well(inner: Inner) -> None:
    case = reduced(clouds(2, 14)[1], 2)
    for outer in OUTERS:
        size = Values.of(inner, case).error(outer).size
        assert 0 < size.lower <= size.upper < size.lower * (1 + Fraction(1, 10**40))


def test_the_error_of_a_known_reduction() -> None:
    """1/(3 - t) at -1 and 1 instead of twice at 0: 1/4 + 1/2 - 2/3."""
    cloud = clouds(1, 3)[2]  # -1, 0, 1
    case = Reduced(cloud, 1, (Fraction(3, 2), Fraction(0), Fraction(3, 2)))
    error = Values.of(ridge(Pole(Fraction(3)), 1), case).error(SUM)
    assert error.size == exactly(Fraction(1, 8) + Fraction(1, 4) - Fraction(1, 3))
    assert error.spread == 3 * (Fraction(1, 2) - Fraction(1, 4))


def test_a_ball_that_is_not_finite_is_refused() -> None:
    with pytest.raises(ValueError, match="found a ball that is not finite"):
        enclosed(arb("nan"))
