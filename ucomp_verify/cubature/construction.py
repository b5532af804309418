"""Positive rules for continuous measures: chosen in float64, proved in balls."""

from collections.abc import Iterator

from flint import arb, ctx, fmpq
from threadpoolctl import threadpool_limits

from .api import NoRuleFound
from .basis import ProductBasis
from .charts import embedded
from .domains import Domain, Position
from .elimination import FloatSystem, State, eliminate, gauss_newton, pivots, state_of
from .enclosure import NotProved, Zero, enclose
from .gauss_products import gauss_product
from .rule import Ball, CubatureRule
from .start import FloatRule, product_rule, unisolvent_rule

ATTEMPTS = 3  # choices of nodes, should one have a weight that is not > 0
TRIES = 24  # nodes that are left out in turn before a rule is taken for the smallest
BOTH_STARTS = 60  # moments up to which elimination starts from two rules
PROOFS = 6  # of eliminated rules, the smallest first


def tchakaloff_rule(domain: Domain, degree: int, dps: int, *, seed: int) -> CubatureRule:
    """A rule on exact nodes, as many as moments; else a product of Gauss rules."""
    basis = ProductBasis(domain, degree)
    reason = "no choice of nodes determines all polynomials in float64"
    for attempt in range(ATTEMPTS):
        rule = _unisolvent(domain, degree, seed + attempt)
        if rule is None:
            continue
        state = state_of(domain, rule)
        weights = range(state.free.size, state.free.size + len(state))
        try:
            return _proved(basis, state, list(weights), dps)
        except NotProved as error:
            reason = str(error)
    gauss = gauss_product(domain, degree, dps)
    if gauss is not None:
        return gauss
    raise NoRuleFound(
        f"found no positive rule of degree {degree} on the {domain.name} in {domain.dim} "
        f"dimensions ({reason}); expected one in {ATTEMPTS} choices of nodes: try another seed "
        "or a lower degree"
    )


def eliminated_rule(domain: Domain, degree: int, dps: int, *, seed: int) -> CubatureRule | None:
    """A rule with fewer nodes than moments; None if no smaller one was found and proved."""
    if domain.dim == 1:
        return gauss_product(domain, degree, dps)  # no rule is smaller
    basis = ProductBasis(domain, degree)
    full = _unisolvent(domain, degree, seed)
    if full is None:
        return None
    with threadpool_limits(1):
        system = FloatSystem.over(domain, degree, full)
        states = sorted(_eliminated(system, domain, degree, full), key=len)
    for state in states[:PROOFS]:
        columns = pivots(system, state)
        if columns is None:
            continue
        try:
            return _proved(basis, state, columns, dps)
        except NotProved:
            continue
    return None


def _unisolvent(domain: Domain, degree: int, seed: int) -> FloatRule | None:
    with threadpool_limits(1):
        rule = unisolvent_rule(domain, degree, seed=seed)
    good = len(rule) == domain.rank(degree) and bool((rule.weights > 0).all())
    return rule if good else None


def _eliminated(
    system: FloatSystem, domain: Domain, degree: int, full: FloatRule
) -> Iterator[State]:
    """Rules with fewer nodes than moments, in float64."""
    small = None
    if (degree // 2 + 1) ** domain.dim < 2 * len(full):
        small = product_rule(domain, degree)
    if small is not None and len(small) < len(full):
        start = gauss_newton(system, state_of(domain, small))
        if start is not None:
            yield start
            yield from eliminate(system, start, tries=TRIES)
        if len(full) > BOTH_STARTS and start is not None:
            return
    yield from eliminate(system, state_of(domain, full), tries=TRIES)


def _proved(basis: ProductBasis, state: State, columns: list[int], dps: int) -> CubatureRule:
    """The rule near the state; raises NotProved, also where it is not positive or not inside."""
    zero = enclose(basis, state, columns, dps=dps)
    domain = basis.domain
    signs = [int(s) for s in state.signs]
    _require_positive(zero)
    return CubatureRule(
        domain=domain,
        degree=basis.degree,
        dps=dps,
        nodes=tuple(_node(domain, y, s, zero.prec) for y, s in zip(zero.free, signs, strict=True)),
        weights=_masses(domain, zero),
        eliminated=len(state) < domain.rank(basis.degree),
    )


def _require_positive(zero: Zero) -> None:
    for i, weight in enumerate(zero.weights):
        if not weight.lower() > 0:
            raise NotProved(f"found the weight {weight.str(5)} at node {i}; expected one > 0")


def _masses(domain: Domain, zero: Zero) -> tuple[Ball, ...]:
    with ctx.workprec(zero.prec + 32):
        mass = arb(fmpq(domain.mass.numerator, domain.mass.denominator))
        total = mass * domain.constant.ball(zero.prec + 32)
        return tuple(Ball.of(weight * total) for weight in zero.weights)


def _node(domain: Domain, free: list[arb], sign: int, prec: int) -> tuple[Ball, ...]:
    """The node in space, exact if its coordinates are; raises NotProved unless inside."""
    balls = [Ball.of(y) for y in free]
    if all(not y.radius for y in balls):
        exact = embedded(domain, [y.center for y in balls], Ball.of(arb(sign)).center)
        place, node = domain.position(exact), tuple(map(Ball, exact))
    else:
        with ctx.workprec(prec):
            # A node embedded by stereographic coordinates is on the sphere identically.
            points = embedded(domain, free, sign)
            place = Position.INTERIOR if domain.is_sphere else domain.position(points)
            node = tuple(map(Ball.of, points))
    if place is not Position.INTERIOR:
        raise NotProved(f"found a node {place.value}; expected it in the interior")
    return node
