"""Bounds of the error of one reduction a cell (theorem T4b of the ledger, and afterwards).

Two measures with the same moments up to the degree and the same mass W_c in a cell integrate
g - P, for any polynomial P up to the degree, to within 2 W_c sup |g - P| of each other. The
bounds are on |int g d(mu - nu)|; a map h with Lipschitz constant Lam after it multiplies them.
"""

from fractions import Fraction
from functools import cache, partial

from ucomp_verify.measures import AtomicMeasure, Compression, FloatMeasure, FloatWeights, Measure

from .radius import enclosing_radius
from .remainders import Remainder
from .rounding import root_above, rounded_up

RADIUS_BITS = 10  # radii are rounded up to so many, so that thousands of cells share hundreds


def one_shot_bound(
    remainder: Remainder, *, mass: Fraction, half_side: Fraction, dim: int, degree: int, side: int
) -> Fraction:
    """The bound for side^dim equal cubes that fill [-half_side, half_side]^dim, before any run.

    2 * mass * remainder(degree, half_side * sqrt(dim) / side): the map needs at most
    side^dim * binom(dim + degree, degree) nodes and is the same for every function.
    """
    if side < 1 or dim < 1 or half_side < 0 or mass < 0:
        raise ValueError(
            f"found side {side}, dim {dim}, half_side {half_side}, mass {mass}; expected "
            "integers side, dim >= 1 and numbers half_side, mass >= 0"
        )
    return 2 * mass * remainder(degree, root_above(half_side**2 * dim) / side)


def partition_bound(remainder: Remainder, after: Compression) -> Fraction:
    """The bound for the cells of a compression as they came out: the sum over them of
    2 * mass * remainder(degree, radius), with exact masses and proved radii.

    It holds for the weights that a compression with balls encloses; rounding them to their
    midpoints adds at most sup |g| times the sum of the radii. Without cells the whole is one.
    Raises ValueError for float weights, whose moments nothing has proved.
    """
    if isinstance(after.weights, FloatWeights):
        raise ValueError(
            "found weights in float64, of which no moment is proved; expected exact weights or "
            "balls: compress with another arithmetic"
        )
    known = cache(partial(remainder, after.degree))
    total = Fraction(0)
    for part in _parts(after):
        radius = rounded_up(enclosing_radius(part), bits=RADIUS_BITS)
        total += 2 * part.total_mass * known(radius)
    return total


def _parts(after: Compression) -> list[Measure]:
    if not after.cells:
        return [after.source]
    return [_part(after.source, cell.tolist()) for cell in after.cells]


def _part(measure: Measure, nodes: list[int]) -> Measure:
    if isinstance(measure, FloatMeasure):
        return measure.part(nodes)
    rows = [measure.nodes[i] for i in nodes]
    return AtomicMeasure(rows, [measure.weights[i] for i in nodes])
