"""One reduction a cell that leaves the expected weights as they are."""

from dataclasses import dataclass

from ucomp_verify.caratheodory.freezing import Precision
from ucomp_verify.caratheodory.reduction import Arithmetic
from ucomp_verify.measures import Compression, ExactWeights, Measure

from .balanced import cells_for, certified_cells, steer_cells
from .base import AbstractCompressor, check_degree, check_size
from .clouds import cloud_of
from .finishing import attainable, within
from .partitions import Partition


@dataclass(frozen=True)
class UnbiasedReduction(AbstractCompressor):
    """The moments of every cell up to the degree, and every weight as it was in the mean.

    In each step of an elimination the direction is drawn, with the one probability that makes
    the mean step 0; so over all seeds E c' = c, up to rounding. Errors of the cells then
    are independent with mean 0, and add up like their square root: half an exponent more than
    a fixed sign gives (claim `half-exponent`). On at most `size` nodes, in about size / N
    cells with N = binom(dim + degree, degree); one cell without a size.

    EXACT weights are rational and the moments equal; BALLS encloses the weights, certified > 0;
    FLOAT certifies nothing. `ucomp_verify.caratheodory.martingale` has all outcomes exactly.

    >>> import numpy as np
    >>> from ucomp_verify.measures import FloatMeasure
    >>> measure = FloatMeasure(np.linspace(0, 1, 40).reshape(40, 1))
    >>> after = UnbiasedReduction().compress(measure, degree=3, size=12, seed=1)
    >>> len(after), sum(after.weights.values)
    (12, Fraction(40, 1))
    """

    partition: Partition = Partition.KD
    arithmetic: Arithmetic = Arithmetic.EXACT
    digits: int = 30

    def compress(
        self, measure: Measure, *, degree: int, size: int | None = None, seed: int = 0
    ) -> Compression:
        """One random outcome; ValueError if one cell needs more than `size` nodes."""
        import random

        from threadpoolctl import threadpool_limits

        from ucomp_verify.caratheodory.balancing import Steered
        from ucomp_verify.caratheodory.legendre import in_own_box
        from ucomp_verify.caratheodory.steering import Coin

        check_size(size)
        check_degree(degree)
        cloud = cloud_of(measure)
        if not len(cloud.support):
            return Compression(measure, degree, (), ExactWeights(()))
        coin = Coin(random.Random(seed))  # noqa: S311 (no secret)
        with threadpool_limits(1):
            wanted = attainable(cloud, degree, size)
            cells = cells_for(cloud, degree, wanted, self.partition, seed=seed)
            course = Steered(in_own_box(cloud.points), degree, degree, coin)
            weights = steer_cells(cloud, cells, course, seed=seed)
            precision = Precision(self.arithmetic, self.digits)
            after = certified_cells(measure, degree, cloud, cells, weights, precision)
            return within(after, size)
