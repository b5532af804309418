"""The functions of instances: derivatives, sizes and poles are within what they say."""

from fractions import Fraction
from itertools import combinations, product
from math import factorial
from typing import Any

import pytest
from flint import acb, arb_series, ctx

from ucomp_verify.evidence.instances.alternation import chebyshev_value, tilted_chebyshev
from ucomp_verify.evidence.instances.base import exactly
from ucomp_verify.evidence.instances.choices import (
    analytic_functions,
    rational_functions,
    slopes,
    transcendental_functions,
)
from ucomp_verify.evidence.instances.data import scattered
from ucomp_verify.evidence.instances.functions import length_above, ridge
from ucomp_verify.evidence.instances.geometry import squared_distance
from ucomp_verify.evidence.instances.numbers import ball, enclosed, in_balls
from ucomp_verify.evidence.instances.profiles import (
    Exponential,
    Monomial,
    Pole,
    Profile,
    Sigmoid,
    Tanh,
    Wave,
)

DIMS = (1, 2, 3)
HALF = Fraction(1, 2)
PROFILES: tuple[Profile, ...] = (
    Pole(Fraction(3)),
    Monomial(5),
    Exponential(),
    Wave(),
    Wave(cosine=True),
    Tanh(),
    Sigmoid(),
)
each_profile = pytest.mark.parametrize("phi", PROFILES, ids=lambda phi: phi.name)


def evaluate(phi: Profile, z: Any) -> Any:
    """phi by its name, at a complex ball or a power series: a second formula."""
    return {
        "1/(3 - t)": lambda: 1 / (3 - z),
        "t^5": lambda: z**5,
        "e^t": lambda: z.exp(),
        "sin t": lambda: z.sin(),
        "cos t": lambda: z.cos(),
        "tanh t": lambda: 1 - 2 / ((2 * z).exp() + 1),
        "1/(1 + e^-t)": lambda: z.exp() / (1 + z.exp()),
    }[phi.name]()


@each_profile
def test_derivatives_are_within_their_bounds(phi: Profile) -> None:
    low, high = Fraction(-3, 2), Fraction(3, 2)
    with ctx.workprec(128):
        for i in range(13):
            point = low + (high - low) * i / 12
            series = evaluate(phi, arb_series([ball(point), 1], 8))
            for order in range(1, 8):
                seen = enclosed(abs(series[order]) * factorial(order))
                assert seen.lower <= phi.derivative(order, low, high)
                assert seen.upper - seen.lower < Fraction(1, 10**20)


@each_profile
@pytest.mark.parametrize("order", [1, 2, 3])
def test_bounds_of_derivatives_are_not_idle(phi: Profile, order: int) -> None:
    """Somewhere more than a quarter of the bound is there (a twelfth, where Cauchy gave it)."""
    low, high = Fraction(-3, 2), Fraction(3, 2)
    share = 12 if isinstance(phi, Tanh | Sigmoid) else 4
    with ctx.workprec(128):
        seen = [
            abs(evaluate(phi, arb_series([ball(low + (high - low) * i / 60), 1], 8))[order])
            for i in range(61)
        ]
        most = max(float(value) for value in seen) * factorial(order)
    assert most > float(phi.derivative(order, low, high)) / share


@each_profile
def test_sizes_at_complex_arguments_are_bounds(phi: Profile) -> None:
    low, high, height = Fraction(-3, 2), Fraction(3, 2), Fraction(1)
    bound = phi.size(low, high, height)
    seen = Fraction(0)
    with ctx.workprec(128):
        for i, j in product(range(-12, 13), range(-8, 9)):
            x, y = Fraction(i, 8), Fraction(j, 8)
            if x * x + y * y <= high**2:
                value = enclosed(abs(evaluate(phi, acb(ball(x), ball(y)))))
                assert value.lower <= bound
                seen = max(seen, value.lower)
    assert seen > bound / 3


@pytest.mark.parametrize("phi", [Tanh(), Sigmoid()])
def test_heights_near_a_pole_are_refused(phi: Profile) -> None:
    with pytest.raises(ValueError, match="expected one below pi/2"):
        phi.size(Fraction(-1), Fraction(1), Fraction(32, 10))


def test_a_pole_among_the_nodes_is_refused() -> None:
    with pytest.raises(ValueError, match="found the pole 1; expected it above 1"):
        ridge(Pole(Fraction(1)), 1).derivative(1, [(Fraction(0),), (Fraction(1),)])


def test_lengths_are_exact_where_they_are_rational() -> None:
    for dim in DIMS:
        unit, odd = slopes(dim)
        assert length_above(unit) == 1
        assert length_above(odd) ** 2 >= sum(x * x for x in odd) > (length_above(odd) * HALF) ** 2


@pytest.mark.parametrize("dim", DIMS)
@pytest.mark.parametrize("degree", [0, 2])
def test_directional_derivatives_are_within_their_bounds(dim: int, degree: int) -> None:
    """Differences along segments, by the mean value theorem for them."""
    nodes = scattered(dim, 6)
    order = degree + 1
    for inner in (*rational_functions(dim, degree), *transcendental_functions(dim)):
        bound = inner.derivative(order, nodes)
        for first, last in combinations(nodes, 2):
            length = squared_distance(first, last)
            steps = [
                tuple(a + (b - a) * i / order for a, b in zip(first, last, strict=True))
                for i in range(order + 1)
            ]
            with in_balls():
                signs = [(-1) ** i * factorial(order) // factorial(i) for i in range(order + 1)]
                terms = [
                    s // factorial(order - i) * inner.at(w)
                    for i, (s, w) in enumerate(zip(signs, steps, strict=True))
                ]
                difference = enclosed(abs(sum(terms[1:], terms[0])))
            assert difference.lower**2 <= bound**2 * (length / order**2) ** order


@pytest.mark.parametrize("dim", DIMS)
@pytest.mark.parametrize("radius", [Fraction(1, 2), Fraction(3)])
def test_analytic_functions_are_at_most_1_on_their_polydiscs(dim: int, radius: Fraction) -> None:
    for inner in analytic_functions(dim, Fraction(1), radius):
        most = inner.on_polydiscs(Fraction(1), radius)
        assert Fraction(1, 2) < most <= 1


@pytest.mark.parametrize("rho", [Fraction(3, 2), Fraction(4)])
def test_tilted_chebyshev_polynomials_are_at_most_1_on_their_ellipse(rho: Fraction) -> None:
    reach = (rho + 1 / rho) / 2
    assert chebyshev_value(4, reach) == (rho**4 + rho**-4) / 2
    inner = tilted_chebyshev(4, reach)
    assert enclosed(inner.at((reach,))) == exactly(1)
    for side in (Fraction(-1), Fraction(1)):
        assert abs(enclosed(inner.at((side * reach,))).upper) <= 1
