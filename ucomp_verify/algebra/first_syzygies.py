"""Relations among power sums of d points that are known in closed form.

For m = 1 or d = 1 there is none among those of order <= d. For m, d >= 2 the first ones
have degree d + 2: `first_syzygy`. Determinants of centred moments are relations too where
d <= m, but of the first degree only for m = d = 2.
"""

from collections import defaultdict
from fractions import Fraction
from itertools import permutations

from ucomp_verify.kernel.certificates import WeightedSet
from ucomp_verify.writing import points, vector

from .multi_indices import MultiIndex
from .multisymmetric import Parts
from .power_sum_polynomial import PowerSumPolynomial
from .reduction import Products, monomials_to_power_sums


def first_syzygy(dim: int, num_points: int) -> PowerSumPolynomial:
    """A relation of degree d + 2 among power sums of order <= d, for any m, d >= 2.

    With x = (1, 0, ..), y = (0, 1, 0, ..) it is M[2x, (d - 2) x, y, y] - 2 M[x + y,
    (d - 1) x, y] + M[2y, d x], sums over d + 1 pairwise distinct points, of which there
    are none. Power sums of order above d cancel: q_(d,2) has (-1)^d d! times 1 - 2 + 1,
    q_x q_(d-1,2) has (-1)^(d-1) (d-1)! times (d - 2) - 2 (d - 1) + d, and q_y q_(d,1) has it
    times 2 - 2. Not zero: only the first sum has the product of its own parts.

    >>> first_syzygy(2, 2).order, first_syzygy(2, 2).degree
    (2, 4)
    """
    _expect_at_least(2, dim, num_points)
    x, y = _index(dim, 0), _index(dim, 1)
    sums = {
        (_index(dim, 0, 0), *[x] * (num_points - 2), y, y): 1,
        (_index(dim, 0, 1), *[x] * (num_points - 1), y): -2,
        (_index(dim, 1, 1), *[x] * num_points): 1,
    }
    exact = {tuple(sorted(parts)): Fraction(c) for parts, c in sums.items()}
    return _polynomial(dim, num_points, monomials_to_power_sums(exact))


def first_witness(dim: int, num_points: int) -> WeightedSet:
    """Weights d - 1, 1/2, 1/2 at x, y, 0, on which `first_syzygy` is -(d - 1)!/4.

    On weights a, b, c of total d it is -a (a - 1) ... (a - d + 2) b c.
    """
    _expect_at_least(2, dim, num_points)
    nodes = points([_index(dim, 0), _index(dim, 1), (0,) * dim])
    half = Fraction(1, 2)
    return WeightedSet(nodes, vector([num_points - 1, half, half]), 0)


def gram_determinant(dim: int, num_points: int) -> PowerSumPolynomial:
    """det (q_(a,b) - q_a q_b / d) over the axes a, b: zero on d <= m points.

    On weights c of total d it is the sum over m + 1 nodes of the product of their weights,
    times (m! volume of their simplex)^2, over d (Cauchy-Binet): positive unless the nodes
    lie in a hyperplane.
    """
    _expect_at_least(1, dim, num_points)
    total: Products = defaultdict(Fraction)
    for order in permutations(range(dim)):
        sign = (-1) ** sum(order[i] > order[j] for i in range(dim) for j in range(i + 1, dim))
        product: Products = {(): Fraction(sign)}
        for a, b in enumerate(order):
            product = _product(product, _centred(dim, num_points, a, b))
        for key, value in product.items():
            total[key] += value
    return _polynomial(dim, num_points, total)


def gram_witness(dim: int, num_points: int) -> WeightedSet:
    """A simplex of m + 1 equal weights of total d, on which `gram_determinant` is positive."""
    corners = [(0,) * dim, *(_index(dim, axis) for axis in range(dim))]
    weights = vector([Fraction(num_points, dim + 1)] * (dim + 1))
    return WeightedSet(points(corners), weights, 0)


def _expect_at_least(least: int, dim: int, num_points: int) -> None:
    if min(dim, num_points) < least:
        raise ValueError(f"expected dim and num_points >= {least}, got {dim}, {num_points}")


def _index(dim: int, *axes: int) -> MultiIndex:
    return tuple(axes.count(axis) for axis in range(dim))


def _polynomial(dim: int, num_points: int, products: Products) -> PowerSumPolynomial:
    kept = {factors: c for factors, c in sorted(products.items()) if c}
    return PowerSumPolynomial(dim, num_points, kept)


def _centred(dim: int, num_points: int, a: int, b: int) -> Products:
    """q_(a,b) - q_a q_b / d."""
    product: Parts = tuple(sorted((_index(dim, a), _index(dim, b))))
    return {(_index(dim, a, b),): Fraction(1), product: Fraction(-1, num_points)}


def _product(left: Products, right: Products) -> Products:
    out: Products = defaultdict(Fraction)
    for a, x in left.items():
        for b, y in right.items():
            out[tuple(sorted((*a, *b)))] += x * y
    return out
