"""Measures that may be larger than memory, in chunks that can be read again and again."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count, zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from .arrays import unreadable
from .files import no_mass, no_points, require_finite, require_nonnegative
from .float_measure import FloatMeasure
from .table_files import Table, open_table

if TYPE_CHECKING:
    from .arrays import Array


@dataclass(frozen=True)
class Chunk:
    """Some consecutive nodes of a measure; `start` is the place of the first, from 0."""

    start: int
    measure: FloatMeasure


class ChunkSource(Protocol):
    """A measure in float64 that is read in chunks, the same ones in every reading."""

    @property
    def dim(self) -> int:
        """Dimension of the space that holds the nodes."""
        ...

    @property
    def count(self) -> int | None:
        """The number of nodes, None if only a reading tells."""
        ...

    def chunks(self, size: int) -> Iterator[Chunk]:
        """All nodes in their order: chunks of `size`, the last of them perhaps smaller."""
        ...


@dataclass(frozen=True)
class MeasureSource:
    """A measure in arrays or memory maps, as a source of chunks."""

    measure: FloatMeasure

    @property
    def dim(self) -> int:
        """Dimension of the space that holds the nodes."""
        return self.measure.dim

    @property
    def count(self) -> int:
        """The number of nodes."""
        return len(self.measure)

    def chunks(self, size: int) -> Iterator[Chunk]:
        """Parts of the measure: views of its arrays, not copies."""
        starts = count(step=size)
        return (Chunk(i, part) for i, part in zip(starts, self.measure.chunks(size), strict=False))


@dataclass(frozen=True)
class FileSource:
    """The measure with nodes and weights (all 1 if None) in tables, read chunk by chunk.

    Reading raises UnreadableInput for numbers that are not finite, weights < 0, weights that
    are all 0, and other numbers of weights than of nodes.
    """

    points: Table
    weights: Table | None = None

    @property
    def dim(self) -> int:
        """Dimension of the space that holds the nodes."""
        return self.points.columns

    @property
    def count(self) -> int | None:
        """The number of nodes, None for a .csv file, which must be read to know."""
        return self.points.rows

    def chunks(self, size: int) -> Iterator[Chunk]:
        """The nodes with their weights, each number read once."""
        start, mass = 0, self.weights is None
        for nodes, weights in self._blocks(size):
            require_finite(nodes, self.points.path, start)
            if weights is not None and self.weights:
                require_nonnegative(weights, self.weights.path, start)
                mass = mass or bool(weights.any())
            yield Chunk(start, FloatMeasure(nodes, weights))
            start += len(nodes)
        if not start:
            raise no_points(self.points.path, (0, self.dim))
        if self.weights and not mass:
            raise no_mass(self.weights.path)

    def _blocks(self, size: int) -> "Iterator[tuple[Array, Array | None]]":
        points = self.points.blocks(size)
        if self.weights is None:
            yield from ((nodes, None) for nodes in points)
            return
        start = 0
        for nodes, weights in zip_longest(points, self.weights.blocks(size)):
            read = [start + (0 if block is None else len(block)) for block in (nodes, weights)]
            if nodes is None or weights is None or read[0] != read[1]:
                found = f"{read[1]} weights for {read[0]} points, so far"
                raise unreadable(self.weights.path, found, "as many", "give one weight a point")
            yield nodes, weights[:, 0]
            start += len(nodes)


def open_source(points: Path, weights: Path | None = None) -> FileSource:
    """The measure in files, not read yet: nodes one a row, one weight a node (1 if None).

    Files end in .npy, .npz, .csv or .parquet; all but .npz may be larger than memory. Raises
    UnreadableInput for what is no such table.
    """
    nodes = open_table(points, "points")
    if weights is None:
        return FileSource(nodes)
    column = open_table(weights, "weights")
    if column.columns != 1 or (column.rows != nodes.rows and column.rows and nodes.rows):
        found = f"weights of shape ({column.rows}, {column.columns}) for {nodes.rows} points"
        raise unreadable(weights, found, "one weight a point", "correct one of the files")
    return FileSource(nodes, column)
