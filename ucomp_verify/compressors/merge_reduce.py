"""Exact reduction of data larger than memory, chunk by chunk."""

from dataclasses import dataclass

from ucomp_verify.caratheodory.merging import StreamCompression, reduce_stream
from ucomp_verify.caratheodory.reduction import Arithmetic
from ucomp_verify.measures import AtomicMeasure, Compression, Measure
from ucomp_verify.measures.pools import process_pool
from ucomp_verify.measures.streams import ChunkSource, MeasureSource

from .base import AbstractCompressor, check_size
from .exact import ExactReduction


@dataclass(frozen=True)
class MergeReduce(AbstractCompressor):
    """All moments up to the degree on at most as many nodes as their rank, chunk by chunk.

    The nodes may be a memory map, of which a few chunks at a time are read, by `jobs`
    processes. The same nodes are kept whatever the number of processes. Fractions are reduced as
    a whole, exactly.

    >>> import numpy as np
    >>> from ucomp_verify.measures import FloatMeasure
    >>> measure = FloatMeasure(np.arange(4.0).reshape(-1, 1))
    >>> len(MergeReduce().compress(measure, degree=1))
    2
    """

    arithmetic: Arithmetic = Arithmetic.EXACT
    digits: int = 30
    jobs: int = 1

    def compress(
        self, measure: Measure, *, degree: int, size: int | None = None, seed: int = 0
    ) -> Compression:
        """The reduction; ValueError if it has more than `size` nodes."""
        if isinstance(measure, AtomicMeasure):
            return ExactReduction().compress(measure, degree=degree, size=size, seed=seed)
        after = self.compress_source(MeasureSource(measure), degree=degree, size=size, seed=seed)
        return Compression(measure, degree, after.indices, after.weights)

    def compress_source(
        self, source: ChunkSource, *, degree: int, size: int | None = None, seed: int = 0
    ) -> StreamCompression:
        """The reduction of a source that is in no array; ValueError if it has more nodes."""
        check_size(size)
        with process_pool(self.jobs) as executor:
            after = reduce_stream(
                source,
                degree,
                arithmetic=self.arithmetic,
                digits=self.digits,
                seed=seed,
                executor=executor,
            )
        if size is not None and size < len(after):
            raise ValueError(
                f"found the size {size}; expected at least {len(after)}, the number of nodes that "
                f"an exact reduction of degree {degree} keeps: give a larger size or a lower degree"
            )
        return after
