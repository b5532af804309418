"""A cloud cut into cells, each reduced once, and its error by one of three paths.

"float64" subtracts two sums and ends near 1e-16; "residual" sums what the moments leave and
has no such floor, but may be noise in few large cells; "certified" encloses the error. "auto"
takes the residual where it stands out of its noise, and else encloses.
"""

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING, TypeAlias

from .config import Value

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from ucomp_verify.caratheodory.batched import Direction
    from ucomp_verify.errors.residual import CellBatch, ResidualErrors
    from ucomp_verify.errors.residual_profiles import Profile

    Array: TypeAlias = npt.NDArray[np.float64]
    Places: TypeAlias = npt.NDArray[np.intp]

FLOAT_DPS = 16
FLOAT_NOISE = 4.0  # units of the last place of the values, for a mean over many of them
MOST_RANK = 500  # monomials, up to which cells are enclosed where the residual is not clear


class Path(enum.StrEnum):
    """How an error is found; `AUTO` is none that a row can end with."""

    FLOAT = "float64"
    RESIDUAL = "residual"
    CERTIFIED = "certified"
    AUTO = "auto"


@dataclass(frozen=True)
class Error:
    """f(compressed) - f(data): of the mean over the vectors, and the rms over them.

    `nodes` are those of the rule that has this error. `noise` is an estimate of the error's
    uncertainty, or the radius of the ball; `lower` and `upper` are decimals, rounded outward,
    or empty if nothing is certified.
    """

    mean: float
    rms: float
    noise: float
    path: Path
    dps: int
    nodes: int
    lower: str = ""
    upper: str = ""

    @property
    def told(self) -> dict[str, Value]:
        """What a row tells of it; ends only if they are certified."""
        ends = {"error_lower": self.lower, "error_upper": self.upper} if self.lower else {}
        return {
            "error": self.mean,
            "rms": self.rms,
            "noise": float(f"{self.noise:.2g}"),
            "path": self.path.value,
            "dps": self.dps,
            "nodes": self.nodes,
            **ends,
        }


def num_cells(size: int, monomials: int, *, share: float = 0.1) -> int:
    """How many cells leave max(share * size, monomials) nodes at most.

    >>> num_cells(1000, 3), num_cells(1000, 300)
    (33, 1)
    """
    return max(int(share * size + 1e-9) // monomials, 1)


def cut(points: "Array", count: int) -> "list[Places]":
    """Cells of neighbours, by proportional splits of the widest side: (M, n) places each.

    Every node is in one cell; cells of equal size stand together.
    """
    from ucomp_verify.compressors.partitions import Partition, partition

    return together(partition(points, count, Partition.KD))


def together(cells: "Sequence[Places]") -> "list[Places]":
    """Cells as arrays (M, n), one array for each size n."""
    import numpy as np

    by_size: dict[int, list[Places]] = {}
    for cell in cells:
        by_size.setdefault(len(cell), []).append(cell)
    return [np.array(by_size[size]) for size in sorted(by_size)]


def reduced(
    points: "Array",
    groups: "Sequence[Places]",
    degree: int,
    direction: "Direction",
    random: "np.random.Generator",
) -> "list[CellBatch]":
    """All cells with their rules."""
    from ucomp_verify.caratheodory.batched import reduce_cells
    from ucomp_verify.errors.residual import CellBatch

    cells = [points[group] for group in groups]
    return [CellBatch(p, reduce_cells(p, degree, direction, random), degree) for p in cells]


def num_nodes(batches: "Sequence[CellBatch]") -> int:
    """How many nodes are kept, those with a weight > 0."""
    return sum(int((batch.rules.weights > 0).sum()) for batch in batches)


def error_of(
    batches: "Sequence[CellBatch]", profile: "Profile", vectors: "Array", path: Path
) -> Error:
    """The error of the mean of profile(<x_a, w>) over the nodes, by a path."""
    from ucomp_verify.errors.residual import residual_errors

    if path is Path.FLOAT:
        return float_error(batches, profile, vectors)
    found = residual_errors(batches, profile, vectors)
    if path is Path.RESIDUAL or (path is Path.AUTO and found.clear):
        nodes = num_nodes(batches)
        return Error(found.mean, found.rms, found.mean_noise, Path.RESIDUAL, FLOAT_DPS, nodes)
    if path is Path.AUTO and batches[0].rules.places.shape[1] > MOST_RANK:
        return float_error(batches, profile, vectors)
    return certified_error(batches, profile, vectors, guess=_guess(found))


def _guess(found: "ResidualErrors") -> float:
    """About the error, or more than it where the residual is noise; 0 if nothing is known."""
    guess = abs(found.mean) if found.clear else max(abs(found.mean), found.mean_noise)
    return guess if isfinite(guess) else 0.0


def certified_error(
    batches: "Sequence[CellBatch]", profile: "Profile", vectors: "Array", *, guess: float = 0.0
) -> Error:
    """The error enclosed, with the digits that this takes."""
    from ucomp_verify.errors.residual_balls import cells_of, certified_errors

    degree = batches[0].degree
    found = certified_errors(list(cells_of(batches)), degree, profile, vectors, guess=guess)
    mean, radius = float(found.mean.mid()), float(found.mean.rad())
    ends = found.interval()
    return Error(mean, found.rms, radius, Path.CERTIFIED, found.dps, found.nodes, *ends)


def float_error(batches: "Sequence[CellBatch]", profile: "Profile", vectors: "Array") -> Error:
    """The difference of two means in float64, which ends near 1e-16."""
    import numpy as np

    from ucomp_verify.caratheodory.batched_weights import refined_weights

    mass = sum(batch.points.shape[0] * batch.points.shape[1] for batch in batches)
    before, after = np.zeros(len(vectors)), np.zeros(len(vectors))
    for batch in batches:
        values = profile.values(batch.points @ vectors.T)
        weights = refined_weights(batch.points, batch.degree, batch.rules).weights
        kept = np.take_along_axis(values, batch.rules.places[:, :, None], axis=1)
        before += values.sum(axis=(0, 1))
        after += (weights[:, :, None] * kept).sum(axis=(0, 1))
    return float_difference(before / mass, after / mass, nodes=num_nodes(batches))


def float_difference(before: "Array", after: "Array", *, nodes: int) -> Error:
    """The error of means over the data and over the rule, of each vector."""
    import numpy as np

    each = after - before
    noise = FLOAT_NOISE * float(np.finfo(float).eps) * float(np.abs(before).mean())
    rms = float(np.sqrt((each**2).mean()))
    return Error(float(each.mean()), rms, noise, Path.FLOAT, FLOAT_DPS, nodes)
