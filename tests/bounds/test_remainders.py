"""Remainders bound the best approximation from above; equioscillation bounds it from below."""

from collections.abc import Callable
from fractions import Fraction
from importlib import import_module
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ucomp_verify.bounds import Cosine, DerivativeBounds, RidgeMixture, Sigmoid, Tanh

mp: Any = import_module("mpmath").mp

RADII = st.fractions(Fraction(1, 50), 5, max_denominator=100)
DEGREES = st.integers(0, 40)
DIGITS = 250

FUNCTIONS: dict[str, tuple[Any, Callable[[Any], Any]]] = {
    "sigmoid": (Sigmoid(), lambda z: 1 / (1 + mp.exp(-z))),
    "tanh": (Tanh(), mp.tanh),
    "cosine": (Cosine(), mp.cos),
    "sine": (Cosine(), mp.sin),
}


def best_from_below(
    function: Callable[[Any], Any], degree: int, centre: Fraction, radius: Fraction
) -> Any:
    """A bound from below of the distance to polynomials on [centre - radius, centre + radius].

    The alternating sum over the extrema of a Chebyshev polynomial of degree + 1, the ends
    counted by half, is 0 for polynomials up to the degree.
    """
    n = degree + 1
    nodes = [
        mp.mpf(centre.numerator) / centre.denominator
        + mp.mpf(radius.numerator) / radius.denominator * mp.cos(mp.pi * j / n)
        for j in range(n + 1)
    ]
    halves = [mp.mpf(1) / (1 + (j in (0, n))) for j in range(n + 1)]
    terms = [
        (-1) ** j * h * function(x) for j, (h, x) in enumerate(zip(halves, nodes, strict=True))
    ]
    return abs(mp.fsum(terms)) / n


@pytest.mark.parametrize("name", FUNCTIONS)
@given(degree=DEGREES, radius=RADII, centre=st.integers(-3, 3).map(Fraction))
def test_strips_bound_the_remainder(
    name: str, degree: int, radius: Fraction, centre: Fraction
) -> None:
    phi, function = FUNCTIONS[name]
    with mp.workdps(DIGITS):
        below = best_from_below(function, degree, centre, radius)
        bound = RidgeMixture(phi, Fraction(1))(degree, radius)
        assert below <= mp.mpf(bound.numerator) / bound.denominator


@pytest.mark.parametrize(("name", "most"), [("sigmoid", 100), ("tanh", 100), ("cosine", 100)])
@pytest.mark.parametrize("degree", [1, 5, 21])
@pytest.mark.parametrize("radius", [Fraction(1, 4), Fraction(1), Fraction(3)])
def test_strips_are_not_far_too_wide(name: str, most: int, degree: int, radius: Fraction) -> None:
    """The bound is within a factor of the best that some centre has; a factor less is false."""
    phi, function = FUNCTIONS[name]
    with mp.workdps(DIGITS):
        centres = [Fraction(j, 4) for j in range(8)]
        below = max(best_from_below(function, degree, c, radius) for c in centres)
        bound = RidgeMixture(phi, Fraction(1))(degree, radius)
        ratio = mp.mpf(bound.numerator) / bound.denominator / below
        assert 1 <= ratio <= most * (degree + 1)


@given(degree=DEGREES, radius=st.fractions(Fraction(1, 50), Fraction(9, 10)))
def test_derivatives_bound_the_remainder(degree: int, radius: Fraction) -> None:
    """g = 1 / (2 - w) has |D^j g| / j! = (2 - w)^-(j + 1), which is at most 1 where w <= 1."""
    with mp.workdps(DIGITS):
        below = best_from_below(lambda w: 1 / (2 - w), degree, 1 - radius, radius)
        bound = DerivativeBounds(Fraction(1), Fraction(1))(degree, radius)
        assert below <= mp.mpf(bound.numerator) / bound.denominator


def test_a_bound_that_is_too_small_is_noticed() -> None:
    """Twice the radius of convergence is claimed: the best approximation is worse than that."""
    with mp.workdps(DIGITS):
        below = best_from_below(lambda w: 1 / (2 - w), 12, Fraction(1, 2), Fraction(1, 2))
        false = DerivativeBounds(Fraction(1), Fraction(8))(12, Fraction(1, 2))
        assert below > mp.mpf(false.numerator) / false.denominator


