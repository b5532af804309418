"""Positive rules to start from, in float64: products of Gauss rules, thinned on the way.

A rule in dimension j is one in dimension j - 1 times a rule on an interval, by the
coordinates in which the measure is a product (Stroud, "Approximate calculation of multiple
integrals", 1971, chapter 2). Each is thinned by Caratheodory's theorem, so that none grows
exponentially with the dimension.
"""

from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from ucomp_verify.caratheodory.selection import select

from .basis import Array
from .domains import Ball, Domain, Simplex, Sphere
from .factorisations import triangle_of, triangular_solution
from .float_basis import FloatBasis, float_basis
from .gauss import gauss_rule
from .laws import Jacobi, Law

JITTER = 0.1  # of the way to another point, at most, that points are moved
TINY = 1e-6


@dataclass(frozen=True, eq=False)
class FloatRule:
    """Points, one a row, and weights of sum 1, in float64: exact up to rounding."""

    points: Array
    weights: Array

    def __len__(self) -> int:
        """How many points."""
        return len(self.weights)


def unisolvent_rule(domain: Domain, degree: int, *, seed: int = 0) -> FloatRule:
    """A positive rule on exactly as many points as the polynomials have dimensions.

    The only polynomial up to the degree that is 0 at all points is 0. Another seed gives
    other points.
    """
    rng = np.random.default_rng(seed)
    return thinned(_product_rule(domain, degree, rng), domain, degree, rng)


def product_rule(domain: Domain, degree: int) -> FloatRule:
    """The product of the smallest Gauss rules: few points in low dimension."""
    return _product_rule(domain, degree, None)


def starting_work(domain: Domain, degree: int) -> int:
    """How many points `unisolvent_rule` has to choose from, times squared ranks, in all."""
    ranks = [replace(domain, dim=i).rank(degree) for i in range(1, domain.dim + 1)]
    pairs = zip([1, *ranks], ranks, strict=False)
    return sum((2 * degree + 6) * below * rank**2 for below, rank in pairs)


def orthonormaliser(rule: FloatRule, basis: FloatBasis) -> Array:
    """The lower triangle that makes the basis orthonormal over the rule.

    Two rounds, so that the second repairs what rounding did in the first.
    """
    values, roots = basis.values(rule.points), np.sqrt(rule.weights)
    total: Array = np.eye(len(values))
    for _ in range(2):
        triangle = triangle_of(((total @ values) * roots).T)
        total = triangular_solution(triangle.T, total)
    return total


def thinned(rule: FloatRule, domain: Domain, degree: int, rng: np.random.Generator) -> FloatRule:
    """A rule on at most as many points near its points as the polynomials have dimensions."""
    if len(rule) <= domain.rank(degree):
        return rule
    order = rng.permutation(len(rule))
    rule = FloatRule(rule.points[order], rule.weights[order])
    rows, points, scaled = _general_position(rule, domain, degree, rng)
    chosen, _ = select(rows, scaled, seed=int(rng.integers(1 << 30)))
    places = list(chosen.places)
    return FloatRule(points[places], np.sqrt(rule.weights[places]) * np.array(chosen.weights))


def _general_position(
    rule: FloatRule, domain: Domain, degree: int, rng: np.random.Generator
) -> tuple[Array, Array, Array]:
    """Orthonormal rows over points near those of the rule, the points, and scaled weights.

    A rule with symmetries can be thinned to far fewer points than rounded nodes allow; near
    points in general position cannot. Columns and weights are scaled with the roots of the
    rule's weights, so that no column is large where a weight is tiny.
    """
    basis, roots = float_basis(domain, degree), np.sqrt(rule.weights)
    directions = rule.points[rng.permutation(len(rule))] - rule.points
    reach = JITTER
    while True:
        moved = rule.points + reach * rng.random((len(rule), 1)) * directions
        if domain.is_sphere:
            moved /= np.linalg.norm(moved, axis=1)[:, None]
        rows = _orthonormal_rows(np.concatenate([rule.points, moved]), basis, np.tile(roots, 2))
        basis_rows, triangle = np.linalg.qr(rows[:, len(rule) :].T)
        sums = triangular_solution(triangle.T, rows[:, : len(rule)] @ roots)
        scaled = roots + basis_rows @ (sums - basis_rows.T @ roots)
        if scaled.min() > 0 or not reach:
            return basis_rows.T, moved, scaled if reach else roots
        # Negative weights set to 0 would lose the moments; points that stay keep them.
        reach = reach / 4 if reach > TINY else 0.0


