"""Errors of compressions in ball arithmetic, to hold against bounds."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from flint import arb, ctx, fmpq

from ucomp_verify.measures import BallWeights, Compression, FloatMeasure

Node = list[arb]
Function = Callable[[Node], arb]

PREC = 300  # bits


def ball(value: Fraction | float, radius: Fraction | int = 0) -> arb:
    middle, spread = Fraction(value), Fraction(radius)
    around_zero = arb(0, arb(fmpq(spread.numerator, spread.denominator)))
    return arb(fmpq(middle.numerator, middle.denominator)) + around_zero


def sigmoids(vectors: Any) -> Function:
    """w -> the mean over the vectors x of sigmoid(<w, x>)."""
    rows = [[ball(x) for x in row] for row in vectors]

    def value(node: Node) -> arb:
        products = [sum((a * b for a, b in zip(node, row, strict=True)), arb(0)) for row in rows]
        return sum((1 / (1 + (-z).exp()) for z in products), arb(0)) / len(rows)

    return value


def size_of_error(after: Compression, function: Function) -> tuple[Fraction, Fraction]:
    """Ends of an enclosure of |int g d(compressed) - int g d(source)|, true weights in balls."""
    source = after.source
    before = source.exact() if isinstance(source, FloatMeasure) else source
    given = after.weights
    radii = given.radii if isinstance(given, BallWeights) else (0,) * len(after)
    kept = zip(after.indices, given.values, radii, strict=True)
    with ctx.workprec(PREC):
        values = [function([ball(x) for x in node]) for node in before.nodes]
        terms = [v * ball(w) for v, w in zip(values, before.weights, strict=True)]
        error = sum(terms, arb(0)) - sum((values[i] * ball(w, r) for i, w, r in kept), arb(0))
        return exactly(abs(error).lower()), exactly(abs(error).upper())


def exactly(end: arb) -> Fraction:
    mantissa, exponent = end.man_exp()
    return Fraction(int(mantissa)) * Fraction(2) ** int(exponent)
