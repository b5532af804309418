"""A basis to choose nodes with in float64, well conditioned on its domain."""

from dataclasses import dataclass
from fractions import Fraction
from math import sqrt
from typing import Protocol

import numpy as np

from ucomp_verify.algebra.multi_indices import MultiIndex, multi_indices

from .basis import Array, ProductBasis, scaled_steps
from .domains import Domain, Simplex
from .laws import Jacobi


class FloatBasis(Protocol):
    """Polynomials that span all those up to a degree on a domain."""

    def values(self, points: Array) -> Array:
        """The elements, one a row, at the points, one a column."""
        ...

    def gradients(self, points: Array) -> list[Array]:
        """The partial derivative along every axis, laid out as `values`."""
        ...


def float_basis(domain: Domain, degree: int) -> FloatBasis:
    """The collapsed basis on a simplex, where products get ill conditioned; products else."""
    if isinstance(domain.shape, Simplex):
        return CollapsedBasis(domain.dim, degree)
    return ProductBasis(domain, degree)


@dataclass(frozen=True)
class CollapsedBasis:
    """Orthogonal polynomials on the simplex, in about unit norm; for points with x < 1.

    (1 - t)^n Q(y / (1 - t)) P(t) for Q of degree n in one dimension less, and P a Jacobi
    polynomial for the weight (1 - t)^(2n + dim - 1). (Proriol, 1957; Dubiner, 1991.)
    """

    dim: int
    degree: int

    def values(self, points: Array) -> Array:
        """The elements, one a row."""
        table = self._table(points, slopes=False)
        return np.array([table[a][0] for a in multi_indices(self.dim, self.degree)])

    def gradients(self, points: Array) -> list[Array]:
        """The partial derivatives, one array an axis."""
        table = self._table(points, slopes=True)
        every = list(multi_indices(self.dim, self.degree))
        return [np.array([table[a][1][i] for a in every]) for i in range(self.dim)]

    def _table(self, points: Array, *, slopes: bool) -> dict[MultiIndex, tuple[Array, list[Array]]]:
        """Values and partial derivatives (none unless asked for) by index."""
        if self.dim == 0:
            return {(): (np.ones(len(points)), [])}
        height = points[:, -1]
        section = points[:, :-1] / (1 - height)[:, None]
        lower = CollapsedBasis(self.dim - 1, self.degree)._table(section, slopes=slopes)
        out: dict[MultiIndex, tuple[Array, list[Array]]] = {}
        for order in range(self.degree + 1):
            values, derivatives = self._along(height, order)
            for alpha, (value, partials) in lower.items():
                if sum(alpha) != order:
                    continue
                power = (1 - height) ** order
                less = order * (1 - height) ** max(order - 1, 0)
                scaled = [p * (1 - height) ** max(order - 1, 0) for p in partials]
                last = sum((section[:, i] * p for i, p in enumerate(scaled)), -less * value)
                for j in range(self.degree - order + 1):
                    grown = [p * values[j] for p in scaled]
                    grown += [last * values[j] + power * value * derivatives[j]] if slopes else []
                    out[(*alpha, j)] = (power * value * values[j], grown)
        return out

    def _along(self, height: Array, order: int) -> tuple[list[Array], list[Array]]:
        """P[0], P[1], ... and their derivatives for the weight of this order."""
        law = Jacobi(a=Fraction(2 * order + self.dim - 1), low=Fraction(0))
        steps = scaled_steps([law.recurrence(n) for n in range(self.degree - order)])
        values = [np.full(len(height), sqrt((2 * order + self.dim) / self.dim))]
        slopes = [np.zeros(len(height))]
        for n, step in enumerate(steps):
            factor, back = float(step.factor), float(step.back)
            centred = factor * (height - float(step.shift))
            value, slope = centred * values[n], centred * slopes[n] + factor * values[n]
            if n:
                value, slope = value - back * values[n - 1], slope - back * slopes[n - 1]
            values.append(value)
            slopes.append(slope)
        return values, slopes
