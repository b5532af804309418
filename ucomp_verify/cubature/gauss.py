"""Gauss rules on an interval: nodes and weights in balls, all of them, proved."""

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import ceil, log2, sqrt

import numpy as np
from flint import arb, ctx, fmpq

from .basis import Array, Step, scaled_steps
from .factorisations import tridiagonal_eigenvalues
from .laws import Law

Coefficients = tuple[arb, arb, arb]

GUARD = 32  # bits beyond those asked for
GROWTH = 2  # bits that a step of the recurrence may lose: the balls grow like (1 + sqrt 2)^n
FLOAT_DPS = 20  # digits from which float64 is rounded


@dataclass(frozen=True)
class GaussRule:
    """The rule with n nodes of degree 2n - 1 of a weight, scaled to mass 1.

    Each ball holds one zero of the orthogonal polynomial, or its weight; the nodes increase.
    """

    law: Law
    nodes: tuple[arb, ...]
    weights: tuple[arb, ...]

    def rounded(self) -> tuple[Array, Array]:
        """Nodes and weights in float64."""
        return np.array([float(x) for x in self.nodes]), np.array([float(w) for w in self.weights])


def gauss_rule(law: Law, size: int, *, dps: int = FLOAT_DPS) -> GaussRule:
    """The Gauss rule with `size` >= 1 nodes, to about `dps` digits, in balls.

    Eigenvalues in float64 (Golub and Welsch, 1969) are refined by Newton's method; that the
    orthogonal polynomial changes its sign in `size` disjoint intervals proves the nodes.
    """
    if size < 1:
        raise ValueError(f"found {size} nodes; expected 1 or more: ask for a larger rule")
    pairs = [law.recurrence(n) for n in range(size + 1)]
    steps = scaled_steps(pairs)[:size]
    guesses = _eigenvalues(pairs[:size])
    prec = ceil(dps * log2(10)) + GUARD + 2 * GROWTH * size
    for _ in range(4):
        with ctx.workprec(prec):
            balls = [(_arb(s.factor), _arb(s.shift), _arb(s.back)) for s in steps]
            nodes = [_refined(balls, guess, prec) for guess in guesses]
            if _all_zeros(balls, nodes):
                weights = _weights(steps, pairs, balls, nodes)
                return GaussRule(law, tuple(nodes), tuple(weights))
        prec *= 2
    raise ArithmeticError(f"no sign change near {size} nodes of {law}; ask for more digits")


def _eigenvalues(pairs: list[tuple[Fraction, Fraction]]) -> list[float]:
    diagonal = np.array([float(a) for a, _ in pairs])
    beside = np.array([sqrt(b) for _, b in pairs[1:]])
    return tridiagonal_eigenvalues(diagonal, beside)


def _refined(steps: list[Coefficients], guess: float, prec: int) -> arb:
    """A ball round a zero: Newton's method from the guess, then a margin."""
    x = arb(guess)
    for _ in range(ceil(log2(prec / 20)) + 1):
        value, slope = _value_and_slope(steps, x)
        x = (x - value / slope).mid()
    margin = arb(2) ** (-prec + GUARD // 2 + GROWTH * len(steps)) * (1 + abs(x))
    return arb(x, margin.upper())


def _value_and_slope(steps: list[Coefficients], x: arb) -> tuple[arb, arb]:
    """P[n] and its derivative at x."""
    value, before, slope, slope_before = arb(1), arb(0), arb(0), arb(0)
    for factor, shift, back in steps:
        centred = factor * (x - shift)
        slope, slope_before = centred * slope + factor * value - back * slope_before, slope
        value, before = centred * value - back * before, value
    return value, slope


def _values(steps: list[Coefficients], x: arb) -> list[arb]:
    """P[0..n] at x."""
    values = [arb(0), arb(1)]
    for factor, shift, back in steps:
        values.append(factor * (x - shift) * values[-1] - back * values[-2])
    return values[1:]


def _all_zeros(steps: list[Coefficients], nodes: list[arb]) -> bool:
    """Whether P[n] changes its sign in each of the balls, and they are disjoint.

    It does so within half the radius, so that rounding the ends leaves the zero in the ball.
    """
    apart = all(x.upper() < y.lower() for x, y in pairwise(nodes))
    inner = [arb(x.mid(), x.rad() / 2) for x in nodes]
    return apart and all(
        (_values(steps, x.lower())[-1] * _values(steps, x.upper())[-1]).upper() < 0 for x in inner
    )


def _weights(
    steps: list[Step],
    pairs: list[tuple[Fraction, Fraction]],
    balls: list[Coefficients],
    nodes: list[arb],
) -> list[arb]:
    """Christoffel's numbers: 1 over the sum of P[j](x)^2 / norm of P[j], j < n."""
    norms, monic, scale = [Fraction(1)], Fraction(1), Fraction(1)
    for n, step in enumerate(steps[:-1]):
        monic *= pairs[n + 1][1]
        scale *= step.factor
        norms.append(monic * scale**2)
    inverse = [_arb(1 / norm) for norm in norms]
    return [
        1 / sum((c * v * v for c, v in zip(inverse, _values(balls, x), strict=False)), arb(0))
        for x in nodes
    ]


def _arb(value: Fraction) -> arb:
    return arb(fmpq(value.numerator, value.denominator))
