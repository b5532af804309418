"""The determinant of the other d - 1 points, seen from one point: 0 unless weighted."""

import sys
from fractions import Fraction
from pathlib import Path

from ucomp_verify.kernel.certificates import Factors, Syzygy, WeightedSet
from ucomp_verify.kernel.rationals import MultiIndex
from ucomp_verify.writing import points, save, vector

Key = tuple[MultiIndex, Factors]
Terms = dict[Key, Fraction]


def alpha(i: int, j: int) -> MultiIndex:
    return (i, j)


def others(i: int, j: int) -> Terms:
    """The power sum q_(i,j) - w^(i,j) of all points but the own one."""
    return {(alpha(0, 0), (alpha(i, j),)): Fraction(1), (alpha(i, j), ()): Fraction(-1)}


def product(left: Terms, right: Terms, scale: Fraction = Fraction(1)) -> Terms:
    out: Terms = {}
    for (a, p), x in left.items():
        for (b, q), y in right.items():
            own = tuple(s + t for s, t in zip(a, b, strict=True))
            key = (own, tuple(sorted((*p, *q))))
            out[key] = out.get(key, Fraction(0)) + scale * x * y
    return out


def total(*parts: Terms) -> Terms:
    out: Terms = {}
    for part in parts:
        for key, value in part.items():
            out[key] = out.get(key, Fraction(0)) + value
    return {key: value for key, value in out.items() if value}


def determinant() -> Terms:
    """(Q20 - Q10^2/2)(Q02 - Q01^2/2) - (Q11 - Q10 Q01/2)^2 for the two other points."""
    half = Fraction(-1, 2)
    xx = total(others(2, 0), product(others(1, 0), others(1, 0), half))
    yy = total(others(0, 2), product(others(0, 1), others(0, 1), half))
    xy = total(others(1, 1), product(others(1, 0), others(0, 1), half))
    return total(product(xx, yy), product(xy, xy, Fraction(-1)))


def main(folder: Path) -> None:
    terms = tuple((c, own, factors) for (own, factors), c in sorted(determinant().items()))
    nodes = points([(0, 0), (1, 0), (0, 1)])
    weights = vector([Fraction(3, 2), Fraction(3, 4), Fraction(3, 4)])
    for own in range(3):
        witness = WeightedSet(nodes, weights, own)
        certificate = Syzygy(2, 3, terms, witness)
        save(certificate, folder / f"gram-of-the-others-{own}.json")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
