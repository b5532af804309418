"""The functions that the instances of several claims are tried on, by their dimension."""

from fractions import Fraction

from .functions import Inner, mixture, ridge
from .profiles import Exponential, Monomial, Pole, Sigmoid, Tanh, Wave

Slope = tuple[Fraction, ...]


def slopes(dim: int) -> tuple[Slope, Slope]:
    """A vector of length 1 with rational entries, and one of half the length or less whose
    length is irrational for dim > 1."""
    unit = {
        1: (1,),
        2: (Fraction(3, 5), Fraction(4, 5)),
        3: tuple(Fraction(n, 3) for n in (2, 1, 2)),
    }
    odd = {1: Fraction(-1, 2), 2: Fraction(1, 3), 3: Fraction(1, 4)}[dim]
    signs = (odd, -odd, odd)[:dim]
    return tuple(map(Fraction, unit[dim])), signs


def analytic_functions(dim: int, half_side: Fraction, radius: Fraction) -> tuple[Inner, ...]:
    """Functions that are at most 1, and nearly that, on the polydiscs of the radius about all
    points of [-half_side, half_side]^dim: poles, exp, sin, tanh, sigmoid, a power, a sum."""
    unit, odd = slopes(dim)
    reach = (half_side + radius) * sum(map(abs, unit), Fraction(0))
    gentle = [x / (2 * radius) for x in odd]  # <gentle, z> stays far from the poles of tanh
    pole = ridge(Pole(reach + 1), *unit)
    return tuple(
        _at_most_one(inner, half_side, radius)
        for inner in (
            pole,
            ridge(Exponential(), *(x / radius for x in unit)),
            ridge(Wave(), *(x / radius for x in odd), shift="1/2"),
            ridge(Tanh(), *gentle, shift="1/3"),
            ridge(Sigmoid(), *gentle, shift="-1/2"),
            mixture((1, pole), ("-1/100", ridge(Monomial(5), *odd))),
        )
    )


def _at_most_one(inner: Inner, half_side: Fraction, radius: Fraction) -> Inner:
    """The function divided by its bound on the polydiscs, rounded up to a 64th."""
    sixtyfourths = -(-64 * inner.on_polydiscs(half_side, radius) // 1)
    return mixture((Fraction(64, int(sixtyfourths)), inner))


def rational_functions(dim: int, degree: int) -> tuple[Inner, ...]:
    """Poles and polynomials, for nodes w with <u, w> < 2."""
    unit, odd = slopes(dim)
    near, far = ridge(Pole(Fraction(3)), *unit), ridge(Pole(Fraction(5)), *unit)
    steep = ridge(Monomial(degree + 1), *unit, shift="1/4")
    return (
        near,
        steep,
        ridge(Pole(Fraction(2)), *odd),
        mixture((1, far), (-2, ridge(Pole(Fraction(4)), *odd))),
        mixture((1, ridge(Monomial(degree + 3), *odd)), ("1/2", steep)),
    )


def transcendental_functions(dim: int) -> tuple[Inner, ...]:
    """exp, sin, cos, tanh, sigmoid, and a network of them."""
    unit, odd = slopes(dim)
    squashed = ridge(Tanh(), *odd, shift="1/3")
    return (
        ridge(Exponential(), *unit),
        ridge(Wave(), *unit, shift="1/5"),
        ridge(Wave(cosine=True), *odd, shift=1),
        squashed,
        ridge(Sigmoid(), *unit, shift="-1/2"),
        mixture((2, ridge(Sigmoid(), *odd)), (-1, squashed), ("1/2", ridge(Exponential(), *odd))),
    )
