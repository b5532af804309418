"""A basis of the polynomials on a domain: products of orthogonal polynomials of each axis.

Its coefficients are rational, so that its moments are exact; it is evaluated by three-term
recurrences, in float64 and in balls.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import log2
from operator import mul

import numpy as np
import numpy.typing as npt
from flint import arb, fmpq

from ucomp_verify.algebra.multi_indices import MultiIndex, multi_indices

from .domains import Domain

Array = npt.NDArray[np.float64]
Table = list[list[arb]]


@dataclass(frozen=True)
class Step:
    """P[n+1] = factor * (x - shift) * P[n] - back * P[n-1], a scaled recurrence over Q."""

    factor: Fraction
    shift: Fraction
    back: Fraction


@dataclass(frozen=True)
class ProductBasis:
    """A basis of the polynomials up to the degree, as functions on the domain.

    On a sphere the last coordinate occurs to the power 0 or 1 only.
    """

    domain: Domain
    degree: int

    @cached_property
    def indices(self) -> list[MultiIndex]:
        """The degrees in each coordinate of every element, in graded order."""
        every = multi_indices(self.domain.dim, self.degree)
        return [a for a in every if not self.domain.is_sphere or a[-1] <= 1]

    @cached_property
    def steps(self) -> list[Step]:
        """The recurrence on an axis, scaled by powers of 2 to about unit norm."""
        law = self.domain.shape.marginal(self.domain.dim)
        pairs = [law.recurrence(n) for n in range(self.degree)]
        return scaled_steps(pairs)

    @cached_property
    def moments(self) -> list[Fraction]:
        """The mean of every element over the domain, exact."""
        mass = self.domain.mass
        box = {a: _fmpq(self.domain.moment(a) / mass) for a in self.indices}
        rows = self._coefficients
        for axis in range(self.domain.dim):
            box = {a: _contract(box, a, axis, rows[a[axis]]) for a in self.indices}
        return [Fraction(int(v.p), int(v.q)) for v in map(box.__getitem__, self.indices)]

    @property
    def _coefficients(self) -> list[list[fmpq]]:
        """The coefficients of P[0], P[1], ... in powers of x."""
        rows = [[fmpq(1)]]
        for n, step in enumerate(self.steps):
            factor, shift, back = _fmpq(step.factor), _fmpq(step.shift), _fmpq(step.back)
            padded = [fmpq(0), *rows[n]]
            new = [factor * v for v in padded]
            for i, v in enumerate(rows[n]):
                new[i] -= factor * shift * v
            if n:
                for i, v in enumerate(rows[n - 1]):
                    new[i] -= back * v
            rows.append(new)
        return rows

    def values(self, points: Array) -> Array:
        """The elements, one a row, at the points, one a column, in float64."""
        return self._combined([self._float_tables(x)[0] for x in points.T])

    def gradients(self, points: Array) -> list[Array]:
        """The partial derivative along every axis, laid out as `values`."""
        pairs = [self._float_tables(x) for x in points.T]
        plain = [table for table, _ in pairs]
        return [
            self._combined([*plain[:i], slopes, *plain[i + 1 :]])
            for i, (_, slopes) in enumerate(pairs)
        ]

    def _float_tables(self, x: Array) -> tuple[Array, Array]:
        """P[0..degree] and their derivatives at x, one a row."""
        values = np.zeros((self.degree + 1, len(x)))
        slopes = np.zeros_like(values)
        values[0] = 1
        for n, step in enumerate(self.steps):
            factor, back = float(step.factor), float(step.back)
            centred = factor * (x - float(step.shift))
            values[n + 1] = centred * values[n]
            slopes[n + 1] = centred * slopes[n] + factor * values[n]
            if n:
                values[n + 1] -= back * values[n - 1]
                slopes[n + 1] -= back * slopes[n - 1]
        return values, slopes

    def _combined(self, tables: Sequence[Array]) -> Array:
        """The products of one row of every table, for all indices."""
        out = np.ones((len(self.indices), tables[0].shape[1]))
        which = np.array(self.indices)
        for axis, table in enumerate(tables):
            out *= table[which[:, axis]]
        return out

    def ball_values(self, points: Sequence[Sequence[arb]]) -> list[list[arb]]:
        """As `values`, in balls at the current precision; points are one a row."""
        return self._combined_balls([self.ball_tables(x)[0] for x in zip(*points, strict=True)])

    def ball_gradients(self, points: Sequence[Sequence[arb]]) -> list[list[list[arb]]]:
        """As `gradients`, in balls at the current precision."""
        pairs = [self.ball_tables(x) for x in zip(*points, strict=True)]
        plain = [table for table, _ in pairs]
        return [
            self._combined_balls([*plain[:i], slopes, *plain[i + 1 :]])
            for i, (_, slopes) in enumerate(pairs)
        ]

    def ball_tables(self, x: Sequence[arb]) -> tuple[Table, Table]:
        """P[0..degree] and their derivatives at x, one a row, in balls."""
        values, slopes = [[arb(1)] * len(x)], [[arb(0)] * len(x)]
        for n, step in enumerate(self.steps):
            factor, shift, back = map(_arb, (step.factor, step.shift, step.back))
            centred = [factor * (v - shift) for v in x]
            value = list(map(mul, centred, values[n]))
            slope = [
                c * s + factor * v for c, s, v in zip(centred, slopes[n], values[n], strict=True)
            ]
            if n:
                value = [v - back * w for v, w in zip(value, values[n - 1], strict=True)]
                slope = [v - back * w for v, w in zip(slope, slopes[n - 1], strict=True)]
            values.append(value)
            slopes.append(slope)
        return values, slopes

    def _combined_balls(self, tables: Sequence[Table]) -> list[list[arb]]:
        products: dict[MultiIndex, list[arb]] = {(): [arb(1)] * len(tables[0][0])}
        for axis, table in enumerate(tables):
            prefixes = dict.fromkeys(a[: axis + 1] for a in self.indices)
            products = {a: list(map(mul, products[a[:-1]], table[a[-1]])) for a in prefixes}
        return [products[a] for a in self.indices]


@dataclass(frozen=True)
class MonomialBasis(ProductBasis):
    """The monomials, as such a basis."""

    @cached_property
    def steps(self) -> list[Step]:
        """P[n+1] = x P[n]."""
        return [Step(Fraction(1), Fraction(0), Fraction(0))] * self.degree

    @cached_property
    def moments(self) -> list[Fraction]:
        """The mean of every monomial over the domain, exact."""
        mass = self.domain.mass
        return [self.domain.moment(a) / mass for a in self.indices]


def scaled_steps(pairs: Sequence[tuple[Fraction, Fraction]]) -> list[Step]:
    """The monic recurrence with coefficients (a, b), scaled by powers of 2 to unit norm."""
    exponents, size = [0], 0.0
    for n in range(len(pairs)):
        following = pairs[n + 1][1] if n + 1 < len(pairs) else None
        size += log2(following) / 2 if following else (log2(pairs[n][1]) / 2 if n else 0)
        exponents.append(round(size))
    return [
        Step(
            _two(exponents[n] - exponents[n + 1]),
            a,
            b * _two(exponents[n - 1] - exponents[n + 1]) if n else Fraction(0),
        )
        for n, (a, b) in enumerate(pairs)
    ]


def _two(exponent: int) -> Fraction:
    return Fraction(2) ** exponent


def _contract(
    box: dict[MultiIndex, fmpq], alpha: MultiIndex, axis: int, row: Sequence[fmpq]
) -> fmpq:
    total = fmpq(0)
    for i, coefficient in enumerate(row):
        total += coefficient * box[(*alpha[:axis], i, *alpha[axis + 1 :])]
    return total


def _fmpq(value: Fraction) -> fmpq:
    return fmpq(value.numerator, value.denominator)


def _arb(value: Fraction) -> arb:
    return arb(_fmpq(value))
