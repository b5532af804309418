"""Bounds of Chebyshev coefficients: against the true ones, and on long boxes."""

from dataclasses import replace
from fractions import Fraction
from importlib import import_module
from typing import Any

import numpy as np
import pytest

from tests.errors.formulas import FORMULAS
from ucomp_verify.algebra import num_monomials
from ucomp_verify.algebra.multi_indices import multi_indices
from ucomp_verify.bounds import PolydiscClass, PolyellipseClass
from ucomp_verify.errors.boxes import Box
from ucomp_verify.errors.cell_decay import decays_within
from ucomp_verify.errors.certified import line_bound
from ucomp_verify.errors.decay import Decay, Ellipses
from ucomp_verify.errors.expansions import decay_on
from ucomp_verify.errors.mismatch import chebyshev_mismatch
from ucomp_verify.functions import parse_function
from ucomp_verify.measures import FloatMeasure
from ucomp_verify.measures.rules import Rule

mpmath: Any = import_module("mpmath")  # without types


@pytest.mark.parametrize(("text", "functions"), FORMULAS)
def test_coefficients_are_bounded(text: str, functions: Any) -> None:
    """Against coefficients by quadrature at many points, on a box off the middle."""
    inside = isinstance(functions, PolyellipseClass)
    centre, half = ((0.0, 0.0), (1.0, 1.0)) if inside else ((0.25, -0.5), (0.5, 0.25))
    box = Box(tuple(map(Fraction, centre)), tuple(map(Fraction, half)))
    g, points, order = parse_function(text, 2), 64, 6
    angles = (np.arange(points) + 0.5) * np.pi / points
    grid = np.stack(np.meshgrid(np.cos(angles), np.cos(angles), indexing="ij"), axis=-1)
    nodes = grid.reshape(-1, 2) * np.array(half) + np.array(centre)
    values = g.observe(nodes).reshape(points, points)
    table = np.cos(np.outer(np.arange(order + 1), angles)) * 2 / points
    table[0] /= 2
    true = np.abs(table @ values @ table.T)
    options = [decay_on(functions, box), decay_on(g, box)]
    if not inside:
        options += [decays_within(f, Box.cube(2, Fraction(1)))(box) for f in (functions, g)]
    for decay in options:
        alphas = [a for n in range(order + 1) for a in _of_order(n)]
        assert decay.central is not None and decay.central > true[0, 0] * (1 - 1e-9)
        for alpha, bound in zip(alphas[1:], decay.coefficients(order), strict=True):
            assert true[alpha] <= float(bound) + 1e-14
        rest = sum(true[a] for a in alphas if sum(a) > 2)
        assert rest <= float(decay.tail(2)) * (1 + 1e-9)


def _of_order(order: int) -> list[tuple[int, int]]:
    return [(a, b) for a, b in multi_indices(2, order) if a + b == order]


def test_the_tail_is_the_sum_of_what_bounds_the_coefficients() -> None:
    ellipses = Ellipses(Fraction(3), (Fraction(1, 2), Fraction(1, 5), Fraction(0)))
    decay = Decay((ellipses,), None)
    far = sum(decay.coefficients(40)[decay_count(3) :], Fraction(0))
    assert far <= decay.tail(3) <= far * Fraction(1001, 1000)
    assert decay.distance(3) == decay.tail(3)
    assert replace(decay, ridges=True).distance(3) < decay.tail(3)


def decay_count(order: int) -> int:
    return num_monomials(3, order) - 1


def test_less_is_known_where_a_cell_reaches_beyond_the_domain() -> None:
    """g = 1 / (a - x), a = 1.51, is at most 100 within 1/2 of [-1, 1]; the cell is [0.8, 1.4]."""
    known = PolydiscClass(1, Fraction(1), Fraction(1, 2), Fraction(100))
    part = Box((Fraction(11, 10),), (Fraction(3, 10),))
    decay = decays_within(known, Box.cube(1, Fraction(1)))(part)
    pole = (1.51 - 1.1) / 0.3
    root = (pole**2 - 1) ** 0.5
    for order, bound in enumerate(decay.coefficients(20), start=1):
        assert 2 / (0.3 * root * (pole + root) ** order) <= bound


