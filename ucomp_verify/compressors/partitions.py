"""Partitions of the support of a measure into cells of neighbours (or, as a control, not).

Cells are found in float64: any partition is a valid one, and what a cell's radius is, exact
arithmetic says afterwards.
"""

import enum
from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any, TypeAlias

from ucomp_verify.measures import FloatMeasure, Measure

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Array: TypeAlias = npt.NDArray[np.float64]
    Places: TypeAlias = npt.NDArray[np.intp]

Cells: TypeAlias = "tuple[Places, ...]"

LLOYD_STEPS = 30  # of k-means, which settles slowly: more change the cells by little
SAMPLE = 10_000  # nodes, or 8 a cell, among which k-means looks for its first means
WIDENINGS = 64  # attempts at more cells in the room that is left; each costs a partition


class Partition(enum.StrEnum):
    """How the support is cut into cells."""

    KD = "k-d"  # proportional median splits along the widest side: counts differ by one or two
    KMEANS = "k-means"  # Lloyd's iteration from nodes that are spread out
    GRID = "grid"  # n^m equal half-open cubes
    RANDOM = "random"  # no neighbours at all: the control


def support_of(measure: Measure) -> "Places":
    """The nodes with a weight > 0, by their index."""
    import numpy as np

    if not isinstance(measure, FloatMeasure):
        return np.array(measure.support, dtype=np.intp)
    if measure.weights is None:
        return np.arange(len(measure))
    return np.flatnonzero(measure.weights)


def centred_points(measure: Measure, support: "Places") -> "Array":
    """The nodes of the support moved and scaled, all axes alike, into [-1, 1]^dim.

    Up to rounding; the widest side of their box becomes 2 (unless all of them are one point).
    """
    import numpy as np

    if not isinstance(measure, FloatMeasure):
        places: list[int] = support.tolist()
        return _centred_exact([measure.nodes[i] for i in places])
    points = measure.nodes[support] / 2  # halves, for the sum of two of them to exist
    low, high = points.min(axis=0), points.max(axis=0)
    half = float((high - low).max())
    shifted = points - (low / 2 + high / 2)
    return np.clip(2 * (shifted / half), -1, 1) if half > 0 else np.zeros_like(points)


def _centred_exact(rows: Sequence[tuple[Fraction, ...]]) -> "Array":
    import numpy as np

    axes = list(zip(*rows, strict=True))
    half = max(max(axis) - min(axis) for axis in axes) / 2 or Fraction(1)
    middles = [(max(axis) + min(axis)) / 2 for axis in axes]
    scaled = [
        [float((x - middle) / half) for x in axis]
        for axis, middle in zip(axes, middles, strict=True)
    ]
    return np.array(scaled).T


def partition(points: "Array", count: int, kind: Partition, *, seed: int = 0) -> Cells:
    """At most `count` cells, none empty: each place in `points` stands in exactly one of them.

    `points` are float64 of shape (n, m), in [-1, 1]; the places of a cell increase.
    Deterministic for a seed, which k-means and random cells need.
    """
    kind = Partition(kind)  # its text will do, another one is refused
    if kind is Partition.GRID:
        return _grid_cells(points, cubes_a_side(count, points.shape[1]))
    count = min(count, len(points))
    if kind is Partition.KD:
        return _kd_cells(points, count)
    if kind is Partition.KMEANS:
        return _kmeans_cells(points, count, seed)
    return _random_cells(len(points), count, seed)


def cubes_a_side(count: int, dim: int) -> int:
    """The largest n >= 1 with n^dim <= count.

    >>> cubes_a_side(26, 3), cubes_a_side(27, 3)
    (2, 3)
    """
    side = 1
    while (side + 1) ** dim <= count:
        side += 1
    return side


def _kd_cells(points: "Array", count: int) -> Cells:
    import numpy as np

    cells: list[Places] = []
    waiting = [(np.arange(len(points)), count)]
    while waiting:
        places, parts = waiting.pop()
        if parts == 1:
            cells.append(np.sort(places))
            continue
        first = parts // 2
        inside = points[places]
        axis = int(np.ptp(inside, axis=0).argmax())
        # Every part gets a node: parts <= len(places) holds for both sides, too.
        cut = len(places) * first // parts
        order = np.argpartition(inside[:, axis], cut)
        waiting.append((places[order[cut:]], parts - first))
        waiting.append((places[order[:cut]], first))
    return tuple(cells)