REMAINDERS: list[Callable[[Fraction], Any]] = [
    lambda s: DerivativeBounds(Fraction(3), 2 * s),
    lambda s: RidgeMixture(Sigmoid(), Fraction(3, 2) / s, Fraction(5)),
    lambda s: RidgeMixture(Cosine(), Fraction(3, 2) / s),
]


@pytest.mark.parametrize("scaled", REMAINDERS)
@given(degree=DEGREES, radius=RADII, scale=st.fractions(Fraction(1, 9), 9))
def test_units_do_not_matter(
    scaled: Callable[[Fraction], Any], degree: int, radius: Fraction, scale: Fraction
) -> None:
    """With all lengths times one factor nothing changes."""
    assert scaled(Fraction(1))(degree, radius) == scaled(scale)(degree, radius * scale)


@pytest.mark.parametrize("scaled", REMAINDERS)
def test_no_radius_leaves_nothing(scaled: Callable[[Fraction], Any]) -> None:
    assert scaled(Fraction(1))(0, Fraction(0)) == 0


@pytest.mark.parametrize("scaled", REMAINDERS)
def test_bad_balls_are_refused(scaled: Callable[[Fraction], Any]) -> None:
    for degree, radius in ((-1, Fraction(1)), (0, Fraction(-1))):
        with pytest.raises(ValueError, match=r"found the degree .* expected numbers >= 0"):
            scaled(Fraction(1))(degree, radius)


def test_bad_classes_are_refused() -> None:
    with pytest.raises(ValueError, match="expected a constant >= 0 and a radius > 0"):
        DerivativeBounds(Fraction(1), Fraction(0))
    with pytest.raises(ValueError, match="found the slope -1"):
        RidgeMixture(Sigmoid(), Fraction(-1))


@pytest.mark.parametrize("phi", [Sigmoid(), Tanh(), Cosine()])
def test_strips_outside_the_region_are_refused(phi: Any) -> None:
    for half_width in (Fraction(0), Fraction(phi.width)):
        with pytest.raises(ValueError, match="expected one between 0 and"):
            phi.bound(half_width)


@pytest.mark.parametrize("name", ["sigmoid", "tanh"])
@pytest.mark.parametrize("share", [0.05, 0.3, 0.49, 0.51, 0.7, 0.95, 0.99999])
def test_functions_stay_within_their_bound_in_the_strip(name: str, share: float) -> None:
    """Sampled on the edge, where by the maximum principle the largest values are."""
    phi, function = FUNCTIONS[name]
    constant = mp.mpf(1) / 2 if name == "sigmoid" else 0
    b = Fraction(share * phi.width)
    edge = [mp.mpc(x / 20, mp.mpf(b.numerator) / b.denominator) for x in range(-200, 201)]
    largest = max(abs(function(z) - constant) for z in edge)
    bound = float(phi.bound(b).mid())
    assert largest <= bound * (1 + 1e-12)
    assert largest >= bound * 0.99


def test_the_mixture_over_vectors_takes_the_longest() -> None:
    mixture = RidgeMixture.over(Sigmoid(), [[3.0, 4.0], [1.0, 1.0]])
    assert mixture.slope == 5


@pytest.mark.parametrize(("kind", "width"), [(Sigmoid, 4.0), (Tanh, 1.6), (Sigmoid, 0.0)])
def test_strips_with_poles_are_refused(kind: Any, width: float) -> None:
    """Beyond the pole max(1, tan) would be 1, which is false."""
    with pytest.raises(ValueError, match=f"found the width {width}; expected a number > 0 and at"):
        kind(width=width)
    assert kind(width=1.5).width == 1.5


@pytest.mark.parametrize("phi", [Sigmoid(), Tanh(), Cosine()])
@pytest.mark.parametrize("power", [-2000, -1070, 40, 130, 1000, 2000])
@pytest.mark.parametrize("degree", [0, 3])
def test_balls_of_any_size_have_a_bound(phi: Any, power: int, degree: int) -> None:
    """The slope 1 makes the error of a constant no more than the radius, and not much less."""
    radius = Fraction(2) ** power
    bound = RidgeMixture(phi, Fraction(1))(degree, radius)
    if power < 0:
        assert 0 < bound <= 10 * radius ** (degree + 1)
        assert bound >= radius / 8 or degree
    else:
        assert bound >= Fraction(1, 4)
