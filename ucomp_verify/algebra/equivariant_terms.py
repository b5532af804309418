"""Equivariant maps from the terms, or the SymPy expressions, of their components."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any, TypeAlias, cast

from .equivariant import EquivariantMap, Key
from .multi_indices import MultiIndex, multi_indices
from .vector_partitions import vector_partitions

if TYPE_CHECKING:
    from sympy import Expr, Symbol

Terms: TypeAlias = Mapping[MultiIndex, Fraction | int]


class NotEquivariant(ValueError):
    """A permutation of the points does not commute with the map."""


def from_terms(maps: Sequence[Sequence[Terms]], *, dim: int) -> EquivariantMap:
    """The equivariant map whose component a of T_i has the terms `maps[i][a]`.

    Exponents run point by point. Raises ValueError for components or exponents of
    another number, and `NotEquivariant`, which names the permutation, the component and a
    monomial, if T_(s i)(s w) is not T_i(w) for some exchange s of two points.

    >>> from_terms([[{(0, 1): 1}], [{(1, 0): 1}]], dim=1).components
    ({((0,), ((1,),)): Fraction(1, 1)},)
    """
    count = len(maps)
    exact = [[_exact(terms, count * dim) for terms in row] for row in maps]
    if not count or any(len(row) != dim for row in exact):
        raise ValueError(f"expected {dim} components for each of at least one point")
    for first in range(count - 1):
        _check_exchange(exact, first, dim)
    components = tuple(_orbits(terms, dim) for terms in exact[0])
    return EquivariantMap(dim, count, components)


def from_expressions(
    expressions: Sequence[Sequence["Expr"]], points: Sequence[Sequence["Symbol"]]
) -> EquivariantMap:
    """The equivariant map with these components, polynomials with rational coefficients.

    `points[i][a]` is the symbol for coordinate a of point i. Raises ValueError for an
    expression that is no such polynomial, and `NotEquivariant` as `from_terms` does.
    """
    symbols = [symbol for point in points for symbol in point]
    if len(expressions) != len(points):
        raise ValueError(f"{len(points)} points but {len(expressions)} images")
    terms = [[_terms(e, symbols) for e in row] for row in expressions]
    return from_terms(terms, dim=len(points[0]))


def orbit_keys(dim: int, num_points: int, degree: int) -> Iterator[Key]:
    """All (own, parts) of a degree at most `degree`: a basis of the maps, by coordinate.

    >>> list(orbit_keys(1, 2, 1))
    [((0,), ()), ((0,), ((1,),)), ((1,), ())]
    """
    for own in multi_indices(dim, degree):
        for rest in range(degree - sum(own) + 1):
            for parts in vector_partitions(dim, rest, max_parts=num_points - 1):
                yield own, parts


def _exact(terms: Terms, length: int) -> dict[MultiIndex, Fraction]:
    wrong = next((e for e in terms if len(e) != length), None)
    if wrong is not None:
        raise ValueError(f"expected {length} exponents, point by point, got {len(wrong)}")
    return {exponents: Fraction(c) for exponents, c in terms.items() if c}


def _blocks(exponents: MultiIndex, dim: int) -> list[MultiIndex]:
    return [exponents[i : i + dim] for i in range(0, len(exponents), dim)]


def _check_exchange(
    maps: Sequence[Sequence[Mapping[MultiIndex, Fraction]]], first: int, dim: int
) -> None:
    """Exchanges of neighbours generate all permutations, so these suffice."""
    exchange = list(range(len(maps)))
    exchange[first], exchange[first + 1] = first + 1, first
    for i, row in enumerate(maps):
        for axis, terms in enumerate(row):
            image = maps[exchange[i]][axis]
            moved = {_relabelled(e, exchange, dim): c for e, c in image.items()}
            for exponents in sorted({*terms, *moved}):
                x, y = terms.get(exponents, Fraction(0)), moved.get(exponents, Fraction(0))
                if x != y:
                    raise NotEquivariant(
                        f"not equivariant: exchanging points {first + 1} and {first + 2} should "
                        f"turn component {axis + 1} of T_{exchange[i] + 1} into that of T_{i + 1}, "
                        f"but the monomial with exponents {exponents} has coefficient {y} in the "
                        f"former and {x} in the latter"
                    )


def _relabelled(exponents: MultiIndex, exchange: Sequence[int], dim: int) -> MultiIndex:
    blocks = _blocks(exponents, dim)
    return tuple(e for k in exchange for e in blocks[k])


def _orbits(terms: Mapping[MultiIndex, Fraction], dim: int) -> dict[Key, Fraction]:
    """T_1, invariant under permutations of the others, by the sorted exponents of these."""
    out: dict[Key, Fraction] = {}
    for exponents, coefficient in sorted(terms.items()):
        own, *others = _blocks(exponents, dim)
        out[own, tuple(sorted(alpha for alpha in others if any(alpha)))] = coefficient
    return out


def _terms(expression: "Expr", symbols: Sequence["Symbol"]) -> dict[MultiIndex, Fraction]:
    from sympy import Poly
    from sympy.polys.polyerrors import BasePolynomialError

    try:
        polynomial = cast("Any", Poly)(expression, *symbols, domain="QQ")
    except BasePolynomialError as error:
        raise ValueError(
            f"expected a polynomial in {symbols} with rational coefficients, got {expression}"
        ) from error
    return {
        tuple(exponents): Fraction(int(c.p), int(c.q)) for exponents, c in polynomial.terms() if c
    }