def _orthonormal_rows(points: Array, basis: FloatBasis, roots: Array) -> Array:
    """The polynomials at the points times the roots of the weights, made orthonormal."""
    return np.linalg.qr((basis.values(points) * roots).T)[0].T


def _product_rule(domain: Domain, degree: int, rng: np.random.Generator | None) -> FloatRule:
    """With random numbers: enough points for `thinned`. Without: as few as exactness needs."""
    if isinstance(domain.shape, Ball):
        return _ball_rule(domain, degree, rng)
    if domain.is_sphere and domain.dim <= 2:
        return _circle(degree, rng) if domain.dim == 2 else _pair()
    nodes, weights = _axis(domain.shape.marginal(domain.dim), degree, rich=rng is not None)
    if domain.dim == 1:
        return FloatRule(nodes[:, None], weights)
    rule = _section_rule(replace(domain, dim=domain.dim - 1), degree, rng)
    factors = _factors(domain, nodes)
    points = [
        np.column_stack([factor * rule.points, np.full(len(rule), t)])
        for factor, t in zip(factors, nodes, strict=True)
    ]
    return FloatRule(np.concatenate(points), np.outer(weights, rule.weights).ravel())


def _section_rule(domain: Domain, degree: int, rng: np.random.Generator | None) -> FloatRule:
    rule = _product_rule(domain, degree, rng)
    return rule if rng is None else thinned(rule, domain, degree, rng)


def _axis(law: Law, degree: int, *, rich: bool) -> tuple[Array, Array]:
    """A Gauss rule of the degree; rich: the mean of two, on more than `degree` points.

    Two small rules reach less far out than a large one, where weights are tiny.
    """
    size = degree // 2 + 1
    nodes, weights = gauss_rule(law, size).rounded()
    if rich:
        nodes, weights = gauss_rule(law, size + 1).rounded()
        others, parts = gauss_rule(law, size + 2).rounded()
        nodes, weights = np.concatenate([nodes, others]), np.concatenate([weights, parts])
    return nodes, weights / weights.sum()


def _factors(domain: Domain, nodes: Array) -> Array:
    """How far the section at each height is shrunk."""
    if isinstance(domain.shape, Simplex):
        return 1 - nodes
    if domain.is_sphere:
        return np.sqrt(1 - nodes**2)
    return np.ones_like(nodes)


def _ball_rule(domain: Domain, degree: int, rng: np.random.Generator | None) -> FloatRule:
    """Spheres whose squared radii are Gauss nodes."""
    law = Jacobi(b=Fraction(domain.dim - 2, 2), low=Fraction(0))
    squares, weights = _axis(law, degree // 2, rich=rng is not None)
    rule = _section_rule(Domain("sphere", domain.dim, Sphere()), degree, rng)
    points = np.concatenate([r * rule.points for r in np.sqrt(squares)])
    return FloatRule(points, np.outer(weights, rule.weights).ravel())


def _circle(degree: int, rng: np.random.Generator | None) -> FloatRule:
    """Equal weights; an odd number of points has no small regular part."""
    count = degree + 1 if rng is None else 2 * degree + 3
    turn = 0.25 if rng is None else rng.random()
    angles = 2 * np.pi * (np.arange(count) + turn) / count
    return FloatRule(np.column_stack([np.cos(angles), np.sin(angles)]), np.full(count, 1 / count))


def _pair() -> FloatRule:
    return FloatRule(np.array([[-1.0], [1.0]]), np.full(2, 0.5))
