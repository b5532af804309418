"""The determinant of centred second moments: zero on d <= m points, not on weighted ones."""

import sys
from fractions import Fraction
from itertools import permutations
from pathlib import Path

from ucomp_verify.kernel.certificates import Factors, Syzygy, WeightedSet
from ucomp_verify.kernel.rationals import MultiIndex
from ucomp_verify.writing import points, save, vector

Terms = dict[Factors, Fraction]


def index(dim: int, *axes: int) -> MultiIndex:
    return tuple(sum(a == axis for a in axes) for axis in range(dim))


def centred(dim: int, num_points: int, a: int, b: int) -> Terms:
    """q_(a,b) - q_a q_b / d."""
    product = tuple(sorted((index(dim, a), index(dim, b))))
    return {(index(dim, a, b),): Fraction(1), product: Fraction(-1, num_points)}


def multiply(left: Terms, right: Terms) -> Terms:
    out: Terms = {}
    for a, x in left.items():
        for b, y in right.items():
            key = tuple(sorted((*a, *b)))
            out[key] = out.get(key, Fraction(0)) + x * y
    return {key: value for key, value in out.items() if value}


def determinant(dim: int, num_points: int) -> Terms:
    """det (q_(a,b) - q_a q_b / d); its rank is below min(m, d), so it is 0 for d <= m."""
    total: Terms = {}
    for order in permutations(range(dim)):
        sign = (-1) ** sum(order[i] > order[j] for i in range(dim) for j in range(i + 1, dim))
        product: Terms = {(): Fraction(sign)}
        for a, b in enumerate(order):
            product = multiply(product, centred(dim, num_points, a, b))
        for key, value in product.items():
            total[key] = total.get(key, Fraction(0)) + value
    return {key: value for key, value in total.items() if value}


def gram_syzygy(dim: int, num_points: int) -> Syzygy:
    """With a simplex of m + 1 equal weights of total d, where the determinant is positive."""
    zero = (0,) * dim
    terms = tuple((c, zero, factors) for factors, c in sorted(determinant(dim, num_points).items()))
    corners = [tuple(int(a == b) for a in range(dim)) for b in range(-1, dim)]
    weights = vector([Fraction(num_points, dim + 1)] * (dim + 1))
    witness = WeightedSet(points(corners), weights, 0)
    return Syzygy(dim, num_points, terms, witness)


def main(folder: Path) -> None:
    save(gram_syzygy(2, 2), folder / "gram-m2-d2.json")
    save(gram_syzygy(3, 2), folder / "gram-m3-d2.json")
    save(gram_syzygy(3, 3), folder / "gram-m3-d3.json")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