def _kmeans_cells(points: "Array", count: int, seed: int) -> Cells:
    """Lloyd's iteration; a cell that loses all its nodes is left out."""
    import numpy as np
    from scipy.spatial import KDTree

    centres = _spread_out(points, count, np.random.default_rng(seed))
    labels = np.empty(0, dtype=np.intp)
    for _ in range(LLOYD_STEPS):
        tree: Any = KDTree(centres)
        _, nearest = np.unique(tree.query(points)[1], return_inverse=True)
        if np.array_equal(nearest, labels):
            break
        labels = nearest
        centres = _means(points, labels)
    return _by_label(labels)


def _spread_out(points: "Array", count: int, random: "np.random.Generator") -> "Array":
    """Nodes drawn one by one, with odds like the squared distance from those before.

    (Arthur and Vassilvitskii, "k-means++", 2007), from a sample of the nodes.
    """
    import numpy as np

    size = min(len(points), max(SAMPLE, 8 * count))
    sample = points[random.choice(len(points), size, replace=False)]
    centres = [sample[0]]
    distances = np.full(size, np.inf)
    while len(centres) < count:
        distances = np.minimum(distances, ((sample - centres[-1]) ** 2).sum(axis=1))
        total: Array = np.cumsum(distances)
        if not total[-1]:  # fewer different nodes than cells
            break
        level = random.random() * float(total[-1])
        drawn = int(np.count_nonzero(total <= level))
        centres.append(sample[min(drawn, size - 1)])
    return np.array(centres)


def _means(points: "Array", labels: "Places") -> "Array":
    import numpy as np

    counts = np.bincount(labels)
    sums = [np.bincount(labels, weights=axis) for axis in points.T]
    return np.stack(sums, axis=1) / counts[:, None]


def _grid_cells(points: "Array", side: int) -> Cells:
    """Cubes [a, b)^m of the cube [-1, 1]^m, the last of each axis closed."""
    import numpy as np

    steps = np.minimum(((points + 1) * (side / 2)).astype(np.int64), side - 1)
    _, labels = np.unique(steps, axis=0, return_inverse=True)
    return _by_label(labels.reshape(-1))


def _random_cells(nodes: int, count: int, seed: int) -> Cells:
    import numpy as np

    order = np.random.default_rng(seed).permutation(nodes)
    return tuple(np.sort(part) for part in np.array_split(order, count))


def _by_label(labels: "Places") -> Cells:
    """The places of each label, for labels 0, 1, ... that all occur."""
    import numpy as np

    order = np.argsort(labels, kind="stable")
    return tuple(np.split(order, np.cumsum(np.bincount(labels))[:-1]))


def cells_within(points: "Array", size: int, rank: int, kind: Partition, *, seed: int = 0) -> Cells:
    """Cells that keep at most `size` nodes in all if each keeps at most `rank`; one at least.

    There are size / rank of them or, where cells with fewer nodes than `rank` leave room
    (between clusters, and in empty cubes), more.
    """
    kind, count = Partition(kind), max(size // rank, 1)
    best = partition(points, count, kind, seed=seed)
    for _ in range(WIDENINGS):
        kept = nodes_kept(best, rank)
        if kept == len(points) or size - kept < rank:
            break
        count = _more(count, (size - kept) // rank, points.shape[1], kind)
        finer = partition(points, count, kind, seed=seed)
        if nodes_kept(finer, rank) > size:
            break
        best = finer
    return best


def nodes_kept(cells: Cells, rank: int) -> int:
    """The number of nodes if each cell keeps at most `rank`."""
    return sum(min(len(cell), rank) for cell in cells)


def _more(count: int, room: int, dim: int, kind: Partition) -> int:
    if kind is Partition.GRID:
        side = cubes_a_side(count, dim)
        return (side + 1 + side // 8) ** dim
    return count + room
