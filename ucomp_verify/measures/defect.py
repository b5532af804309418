"""How far a rule is from the moments of a measure: an exact rational, for anybody's rule."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import prod
from typing import TYPE_CHECKING, Any

from ucomp_verify.algebra.multi_indices import MultiIndex, multi_indices

from .exact_moments import Moments, exact_moments, integer_moments
from .float_measure import FloatMeasure, InvalidMeasure, Measure
from .frame import Frame, frame_of

if TYPE_CHECKING:
    from .arrays import Array


@dataclass(frozen=True)
class Defect:
    """The moments of a rule and of its measure differ by at most `size`, relative to the mass.

    In coordinates that map the box of all nodes to [-1, 1]^m. `failing` are the moments that
    differ, each with |difference| / mass, in the order of `multi_indices`; `index` is the
    first of those that differ most, None if all agree.
    """

    degree: int
    failing: tuple[tuple[MultiIndex, Fraction], ...]

    @property
    def size(self) -> Fraction:
        """The largest mismatch; 0 when the rule is exact."""
        return max((size for _, size in self.failing), default=Fraction(0))

    @property
    def index(self) -> MultiIndex | None:
        """The multi-index of the first moment that differs by `size`; None if none differs."""
        return next((alpha for alpha, size in self.failing if size == self.size), None)

    def __str__(self) -> str:
        """In a few words, the number in decimals."""
        if not self.failing:
            return f"all moments up to degree {self.degree} agree exactly"
        return (
            f"{len(self.failing)} moments up to degree {self.degree} differ, most at "
            f"{self.index}: by {float(self.size):.3g} of the mass"
        )


def defect(measure: Measure, indices: Any, weights: Any, degree: int) -> Defect:
    """The exact mismatch of the moments up to the degree of weights[i] on node indices[i].

    `indices` count nodes from 0 and may repeat: their weights add up. `weights` are float64,
    int, Fraction or mpmath.mpf, of any sign. Raises ValueError for an index out of range, a
    number that is not finite, or another number of weights than of indices, and
    InvalidMeasure for a measure without mass.
    """
    if not measure.total_mass:
        raise InvalidMeasure(
            "found weights that are all 0; expected a measure with mass: the defect is relative"
        )
    places = _checked_places(indices, len(measure.nodes))
    frame = frame_of(measure, all_nodes=True)
    before = exact_moments(measure, degree, frame=frame)
    after = _rule_moments(measure, places, _checked_weights(weights, len(places)), degree, frame)
    return Defect(degree, _failing(before, after, measure.total_mass))


def _failing(
    before: Moments, after: Moments, mass: Fraction
) -> tuple[tuple[MultiIndex, Fraction], ...]:
    widths, found = before.frame.widths, list[tuple[MultiIndex, Fraction]]()
    alphas = multi_indices(len(widths), before.degree)
    for alpha, old, new in zip(alphas, before.values, after.values, strict=True):
        gap = abs(new * after.unit - old * before.unit)
        if gap:
            scale = prod(width**e for width, e in zip(widths, alpha, strict=True))
            found.append((alpha, gap / (scale * mass)))
    return tuple(found)


def _checked_places(indices: Any, count: int) -> list[int]:
    import numpy as np

    array = np.asarray(indices)
    if not array.size:
        return []
    if array.ndim != 1 or array.dtype.kind not in "iu":
        raise ValueError(
            f"found indices of type {array.dtype} and shape {array.shape}; expected integers in "
            "one dimension: number the nodes from 0"
        )
    for place in np.flatnonzero((array < 0) | (array >= count))[:1].tolist():
        raise ValueError(
            f"found the index {array[place]} in place {place} for {count} nodes; expected 0 to "
            f"{count - 1}: number the nodes from 0"
        )
    return array.tolist()


def _checked_weights(weights: Any, count: int) -> "Array | list[Fraction]":
    import numpy as np

    from .conversion import exact_numbers

    numbers = exact_numbers(weights, "the rule's weights")
    if len(numbers) != count:
        raise ValueError(f"found {len(numbers)} weights for {count} indices; expected one an index")
    return numbers if numbers.dtype == np.float64 else [Fraction(w) for w in numbers.tolist()]


def _rule_moments(
    measure: Measure,
    places: Sequence[int],
    weights: "Array | list[Fraction]",
    degree: int,
    frame: Frame,
) -> Moments:
    """The moments of the rule, its weights of any sign."""
    if isinstance(measure, FloatMeasure) and places and not isinstance(weights, list):
        from .float_moments import float_sums

        nodes = measure.nodes[places]
        sums = float_sums(nodes, weights, degree, frame)
        return Moments(frame, degree, sums.unit, tuple(sums.over(nodes, weights)))
    rows: Any = measure.nodes[places].tolist() if isinstance(measure, FloatMeasure) else None
    chosen = tuple(tuple(map(Fraction, r)) for r in rows or (measure.nodes[i] for i in places))
    exact = tuple(map(Fraction, weights if isinstance(weights, list) else weights.tolist()))
    unit, values = integer_moments(chosen, exact, degree, frame)
    return Moments(frame, degree, unit, values)
