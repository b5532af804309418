"""The moments of the domains against numerical integrals, and where nodes lie."""

from fractions import Fraction
from importlib import import_module
from math import isclose, pi, sqrt
from typing import Any

import pytest
from flint import arb

from ucomp_verify.algebra import multi_indices
from ucomp_verify.cubature import Position, UnknownDomain, named_domain

mp: Any = import_module("mpmath").mp  # mpmath ships no types


def _value(name: str, alpha: tuple[int, ...]) -> float:
    domain = named_domain(name, len(alpha))
    return float(domain.moment(alpha)) * float(domain.constant.ball(60))


def _weight(name: str, x: Any) -> Any:
    return {
        "gaussian": lambda: mp.exp(-x * x / 2) / mp.sqrt(2 * mp.pi),
        "chebyshev1": lambda: 1 / mp.sqrt(1 - x * x),
        "chebyshev2": lambda: mp.sqrt(1 - x * x),
        "laguerre": lambda: mp.exp(-x),
        "laguerre:1/2": lambda: mp.sqrt(x) * mp.exp(-x),
        "gegenbauer:3/2": lambda: 1 - x * x,
        "jacobi:1/3,-1/2": lambda: mp.cbrt(1 - x) / mp.sqrt(1 + x),
    }.get(name, lambda: 1)()


@pytest.mark.parametrize(
    ("name", "ends"),
    [
        ("cube", (-1, 1)),
        ("simplex", (0, 1)),
        ("ball", (-1, 1)),
        ("gaussian", ("-inf", 0, "inf")),
        ("chebyshev1", (-1, 0, 1)),
        ("chebyshev2", (-1, 0, 1)),
        ("laguerre", (0, "inf")),
        ("laguerre:1/2", (0, 1, "inf")),
        ("gegenbauer:3/2", (-1, 1)),
        ("jacobi:1/3,-1/2", (-1, 0, 1)),
    ],
)
def test_moments_on_the_line(name: str, ends: tuple[Any, ...]) -> None:
    for order in range(6):

        def integrand(x: Any, n: int = order) -> Any:
            return _weight(name, x) * x**n

        expected: Any = mp.quad(integrand, [mp.mpf(end) for end in ends])
        assert isclose(_value(name, (order,)), expected, rel_tol=1e-6, abs_tol=1e-9)


@pytest.mark.parametrize("alpha", [(0, 0), (2, 0), (1, 1), (2, 4), (0, 3)])
def test_moments_in_the_plane(alpha: tuple[int, int]) -> None:
    i, j = alpha

    def section(x: Any) -> Any:
        return x**i * (1 - x) ** (j + 1) / (j + 1)

    def arc(t: Any) -> Any:
        return mp.cos(t) ** i * mp.sin(t) ** j

    circle = mp.quad(arc, [0, mp.pi, 2 * mp.pi])
    assert isclose(_value("simplex", alpha), mp.quad(section, [0, 1]), rel_tol=1e-12)
    assert isclose(_value("sphere", alpha), circle, abs_tol=1e-12)
    assert isclose(_value("ball", alpha), circle / (2 + i + j), abs_tol=1e-12)


def test_well_known_masses() -> None:
    assert isclose(_value("ball", (0, 0, 0)), 4 * pi / 3)
    assert isclose(_value("sphere", (0, 0, 0)), 4 * pi)
    assert isclose(_value("sphere", (0, 0, 0, 0)), 2 * pi**2)
    assert _value("sphere", (0,)) == 2
    assert isclose(_value("chebyshev1", (0, 0)), pi**2)
    assert isclose(_value("laguerre:1/2", (0,)), sqrt(pi) / 2)


@pytest.mark.parametrize("dim", [1, 2, 3])
@pytest.mark.parametrize("degree", [0, 1, 4])
def test_on_a_sphere_the_rank_is_that_of_its_polynomials(dim: int, degree: int) -> None:
    # Moments of x^(a + b) are those of a positive form, whose rank is that of the functions.
    from flint import fmpq, fmpq_mat

    domain = named_domain("sphere", dim)
    every = list(multi_indices(dim, degree))
    gram = [[domain.moment(tuple(map(sum, zip(a, b, strict=True)))) for b in every] for a in every]
    matrix = fmpq_mat([[fmpq(v.numerator, v.denominator) for v in row] for row in gram])
    assert matrix.rank() == domain.rank(degree)


@pytest.mark.parametrize(
    ("name", "node", "position"),
    [
        ("cube", (0, 0), Position.INTERIOR),
        ("cube", (1, 0), Position.BOUNDARY),
        ("cube", (1, -2), Position.OUTSIDE),
        ("simplex", (Fraction(1, 3), Fraction(1, 3)), Position.INTERIOR),
        ("simplex", (Fraction(1, 3), Fraction(2, 3)), Position.BOUNDARY),
        ("simplex", (Fraction(1, 3), Fraction(3, 4)), Position.OUTSIDE),
        ("ball", (Fraction(3, 5), Fraction(4, 5)), Position.BOUNDARY),
        ("ball", (Fraction(3, 5), Fraction(1, 2)), Position.INTERIOR),
        ("sphere", (Fraction(3, 5), Fraction(4, 5)), Position.INTERIOR),
        ("sphere", (Fraction(3, 5), Fraction(1, 2)), Position.OUTSIDE),
        ("gaussian", (10**9, 0), Position.INTERIOR),
        ("laguerre", (0, 1), Position.BOUNDARY),
        ("laguerre", (-1, 1), Position.OUTSIDE),
    ],
)
def test_position(name: str, node: tuple[Fraction, ...], position: Position) -> None:
    exact = [Fraction(x) for x in node]
    assert named_domain(name, 2).position(exact) is position


def test_a_ball_across_the_boundary_is_undecided() -> None:
    domain = named_domain("cube", 1)
    assert domain.position([arb(1, 0.25)]) is Position.UNDECIDED
    assert domain.position([arb(0.5, 0.25)]) is Position.INTERIOR
    assert domain.position([arb(2, 0.25)]) is Position.OUTSIDE


@pytest.mark.parametrize(
    ("name", "match"),
    [
        ("simplx", "did you mean 'simplex'"),
        ("", "expected one of cube, simplex"),
        ("cube:1", "expected one of"),
        ("jacobi:1", "expected 2 parameter"),
        ("jacobi", "expected 2 parameter"),
        ("jacobi:-1,0", "parameters > -1"),
        ("gegenbauer:-1/2", "parameters > -1/2"),
        ("laguerre:x", "short rationals"),
        ("laguerre:1/0", "short rationals"),
        ("laguerre:1e99", "short rationals"),
        ("laguerre:99999999", "short rationals"),
        ("laguerre:9999", "<= 100"),
        (None, "expected its name"),
    ],
)
def test_unknown_domains(name: str, match: str) -> None:
    with pytest.raises(UnknownDomain, match=match):
        named_domain(name, 2)


def test_dimension_zero_is_refused() -> None:
    with pytest.raises(UnknownDomain, match="found dimension 0"):
        named_domain("cube", 0)


@pytest.mark.parametrize("dim", [2.5, True, "2", None])
def test_dimensions_that_are_no_integers(dim: Any) -> None:
    with pytest.raises(UnknownDomain, match="expected an integer"):
        named_domain("cube", dim)


def test_a_constant_is_what_its_text_says() -> None:
    assert isclose(float(named_domain("laguerre:1/3", 1).constant.ball(60)), 0.8929795115692493)
    assert named_domain("chebyshev1", 3).constant.text == "pi^3"
    assert float(named_domain("gaussian", 2).constant.ball(60)) == 1
