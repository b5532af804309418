"""Certified errors of cellwise reductions, however small: digits are raised until they do.

The weights of each cell are enclosed and certified > 0 by one linear system over exact moments,
with a relative radius below 10^-dps, and the function is summed in balls over all nodes: nothing
is taken from `residual` but, perhaps, a first guess of the digits.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain
from math import ceil, floor, log2, log10
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from ucomp_verify.arithmetic.decimals import decimal_above, decimal_below
from ucomp_verify.caratheodory.reduction import Arithmetic, reduce_measure
from ucomp_verify.functions.elementary import ball
from ucomp_verify.measures import BallWeights, Compression, FloatMeasure
from ucomp_verify.measures.exact_moments import exact_moments
from ucomp_verify.measures.frame import frame_of

from .residual import Array, CellBatch

if TYPE_CHECKING:
    from flint import arb

    from .residual_profiles import Profile

FIRST_DPS = 20
MOST_DPS = 1200  # weights of some hundred nodes then take minutes
CLEAR = 10  # how often the radius has to fit into an error
SPARE_DPS = 4  # beyond those of a guess
GUARD_BITS = 24  # for the sums, beside the bits of the number of nodes

Kept: TypeAlias = "Sequence[tuple[int, arb]]"


class NotClear(ValueError):
    """The error could not be told from 0 with the digits allowed; the text says how far it got."""


@dataclass(frozen=True, eq=False)
class CertifiedErrors:
    """Balls with int g d(c' - c) over the mass, of each vector and of their mean.

    `dps` are the digits of the weights and the sums; `nodes` are kept. `replaced` cells have
    another support than was chosen, as the exact weights on that one are not all > 0.
    """

    each: "tuple[arb, ...]"
    mean: "arb"
    dps: int
    nodes: int
    replaced: int

    @property
    def rms(self) -> float:
        """The root of the mean square of the midpoints; 0 if that is below all floats."""
        values = [float(value.mid()) for value in self.each]
        scale = max(map(abs, values))
        return scale * float(np.sqrt(np.mean([(v / scale) ** 2 for v in values]))) if scale else 0.0

    @property
    def clear(self) -> bool:
        """Whether ten times the radius of the mean is less than its size."""
        return bool(CLEAR * self.mean.rad() < self.mean.abs_lower())

    def interval(self, digits: int = 15) -> tuple[str, str]:
        """The ends of the ball of the mean as decimals, rounded outward."""
        from flint import ctx

        with ctx.workprec(_bits(self.dps)):  # ends are rounded outward to it
            low, high = _exactly(self.mean.lower()), _exactly(self.mean.upper())
        return decimal_below(low, digits), decimal_above(high, digits)


@dataclass(frozen=True, eq=False)
class Cell:
    """Nodes (n, m) of weight 1, and a guess: which of them are kept, with which weights."""

    nodes: Array
    places: tuple[int, ...]
    guesses: tuple[float, ...]


def cells_of(batches: Iterable[CellBatch]) -> Iterator[Cell]:
    """All cells of the batches, one after another; nodes without weight are left out."""
    for batch in batches:
        rows = zip(batch.points, batch.rules.places, batch.rules.weights, strict=True)
        for nodes, places, weights in rows:
            order = np.argsort(places)
            order = order[weights[order] > 0]
            yield Cell(nodes, tuple(places[order].tolist()), tuple(weights[order].tolist()))


def certified_errors(
    cells: Sequence[Cell],
    degree: int,
    profile: "Profile",
    vectors: Array,
    *,
    dps: int | None = None,
    guess: float = 0.0,
    most_dps: int = MOST_DPS,
) -> CertifiedErrors:
    """The errors of g(w) = profile(<x, w>) for each row x of `vectors`, enclosed.

    With `dps` None digits are raised until the radius of the mean is below a tenth of it; a
    `guess` of the mean, or of an upper bound of its size, saves the attempts before. Raises
    `NotClear` beyond `most_dps`, and for given digits with which the mean is not clear;
    ValueError without cells.
    """
    if not cells:
        raise ValueError("found no cells; expected one at least")
    digits = dps or min(_first_dps(guess), most_dps)
    while True:
        found = _errors(cells, degree, profile, vectors, digits)
        if found.clear:
            return found
        if dps is not None or digits >= most_dps:
            raise NotClear(
                f"found the error {found.mean.str(3)} with {digits} digits; expected a radius "
                "below a tenth of it: allow more digits"
            )
        digits = min(2 * digits, most_dps)


def _first_dps(guess: float) -> int:
    return max(FIRST_DPS, ceil(-log10(abs(guess))) + SPARE_DPS) if guess else FIRST_DPS


def _errors(
    cells: Sequence[Cell], degree: int, profile: "Profile", vectors: Array, dps: int
) -> CertifiedErrors:
    from flint import ctx

    count = sum(len(cell.nodes) for cell in cells)
    with ctx.workprec(_bits(dps) + count.bit_length()):
        kept: list[Kept] = []
        replaced = 0
        for cell in cells:
            weights = certified_weights(cell, degree, dps)
            replaced += tuple(place for place, _ in weights) != cell.places
            kept.append(weights)
        each = _sums([cell.nodes for cell in cells], kept, profile, vectors)
        return _over(each, count, dps, sum(map(len, kept)), replaced)


def _bits(dps: int) -> int:
    return ceil(dps * log2(10)) + GUARD_BITS


def _over(sums: "list[arb]", mass: int, dps: int, nodes: int, replaced: int) -> CertifiedErrors:
    each = tuple(value / mass for value in sums)
    mean = sum(sums[1:], sums[0]) / (mass * len(sums))
    return CertifiedErrors(each, mean, dps, nodes, replaced)


def certified_weights(cell: Cell, degree: int, dps: int) -> "list[tuple[int, arb]]":
    """Places, increasing, with weights > 0 that have exactly the moments of the cell.

    On the nodes that were guessed, or on others if the weights there are not all > 0.
    """
    if len(cell.places) == len(cell.nodes):
        from flint import arb

        return [(place, arb(1)) for place in cell.places]
    from ucomp_verify.caratheodory.weights import ball_weights

    part = FloatMeasure(np.ascontiguousarray(cell.nodes))
    moments = exact_moments(part, degree, frame=frame_of(part))
    support = part.part(np.array(cell.places, dtype=np.intp))
    found = ball_weights(support, moments, cell.guesses, digits=dps)
    if found is not None:
        return list(zip(cell.places, _balls(found.values, found.radii), strict=True))
    after = reduce_measure(part, degree, arithmetic=Arithmetic.BALLS, digits=dps, moments=moments)
    return list(zip(after.indices, weights_in_balls(after), strict=True))


def weights_in_balls(after: Compression) -> "list[arb]":
    """The certified weights of a compression at the precision at hand."""
    weights = after.weights
    if isinstance(weights, BallWeights):
        return _balls(weights.values, weights.radii)
    return _balls([Fraction(v) for v in weights.values], [Fraction(0)] * len(weights.values))


def compression_errors(after: Compression, profile: "Profile", vectors: Array) -> CertifiedErrors:
    """The errors of a compression of nodes of weight 1, with all digits of its weights.

    ValueError for weights in float64, which certify nothing, and for other measures.
    """
    from flint import ctx

    source, weights = after.source, after.weights
    if not isinstance(weights, BallWeights) or not isinstance(source, FloatMeasure):
        raise ValueError(
            f"found {type(weights).__name__} on {type(source).__name__}; expected BallWeights on a "
            "FloatMeasure: compress with Arithmetic.BALLS"
        )
    with ctx.workprec(weights.prec + len(source).bit_length() + GUARD_BITS):
        kept = list(zip(after.indices, weights_in_balls(after), strict=True))
        sums = _sums([source.nodes], [kept], profile, vectors)
        return _over(sums, len(source), floor(weights.prec / log2(10)), len(kept), 0)


def _balls(values: Sequence[Fraction], radii: Sequence[Fraction]) -> "list[arb]":
    from flint import arb

    return [
        ball(value) + arb(0, ball(radius).upper()) if radius else ball(value)
        for value, radius in zip(values, radii, strict=True)
    ]


def _sums(
    nodes: Sequence[Array], kept: Sequence[Kept], profile: "Profile", vectors: Array
) -> "list[arb]":
    """For each vector the sum of (c' - c) profile(<x, w>) over the nodes of all cells."""
    from flint import arb

    axes = [
        [arb(v) for v in chain.from_iterable(n[:, j].tolist() for n in nodes)]
        for j in range(vectors.shape[1])
    ]
    starts = np.cumsum([0, *map(len, nodes)]).tolist()
    chosen: list[tuple[int, arb]] = [
        (start + place, w) for start, part in zip(starts, kept, strict=False) for place, w in part
    ]
    sums: list[arb] = []
    for vector in vectors.tolist():
        values = profile.balls(_forms([arb(v) for v in vector], axes))
        before = sum(values, arb(0))
        sums.append(sum((w * values[i] for i, w in chosen), arb(0)) - before)
    return sums


def _forms(vector: "list[arb]", axes: "list[list[arb]]") -> "list[arb]":
    first, *others = zip(vector, axes, strict=True)
    found = [first[0] * w for w in first[1]]
    for slope, axis in others:
        found = [z + slope * w for z, w in zip(found, axis, strict=True)]
    return found


def _exactly(value: "arb") -> Fraction:
    mantissa, exponent = value.man_exp()
    return Fraction(int(mantissa)) * Fraction(2) ** int(exponent)
