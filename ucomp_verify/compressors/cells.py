"""One-shot compression to a size: the support is cut into cells, and each reduced once."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ucomp_verify.algebra import num_monomials
from ucomp_verify.caratheodory.reduction import Arithmetic
from ucomp_verify.measures import Compression, Measure

from .base import AbstractCompressor, check_degree, check_size
from .cellwise import Work, reduce_cells
from .partitions import Cells as Partitioned
from .partitions import Partition, cells_within, centred_points, support_of

if TYPE_CHECKING:
    from .partitions import Places


@dataclass(frozen=True)
class Cells(AbstractCompressor):
    """The moments up to the degree of every cell are kept, on at most `size` nodes in all.

    With N = binom(dim + degree, degree) monomials there are about size / N cells, more
    where some have fewer nodes than N; one without a size. EXACT weights are
    rational and the moments equal; BALLS encloses them, certified > 0, with relative radii below
    10^-digits; FLOAT certifies nothing. `jobs` processes reduce cells side by side.
    For the error see `ucomp_verify.bounds`: it falls like size^(-(degree + 1) / dim).

    >>> import numpy as np
    >>> from ucomp_verify.measures import FloatMeasure
    >>> measure = FloatMeasure(np.linspace(0, 1, 40).reshape(40, 1))
    >>> after = Cells(arithmetic=Arithmetic.EXACT).compress(measure, degree=3, size=12)
    >>> len(after), len(after.cells), sum(after.weights.values)
    (12, 3, Fraction(40, 1))
    """

    partition: Partition = Partition.KD
    arithmetic: Arithmetic = Arithmetic.BALLS
    digits: int = 30
    jobs: int = 1

    def compress(
        self, measure: Measure, *, degree: int, size: int | None = None, seed: int = 0
    ) -> Compression:
        """One reduction a cell; ValueError if even one cell needs more than `size` nodes."""
        check_size(size)
        check_degree(degree)
        cells = self._cells(measure, degree, size, seed)
        work = Work(degree, self.arithmetic, self.digits, seed, self.jobs)
        after = reduce_cells(measure, cells, work)
        if size is not None and len(after) > size:
            raise ValueError(
                f"found the size {size}; expected at least {len(after)}, the number of nodes that "
                f"one cell of degree {degree} keeps: give a larger size or a lower degree"
            )
        return after

    def _cells(self, measure: Measure, degree: int, size: int | None, seed: int) -> Partitioned:
        support = support_of(measure)
        if size is None or not len(support):
            return (support,) if len(support) else ()
        points = centred_points(measure, support)
        rank = num_monomials(measure.dim, degree)
        return in_support(cells_within(points, size, rank, self.partition, seed=seed), support)


def in_support(cells: Partitioned, support: "Places") -> Partitioned:
    """Cells of places in the support as cells of indices of nodes."""
    return tuple(support[cell] for cell in cells)
