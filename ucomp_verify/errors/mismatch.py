"""How far two measures are apart in Chebyshev moments on a box: numbers with a proved error.

The first is given by its nodes, the second has weights on some of them. The numbers are
int T_alpha d(mu - nu) for all multi-indices up to an order; T_alpha is the product of the
Chebyshev polynomials of the coordinates, scaled so that the box becomes [-1, 1]^m.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from ucomp_verify.algebra.multi_indices import MultiIndex, multi_indices, num_monomials
from ucomp_verify.bounds.rounding import rounded_up
from ucomp_verify.bounds.statement import require
from ucomp_verify.measures import AtomicMeasure, FloatMeasure, Measure
from ucomp_verify.measures.rules import Rule

from .boxes import Box

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

MOST = 20_000  # multi-indices; more would take too long


@dataclass(frozen=True)
class Mismatch:
    """Each of `values` is within `radius` of int T_alpha d(mu - nu), in the order of
    `multi_indices`.

    `mass` bounds that of mu, and `kept_mass` the sum of |weights| of nu, both from above;
    `least_mass` bounds that of mu from below.
    """

    box: Box
    order: int
    values: tuple[Fraction, ...]
    radius: Fraction
    mass: Fraction
    kept_mass: Fraction
    least_mass: Fraction

    @property
    def indices(self) -> tuple[MultiIndex, ...]:
        """The multi-indices that the values belong to."""
        return tuple(multi_indices(self.box.dim, self.order))

    @property
    def sizes(self) -> tuple[Fraction, ...]:
        """Short upper bounds of |int T_alpha d(mu - nu)|."""
        return tuple(rounded_up(abs(value) + self.radius) for value in self.values)

    def defect(self, degree: int) -> Fraction:
        """An upper bound of |int T_alpha d(mu - nu)| / mass over all |alpha| <= degree.

        Relative to what is known of a mass that may be 0, and 0 for the mass 0.
        """
        require(degree <= self.order, "mismatch", f"the degree {degree}", f"at most {self.order}")
        largest = max(map(abs, self.values[: num_monomials(self.box.dim, degree)]))
        mass = self.least_mass or self.mass
        return rounded_up((largest + self.radius) / mass) if mass else Fraction(0)


def chebyshev_mismatch(
    measure: Measure, rule: Rule, order: int, *, box: Box | None = None
) -> Mismatch:
    """The mismatch of a measure and a rule on its nodes, on `box` or one just around them.

    Exact for an AtomicMeasure; for float64 data the radius is about 2^-79 of the mass. The
    rule may have weights of any sign, and a node more than once. Raises ValueError for
    indices out of range, nodes outside the box, and orders that would take too long.

    >>> from ucomp_verify.measures import AtomicMeasure
    >>> line = AtomicMeasure.unit([(-1,), (0,), (1,)])
    >>> weights = Fraction(3, 2), Fraction(3, 2)
    >>> [int(v) for v in chebyshev_mismatch(line, Rule((0, 2), weights), 4).values]
    [0, 0, -2, 0, 0]
    """
    _require(measure, rule, order)
    if isinstance(measure, FloatMeasure):
        from .mismatch_floats import whole

        found = whole(measure, rule, order, box)
        if found is not None:
            return found
        measure = measure.exact()
    return _exact(measure, rule, order, box)


def cell_mismatches(
    measure: Measure, rule: Rule, cells: "Sequence[npt.NDArray[np.intp]]", order: int
) -> Iterator[Mismatch]:
    """The mismatch in each cell, on a cube around its nodes.

    `cells` hold places of nodes. Raises ValueError unless they are disjoint, not empty, and
    every node with a weight, of the measure or of the rule, lies in one of them.
    """
    from .mismatch_cells import float_cells, labels_of

    _require(measure, rule, order)
    labels = labels_of(measure, rule, cells)
    if isinstance(measure, FloatMeasure):
        found = float_cells(measure, rule, cells, labels, order)
        if found is not None:
            yield from found
            return
        measure = measure.exact()
    chosen: list[list[tuple[int, Fraction]]] = [[] for _ in cells]
    for index, weight in zip(rule.indices, rule.weights, strict=True):
        chosen[int(labels[index])].append((index, weight))
    for cell, kept in zip(cells, chosen, strict=True):
        yield _exact_cell(measure, cell.tolist(), kept, order)


def _exact_cell(
    measure: AtomicMeasure, cell: list[int], kept: list[tuple[int, Fraction]], order: int
) -> Mismatch:
    from .mismatch_exact import box_of

    nodes = [measure.nodes[i] for i in cell]
    part = AtomicMeasure(nodes, [measure.weights[i] for i in cell])
    place = {index: i for i, index in enumerate(cell)}
    rule = Rule(tuple(place[i] for i, _ in kept), tuple(w for _, w in kept))
    return _exact(part, rule, order, box_of(part).cubed())


def _exact(measure: AtomicMeasure, rule: Rule, order: int, box: Box | None) -> Mismatch:
    """In Python's integers."""
    from .mismatch_exact import box_of, corners, signed_sums

    signed = dict(enumerate(measure.weights))
    for index, weight in zip(rule.indices, rule.weights, strict=True):
        signed[index] -= weight
    kept = {i: w for i, w in signed.items() if measure.weights[i] or i in rule.indices}
    if box is None:
        box = box_of(measure, kept)
    box.require_to_hold(*corners(measure, kept))
    values = signed_sums(measure, kept, box, order)
    mass, after = measure.total_mass, rounded_up(sum(map(abs, rule.weights), Fraction(0)))
    return Mismatch(box, order, values, Fraction(0), mass, after, mass)


def _require(measure: Measure, rule: Rule, order: int) -> None:
    count = len(measure.nodes)
    for place, index in enumerate(rule.indices):
        if not 0 <= index < count:
            raise ValueError(
                f"found the index {index} in place {place} for {count} nodes; expected 0 to "
                f"{count - 1}: number the nodes from 0"
            )
    require_order(measure.dim, order)


def require_order(dim: int, order: int) -> None:
    """Raise ValueError for an order that would take too long."""
    if order < 0 or num_monomials(dim, order) > MOST:
        raise ValueError(
            f"found the order {order} in dimension {dim}; expected an integer >= 0 with "
            f"at most {MOST} multi-indices up to it: take a lower one"
        )
