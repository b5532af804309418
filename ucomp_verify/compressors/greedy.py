"""The paper's Algorithm 1: reduce the smallest cluster, again and again."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ucomp_verify.algebra import num_monomials
from ucomp_verify.caratheodory.freezing import Precision
from ucomp_verify.caratheodory.reduction import Arithmetic
from ucomp_verify.measures import Compression, Measure

from .balanced import thinned_in_cells
from .base import AbstractCompressor
from .clouds import Cloud
from .finishing import compressed_whole
from .partitions import Partition

if TYPE_CHECKING:
    from ucomp_verify.caratheodory.balancing import Steered

    from .partitions import Array


FACTOR = 64  # nodes that small cells leave at first, over those wanted


@dataclass(frozen=True)
class Greedy(AbstractCompressor):
    """All moments up to the degree are those of the measure, on exactly `size` nodes.

    While there are more, the (nearly) smallest cluster of N + window nodes loses `window` of
    them, N = binom(dim + degree, degree): the paper's Algorithm 1 for window=1. None is much
    faster: N / 8, and more than 64 * size nodes are first reduced in small cells. With
    `balance` > 0 each step goes in the direction that keeps the moments of up to so many
    degrees more closer to those of the measure; with 0 it does not matter. Without a size as
    many nodes are left as there are independent moments.

    EXACT weights are rational and the moments equal; BALLS encloses the weights that are not
    dyadic, certified > 0; FLOAT certifies nothing.

    >>> import numpy as np
    >>> from ucomp_verify.measures import FloatMeasure
    >>> measure = FloatMeasure(np.linspace(0, 1, 40).reshape(40, 1))
    >>> after = Greedy().compress(measure, degree=3, size=12)
    >>> len(after), sum(after.weights.values)
    (12, Fraction(40, 1))
    """

    window: int | None = None
    balance: int = 4
    arithmetic: Arithmetic = Arithmetic.EXACT
    digits: int = 30

    def compress(
        self, measure: Measure, *, degree: int, size: int | None = None, seed: int = 0
    ) -> Compression:
        """The greedy result; ValueError if fewer nodes than the moments need are asked for."""
        precision = Precision(self.arithmetic, self.digits)
        return compressed_whole(
            measure, degree, size, lambda c, n: self._thinned(c, degree, n, seed), precision
        )

    def _thinned(self, cloud: Cloud, degree: int, size: int, seed: int) -> "Array":
        if len(cloud.support) <= size:
            return cloud.weights
        factor = FACTOR if self.window is None else len(cloud.support)
        weights, course = thinned_in_cells(
            cloud, degree, self.balance, Partition.KD, least=size, factor=factor, seed=seed
        )
        return thinned(cloud, weights, course, size, window=self.window, seed=seed)


def thinned(
    cloud: Cloud,
    weights: "Array",
    course: "Steered",
    size: int,
    *,
    window: int | None = None,
    seed: int = 0,
) -> "Array":
    """Weights >= 0 on `size` nodes with the same moments up to rounding.

    The seed says in which order the nodes of a cluster are tried.
    """
    import numpy as np

    from ucomp_verify.caratheodory.steering import eliminate, null_space

    from .neighbours import clusters

    if window is not None and window < 1:
        raise ValueError(f"found the window {window!r}; expected an integer >= 1, or None")
    out, alive = weights.copy(), weights > 0
    left = int(alive.sum())
    count = num_monomials(cloud.points.shape[1], course.degree)
    spare = max(count // 8, 1) if window is None else window
    draw = np.random.default_rng(seed)
    for cluster in clusters(cloud.points, alive, count + spare):
        if left <= size:
            break
        places = draw.permutation(cluster)
        null = null_space(course.low(places))
        removals = min(null.shape[1], left - size)
        choose = course.steering.over(null, course.high(places))
        out[places] = eliminate(null, out[places], removals, choose)
        alive[places] = out[places] > 0
        left -= removals
    return out