def test_a_form_may_leave_the_ellipse_of_the_least_rho_on_a_long_box() -> None:
    """On [-1, 1] x [-h, h] for h = 1/1000, where |phi| <= G for |Im| <= 1/2, so that rho is
    1.618... and 1000.0005...: a coefficient of the partial sum of phi(<u, w>), u = (0.4, 0.6),
    is larger than 2 k times what these rho would bound it by, and not for the least of them."""
    (m, n), degree, share, height = (56, 100), 200, Fraction(3, 5), Fraction(1, 1000)
    length = 1 - share + share * height
    with mpmath.workdps(250):
        pole = mpmath.mpf("0.525")  # phi(t) = 1 / (1 + (t / pole)^2), over its largest value
        largest = 1 / (1 - (mpmath.mpf("0.5") / pole) ** 2)
        found = partial_coefficient(pole / number(length), degree, (m, n), (1 - share) / length)
        found *= 2 * number(share * height / (2 * length)) ** n  # T_n(t) is about 2^(n-1) t^n
        relative = mpmath.log(abs(found) / largest / (2 * degree), 2)
    ratios = (Fraction(61803, 100000), Fraction(1, 1001))
    unequal = Decay((Ellipses(Fraction(1), ratios),), None, ridges=True)
    kinds = (unequal, unequal.of_one_form)
    unproved, proved = (d.options[0].coefficient((m, n)) for d in kinds)
    assert log_of(unproved) + 20 < relative < log_of(proved)


def log_of(value: Fraction) -> Any:
    return mpmath.log(value.numerator, 2) - mpmath.log(value.denominator, 2)


def number(value: Fraction) -> Any:
    return mpmath.mpf(value.numerator) / value.denominator


def partial_coefficient(b: Any, degree: int, alpha: tuple[int, int], scale: Fraction) -> Any:
    """Coefficient m of s -> P^(n)(scale s) / n! in Chebyshev polynomials, P the partial sum of
    1 / (1 + s^2 / b^2).

    The coefficients of P are 2 b / sqrt(1 + b^2) (-q^2)^(j / 2) for even j > 0, half that for
    j = 0, where q = sqrt(1 + b^2) - b.
    """
    m, n = alpha
    root = mpmath.sqrt(1 + b**2)
    before, now = [1], [0, 1]
    monomials = [b / root] + [mpmath.mpf(0)] * degree
    for j in range(2, degree + 1):
        after = [0, *(2 * c for c in now)]
        for i, c in enumerate(before):
            after[i] -= c
        before, now = now, after
        factor = 2 * b / root * (-1) ** (j // 2) * (root - b) ** j if j % 2 == 0 else 0
        monomials = [x + factor * c for x, c in zip(monomials, now + [0] * degree, strict=False)]
    return sum(
        monomials[i + n] * mpmath.binomial(i + n, n) * number(scale) ** i
        * mpmath.binomial(i, (i - m) // 2) * mpmath.mpf(2) ** (1 - i)
        for i in range(m, degree - n + 1, 2)
    )  # fmt: skip


def test_the_line_bound_takes_the_least_rho_on_all_axes() -> None:
    measure = FloatMeasure(np.array([[-1.0, 0.001], [1.0, -0.001], [0.5, 0.0], [0.0, 0.001]]))
    rule = Rule((0, 1), (Fraction(2), Fraction(2)))
    found = chebyshev_mismatch(measure, rule, 2)
    ratios = (Fraction(1, 2), Fraction(1, 1000))
    long = Decay((Ellipses(Fraction(1), ratios),), Fraction(1), ridges=True)
    cube = Decay((Ellipses(Fraction(1), ratios[:1] * 2),), Fraction(1), ridges=True)
    flat = Decay((Ellipses(Fraction(1), (ratios[0], Fraction(0))),), Fraction(1), ridges=True)
    assert line_bound(found, long, 2) == line_bound(found, cube, 2)
    assert line_bound(found, flat, 2) < line_bound(found, cube, 2)
