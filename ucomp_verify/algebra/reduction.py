"""Every symmetric polynomial of points as a polynomial in power sums of low order.

The recurrence M_(rest, a) = q_a M_rest - sum_i M_(.., rest_i + a, ..) takes one part
after the other; power sums above order d follow from the pigeonhole identity: a sum
over d + 1 pairwise distinct points out of d is empty.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import factorial, lcm

from .multi_indices import MultiIndex
from .multisymmetric import MultisymmetricPolynomial, Parts, repetitions

Products = dict[Parts, Fraction]  # products of power sums, named by their sorted multi-indices


def monomials_to_power_sums(sums: Mapping[Parts, Fraction]) -> Products:
    """Sum of coefficient * M_parts, over ordered distinct points, as power sums.

    True for every number of points; no order exceeds the degree.
    """
    scale = lcm(*(c.denominator for c in sums.values()))
    levels: dict[int, dict[tuple[Parts, Parts], int]] = defaultdict(dict)
    for parts, coefficient in sums.items():
        levels[len(parts)][(), parts] = int(coefficient * scale)
    for count in range(max(levels, default=0), 0, -1):
        below = levels[count - 1]
        for (factors, parts), coefficient in levels.pop(count, {}).items():
            last, rest = parts[-1], parts[:-1]
            key = (_inserted(factors, last), rest)
            below[key] = below.get(key, 0) + coefficient
            for i, part in enumerate(rest):
                merged = tuple(a + b for a, b in zip(part, last, strict=True))
                key = (factors, _inserted((*rest[:i], *rest[i + 1 :]), merged))
                below[key] = below.get(key, 0) - coefficient
    return {f: Fraction(c, scale) for (f, _), c in levels.get(0, {}).items() if c}


def _inserted(sorted_parts: Parts, part: MultiIndex) -> Parts:
    """The parts with one more, in order."""
    return tuple(sorted((*sorted_parts, part)))


def reduce_orders(products: Products, num_points: int) -> Products:
    """The same function of `num_points` points without power sums of order above that."""
    known: dict[MultiIndex, Products] = {}
    out: Products = defaultdict(Fraction)
    for factors, coefficient in products.items():
        for key, value in _low_orders(factors, num_points, known).items():
            out[key] += coefficient * value
    return {key: value for key, value in out.items() if value}


def _low_orders(factors: Parts, num_points: int, known: dict[MultiIndex, Products]) -> Products:
    """A product of power sums in those of order at most `num_points`."""
    high = [alpha for alpha in factors if sum(alpha) > num_points]
    low = tuple(alpha for alpha in factors if sum(alpha) <= num_points)
    total: Products = {low: Fraction(1)}
    for alpha in high:
        total = _product(total, _high_power_sum(alpha, num_points, known))
    return total


def _product(left: Products, right: Products) -> Products:
    out: Products = defaultdict(Fraction)
    for a, x in left.items():
        for b, y in right.items():
            out[tuple(sorted((*a, *b)))] += x * y
    return out


def _high_power_sum(
    alpha: MultiIndex, num_points: int, known: dict[MultiIndex, Products]
) -> Products:
    """q_alpha, |alpha| > d, from M_parts = 0 for d + 1 parts that add up to alpha."""
    if alpha not in known:
        parts = tuple(sorted(_split(alpha, num_points + 1)))
        relation = monomials_to_power_sums({parts: Fraction(1)})
        leading = relation.pop((alpha,))  # (-1)^d d!
        assert abs(leading) == factorial(num_points)
        rest = {factors: -c / leading for factors, c in relation.items()}
        known[alpha] = reduce_orders(rest, num_points) if rest else {}
    return known[alpha]


def _split(alpha: MultiIndex, count: int) -> Sequence[MultiIndex]:
    """`count` nonzero multi-indices that add up to alpha, all but one of order 1."""
    units = [
        tuple(int(a == axis) for a in range(len(alpha)))
        for axis, exponent in enumerate(alpha)
        for _ in range(exponent)
    ]
    rest = tuple(map(sum, zip(*units[count - 1 :], strict=True)))
    return [*units[: count - 1], rest]


def power_sum_form(polynomial: MultisymmetricPolynomial) -> Products:
    """The polynomial in power sums of order at most min(d, degree).

    Paper, thm:fundamental_multisym and the remark on degrees after it.
    """
    sums = {parts: c / repetitions(parts) for parts, c in polynomial.orbits.items()}
    return reduce_orders(monomials_to_power_sums(sums), polynomial.num_points)
