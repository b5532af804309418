"""From whatever form a symmetric polynomial comes in to power sums (FTSP)."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from importlib import import_module
from typing import TYPE_CHECKING, Any, TypeAlias, Union, cast

from .multi_indices import MultiIndex
from .multisymmetric import MultisymmetricPolynomial, from_terms
from .power_sum_polynomial import PowerSumPolynomial
from .reduction import power_sum_form

if TYPE_CHECKING:
    from sympy import Expr, Poly, Symbol
    from sympy.polys.rings import PolyElement

Symmetric: TypeAlias = Union[
    MultisymmetricPolynomial, Mapping[MultiIndex, Fraction | int], "Expr", "Poly", "PolyElement"
]


def point_symbols(num_points: int, dim: int) -> "tuple[tuple[Symbol, ...], ...]":
    """The symbols w1_1, w1_2, ... of the points, one row a point.

    >>> point_symbols(2, 2)
    ((w1_1, w1_2), (w2_1, w2_2))
    """
    from sympy import Symbol

    return tuple(
        tuple(Symbol(f"w{i}_{a}") for a in range(1, dim + 1)) for i in range(1, num_points + 1)
    )


def to_power_sums(
    polynomial: Symmetric,
    num_points: int,
    dim: int,
    *,
    variables: "Sequence[Sequence[Symbol]] | None" = None,
) -> PowerSumPolynomial:
    """The polynomial in power sums q_alpha with |alpha| <= min(d, degree).

    `polynomial` is a SymPy expression or `Poly` in `variables` (one row of symbols a
    point; `point_symbols` unless given), a ring element or a dictionary of terms whose
    exponents are ordered point by point, or already known by its orbits. Coefficients
    must be rational. Raises `NotSymmetric` with two monomials of one orbit and their
    coefficients, and ValueError for other symbols, floats or a wrong number of exponents.
    Paper, thm:fundamental_multisym.

    >>> (x,), (y,) = points = point_symbols(2, 1)
    >>> to_power_sums(x * y, 2, 1).latex()
    '\\\\tfrac{1}{2} q_{1}^{2} - \\\\tfrac{1}{2} q_{2}'
    """
    if num_points < 1 or dim < 1:
        raise ValueError(f"expected at least one point of dimension 1, got {num_points} x {dim}")
    if isinstance(polynomial, MultisymmetricPolynomial):
        orbits = polynomial
    else:
        terms = _terms(polynomial, num_points, dim, variables)
        orbits = from_terms(terms, num_points=num_points, dim=dim)
    if (orbits.num_points, orbits.dim) != (num_points, dim):
        raise ValueError(
            f"the polynomial has {orbits.num_points} points of dimension {orbits.dim}, "
            f"not {num_points} of dimension {dim}"
        )
    return PowerSumPolynomial(dim, num_points, power_sum_form(orbits))


def _terms(
    polynomial: Any, num_points: int, dim: int, variables: "Sequence[Sequence[Symbol]] | None"
) -> dict[MultiIndex, Fraction]:
    """Exponents, point by point, and rational coefficients of any form of a polynomial."""
    from sympy.polys.rings import PolyElement

    if isinstance(polynomial, Mapping) and not isinstance(polynomial, PolyElement):
        items = cast("Mapping[MultiIndex, Any]", polynomial).items()
        return {tuple(alpha): _rational(c) for alpha, c in items}
    if isinstance(polynomial, PolyElement):
        return {tuple(alpha): _rational(c) for alpha, c in cast("Any", polynomial).terms()}
    sympy: Any = import_module("sympy")
    rows = point_symbols(num_points, dim) if variables is None else variables
    letters = [symbol for row in rows for symbol in row]
    if len(letters) != num_points * dim or any(len(row) != dim for row in rows):
        raise ValueError(f"expected {num_points} rows of {dim} variables, got {list(rows)}")
    expression: Any = getattr(polynomial, "as_expr", lambda: sympy.sympify(polynomial))()
    strange = expression.free_symbols - set(letters)
    if strange:
        names = sorted(map(str, strange))
        raise ValueError(f"expected only the variables {letters}, found {names}; pass variables=")
    terms = cast("list[tuple[MultiIndex, Any]]", sympy.Poly(expression, *letters).terms())
    return {tuple(alpha): _rational(c) for alpha, c in terms}


def _rational(value: Any) -> Fraction:
    """The coefficient as a fraction; floats and irrational numbers are refused.

    SymPy's rationals have p and q, those of its domains numerator and denominator.
    """
    for names in (("p", "q"), ("numerator", "denominator")):
        pair = [getattr(value, name, None) for name in names]
        if not isinstance(value, float) and all(_whole(part) for part in pair):
            return Fraction(int(pair[0] or 0), int(pair[1] or 1))
    raise ValueError(f"expected rational coefficients, got {value}; use Fraction or Rational")


def _whole(value: Any) -> bool:
    return value is not None and not callable(value) and int(value) == value
