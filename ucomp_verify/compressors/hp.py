"""Degree and number of cells chosen together, for the smallest proved bound of the error."""

from dataclasses import dataclass
from fractions import Fraction

from ucomp_verify.caratheodory.reduction import Arithmetic
from ucomp_verify.measures import Compression, Measure

from .base import AbstractCompressor, check_degree, check_size
from .cellwise import Work, reduce_cells
from .partitions import Partition, support_of
from .planning import Plan, Remainder, problem_of, smallest_bound, smallest_size

FLOAT_DIGITS = 16


@dataclass(frozen=True)
class HpCells(AbstractCompressor):
    """One reduction a cell, with the degree and number of cells of the smallest proved bound.

    `remainder(degree, radius)` bounds how far the functions g of a class are from polynomials
    on a ball of the radius, as those of `ucomp_verify.bounds` do; int g d(measure) changes by at
    most the sum over cells of 2 * mass * remainder(degree, radius). With `bound` the smallest
    size is looked for that has such a bound, else the smallest bound of the size asked for;
    the least degree will do whose bound is below what rounding the weights may change, which is
    the mass times 10^-digits for BALLS, 10^-16 for FLOAT and 0 for EXACT.

    A degree above the one asked for is taken while it has at most `max_monomials` monomials:
    for analytic functions few cells of a high degree are best, and the cost of a reduction
    grows like the cube of that number. `Compression.degree` is the degree that was taken.

    >>> import numpy as np
    >>> from ucomp_verify.measures import FloatMeasure
    >>> measure = FloatMeasure(np.linspace(-1, 1, 101).reshape(101, 1))
    >>> compressor = HpCells(lambda degree, radius: (radius / 2) ** (degree + 1))
    >>> plan = compressor.plan(measure, degree=2, size=12)
    >>> plan.degree, len(plan.cells), float(plan.bound)
    (5, 2, 0.04659149658389328)
    """

    remainder: Remainder
    bound: Fraction | None = None
    max_monomials: int = 1400
    partition: Partition = Partition.KD
    arithmetic: Arithmetic = Arithmetic.BALLS
    digits: int = 20
    jobs: int = 1

    def compress(
        self, measure: Measure, *, degree: int, size: int | None = None, seed: int = 0
    ) -> Compression:
        """The reduction of the planned cells; ValueError as `plan` raises it."""
        plan = self.plan(measure, degree=degree, size=size, seed=seed)
        work = Work(plan.degree, self.arithmetic, self.digits, seed, self.jobs)
        return reduce_cells(measure, plan.cells, work)

    def plan(
        self, measure: Measure, *, degree: int, size: int | None = None, seed: int = 0
    ) -> Plan:
        """The cells, the degree, and the bound that is proved for them.

        `degree` is the least that is taken. Raises ValueError if neither a size nor a bound
        is given, and if the size is too small for the degree or for the bound.
        """
        check_size(size)
        check_degree(degree)
        if size is None and self.bound is None:
            raise ValueError("found no size and no bound; expected one of them at least")
        if not len(support_of(measure)):
            return Plan(degree, (), Fraction(0), 0)
        problem = problem_of(
            measure,
            self.remainder,
            self.partition,
            seed=seed,
            max_monomials=self.max_monomials,
            negligible=measure.total_mass * self._rounding(),
        )
        if self.bound is None:
            assert size is not None
            return smallest_bound(problem, degree, size)
        plan = smallest_size(problem, degree, self.bound)
        if size is not None and plan.size > size:
            raise ValueError(
                f"found the size {size}; expected at least {plan.size}, the smallest found "
                f"with a bound of {float(self.bound):.3g}: give a larger size or bound"
            )
        return plan

    def _rounding(self) -> Fraction:
        """The relative size of the errors of the weights."""
        if self.arithmetic == Arithmetic.EXACT:
            return Fraction(0)
        digits = FLOAT_DIGITS if self.arithmetic == Arithmetic.FLOAT else self.digits
        return Fraction(1, 10**digits)
