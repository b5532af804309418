"""Level sets, enclosing balls, close subsets and impossible supports."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import chain, combinations, pairwise
from math import comb

from . import certificates as given
from . import facts
from .algebra import evaluate, limit_powers
from .moments import embedded
from .rationals import dot, show
from .refusals import cost, limit_work, max_bits, require

Point = tuple[Fraction, ...]


def bernstein_range(p: Sequence[Fraction], lower: Fraction, upper: Fraction) -> Point:
    """Exact bounds of a univariate polynomial on [lower, upper].

    It lies in the convex hull of its Bernstein coefficients.

    >>> bernstein_range([Fraction(0), Fraction(1)], Fraction(-1), Fraction(1))
    (Fraction(-1, 1), Fraction(1, 1))
    """
    degree, local, orders = len(p) - 1, list(p), range(len(p))
    for i in range(degree):  # Taylor coefficients at `lower`, by synthetic division
        for j in range(degree - 1, i - 1, -1):
            local[j] += lower * local[j + 1]
    scaled = [c * (upper - lower) ** i / comb(degree, i) for i, c in enumerate(local)]
    bernstein = [dot((Fraction(comb(j, i)) for i in orders), scaled) for j in orders]
    return min(bernstein), max(bernstein)


def check_level_set(c: given.LevelSet) -> facts.LevelSetFact:
    """|p| <= level on disjoint pieces of an interval on which max |p| is exactly 1."""
    coefficients, domain = c.coefficients.fractions(), c.domain.fractions()
    parts = list(pairwise(domain))
    require(bool(parts) and all(a < b for a, b in parts), "an empty domain")
    require(any(coefficients[-1:]), "the leading coefficient is 0")
    bits = len(coefficients) * max_bits(chain(coefficients, domain, [c.level, c.peak], *c.pieces))
    limit_work(len(coefficients) ** 2 * (len(parts) + len(c.pieces)) * cost(bits))
    for a, b in parts:
        low, high = bernstein_range(coefficients, a, b)
        require(-1 <= low and high <= 1, f"|p| <= 1 is not shown on [{show(a)}, {show(b)}]")
    require(domain[0] <= c.peak <= domain[-1], "the peak is outside the domain")
    polynomial = tuple((x, (i,)) for i, x in enumerate(coefficients))
    require(abs(evaluate(polynomial, (c.peak,))) == 1, "|p| is not 1 at the peak")
    for a, b in c.pieces:
        require(domain[0] <= a < b <= domain[-1], "a piece is empty or outside the domain")
        low, high = bernstein_range(coefficients, a, b)
        shown = -c.level <= low and high <= c.level
        require(shown, f"|p| <= level is not shown on [{show(a)}, {show(b)}]")
    require(all(p[1] <= q[0] for p, q in pairwise(c.pieces)), "the pieces overlap")
    total = sum((b - a for a, b in c.pieces), start=Fraction(0))
    return facts.LevelSetFact(coefficients, domain, c.level, total / (domain[-1] - domain[0]))


def _squared_distance(x: Point, y: Point) -> Fraction:
    return sum(((a - b) ** 2 for a, b in zip(x, y, strict=True)), start=Fraction(0))


def _squared_diameter(points: Sequence[Point]) -> Fraction:
    return max((_squared_distance(x, y) for x, y in combinations(points, 2)), default=Fraction(0))


def _limit_pairs(points: Sequence[Point], *, times: int) -> None:
    limit_work(times * len(points) ** 2 * len(points[0]) * cost(3 * max_bits(chain(*points))))


def check_covering(c: given.Covering) -> facts.CoveringFact:
    """Seen from any centre, the mean squared distance is at least that from the mean."""
    points, multipliers = c.points.fractions(), c.multipliers.fractions()
    _limit_pairs([*points, multipliers], times=1)
    require(len(multipliers) == len(points), "one multiplier a point")
    require(min(multipliers) >= 0, "a multiplier is negative")
    require(sum(multipliers) == 1, "the multipliers do not add up to 1")
    mean = tuple(dot(multipliers, axis) for axis in zip(*points, strict=True))
    radius = dot(multipliers, (_squared_distance(x, mean) for x in points))
    return facts.CoveringFact(points, _squared_diameter(points), radius)


def check_packing(c: given.Packing) -> facts.PackingFact:
    """The closest subset, by trying all of them."""
    points, size = c.points.fractions(), c.subset_size
    require(2 <= size <= len(points), "the subset size is not between 2 and the number of points")
    _limit_pairs(points, times=1)
    _limit_pairs(points, times=comb(len(points) - 2, size - 2))  # subsets that hold a pair
    closest = min(_squared_diameter(chosen) for chosen in combinations(points, size))
    return facts.PackingFact(points, size, max(dot(x, x) for x in points), closest)


def check_growth(c: given.Growth) -> facts.GrowthFact:
    """If no error exceeded error * n^power, the sums would lie in a box that is empty.

    The nodes kept by n copies of the source lie in one of the supports. There the
    obstruction's combination of the functions is 0, so its sum is 0; but the sums lie
    between n * lower and n * upper, where the combination is positive.
    """
    points, vector, name = embedded(c.source)
    nodes, weights, size = points.fractions(), vector.fractions(), len(points.numerators)
    require(c.power >= 1 and c.error >= 0, "the power is 0 or the error negative")
    _limit_pairs(nodes, times=1)
    limit_work(comb(size, min(c.size, size)) * size * (1 + len(c.obstructions)))
    alphas = [alpha for polynomial in c.functions for _, alpha in polynomial]
    require(all(len(alpha) == points.dim for alpha in alphas), "a function of another dimension")
    limit_powers(alphas, nodes)
    values = [[evaluate(g, x) for x in nodes] for g in c.functions]
    lower, upper = c.lower.fractions(), c.upper.fractions()
    require(len(lower) == len(upper) == len(values), "a lower and an upper bound a function")
    totals, even = [dot(weights, row) for row in values], c.power % 2 == 0
    limit_powers([(c.power,)] * len(values), [totals, lower, upper])
    for row, total, low, high in zip(values, totals, lower, upper, strict=True):
        target = total**c.power
        require(not even or min(row) >= 0, "a function is negative at a node, the power even")
        below = low**c.power <= target - c.error and (low >= 0 or not even)
        require(below or (even and low == 0), "a lower bound is not shown")
        above = high**c.power >= target + c.error and (high >= 0 or not even)
        require(above, "an upper bound is not shown")
    supports = [{*o.support} for o in c.obstructions]
    for kept in combinations(range(size), min(c.size, size)):
        require(any(s.issuperset(kept) for s in supports), f"no obstruction for the nodes {kept}")
    for o in c.obstructions:
        m = o.multipliers.fractions()
        bits = len(values) * max_bits(chain(m, lower, upper, *values))
        limit_work(len(o.support) * len(values) * cost(bits))
        require(len(m) == len(values), "one multiplier a function")
        zero = all(i < size and dot(m, (row[i] for row in values)) == 0 for i in o.support)
        require(zero, f"the combination is not 0 on the nodes {o.support}")
        least = dot(m, (b[x < 0] for x, *b in zip(m, lower, upper, strict=True)))
        require(least > 0, f"the combination may be 0 for the nodes {o.support}")
    mass, diameter = sum(weights, start=Fraction(0)), _squared_diameter(nodes)
    return facts.GrowthFact(name, nodes, mass, diameter, c.size, c.power, c.functions, c.error, c)
