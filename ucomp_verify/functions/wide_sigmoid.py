"""Power series of the sigmoid about all points of a wide ball, with useful enclosures."""

from math import comb
from typing import TYPE_CHECKING

from .series import series_length

if TYPE_CHECKING:
    from flint import arb, arb_series

EXTRA = 8  # terms of Taylor's formula about the midpoint
FAR = 1.5  # radius from which Taylor's formula about the midpoint gives nothing


def composed_sigmoid(z: "arb_series", values: "arb") -> "arb_series":
    """phi(z) for the sigmoid phi and a real series z; `values` holds phi(z[0]).

    The coefficients of phi about all points of the ball z[0], put into phi(z[0] + h).
    """
    from flint import arb_series

    length = max(z.prec, 1)
    outer = arb_series(coefficients(z[0], values, length), length)
    inner = arb_series([0, *z.coeffs()[1:]], length)
    if not inner.length():  # FLINT composes no series with 0
        return arb_series([outer[0]], length)
    return outer(inner)


def coefficients(centre: "arb", values: "arb", length: int) -> "list[arb]":
    """Enclosures of phi^(n)(x) / n! for all x of a ball, the best of three in each case.

    By the differential equation phi' = phi - phi^2; by Taylor's formula about the midpoint;
    and by Cauchy's estimate on a disc of radius pi / 2, in which phi is at most 1/2 from 1/2.
    """
    from flint import arb

    found = _by_equation(values, length)
    limits = [arb(0, _cauchy(n)) for n in range(length)]
    found = [found[0], *(f.intersection(b) for f, b in zip(found[1:], limits[1:], strict=True))]
    if centre.rad() < FAR:
        better = _by_taylor(centre, length)
        found = [f.intersection(b) for f, b in zip(found, better, strict=True)]
    return found


def _by_equation(values: "arb", length: int) -> "list[arb]":
    from flint import arb

    y = [values]
    for n in range(length - 1):
        square = sum((y[i] * y[n - i] for i in range(n + 1)), arb(0)) if n else None
        y.append(values * (1 - values) if square is None else (y[n] - square) / (n + 1))
    return y


def _by_taylor(centre: "arb", length: int) -> "list[arb]":
    """sum over i < EXTRA of binom(n + i, i) c_(n+i) (x - midpoint)^i, and a remainder."""
    from flint import arb, arb_series

    total = length + EXTRA
    with series_length(total):
        middle = arb_series([centre.mid(), 1], total)
        # exp of the smaller side, so that nothing overflows
        thin = 1 / (1 + (-middle).exp()) if centre > -1 else 1 - 1 / (1 + middle.exp())
    step = centre - centre.mid()
    radius = step.abs_upper()
    found: list[arb] = []
    for n in range(length):
        value = arb(0)
        for i in reversed(range(EXTRA)):
            value = value * step + comb(n + i, i) * thin[n + i]
        rest = comb(n + EXTRA, n) * _cauchy(n + EXTRA) * radius**EXTRA
        found.append(value + arb(0, rest.upper()))
    return found


def _cauchy(n: int) -> "arb":
    """An upper bound of |phi^(n)(x)| / n! for n >= 1: (1/2) (2 / pi)^n."""
    from flint import arb

    return ((2 / arb.pi()) ** n / 2).upper()
