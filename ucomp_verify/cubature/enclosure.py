"""A zero of the moment equations, proved to exist and enclosed in balls.

With an approximate inverse R of the Jacobian, y - R F(y) is a contraction of a small box
into itself (Krawczyk, 1969; Rump, "Verification methods", 2010, section 13): so there is
exactly one zero in the box, and the Jacobian is nonsingular.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, log2

import numpy as np
from flint import arb, arb_mat, ctx, fmpq

from .basis import Array, ProductBasis
from .charts import embedded, num_coordinates, tangents
from .elimination import State

JACOBIAN_BITS = 128  # for what only has to contract
CONTRACTION = 1e-3  # of the approximate inverse that is looked for
ENOUGH = 0.5  # a contraction that proves the zero
ROUNDS = 6  # of inversion in float64, some 16 digits of the condition number each
GUARD = 48  # bits beyond the digits asked for
SPARE_DIGITS = 8


class NotProved(ArithmeticError):
    """No zero near the start could be proved at this precision."""


@dataclass(frozen=True, eq=False)
class Zero:
    """Coordinates `free[i]` and weights, of mean 1, in balls; exact where not solved for."""

    free: list[list[arb]]
    weights: list[arb]
    prec: int


@dataclass(frozen=True, eq=False)
class Equations:
    """The moment equations of a basis in balls, at the current precision."""

    basis: ProductBasis
    signs: Sequence[int]

    def points(self, free: Sequence[Sequence[arb]]) -> list[list[arb]]:
        """The nodes in space."""
        pairs = zip(free, self.signs, strict=True)
        return [embedded(self.basis.domain, y, s) for y, s in pairs]

    def residual(self, free: Sequence[Sequence[arb]], weights: Sequence[arb]) -> arb_mat:
        """By how much each mean is off, as a column."""
        return self.matrix(free) * _column(weights) - self.target

    def matrix(self, free: Sequence[Sequence[arb]]) -> arb_mat:
        """The polynomials, one a row, at the nodes."""
        return arb_mat(self.basis.ball_values(self.points(free)))

    @property
    def target(self) -> arb_mat:
        """The exact means, as a column."""
        return _column([arb(fmpq(v.numerator, v.denominator)) for v in self.basis.moments])

    def jacobian(
        self, free: Sequence[Sequence[arb]], weights: Sequence[arb], columns: Sequence[int]
    ) -> arb_mat:
        """The derivatives by the variables of these numbers, as in `FloatSystem.jacobian`."""
        count, inner = len(weights), num_coordinates(self.basis.domain) * len(weights)
        values = self.basis.ball_values(self.points(free))
        if all(c >= inner for c in columns):
            return arb_mat([[row[c - inner] for c in columns] for row in values])
        gradients = self.basis.ball_gradients(self.points(free))
        along = [tangents(self.basis.domain, y, s) for y, s in zip(free, self.signs, strict=True)]
        out: list[list[arb]] = []
        for c in columns:
            axis, i = divmod(c, count)
            if c >= inner:
                out.append([row[i] for row in values])
                continue
            weighted = [(weights[i] * t, g) for t, g in zip(along[i][axis], gradients, strict=True)]
            out.append(
                [sum((t * g[r][i] for t, g in weighted), arb(0)) for r in range(len(values))]
            )
        return arb_mat(out).transpose()


def enclose(basis: ProductBasis, start: State, columns: Sequence[int], *, dps: int) -> Zero:
    """The zero near the start when only the variables `columns` may change.

    Every other variable stays exactly the float64 that it is. The radius of each ball is
    below 10^-dps times its weight, or times 1 for coordinates. Raises NotProved.
    """
    equations = Equations(basis, [int(s) for s in start.signs])
    variables = [float(v) for v in np.concatenate([start.free.T.ravel(), start.weights])]
    prec = ceil((dps + SPARE_DIGITS) * log2(10)) + GUARD + 2 * basis.degree
    prec += ceil(-log2(min(start.weights)))
    for _ in range(2):
        problem = _Problem(equations, len(start), list(columns), prec)
        values = [arb(v) for v in variables]
        radius = problem.refine(values, dps)
        if radius is not None:
            with ctx.workprec(prec):
                for c in columns:
                    values[c] = arb(values[c], radius)
            free, weights = problem.split(values)
            return Zero(free, weights, prec)
        prec *= 2
    raise NotProved(f"found no proof of a zero at {prec // 2} bits; try other nodes")


@dataclass(frozen=True, eq=False)
class _Problem:
    equations: Equations
    count: int
    columns: list[int]
    prec: int

    @property
    def low(self) -> int:
        """The precision for what only has to contract."""
        return JACOBIAN_BITS + 3 * self.equations.basis.degree

    @property
    def linear(self) -> bool:
        return all(
            c >= num_coordinates(self.equations.basis.domain) * self.count for c in self.columns
        )

    def split(self, values: list[arb]) -> tuple[list[list[arb]], list[arb]]:
        """Coordinates, a list a node, and weights."""
        axes = num_coordinates(self.equations.basis.domain)
        free = [[values[a * self.count + i] for a in range(axes)] for i in range(self.count)]
        return free, values[axes * self.count :]

    def goal(self, values: list[arb], dps: int) -> arb:
        """A radius small enough for the smallest weight; it may be far below its start."""
        return min(abs(w) for w in self.split(values)[1]) * arb(10) ** (-dps - 2) / 2

    def refine(self, values: list[arb], dps: int) -> arb | None:
        """Move `values` to exact numbers near the zero, and bound their distance from it."""
        with ctx.workprec(self.low):
            jacobian = self.equations.jacobian(*self.split(values), self.columns)
            inverse, alpha = approximate_inverse(jacobian)
        fixed = self._matrix(values) if self.linear else None
        size = arb("inf")
        for _ in range(dps // 2 + 30):
            correction = self._correction(values, inverse, fixed, size)
            before, size = size, arb(max(abs(v).upper() for v in correction.entries()))
            if size.upper() < self.goal(values, dps).lower() or not size.upper() < before.lower():
                break
            with ctx.workprec(self.prec):
                for c, change in zip(self.columns, correction.entries(), strict=True):
                    values[c] = (values[c] - change).mid()
        return self._proved(values, inverse, fixed, alpha, self.goal(values, dps))

    def _matrix(self, values: list[arb]) -> arb_mat:
        with ctx.workprec(self.prec):
            return self.equations.matrix(self.split(values)[0])

    def _correction(
        self, values: list[arb], inverse: arb_mat, fixed: arb_mat | None, size: arb
    ) -> arb_mat:
        """R F at as many bits as the next step can use."""
        known = -log2(float(size.upper())) if size.is_finite() and size.upper() > 1e-300 else 0
        if size.is_finite() and size.upper() <= 1e-300:
            known = self.prec
        with ctx.workprec(min(self.prec, self.low + 64 + 2 * int(max(known, 0)))):
            return inverse * self._residual(values, fixed)

    def _residual(self, values: list[arb], fixed: arb_mat | None) -> arb_mat:
        free, weights = self.split(values)
        if fixed is None:
            return self.equations.residual(free, weights)
        return fixed * _column(weights) - self.equations.target

    def _proved(
        self, values: list[arb], inverse: arb_mat, fixed: arb_mat | None, alpha: arb, goal: arb
    ) -> arb | None:
        """The radius of a box that y - R F(y) contracts into itself; None if it is too large."""
        with ctx.workprec(self.prec):
            moved = (inverse * self._residual(values, fixed)).entries()
        with ctx.workprec(self.low):
            distance = arb(max(abs(v).upper() for v in moved))
            box = 2 * distance.upper()
            if fixed is None:
                around = list(values)
                for c in self.columns:
                    around[c] = arb(values[c], box)
                jacobian = self.equations.jacobian(*self.split(around), self.columns)
                alpha = distance_from_identity(inverse * jacobian)
            if not (alpha.upper() < ENOUGH and distance.is_finite()):
                return None
            radius = (distance / (1 - alpha)).upper()
            return radius if radius < goal.lower() and radius <= box else None


def approximate_inverse(matrix: arb_mat) -> tuple[arb_mat, arb]:
    """R, exact, with a proved bound on the distance of R times the matrix from the identity.

    Inverses in float64, applied until nothing is left to invert (Rump, "Inversion of
    extremely ill-conditioned matrices in floating-point", 2009). Raises NotProved.
    """
    inverse = product = None
    for count in range(ROUNDS):
        with ctx.workprec(ctx.prec + 53 * count):
            step = arb_mat(_float_inverse(matrix if product is None else product).tolist())
            inverse = step if inverse is None else (step * inverse).mid()
            product = inverse * matrix
            alpha = distance_from_identity(product)
            if alpha.upper() < CONTRACTION:
                return inverse, alpha
    raise NotProved("found a Jacobian that is singular or nearly so; try other nodes")


def distance_from_identity(matrix: arb_mat) -> arb:
    """The largest row sum of |matrix - identity|, from above."""
    sums = [
        sum((abs(v - int(i == j)) for j, v in enumerate(row)), arb(0)).upper()
        for i, row in enumerate(matrix.tolist())
    ]
    return arb(max(sums))


def _float_inverse(matrix: arb_mat) -> Array:
    rows = np.array([[float(v.mid()) for v in row] for row in matrix.tolist()])
    try:
        inverse = np.linalg.inv(rows)
    except np.linalg.LinAlgError:
        raise NotProved("found a singular Jacobian; try other nodes") from None
    if not np.isfinite(inverse).all():
        raise NotProved("found a Jacobian beyond float64; try other nodes")
    return inverse


def _column(values: Sequence[arb]) -> arb_mat:
    return arb_mat(len(values), 1, list(values))
