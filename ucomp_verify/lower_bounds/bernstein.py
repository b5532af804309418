"""Polynomials of several variables on boxes: ranges by Bernstein coefficients, in integers.

A polynomial on a box lies in the hull of its Bernstein coefficients, and those at the
corners are values; halving the box brings both together (Garloff, 1985).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from heapq import heappop, heappush
from itertools import count
from math import comb, lcm
from typing import TYPE_CHECKING, Any

from ucomp_verify.bounds.statement import require
from ucomp_verify.findings import Enclosure

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Integers = npt.NDArray[np.object_]

Side = tuple[Fraction, Fraction]
Terms = Mapping[tuple[int, ...], Fraction]

MAX_BOXES = 200_000  # looked at before a maximum is given up


@dataclass(frozen=True, eq=False)
class BoxPolynomial:
    """The polynomial with the Bernstein coefficients `numerators` / `denominator` on a box.

    The array has one axis a variable, as long as the degree in it plus 1.
    """

    numerators: "Integers"
    denominator: int

    @classmethod
    def of(cls, terms: Terms, box: Sequence[Side]) -> "BoxPolynomial":
        """The polynomial sum c x^alpha over the terms, on the product of the sides."""
        import numpy as np

        require(bool(terms) and bool(box), "box", f"{len(terms)} terms", "a polynomial on a box")
        require(all(a < b for a, b in box), "box", f"the sides {box}", "lower < upper")
        degrees = [max(alpha[i] for alpha in terms) for i in range(len(box))]
        array: Integers = np.full([n + 1 for n in degrees], Fraction(0), dtype=object)
        for alpha, c in terms.items():
            array[alpha] += c
        for axis, (n, (a, b)) in enumerate(zip(degrees, box, strict=True)):
            array = _along(np.array(_to_bernstein(n, a, b), dtype=object), array, axis)
        values: list[Fraction] = array.ravel().tolist()
        denominator = lcm(*(c.denominator for c in values))
        numerators = np.empty(len(values), dtype=object)
        numerators[:] = [int(c * denominator) for c in values]
        return cls(numerators.reshape(array.shape), denominator)

    @property
    def lower(self) -> Fraction:
        """At most every value."""
        return Fraction(self.numerators.min(), self.denominator)

    @property
    def upper(self) -> Fraction:
        """At least every value."""
        return Fraction(self.numerators.max(), self.denominator)

    @property
    def size(self) -> Fraction:
        """At least every |value|."""
        return Fraction(abs(self.numerators).max(), self.denominator)

    @property
    def corner_size(self) -> Fraction:
        """The largest |value| at a corner."""
        return Fraction(abs(self._corners).max(), self.denominator)

    @property
    def least_corner(self) -> Fraction:
        """The least value at a corner."""
        return Fraction(self._corners.min(), self.denominator)

    @property
    def _corners(self) -> "Integers":
        places = tuple(slice(None, None, max(n - 1, 1)) for n in self.numerators.shape)
        return self.numerators[places]

    def halves(self, axis: int) -> "tuple[BoxPolynomial, BoxPolynomial]":
        """The polynomial on the two halves of the box, cut across the axis."""
        n = self.numerators.shape[axis] - 1
        left, right = _halving(n)
        scale = self.denominator << n
        return (
            BoxPolynomial(_along(left, self.numerators, axis), scale),
            BoxPolynomial(_along(right, self.numerators, axis), scale),
        )


def largest_on_box(
    terms: Terms, box: Sequence[Side], *, tolerance: Fraction = Fraction(1, 1000)
) -> Enclosure:
    """The maximum of |p| on the box; the ends differ by at most the tolerance times the upper.

    Raises ArithmeticError if that takes too many boxes.

    >>> unit = (Fraction(-1), Fraction(1))
    >>> largest_on_box({(1, 0): Fraction(1), (0, 2): Fraction(-2)}, [unit, unit]).upper
    Fraction(3, 1)
    """
    whole = BoxPolynomial.of(terms, box)
    numbers, best = count(), whole.corner_size
    heap = [(-whole.size, next(numbers), whole, 0)]
    for _ in range(MAX_BOXES):
        most = -heap[0][0]
        if most - best <= tolerance * most:
            return Enclosure(best, max(most, best), 0)
        _, _, part, axis = heappop(heap)
        for half in part.halves(axis):
            best = max(best, half.corner_size)
            heappush(heap, (-half.size, next(numbers), half, (axis + 1) % len(box)))
    raise ArithmeticError(f"found no maximum in {MAX_BOXES} boxes; allow a larger tolerance")


def share_below_on_box(
    terms: Terms, level: Fraction, box: Sequence[Side], *, depth: int
) -> Enclosure:
    """The share of the box on which |p| <= level, from boxes that are 2^-depth of it."""
    least = most = Fraction(0)
    for inside, size in _parts(BoxPolynomial.of(terms, box), level, len(box), depth):
        least += size if inside else 0
        most += size
    return Enclosure(least, most, 0)


def _parts(
    whole: BoxPolynomial, level: Fraction, dim: int, depth: int
) -> Iterator[tuple[bool, Fraction]]:
    """The shares of boxes where |p| <= level certainly (True) or perhaps (False)."""
    stack = [(whole, 0)]
    while stack:
        part, cuts = stack.pop()
        low, high = part.lower, part.upper
        if low > level or high < -level:
            continue
        inside = -level <= low and high <= level
        if inside or cuts == depth:
            yield inside, Fraction(1, 1 << cuts)
        else:
            stack.extend((half, cuts + 1) for half in part.halves(cuts % dim))


def _to_bernstein(degree: int, a: Fraction, b: Fraction) -> list[list[Fraction]]:
    """Row j: the Bernstein coefficients number j of x^0, ..., x^degree on [a, b].

    That of x^i is the mean of the products of i out of degree - j numbers a and j numbers b
    (its polar form).
    """
    return [
        [
            sum(
                (
                    comb(j, r) * comb(degree - j, i - r) * b**r * a ** (i - r)
                    for r in range(max(0, i - degree + j), min(i, j) + 1)
                ),
                Fraction(0),
            )
            / comb(degree, i)
            for i in range(degree + 1)
        ]
        for j in range(degree + 1)
    ]


def _halving(degree: int) -> "tuple[Integers, Integers]":
    """2^degree times the maps from coefficients on an interval to those on its halves."""
    import numpy as np

    n = degree
    left: Any = [[comb(i, j) << (n - i) for j in range(n + 1)] for i in range(n + 1)]
    matrix: Integers = np.array(left, dtype=object)
    return matrix, matrix[::-1, ::-1]


def _along(matrix: "Integers", array: "Integers", axis: int) -> "Integers":
    """The matrix applied along one axis."""
    import numpy as np

    return np.moveaxis(np.tensordot(matrix, array, axes=(1, axis)), 0, axis)
