"""Errors that no compression of a grid avoids (T8 of the ledger).

mu has a unit mass at the midpoints of side^dim equal cubes that fill the domain. Whatever
`size` nodes anywhere, with real weights, take its place: a polynomial q of the least degree
k >= 1 with binom(dim + k, k) > size vanishes at them, and q^2 does not on the grid.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import prod

from ucomp_verify.bounds.classes import PolydiscClass, PolyellipseClass
from ucomp_verify.bounds.rounding import root_above, rounded_up
from ucomp_verify.bounds.statement import Bound, require, require_kind, require_size, require_whole
from ucomp_verify.findings import Enclosure

from .ellipses import largest_on_ellipse, size_on_polyellipse
from .null_polynomials import Node, NullPolynomial, least_degree, null_polynomial

CLAIM = "lower-bound-repaired"


def sup_normalised_lower_bound(*, dim: int, size: int, side: int) -> Bound:
    """T8(i): d / (4 (8 m k^2)^m) for some polynomial of degree <= 2k and maximum 1 on the cube.

    >>> sup_normalised_lower_bound(dim=1, size=1, side=4).value
    Fraction(1, 8)
    """
    return Bound(_grid_share(dim, size, side), "T8(i)", CLAIM, _hypotheses(dim, size, side))


def class_lower_bound(
    functions: PolyellipseClass | PolydiscClass, *, size: int, side: int
) -> Bound:
    """T8(ii): Lam G d rho^(-2k) / (4 (8 m k^2)^m), for the grid on [-R, R]^m.

    A polydisc class of radius r holds the polyellipse class with
    rho = 1 + r/R + sqrt((1 + r/R)^2 - 1), rounded up.
    """
    rho, degree = _rho(functions), least_degree(functions.dim, size)
    share = _grid_share(functions.dim, size, side)
    value = functions.lipschitz * functions.bound * share / rho ** (2 * degree)
    found = _hypotheses(functions.dim, size, side)
    return Bound(value, "T8(ii)", CLAIM, (*found, f"the grid fills [-R, R]^m, rho = {rho}"))


def least_nodes_for_error(
    functions: PolyellipseClass | PolydiscClass, *, side: int, error: Fraction
) -> int:
    """No fewer nodes in place of the grid have an error <= eps on the class.

    binom(m + k - 1, m) for the least k >= 1 with 4 (8 m k^2)^m rho^(2k) >= Lam G d / eps or
    n < 4 m k^2: below it T8(ii) is larger than eps.
    """
    require(require_size("T8", "eps", error) > 0, "T8", f"eps = {error}", "a number > 0")
    require_whole("T8", "n", side)
    rho, dim = _rho(functions), functions.dim
    target = functions.lipschitz * functions.bound * side**dim / error
    degree = 1
    while side >= 4 * dim * degree**2 and 4 * _volume(dim, degree) * rho ** (2 * degree) < target:
        degree += 1
    return prod(range(degree, degree + dim)) // prod(range(1, dim + 1))


@dataclass(frozen=True)
class GridAdversary:
    """q^2 for a polynomial q that vanishes at the nodes, against the grid of [-1, 1]^dim.

    `grid_sum` is the sum of q^2 over the grid, which is the error as the sum over the nodes
    is 0. The members of the classes are multiples of q^2.
    """

    polynomial: NullPolynomial
    side: int

    @property
    def grid_sum(self) -> Fraction:
        """The sum of q^2 over the midpoints."""
        square = self.polynomial.square
        sums = _power_sums(self.side, 2 * self.polynomial.degree)
        return sum(
            (c * prod((sums[a] for a in alpha), start=Fraction(1)) for alpha, c in square.items()),
            Fraction(0),
        )

    @property
    def error(self) -> Enclosure:
        """T8(i): the error of the multiple of q^2 with the maximum 1 on the cube."""
        size, total = self.polynomial.size, self.grid_sum
        return Enclosure(total / size.upper**2, total / size.lower**2, size.prec)

    def member(self, functions: PolyellipseClass) -> Fraction:
        """T8(ii): the factor of q^2 that the statement takes, G rho^(-2k) / max |q|^2.

        In the class by the inequality of Bernstein and Walsh; rounded down.
        """
        self._require_unit(functions)
        reach = functions.rho ** (2 * self.polynomial.degree)
        return functions.bound / (rounded_up(self.polynomial.size.upper**2) * reach)

    def better_member(self, functions: PolyellipseClass) -> Fraction:
        """A factor of q^2 that is at least as large, and leaves it in the class.

        By the maximum of |q| on the ellipse for dim 1, by its Chebyshev coefficients else.
        """
        q = self.polynomial
        if q.dim == 1:
            squared = largest_on_ellipse(q.coefficients, functions.rho).upper
        else:
            terms = {alpha: Fraction(c) for alpha, c in q.terms}
            squared = size_on_polyellipse(terms, functions.rho) ** 2
        return max(functions.bound / rounded_up(squared), self.member(functions))

    def _require_unit(self, functions: PolyellipseClass) -> None:
        found = (functions.dim, functions.half_side)
        expected = (self.polynomial.dim, Fraction(1))
        require(found == expected, "T8", f"dim and half side {found}", str(expected))


def grid_adversary(nodes: Sequence[Node], side: int) -> GridAdversary:
    """The adversary of measures on these nodes; refused if the grid is coarser than T8 asks."""
    polynomial = null_polynomial(nodes)
    _hypotheses(polynomial.dim, len(nodes), side)
    return GridAdversary(polynomial, side)


def _grid_share(dim: int, size: int, side: int) -> Fraction:
    """d / (4 (8 m k^2)^m): at least this the sum of q^2 over the grid, for max |q| = 1.

    By the inequality of A. A. Markov (1889) |q| >= 1/2 at distance 1 / (2 m k^2) from the
    maximum in each coordinate.
    """
    _hypotheses(dim, size, side)
    return Fraction(side**dim, 4 * _volume(dim, least_degree(dim, size)))


def _volume(dim: int, degree: int) -> int:
    return (8 * dim * degree**2) ** dim


def _hypotheses(dim: int, size: int, side: int) -> tuple[str, ...]:
    degree = least_degree(dim, size)
    least = 4 * dim * degree**2
    require(
        require_whole("T8", "n", side) >= least,
        "T8",
        f"n = {side}",
        f"n >= 4 m k^2 = {least} for d' = {size}",
    )
    return (f"k = {degree}, n = {side} >= 4 m k^2", "unit masses at the midpoints of n^m cubes")


def _rho(functions: PolyellipseClass | PolydiscClass) -> Fraction:
    require_kind("T8", functions, PolyellipseClass, PolydiscClass)
    if isinstance(functions, PolyellipseClass):
        return functions.rho
    require(functions.half_side > 0, "T8", f"R = {functions.half_side}", "a number > 0")
    axis = 1 + functions.radius / functions.half_side
    return axis + root_above(axis**2 - 1)


def _power_sums(side: int, degree: int) -> list[Fraction]:
    """The sums of x^j over the midpoints of [-1, 1], for j <= degree."""
    odd = range(1 - side, side, 2)
    return [
        Fraction(sum(i**j for i in odd), side**j) if j % 2 == 0 else Fraction(0)
        for j in range(degree + 1)
    ]
