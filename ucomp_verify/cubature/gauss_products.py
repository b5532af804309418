"""Products of Gauss rules as cubature rules, where they have no more nodes than moments."""

from itertools import product
from math import prod

from flint import arb, ctx, fmpq

from .domains import Domain, Position, Product
from .gauss import GaussRule, gauss_rule
from .rule import Ball, CubatureRule

EXTRA_DIGITS = 12
ROUNDS = 6


def gauss_product(domain: Domain, degree: int, dps: int) -> CubatureRule | None:
    """The product of Gauss rules of the degree, proved; None unless it has at most N nodes.

    In dimension 1 no positive rule has fewer nodes. None on a sphere, and in more
    dimensions where the measure is no product.
    """
    size = degree // 2 + 1
    fits = isinstance(domain.shape, Product) or (domain.dim == 1 and not domain.is_sphere)
    if not fits or size**domain.dim > domain.rank(degree):
        return None
    digits = dps + EXTRA_DIGITS
    for _ in range(ROUNDS):
        rule = _product(domain, degree, dps, gauss_rule(domain.shape.marginal(1), size, dps=digits))
        if _precise(rule):
            return rule
        digits *= 2
    return None


def _product(domain: Domain, degree: int, dps: int, rule: GaussRule) -> CubatureRule | None:
    prec = max(-int(x.rad().man_exp()[1]) for x in (*rule.nodes, *rule.weights)) + 64
    with ctx.workprec(prec):
        mass = arb(fmpq(domain.mass.numerator, domain.mass.denominator))
        total = mass * domain.constant.ball(prec)
        nodes = list(product(rule.nodes, repeat=domain.dim))
        weights = [
            total * prod(parts, start=arb(1)) for parts in product(rule.weights, repeat=domain.dim)
        ]
        if any(domain.position(node) is not Position.INTERIOR for node in nodes):
            return None
    return CubatureRule(
        domain=domain,
        degree=degree,
        dps=dps,
        nodes=tuple(tuple(map(Ball.of, node)) for node in nodes),
        weights=tuple(map(Ball.of, weights)),
        eliminated=len(nodes) < domain.rank(degree),
    )


def _precise(rule: CubatureRule | None) -> bool:
    """Whether the balls are as small as a rule promises."""
    if rule is None:
        return False
    least = 10**rule.dps
    coordinates = (x for node in rule.nodes for x in node)
    return all(w.center > w.radius and w.radius * least < w.center for w in rule.weights) and all(
        x.radius * least < 1 for x in coordinates
    )
