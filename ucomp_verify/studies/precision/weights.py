"""The exact weights on a support that float64 chose, and how far float64's are from them."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ucomp_verify.caratheodory.weights import Shares, enclosed_shares
from ucomp_verify.measures import FloatMeasure, exact_moments, frame_of
from ucomp_verify.measures.rules import Rule
from ucomp_verify.studies.config import Value

from .bases import Choice

if TYPE_CHECKING:
    from ucomp_verify.studies.data import Array

DIGITS = 8  # of the exact weights: enough to compare float64's with


def judged(points: "Array", choice: Choice, degree: int) -> dict[str, Value]:
    """Certified signs, distances and the mismatch of the moments, by the names of columns."""
    import numpy as np

    found: dict[str, Value] = {
        "nodes": len(choice.places),
        "condition": choice.condition if np.isfinite(choice.condition) else None,
        "all_positive": False,
        "defect": _defect(points, choice, degree),
        "path": "certified",
        "dps": DIGITS,
    }
    measure = FloatMeasure(points)
    moments = exact_moments(measure, degree, frame=frame_of(measure))
    support = measure.part(np.array(choice.places))
    shares = enclosed_shares(support, moments, choice.weights, digits=DIGITS)
    if shares is None:
        return {**found, "problem": _undecided(len(choice.places), len(moments.values))}
    return {**found, **_compared(shares, choice.weights, len(points))}


def _undecided(nodes: int, monomials: int) -> str:
    if nodes < monomials:
        return f"{nodes} nodes for {monomials} monomials: no weights have all moments, in general"
    return "balls could not tell the weights"


def _compared(shares: Shares, weights: Sequence[float], count: int) -> dict[str, Value]:
    values, radius = shares.enclosure.values, shares.enclosure.radius
    positive = sum(value > radius for value in values)
    negative = sum(value < -radius for value in values)
    gaps = [abs(w / count - value) for w, value in zip(weights, map(_float, values), strict=True)]
    sizes = [abs(_float(value)) for value in values]
    return {
        "positive": positive,
        "negative": negative,
        "undecided": len(values) - positive - negative,
        "all_positive": positive == len(values),
        "weights_error": _finite(sum(gaps)),
        "worst_weight": _finite(max(g / s if s else 0.0 for g, s in zip(gaps, sizes, strict=True))),
    }


def _defect(points: "Array", choice: Choice, degree: int) -> float:
    """In Chebyshev polynomials on the box: monomials of high degree see only its corners."""
    from fractions import Fraction

    from ucomp_verify.errors import chebyshev_mismatch

    rule = Rule(choice.places, tuple(map(Fraction, choice.weights)))
    return _float(chebyshev_mismatch(FloatMeasure(points), rule, degree).defect(degree))


def _float(value: "object") -> float:
    """The float64, infinite beyond its range."""
    try:
        return float(value)  # type: ignore[arg-type]
    except OverflowError:
        return float("inf")


def _finite(value: float) -> float | None:
    from math import isfinite

    return value if isfinite(value) else None
