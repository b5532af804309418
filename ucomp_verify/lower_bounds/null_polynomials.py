"""Polynomials of least degree that vanish at given nodes, exactly."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import product
from math import gcd, lcm, prod
from typing import TYPE_CHECKING

from ucomp_verify.algebra import MultiIndex, multi_indices
from ucomp_verify.bounds.analytic import degree_within
from ucomp_verify.bounds.statement import require, require_whole
from ucomp_verify.findings import Enclosure

from .bernstein import largest_on_box
from .univariate import largest_size

if TYPE_CHECKING:
    from flint import fmpz_mat

Node = Sequence[Fraction]

TOLERANCE = Fraction(1, 1000)  # of the maximum on a cube of several dimensions


@dataclass(frozen=True)
class NullPolynomial:
    """sum of coefficients[alpha] x^alpha, not the zero polynomial, of degree <= `degree`."""

    dim: int
    degree: int
    terms: tuple[tuple[MultiIndex, int], ...]

    def at(self, node: Node) -> Fraction:
        """The value at a rational node."""
        return sum(
            (c * prod((x**a for x, a in zip(node, alpha, strict=True)), start=Fraction(1)))
            for alpha, c in self.terms
        ) + Fraction(0)

    @cached_property
    def square(self) -> dict[MultiIndex, int]:
        """The coefficients of its square."""
        out: dict[MultiIndex, int] = {}
        for (alpha, a), (beta, b) in product(self.terms, repeat=2):
            gamma = tuple(i + j for i, j in zip(alpha, beta, strict=True))
            out[gamma] = out.get(gamma, 0) + a * b
        return out

    @cached_property
    def size(self) -> Enclosure:
        """The maximum of |q| on [-1, 1]^dim: in balls for dim 1, within 0.1 % else."""
        one = Fraction(1)
        if self.dim == 1:
            return largest_size(self.coefficients, -one, one)
        terms = {alpha: Fraction(c) for alpha, c in self.terms}
        return largest_on_box(terms, [(-one, one)] * self.dim, tolerance=TOLERANCE)

    @property
    def coefficients(self) -> list[Fraction]:
        """For dim 1: the coefficients, that of x^0 first."""
        out = [Fraction(0)] * (self.degree + 1)
        for (i,), c in self.terms:
            out[i] += c
        return out


def least_degree(dim: int, size: int) -> int:
    """The least k >= 1 with binom(dim + k, k) > size >= 1: enough to vanish at `size` nodes.

    >>> least_degree(1, 4), least_degree(2, 2), least_degree(2, 3)
    (4, 1, 2)
    """
    require_whole("T8", "the dimension", dim)
    require_whole("T8", "the number of nodes", size)
    return degree_within(dim, size) + 1


def null_polynomial(nodes: Sequence[Node]) -> NullPolynomial:
    """A polynomial of degree <= `least_degree` that is 0 at all the nodes.

    Repeated nodes count as often as they occur. There are more monomials than nodes, so an
    elimination in integers finds one; of several the first in reduced form is taken.
    """
    require(bool(nodes), "T8", "no nodes", "at least one")
    dim = len(nodes[0])
    degree = least_degree(dim, len(nodes))
    alphas = list(multi_indices(dim, degree))
    vector = _null_vector(_rows(nodes, alphas, degree))
    terms = tuple((alpha, c) for alpha, c in zip(alphas, vector, strict=True) if c)
    return NullPolynomial(dim, degree, terms)


def _rows(nodes: Sequence[Node], alphas: Sequence[MultiIndex], degree: int) -> "fmpz_mat":
    """The monomials at the nodes, each row a multiple that has integer entries."""
    from flint import fmpz_mat

    rows: list[list[int]] = []
    for node in nodes:
        unit = lcm(*(Fraction(x).denominator for x in node))
        whole = [int(x * unit) for x in node]
        rows.append(
            [
                prod(x**a for x, a in zip(whole, alpha, strict=True))
                * unit ** (degree - sum(alpha))
                for alpha in alphas
            ]
        )
    return fmpz_mat(rows)


def _null_vector(matrix: "fmpz_mat") -> list[int]:
    """Coprime integers, not all 0, that every row is orthogonal to."""
    reduced, denominator, rank = matrix.rref()
    pivots, free = list[int](), list[int]()
    for column in range(matrix.ncols()):
        leads = len(pivots) < rank and reduced[len(pivots), column] != 0
        (pivots if leads else free).append(column)
    vector = [0] * matrix.ncols()
    vector[free[0]] = int(denominator)
    for row, column in enumerate(pivots):
        vector[column] = -int(reduced[row, free[0]])
    divisor = gcd(*vector)
    return [v // divisor for v in vector]
