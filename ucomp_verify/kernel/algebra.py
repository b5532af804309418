"""Polynomials: power sums on symbolic points, relations at rational values."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import chain
from math import prod

from . import certificates as given
from . import facts
from .certificates import Factors
from .rationals import MultiIndex, dot
from .refusals import cost, limit_work, max_bits, require

Alpha = tuple[int, ...]
Sum = dict[tuple[Alpha, tuple[Alpha, ...]], Fraction]  # by own exponents and sorted parts
Terms = Mapping[tuple[MultiIndex, Factors], Fraction]


def monomial(point: Iterable[Fraction], alpha: Alpha) -> Fraction:
    """The value of x^alpha at the point."""
    return prod((x**e for x, e in zip(point, alpha, strict=True)), start=Fraction(1))


def evaluate(polynomial: Sequence[tuple[Fraction, Alpha]], point: Sequence[Fraction]) -> Fraction:
    """The value of the polynomial at the point."""
    return dot((c for c, _ in polynomial), (monomial(point, alpha) for _, alpha in polynomial))


def limit_powers(alphas: Iterable[Alpha], points: Sequence[Iterable[Fraction]]) -> None:
    """Refuse powers of the points that are too many or have too many bits."""
    bits = max_bits(chain(*points))
    limit_work(len(points) * sum(len(alpha) * cost(bits * sum(alpha)) for alpha in alphas))


def _plus(alpha: Alpha, beta: Alpha) -> Alpha:
    return tuple(a + b for a, b in zip(alpha, beta, strict=True))


def _times_power_sum(total: Sum, alpha: Alpha, num_points: int | None, own: bool) -> Sum:  # noqa: FBT001
    """Multiply by q_alpha: its point is the own one, one of the parts, or a new one."""
    out: Sum = {}
    for (e, parts), coefficient in total.items():
        moved = [(e, (*parts[:i], _plus(x, alpha), *parts[i + 1 :])) for i, x in enumerate(parts)]
        if num_points is None or len(parts) + own < num_points:
            moved.append((e, (*parts, alpha)))
        if own:
            moved.append((_plus(e, alpha), parts))
        for exponents, new in moved:
            key = (exponents, tuple(sorted(new)))
            out[key] = out.get(key, Fraction(0)) + coefficient
    return out


def _expand(terms: Terms, num_points: int | None, *, own: bool) -> Sum:
    """Sum of own^exponents * power sums, in monomial multisymmetric functions.

    M_parts, the sum over pairwise distinct points of the product of x^part, obeys
    q_alpha M_parts = M_(parts, alpha) + sum_i M_(.., part_i + alpha, ..); with fewer
    points than parts the sum is empty. With an own point the others play this part.
    """
    pending: dict[Factors, Sum] = {}  # what each product of power sums is multiplied with
    for (exponents, factors), coefficient in terms.items():
        pending.setdefault(factors, {})[exponents, ()] = coefficient
    longest, work, step = max(map(len, pending), default=0), 0, 300 + cost(max_bits(terms.values()))
    for length in range(longest, 0, -1):
        for factors in [f for f in pending if len(f) == length]:
            total, target = pending.pop(factors), pending.setdefault(factors[:-1], {})
            limit_work(work := work + len(total) * (longest - length + 2) * step)
            for key, value in _times_power_sum(total, factors[-1], num_points, own).items():
                target[key] = target.get(key, Fraction(0)) + value
    return pending.get((), {})


def _collect(terms: Iterable[tuple[Fraction, MultiIndex, Factors]], dim: int) -> Terms:
    """Equal products put together, their factors sorted; refused if no sum of products."""
    out: dict[tuple[MultiIndex, Factors], Fraction] = {}
    for coefficient, own, factors in terms:
        limit_work(4 ** min(len(factors), 16))  # more than the set partitions of 14 factors
        require(all(len(a) == dim for a in (own, *factors)), f"a multi-index not of length {dim}")
        require(all(any(a) for a in factors), "a multi-index is zero: write the constant itself")
        key = (own, tuple(sorted(factors)))
        out[key] = out.get(key, Fraction(0)) + coefficient
    return out


def check_power_sum_identity(c: given.PowerSumIdentity) -> facts.IdentityFact:
    """Both sides have the same expansion in monomial multisymmetric functions."""
    limit_work(c.dim * 10**6)  # before a tuple of this length is made
    zero = (0,) * c.dim
    left = _collect(((x, zero, parts) for x, parts in c.left), c.dim)
    right = _collect(((x, zero, factors) for x, factors in c.right), c.dim)
    difference = _expand(right, c.num_points, own=False)
    require(any(left.values()), "the left side is zero")
    for key, coefficient in left.items():
        if c.num_points is None or len(key[1]) <= c.num_points:
            difference[key] = difference.get(key, Fraction(0)) - coefficient
    wrong = [key[1] for key, coefficient in difference.items() if coefficient]
    require(not wrong, f"{len(wrong)} coefficients differ, first that of {wrong[:1]}")
    return facts.IdentityFact(c.dim, c.num_points, c.left, c.right)


def _weighted_value(terms: Terms, dim: int, at: given.WeightedSet, *, own: bool) -> Fraction:
    """The value of the polynomial on a weighted set."""
    points, weights = at.nodes.fractions(), at.weights.fractions()
    require(at.nodes.dim == dim, "the weighted set has another dimension")
    require(len(weights) == len(points), "one weight a point")
    require(at.own < (len(points) if own else 1), "the own point is not there, or not used")
    require(min(weights) > 0, "a weight is not positive")
    limit_powers(((*e, *chain(*factors)) for e, factors in terms), [*points, weights])
    alphas = {alpha for _, factors in terms for alpha in factors}
    sums = {alpha: dot(weights, (monomial(x, alpha) for x in points)) for alpha in alphas}
    products = (monomial(points[at.own], e) * prod(sums[a] for a in f) for e, f in terms)
    return dot(terms.values(), products)


def check_syzygy(c: given.Syzygy) -> facts.SyzygyFact:
    """The polynomial is not zero, yet its expansion on unit points is."""
    terms = _collect(c.terms, c.dim)
    require(c.num_points >= 1, "no points")
    require(any(terms.values()), "the polynomial in the power sums is zero")
    own = any(any(exponents) for exponents, _ in terms)
    rest = [key for key, value in _expand(terms, c.num_points, own=own).items() if value]
    require(not rest, f"{len(rest)} coefficients do not vanish, first that of {rest[:1]}")
    if c.witness is None:
        return facts.SyzygyFact(c.dim, c.num_points, c.terms, None, None)
    value = _weighted_value(terms, c.dim, c.witness, own=own)
    require(value != 0, "the polynomial is zero on the weighted set too")
    mass = sum(c.witness.weights.fractions(), start=Fraction(0))
    return facts.SyzygyFact(c.dim, c.num_points, c.terms, mass, value, c.witness)


def _holds(relation: given.Relation, at: tuple[Fraction, ...]) -> bool:
    value = evaluate(relation.polynomial, at)
    return {"=": value == 0, ">=": value >= 0, ">": value > 0}[relation.sign]


def check_counterexample(c: given.Counterexample) -> facts.CounterexampleFact:
    """Every hypothesis holds at the values and the conclusion does not."""
    at, statement = c.values.fractions(), c.statement
    require(len(set(statement.variables)) == len(statement.variables), "a variable named twice")
    require(len(at) == len(statement.variables), "one value a variable")
    relations = (*statement.hypotheses, statement.conclusion)
    alphas = [alpha for relation in relations for _, alpha in relation.polynomial]
    require(all(len(alpha) == len(at) for alpha in alphas), "one exponent a variable")
    limit_powers(alphas, [at])
    for i, hypothesis in enumerate(statement.hypotheses):
        require(_holds(hypothesis, at), f"hypothesis {i} does not hold")
    require(not _holds(statement.conclusion, at), "the conclusion holds")
    return facts.CounterexampleFact(statement, at)
