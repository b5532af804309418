"""The control: a random subset, which a check of moments must refuse."""

import random
from dataclasses import dataclass
from fractions import Fraction

from ucomp_verify.algebra import num_monomials
from ucomp_verify.measures import AtomicMeasure

from .base import AbstractCompressor, check_size


@dataclass(frozen=True)
class RandomSubset(AbstractCompressor):
    """A random part of the support, weights scaled by one factor: only the mass is kept.

    It has `size` nodes, or binom(dim + degree, degree) without one, or all if those are
    fewer. The same seed gives the same subset.

    >>> measure = AtomicMeasure.unit([(0,), (1,), (2,), (3,)])
    >>> RandomSubset(seed=1).compress(measure, degree=0, size=2).total_mass
    Fraction(4, 1)
    """

    seed: int

    def compress(
        self, measure: AtomicMeasure, *, degree: int, size: int | None = None
    ) -> AtomicMeasure:
        """The random subset; the degree only sets its size."""
        check_size(size)
        if degree < 0:
            raise ValueError(f"found the degree {degree!r}; expected an integer >= 0")
        if not measure.support:
            return measure
        wanted = num_monomials(measure.dim, degree) if size is None else size
        count = min(wanted, len(measure.support))
        chosen = random.Random(self.seed).sample(measure.support, count)  # noqa: S311 (no secret)
        factor = measure.total_mass / sum(measure.weights[i] for i in chosen)
        weights = [Fraction(0)] * len(measure.nodes)
        for i in chosen:
            weights[i] = factor * measure.weights[i]
        return AtomicMeasure(measure.nodes, weights)
