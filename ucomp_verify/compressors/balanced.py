"""One reduction a cell, each step signed so that higher moments of the whole stay close."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ucomp_verify.algebra import num_monomials
from ucomp_verify.caratheodory.freezing import Precision, settle
from ucomp_verify.caratheodory.reduction import Arithmetic
from ucomp_verify.measures import Compression, ExactWeights, Measure

from .base import AbstractCompressor, check_degree, check_size
from .cellwise import part_of
from .clouds import Cloud, cloud_of
from .finishing import attainable, united, within
from .partitions import Cells, Partition, cells_within

if TYPE_CHECKING:
    from ucomp_verify.caratheodory.balancing import Steered

    from .partitions import Array


@dataclass(frozen=True)
class BalancedCells(AbstractCompressor):
    """The moments up to the degree of every cell are kept, on at most `size` nodes in all.

    As `Cells`, but in every step of an elimination one of two directions is free, and the one
    is taken after which the moments of the whole of up to `balance` degrees more are closer to
    those of the measure. Without a size there is one cell.

    EXACT weights are rational and the moments equal; BALLS encloses the weights, certified > 0;
    FLOAT certifies nothing.

    >>> import numpy as np
    >>> from ucomp_verify.measures import FloatMeasure
    >>> measure = FloatMeasure(np.linspace(0, 1, 40).reshape(40, 1))
    >>> after = BalancedCells().compress(measure, degree=3, size=12)
    >>> len(after), len(after.cells), sum(after.weights.values)
    (12, 3, Fraction(40, 1))
    """

    partition: Partition = Partition.KD
    balance: int = 4
    arithmetic: Arithmetic = Arithmetic.EXACT
    digits: int = 30

    def compress(
        self, measure: Measure, *, degree: int, size: int | None = None, seed: int = 0
    ) -> Compression:
        """One signed reduction a cell; ValueError if one cell needs more than `size` nodes."""
        from ucomp_verify.caratheodory.balancing import steered

        precision = Precision(self.arithmetic, self.digits)
        plan = InCells(degree, size, self.partition, seed, precision)
        return plan.compress(measure, lambda c: steered(c.points, degree, self.balance))


@dataclass(frozen=True)
class InCells:
    """One reduction a cell, steered by what each compressor makes of the cloud."""

    degree: int
    size: int | None
    partition: Partition
    seed: int
    precision: Precision

    def compress(self, measure: Measure, course_of: "Callable[[Cloud], Steered]") -> Compression:
        """Certified weights cell by cell; ValueError if one cell needs more than `size` nodes."""
        from threadpoolctl import threadpool_limits

        check_size(self.size)
        check_degree(self.degree)
        cloud = cloud_of(measure)
        if not len(cloud.support):
            return Compression(measure, self.degree, (), ExactWeights(()))
        with threadpool_limits(1):
            wanted = attainable(cloud, self.degree, self.size)
            cells = cells_for(cloud, self.degree, wanted, self.partition, seed=self.seed)
            weights = steer_cells(cloud, cells, course_of(cloud), seed=self.seed)
            after = certified_cells(measure, self.degree, cloud, cells, weights, self.precision)
            return within(after, self.size)


def cells_for(cloud: Cloud, degree: int, size: int, kind: Partition, *, seed: int) -> Cells:
    """Cells of places in the cloud that keep at most `size` nodes in all, one at least."""
    rank = num_monomials(cloud.points.shape[1], degree)
    return cells_within(cloud.points, size, rank, kind, seed=seed)


def steer_cells(cloud: Cloud, cells: Cells, course: "Steered", *, seed: int) -> "Array":
    """Weights >= 0 with the moments of each cell, on at most as many of its nodes as their rank.

    What the steering remembers goes from cell to cell. The seed shuffles the nodes of each.
    """
    import numpy as np

    from ucomp_verify.caratheodory.steering import steer

    weights, draw = cloud.weights.copy(), np.random.default_rng(seed)
    for cell in cells:
        places = draw.permutation(cell)
        low, high = course.orthonormal(places), course.high(places)
        weights[places] = steer(low, high, weights[places], course.steering)
    return weights


def thinned_in_cells(
    cloud: Cloud, degree: int, balance: int, kind: Partition, *, least: int, factor: int, seed: int
) -> "tuple[Array, Steered]":
    """Weights >= 0 on about factor * least nodes, at least `least`, found in signed cells.

    Cells keep their moments up to the degree. Also what the steering remembers. All weights
    as they are where the cloud has no more nodes than that.
    """
    import numpy as np

    from ucomp_verify.caratheodory.balancing import steered

    before = factor * least
    while before < len(cloud.support):
        course = steered(cloud.points, degree, balance)
        cells = cells_for(cloud, degree, before, kind, seed=seed)
        weights = steer_cells(cloud, cells, course, seed=seed)
        if np.count_nonzero(weights) >= least:
            return weights, course
        before *= factor  # cells with fewer independent moments than N kept less than they may
    return cloud.weights, steered(cloud.points, degree, balance)


def certified_cells(
    measure: Measure,
    degree: int,
    cloud: Cloud,
    cells: Cells,
    weights: "Array",
    precision: Precision,
) -> Compression:
    """Certified weights cell by cell: each keeps its own moments, and so does the whole."""
    import numpy as np

    parts: list[Compression] = []
    for cell in cells:
        places = np.flatnonzero(weights[cell])
        part = part_of(measure, cloud.support[cell])
        guesses = cloud.exact(weights[cell[places]])
        parts.append(settle(part, degree, places.tolist(), guesses, precision))
    return united(measure, degree, tuple(cloud.support[cell] for cell in cells), parts)
