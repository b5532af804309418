"""SymPy polynomial rings over the rationals, as values without type."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any, cast


def rational_ring(names: Sequence[str]) -> tuple[Any, list[Any]]:
    """The ring of polynomials in these symbols with rational coefficients, and the symbols."""
    import sympy

    made = cast("Any", sympy).ring(list(names), sympy.QQ)
    return made[0], list(made[1:])


def lift_into(field: Any) -> Callable[[Fraction], Any]:
    """The function that takes a rational to the constant polynomial of the ring."""
    return lambda value: field.ground_new(field.domain(value.numerator, value.denominator))


def fraction_terms(element: Any) -> dict[tuple[int, ...], Fraction]:
    """The nonzero coefficients of an element of the ring, by exponents."""
    return {
        tuple(exponents): Fraction(int(c.numerator), int(c.denominator))
        for exponents, c in element.terms()
        if c
    }
