"""One reduction a cell that leaves the expected weights as they are."""

from dataclasses import dataclass

from ucomp_verify.caratheodory.freezing import Precision
from ucomp_verify.caratheodory.reduction import Arithmetic
from ucomp_verify.measures import Compression, Measure

from .balanced import InCells
from .base import AbstractCompressor
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

        from ucomp_verify.caratheodory.balancing import Steered
        from ucomp_verify.caratheodory.legendre import in_own_box
        from ucomp_verify.caratheodory.steering import Coin

        coin = Coin(random.Random(seed))  # noqa: S311 (no secret)
        precision = Precision(self.arithmetic, self.digits)
        plan = InCells(degree, size, self.partition, seed, precision)
        return plan.compress(measure, lambda c: Steered(in_own_box(c.points), degree, degree, coin))
