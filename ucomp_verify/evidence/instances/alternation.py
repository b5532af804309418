"""Two measures in one variable that are as far apart as equal moments allow, in rationals."""

from fractions import Fraction
from math import cos, pi, prod

from ucomp_verify.measures import AtomicMeasure

from .data import Cloud
from .functions import Inner, mixture, ridge
from .profiles import Monomial
from .reductions import Reduced


def in_turns(degree: int) -> Reduced:
    """A measure on every other of degree + 2 nodes of [-1, 1], and one on the others, mass 1 each.

    The weights 1 / |product of the distances| make their difference a divided difference of
    order degree + 1, which is 0 for polynomials up to the degree. The nodes are near the
    extremes of the Chebyshev polynomial of degree + 1, whose signs alternate on them. For odd
    degrees the second measure has one node less.
    """
    nodes = [Fraction(round(64 * cos(pi * i / (degree + 1))), 64) for i in range(degree + 2)]
    raw = [1 / abs(prod((x - y for y in nodes if y != x), start=Fraction(1))) for x in nodes]
    weights = [2 * c / sum(raw, Fraction(0)) for c in raw]
    even = [c if i % 2 == 0 else Fraction(0) for i, c in enumerate(weights)]
    odd = tuple(c if i % 2 else Fraction(0) for i, c in enumerate(weights))
    measure = AtomicMeasure([(x,) for x in nodes], even)
    return Reduced(Cloud("every other of k + 2 nodes near Chebyshev's", measure), degree, odd)


def chebyshev(degree: int) -> Inner:
    """The Chebyshev polynomial of the degree.

    >>> [chebyshev(4).at((Fraction(x),)) for x in (0, 1, 2)]
    [1, 1, 97]
    """
    terms = [
        (factor, ridge(Monomial(exponent), 1))
        for exponent, factor in enumerate(_coefficients(degree))
        if factor
    ]
    return Inner(f"T_{degree}(w)", mixture(*terms).terms)


def _coefficients(degree: int) -> list[int]:
    before, now = [1], [0, 1]
    for _ in range(degree):
        doubled = [0, *(2 * c for c in now)]
        padded = before + [0] * (len(doubled) - len(before))
        before, now = now, [a - b for a, b in zip(doubled, padded, strict=True)]
    return before


def chebyshev_value(degree: int, argument: Fraction) -> Fraction:
    """T_degree at an argument: its largest absolute value in the ellipse with foci -1 and 1
    that has the argument, if it is > 1, for its end."""
    powers = enumerate(_coefficients(degree))
    return sum((c * argument**j for j, c in powers), Fraction(0))


def tilted_chebyshev(degree: int, reach: Fraction, *, tilt: Fraction = Fraction(1, 2)) -> Inner:
    """a w + b T_degree(w), at most 1 in the ellipse with foci -1 and 1 whose end is `reach`.

    The line has the share `tilt` of this 1. It does not matter for moments of order 1 and makes
    the function vary more.
    """
    line, wave = tilt / reach, (1 - tilt) / chebyshev_value(degree, reach)
    terms = mixture((line, ridge(Monomial(1), 1)), (wave, chebyshev(degree))).terms
    return Inner(f"{line} w + {wave} T_{degree}(w)", terms)
