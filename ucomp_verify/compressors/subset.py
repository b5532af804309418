"""The control: a random subset, which a check of moments must refuse."""

import random
from dataclasses import dataclass
from fractions import Fraction

from ucomp_verify.algebra import num_monomials
from ucomp_verify.measures import Compression, ExactWeights, FloatMeasure, Measure

from .base import AbstractCompressor, check_degree, check_size


@dataclass(frozen=True)
class RandomSubset(AbstractCompressor):
    """A random part of the support, weights scaled by one factor: only the mass is kept.

    It has `size` nodes, or binom(dim + degree, degree) without one, or all if those are
    fewer.

    >>> from ucomp_verify.measures import AtomicMeasure
    >>> measure = AtomicMeasure.unit([(0,), (1,), (2,), (3,)])
    >>> sum(RandomSubset().compress(measure, degree=0, size=2).weights.values)
    Fraction(4, 1)
    """

    def compress(
        self, measure: Measure, *, degree: int, size: int | None = None, seed: int = 0
    ) -> Compression:
        """The random subset; the degree only sets its size."""
        check_size(size)
        check_degree(degree)
        support, weights = _support(measure)
        wanted = num_monomials(measure.dim, degree) if size is None else size
        count = min(wanted, len(support))
        chosen = sorted(random.Random(seed).sample(support, count))  # noqa: S311 (no secret)
        kept = [Fraction(weights[i]) for i in chosen]
        factor = measure.total_mass / sum(kept) if kept else Fraction(1)
        scaled = ExactWeights(tuple(factor * w for w in kept))
        return Compression(measure, degree, tuple(chosen), scaled)


def _support(measure: Measure) -> tuple[list[int], list[Fraction] | list[float]]:
    """The nodes with a weight, and the weights of all."""
    if not isinstance(measure, FloatMeasure):
        return list(measure.support), list(measure.weights)
    if measure.weights is None:
        return list(range(len(measure))), [1.0] * len(measure)
    weights = measure.weights.tolist()
    return [i for i, w in enumerate(weights) if w], weights
