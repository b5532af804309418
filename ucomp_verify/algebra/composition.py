"""Invariant polynomials of the images of points under equivariant maps."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from .equivariant_terms import orbit_keys
from .mean_field import State, Value, evaluate
from .multi_indices import MultiIndex
from .multisymmetric import MultisymmetricPolynomial, to_terms
from .rational_rings import lift_into, rational_ring
from .vector_partitions import vector_partitions


class NotInvariant(ValueError):
    """A permutation of the points changes a polynomial of them."""


def check_composition(dim: int, num_points: int, *, degree: int, map_degree: int) -> int:
    """The number of identities, if f o T is invariant for all f and T of these degrees.

    f runs through the orbit sums of degree at most `degree`, which span the invariant
    polynomials; T is the equivariant map of degree `map_degree` with a symbol as the
    coefficient of every orbit, so it stands for all of them. Exchanges of neighbouring
    points generate all permutations. Raises `NotInvariant`.
    """
    field, points, coefficients = _field(dim, num_points, map_degree)
    images = generic_images(field, points, coefficients, map_degree)
    return check_invariance(images, dim=dim, degree=degree, field=field)


def check_invariance(images: Sequence[State], *, dim: int, degree: int, field: Any) -> int:
    """The number of identities, if f(images) is invariant for all invariant f of the degree.

    The images are elements of a ring whose first generators are the coordinates of the
    points, point by point. Raises `NotInvariant`, which names f and the exchange.
    """
    count, checks = len(images), 0
    at = [v for image in images for v in image]
    for parts in (p for k in range(1, degree + 1) for p in _orbits(dim, k, count)):
        f = to_terms(MultisymmetricPolynomial(dim, count, {parts: Fraction(1)}))
        value = evaluate(f, at, lift_into(field))
        for first in range(count - 1):
            if _exchanged(value, first, dim) != dict(value.terms()):
                raise NotInvariant(
                    f"exchanging points {first + 1} and {first + 2} changes f(T(w)) for the sum "
                    f"f of the orbit {parts}"
                )
            checks += 1
    return checks


def generic_images(
    field: Any, points: Sequence[State], coefficients: Sequence[Value], map_degree: int
) -> list[State]:
    """T_1(w), ..., T_d(w) with one of the coefficients for each coordinate and orbit."""
    dim, count = len(points[0]), len(points)
    keys, given = list(orbit_keys(dim, count, map_degree)), iter(coefficients)
    sums = [next(given) for _ in range(dim * len(keys))]
    images: list[State] = []
    for i, own in enumerate(points):
        others = [v for j, x in enumerate(points) if j != i for v in x]
        values = [_orbit_value(key, own, others, field) for key in keys]
        rows = [sums[a * len(keys) : (a + 1) * len(keys)] for a in range(dim)]
        images.append(tuple(sum(c * v for c, v in zip(row, values, strict=True)) for row in rows))
    return images


def _orbits(dim: int, degree: int, num_points: int) -> list[tuple[MultiIndex, ...]]:
    return list(vector_partitions(dim, degree, max_parts=num_points))


def _field(dim: int, num_points: int, map_degree: int) -> tuple[Any, list[State], list[Value]]:
    """A ring with the coordinates and the coefficients of the generic map as symbols."""
    unknowns = dim * len(list(orbit_keys(dim, num_points, map_degree)))
    names = [f"w{i}_{a}" for i in range(num_points) for a in range(dim)]
    field, symbols = rational_ring([*names, *(f"t{k}" for k in range(unknowns))])
    points = [tuple(symbols[i * dim : (i + 1) * dim]) for i in range(num_points)]
    return field, points, symbols[len(names) :]


def _orbit_value(
    key: tuple[MultiIndex, tuple[MultiIndex, ...]],
    own: State,
    others: State | list[Value],
    field: Any,
) -> Value:
    """w^own times the orbit sum of the other points."""
    exponents, parts = key
    dim = len(own)
    of_others = to_terms(MultisymmetricPolynomial(dim, len(others) // dim, {parts: Fraction(1)}))
    lift = lift_into(field)
    return evaluate({exponents: Fraction(1)}, own, lift) * evaluate(of_others, others, lift)


def _exchanged(value: Value, first: int, dim: int) -> dict[MultiIndex, Value]:
    """The terms after an exchange of two neighbouring points."""
    a, b, c = first * dim, (first + 1) * dim, (first + 2) * dim
    return {(*e[:a], *e[b:c], *e[a:b], *e[c:]): x for e, x in value.terms()}
