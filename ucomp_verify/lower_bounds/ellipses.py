"""Polynomials on the ellipse E_rho: foci -1 and 1, semi-axes of sum rho.

Its boundary is (rho e^(i theta) + rho^-1 e^(-i theta)) / 2, where T_j is
(rho^j e^(i j theta) + rho^-j e^(-i j theta)) / 2.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import product
from math import comb, prod

from ucomp_verify.bounds.statement import require
from ucomp_verify.findings import Enclosure

from .conversions import to_fraction, to_rational
from .univariate import PREC, largest_size


def chebyshev_coefficients(coefficients: Sequence[Fraction]) -> list[Fraction]:
    """a_j with sum a_j T_j(x) = sum c_i x^i.

    >>> chebyshev_coefficients([Fraction(0), Fraction(0), Fraction(1)])
    [Fraction(1, 2), Fraction(0, 1), Fraction(1, 2)]
    """
    out = [Fraction(0)] * len(coefficients)
    for i, c in enumerate(coefficients):
        for j, share in _power(i):
            out[j] += c * share
    return out


def largest_on_ellipse(
    coefficients: Sequence[Fraction], rho: Fraction, *, prec: int = PREC
) -> Enclosure:
    """The square of the maximum of |p| on E_rho, for a polynomial with real coefficients.

    On the boundary |p|^2 is a polynomial in cos(theta): the square of
    sum a_j (rho^j + rho^-j) / 2 T_j and 1 - cos^2 times that of sum a_j (rho^j - rho^-j) / 2
    U_(j-1).
    """
    from flint import fmpq_poly, fmpz_poly

    _require_rho(rho)
    real, imaginary = fmpq_poly([0]), fmpq_poly([0])
    for j, a in enumerate(chebyshev_coefficients(coefficients)):
        real += fmpq_poly(fmpz_poly.chebyshev_t(j)) * to_rational(a * half_axis(rho, j))
        if j:
            other = (rho**j - rho**-j) / 2
            imaginary += fmpq_poly(fmpz_poly.chebyshev_u(j - 1)) * to_rational(a * other)
    squared = real * real + (1 - fmpq_poly([0, 0, 1])) * imaginary * imaginary
    values = [to_fraction(c) for c in squared.coeffs()] or [Fraction(0)]
    return largest_size(values, Fraction(-1), Fraction(1), prec=prec)


def size_on_polyellipse(terms: Mapping[tuple[int, ...], Fraction], rho: Fraction) -> Fraction:
    """At least max |p| on the product of ellipses E_rho: the sum of |a_alpha| max |T_alpha|."""
    _require_rho(rho)
    out: dict[tuple[int, ...], Fraction] = {}
    for alpha, c in terms.items():
        for parts in product(*(_power(i) for i in alpha)):
            beta = tuple(j for j, _ in parts)
            share = prod((s for _, s in parts), start=Fraction(1))
            out[beta] = out.get(beta, Fraction(0)) + c * share
    return sum(
        (abs(a) * prod(half_axis(rho, j) for j in beta) for beta, a in out.items()), Fraction(0)
    )


def half_axis(rho: Fraction, degree: int) -> Fraction:
    """(rho^j + rho^-j) / 2: the maximum of |T_j| on E_rho."""
    return (rho**degree + rho**-degree) / 2


def _power(exponent: int) -> list[tuple[int, Fraction]]:
    """x^i = sum of binom(i, (i - j) / 2) 2^(1-i) T_j, j = i, i - 2, ...; half if j = 0."""
    unit = Fraction(2, 2**exponent)
    return [
        (j, unit * comb(exponent, (exponent - j) // 2) / (1 if j else 2))
        for j in range(exponent % 2, exponent + 1, 2)
    ]


def _require_rho(rho: Fraction) -> None:
    require(rho > 1, "ellipse", f"rho = {rho}", "a number > 1")
