"""Symmetric polynomials of points, one coefficient an orbit.

A monomial of w_1, ..., w_d in R^m is a list of d multi-indices; permuting the points
permutes the list. Its orbit is named by the sorted nonzero ones, its `parts`.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import factorial, perm, prod
from typing import TypeAlias

from .multi_indices import MultiIndex

Parts: TypeAlias = tuple[MultiIndex, ...]


class NotSymmetric(ValueError):
    """Two monomials of one orbit have different coefficients."""


def repetitions(parts: Parts) -> int:
    """The product of the factorials of how often each part occurs.

    >>> repetitions(((1,), (1,), (2,)))
    2
    """
    return prod(factorial(parts.count(part)) for part in set(parts))


def orbit_size(parts: Parts, num_points: int) -> int:
    """How many monomials of `num_points` points belong to the orbit.

    >>> orbit_size(((1,), (1,)), 4)
    6
    """
    return perm(num_points, len(parts)) // repetitions(parts)


@dataclass(frozen=True)
class MultisymmetricPolynomial:
    """A polynomial in `num_points` points of R^dim that no permutation of them changes.

    `orbits` holds the common coefficient of the monomials of each orbit; orbits with
    coefficient 0 are left out.
    """

    dim: int
    num_points: int
    orbits: Mapping[Parts, Fraction]

    def __post_init__(self) -> None:
        for parts in self.orbits:
            if len(parts) > self.num_points:
                raise ValueError(f"{len(parts)} parts for {self.num_points} points: {parts}")
            if list(parts) != sorted(parts) or not all(
                len(alpha) == self.dim and any(alpha) for alpha in parts
            ):
                raise ValueError(f"expected sorted nonzero multi-indices in N^{self.dim}: {parts}")

    @property
    def degree(self) -> int:
        """The total degree; 0 for constants and for the zero polynomial."""
        return max((sum(map(sum, parts)) for parts in self.orbits), default=0)

    @property
    def num_terms(self) -> int:
        """How many monomials the expanded polynomial has."""
        return sum(orbit_size(parts, self.num_points) for parts in self.orbits)


def from_terms(
    terms: Mapping[MultiIndex, Fraction | int], *, num_points: int, dim: int
) -> MultisymmetricPolynomial:
    """The symmetric polynomial with these terms, the exponents ordered point by point.

    Raises ValueError for exponents of another length and `NotSymmetric`, naming two
    monomials of one orbit with their coefficients, if a permutation changes it.

    >>> from_terms({(1, 0): 2, (0, 1): 2}, num_points=2, dim=1).orbits
    {((1,),): Fraction(2, 1)}
    """
    found: dict[Parts, tuple[MultiIndex, Fraction, int]] = {}
    for exponents, value in terms.items():
        coefficient = Fraction(value)
        if not coefficient:
            continue
        parts = _parts(exponents, num_points, dim)
        mate, expected, count = found.get(parts, (exponents, coefficient, 0))
        if coefficient != expected:
            raise NotSymmetric(_difference(mate, expected, exponents, coefficient))
        found[parts] = (mate, expected, count + 1)
    for parts, (mate, coefficient, count) in found.items():
        if count < orbit_size(parts, num_points):
            missing = next(e for e in _orbit(parts, num_points, dim) if not terms.get(e))
            raise NotSymmetric(_difference(mate, coefficient, missing, Fraction(0)))
    orbits = {parts: coefficient for parts, (_, coefficient, _) in sorted(found.items())}
    return MultisymmetricPolynomial(dim, num_points, orbits)


def _parts(exponents: MultiIndex, num_points: int, dim: int) -> Parts:
    if len(exponents) != num_points * dim:
        raise ValueError(
            f"expected {num_points} x {dim} exponents, point by point, got {len(exponents)}"
        )
    blocks = (tuple(exponents[i * dim : (i + 1) * dim]) for i in range(num_points))
    return tuple(sorted(block for block in blocks if any(block)))


def _difference(a: MultiIndex, x: Fraction, b: MultiIndex, y: Fraction) -> str:
    return (
        f"not symmetric: the monomials with exponents {a} and {b} differ by a permutation of the "
        f"points, but their coefficients are {x} and {y}"
    )


def _orbit(parts: Parts, num_points: int, dim: int) -> Iterator[MultiIndex]:
    """The exponents of the monomials of an orbit."""
    zero = (0,) * dim
    left = Counter([*parts, *[zero] * (num_points - len(parts))])

    def extend(exponents: MultiIndex) -> Iterator[MultiIndex]:
        if len(exponents) == num_points * dim:
            yield exponents
            return
        for block in sorted(left):
            if left[block]:
                left[block] -= 1
                yield from extend((*exponents, *block))
                left[block] += 1

    return extend(())


def to_terms(polynomial: MultisymmetricPolynomial) -> dict[MultiIndex, Fraction]:
    """All terms of the polynomial, the exponents ordered point by point.

    >>> from fractions import Fraction
    >>> to_terms(MultisymmetricPolynomial(1, 2, {((1,),): Fraction(3)}))
    {(0, 1): Fraction(3, 1), (1, 0): Fraction(3, 1)}
    """
    return {
        exponents: coefficient
        for parts, coefficient in polynomial.orbits.items()
        for exponents in _orbit(parts, polynomial.num_points, polynomial.dim)
    }
