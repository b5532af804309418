"""Cubature: do weights on some of the nodes have the moments of the source measure?"""

from collections.abc import Sequence
from fractions import Fraction
from hashlib import sha256
from itertools import chain
from math import comb, isqrt, prod

from .certificates import ApproximateCubature, Cubature, Source
from .facts import CubatureFact
from .rationals import Points, Vector, show
from .refusals import MalformedCertificate, cost, limit_work, max_bits, require

CHUNK = 4096  # nodes at a time, which bounds the memory that the monomials take


def embedded(source: Source) -> tuple[Points, Vector, str]:
    """Nodes, weights (all 1 if not given) and the SHA-256 of a measure in a certificate."""
    if source.nodes is None or source.sha256:
        raise MalformedCertificate("expected nodes without a SHA-256, which is theirs alone")
    rows = source.nodes.numerators
    weights = source.weights or Vector(1, (1,) * len(rows))
    require(len(weights.numerators) == len(rows), "one source weight a node")
    require(min(weights.numerators) >= 0, "a source weight is negative")
    require(any(weights.numerators), "the source has no mass")
    state = sha256()
    for row in ((source.nodes.denominator,), *rows, (weights.denominator,), weights.numerators):
        state.update((",".join([format(n, "x") for n in row]) + ";").encode())
    return source.nodes, weights, state.hexdigest()


def _sums(
    columns: Sequence[Sequence[int]], weights: Sequence[int], degree: int
) -> dict[tuple[int, ...], int]:
    """Sum of weights * columns^alpha for every alpha up to the degree."""
    moments, small = comb(len(columns) + degree, degree), max_bits(chain(*columns))
    bits = max_bits(weights) + degree * small  # of a term of a sum
    product = 1 + bits * isqrt(small) // 4096  # steps of a multiplication
    limit_work(moments * (1000 + bits // 8 + len(weights) * product))
    totals: dict[tuple[int, ...], int] = {}

    def visit(alpha: tuple[int, ...], values: Sequence[int], left: int) -> None:
        if len(alpha) == len(columns):
            totals[alpha] = totals.get(alpha, 0) + sum(values)
            return
        for exponent in range(left + 1):
            visit((*alpha, exponent), values, left - exponent)
            if exponent < left:
                values = [v * x for v, x in zip(values, chunk[len(alpha)], strict=True)]

    for start in range(0, len(weights) or 1, CHUNK):  # once at least, for sums that are 0
        chunk = [column[start : start + CHUNK] for column in columns]
        visit((), weights[start : start + CHUNK], degree)
    return totals


def _box_columns(nodes: Points) -> tuple[list[list[int]], list[int]]:
    """Numerators and widths of the coordinates that map the bounding box to [-1, 1]."""
    columns, widths = list[list[int]](), list[int]()
    for column in zip(*nodes.numerators, strict=True):
        low, high = min(column), max(column)
        columns.append([2 * x - low - high for x in column])
        widths.append(max(high - low, 1))  # an axis of width 0 is mapped to 0
    return columns, widths


def _source(c: Cubature, data: Source | None) -> tuple[Points, Vector, str]:
    measure = None if data is None else embedded(Source(data.nodes, data.weights, ()))
    if c.source.nodes is not None:
        own = embedded(c.source)
        require(measure in (None, own), "the certificate holds another measure than the data")
        return own
    if data is None or measure is None:
        raise MalformedCertificate(f"give the data of SHA-256 {c.source.sha256[:2]} by --data")
    require(c.source == Source(None, None, data.sha256), f"other data, SHA-256 {data.sha256}")
    return measure[0], measure[1], " ".join(data.sha256)


def check_cubature(c: Cubature, data: Source | None) -> CubatureFact:
    """The weights are positive and the moments up to the degree agree (or nearly so)."""
    nodes, before, name = _source(c, data)
    total, after = len(nodes.numerators), c.weights
    require(len(after.numerators) == len(c.support), "one weight a support index")
    require(len(set(c.support)) == len(c.support), "the support repeats an index")
    for i, weight in zip(c.support, after.numerators, strict=True):
        require(i < total, f"the support index {i} is not below {total}")
        require(weight > 0, f"the weight at node {i} is not positive")
    columns, widths = _box_columns(nodes)
    old = _sums(columns, before.numerators, c.degree)
    new = _sums([[x[i] for i in c.support] for x in columns], after.numerators, c.degree)
    mass, gaps = sum(before.numerators), list[tuple[tuple[int, ...], Fraction]]()
    for alpha in sorted(new, key=lambda alpha: (sum(alpha), alpha)):
        gap = abs(new[alpha] * before.denominator - old[alpha] * after.denominator)
        if gap:
            limit_work((len(gaps) + 1) * cost(max_bits((gap, after.denominator))))
            scale = prod(w**e for w, e in zip(widths, alpha, strict=True))
            gaps.append((alpha, Fraction(gap, after.denominator * scale * mass)))
    require(isinstance(c, ApproximateCubature) or not gaps, describe(gaps, Fraction(0)))
    return CubatureFact(name, nodes.dim, c.degree, total, len(c.support), tuple(gaps), c.support)


def describe(defects: Sequence[tuple[tuple[int, ...], Fraction]], limit: Fraction) -> str:
    """The first moment that is off by more than `limit`, for people; empty if none is."""
    first = next((f"moment {alpha} is off by {show(x)}" for alpha, x in defects if x > limit), "")
    return first and f"{first}; the defect is {show(max(x for _, x in defects))}"
