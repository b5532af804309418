"""The reference: exact reduction to a support of independent monomials."""

from dataclasses import dataclass

from ucomp_verify.caratheodory import reduce_measure
from ucomp_verify.measures import Compression, Measure

from .base import AbstractCompressor, check_degree, check_size


@dataclass(frozen=True)
class ExactReduction(AbstractCompressor):
    """All moments up to the degree, exactly, on at most as many nodes as their rank.

    The support is the same for every size that is large enough; a smaller one is refused,
    since for general weights no fewer nodes than the rank have the moments.

    >>> from ucomp_verify.measures import AtomicMeasure
    >>> measure = AtomicMeasure.unit([(0,), (1,), (2,), (3,)])
    >>> len(ExactReduction().compress(measure, degree=1))
    2
    """

    def compress(
        self, measure: Measure, *, degree: int, size: int | None = None, seed: int = 0
    ) -> Compression:
        """The exact reduction; ValueError if it has more than `size` nodes."""
        check_size(size)
        check_degree(degree)
        after = reduce_measure(measure, degree, seed=seed)
        needed = len(after)
        if size is not None and size < needed:
            raise ValueError(
                f"found the size {size}; expected at least {needed}, the number of nodes that an "
                f"exact reduction of degree {degree} keeps: give a larger size or a lower degree"
            )
        return after
