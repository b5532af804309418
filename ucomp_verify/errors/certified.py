"""Bounds of the error of a compression as it came out, whatever made it.

A function g of a class is its Chebyshev series on a box around the nodes, and the integrals
of the T_alpha are known. So, for any weights,

    |int g d(mu - nu)| <= sum over |alpha| <= K of |a_alpha| |int T_alpha d(mu - nu)|
                          + (|mu| + |nu|) sum over |alpha| > K of |a_alpha|,

and the class bounds the |a_alpha|. Rounded weights and moments that do not agree are counted,
and moments beyond the degree that nearly agree help.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from ucomp_verify.algebra.multi_indices import num_monomials
from ucomp_verify.bounds.classes import PolydiscClass, PolyellipseClass
from ucomp_verify.bounds.rounding import rounded_up
from ucomp_verify.bounds.statement import Bound, require_whole
from ucomp_verify.measures import Measure
from ucomp_verify.measures.rules import Rule

from .boxes import Box
from .cell_decay import decays_within
from .decay import Decay
from .expansions import Expandable, decay_on, lipschitz_of
from .mismatch import MOST, Mismatch, cell_mismatches, chebyshev_mismatch, require_order

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

NEGLIGIBLE = Fraction(1, 256)  # of the first coefficients that are not matched: the rest of all
MOST_ORDERS = 40  # beyond the degree
MOST_TERMS = 2000  # multi-indices up to the order, beyond those of the degree


@dataclass(frozen=True)
class CellShare:
    """The cell at `place` contributes at most `bound` to the error."""

    place: int
    mass: Fraction
    bound: Fraction


@dataclass(frozen=True)
class Posterior:
    """A proved bound of the error after the fact, and where it comes from.

    `order` is the K up to which mismatches were used, `defect` bounds those up to the degree,
    relative to the mass (the largest in any cell). `prior` is what the degree alone promises
    for weights >= 0 with exactly equal moments. `shares` are the cells, the largest first;
    empty without cells.
    """

    bound: Bound
    prior: Bound
    order: int
    defect: Fraction
    shares: tuple[CellShare, ...] = ()


def posterior_bound(
    measure: Measure,
    rule: Rule,
    functions: Expandable,
    *,
    degree: int,
    cells: "Sequence[npt.NDArray[np.intp]]" = (),
    order: int | None = None,
) -> Posterior:
    """The bound for a rule on the nodes of a measure; `degree` is only what it hopes for.

    With `cells` each is expanded on its own cube, and their bounds add up: much smaller for
    rules that match moments cell by cell, of no use for others. A larger `order` improves
    the bound, up to a point that is guessed if None. Raises `HypothesisNotMet` where the
    class does not fit the nodes, ValueError for indices out of range and bad cells.

    >>> import numpy as np
    >>> from ucomp_verify.bounds import sigmoid_class
    >>> from ucomp_verify.measures import FloatMeasure
    >>> line = FloatMeasure(np.array([[-1.0], [0.0], [1.0]]))
    >>> rule = Rule((0, 2), (Fraction(3, 2), Fraction(3, 2)))
    >>> 0 < posterior_bound(line, rule, sigmoid_class(1), degree=1).bound.value < Fraction(1, 3)
    True
    """
    require_whole("posterior bound", "the degree", degree, least=0)
    require_order(measure.dim, max(degree, order or 0))
    if cells:
        return _by_cells(measure, rule, functions, degree, cells, order)
    box = _natural_box(functions) or _box_around(measure, rule, functions)
    decay = decay_on(functions, box)
    chosen = sufficient_order(decay, degree) if order is None else max(order, degree)
    found = chebyshev_mismatch(measure, rule, chosen, box=box)
    value = lipschitz_of(functions) * least_bound(found, decay, degree)
    prior = _prior(_promise(functions, decay, found, degree), degree, _around(found.box))
    bound = _bound(value, _around(found.box), chosen)
    return Posterior(bound, prior, chosen, found.defect(degree))


def expanded_bound(found: Mismatch, decay: Decay) -> Fraction:
    """sum over |alpha| <= K of bounds of |a_alpha| |int T_alpha d(mu - nu)|, and the rest.

    A bound of |int g d(mu - nu)| for all functions with this decay on the mismatch's box.
    """
    constant, *sizes = found.sizes
    terms = zip(decay.coefficients(found.order), sizes, strict=True)
    total = decay.constant(constant) + sum((a * size for a, size in terms), Fraction(0))
    return rounded_up(total + (found.mass + found.kept_mass) * decay.tail(found.order))


def least_bound(found: Mismatch, decay: Decay, degree: int) -> Fraction:
    """The least of three bounds of |int g d(mu - nu)| for all functions with this decay.

    Besides `expanded_bound`: that from |g - c| on the box alone, and, for functions of one
    linear form, that from their own series up to the degree.
    """
    bounds = [expanded_bound(found, decay), plain_bound(found, decay)]
    if decay.ridges and degree:
        bounds.append(line_bound(found, decay, degree))
    return min(bounds)


def plain_bound(found: Mismatch, decay: Decay) -> Fraction:
    """(|mu| + |nu|) sup |g - c|, and |c| <= sup |g| + sup |g - c| for unequal masses."""
    total = found.mass + found.kept_mass + found.sizes[0]
    return rounded_up(decay.constant(found.sizes[0]) + total * decay.size)


def line_bound(found: Mismatch, decay: Decay, degree: int) -> Fraction:
    """For phi(<u, w>), from the partial sum P of the Chebyshev series of phi on the values.

    On a product of ellipses of one rho <u, w> stays in the ellipse of this rho, on which the
    terms of P but the constant are at most 2 G each; for unequal rho it may leave that of the
    smallest, so that this one is taken on all axes. So the coefficients of P are at
    most 2 k times those bounds, its constant one at most sup |g| + sup |g - P|; and
    |g - P| is at most `decay.distance`.
    """
    distance = decay.line_distance(degree)
    constant, *sizes = found.sizes
    terms = zip(decay.of_one_form.coefficients(degree), sizes, strict=False)
    total = 2 * degree * sum((a * size for a, size in terms), Fraction(0))
    rest = found.mass + found.kept_mass + constant
    return rounded_up(decay.constant(constant) + total + rest * distance)


def sufficient_order(decay: Decay, degree: int) -> int:
    """An order beyond which hardly anything is left, compared with what the degree leaves.

    Less where more would take too long.
    """
    first = decay.tail(degree)
    most = min(num_monomials(decay.dim, degree + 1) + MOST_TERMS, MOST)
    for order in range(degree + 1, degree + MOST_ORDERS):
        if num_monomials(decay.dim, order) > most:
            return order - 1
        if decay.tail(order) <= NEGLIGIBLE * first:
            return order
    return degree + MOST_ORDERS


def _natural_box(functions: Expandable) -> Box | None:
    """The cube on which the class is given, if it is made for its cube."""
    if isinstance(functions, PolyellipseClass):
        return Box.cube(functions.dim, functions.half_side)
    return None


def _box_around(measure: Measure, rule: Rule, functions: Expandable) -> Box:
    """A box hardly larger than the nodes need; the cube of a class if that would leave it.

    Nodes outside of the cube are refused.
    """
    box = chebyshev_mismatch(measure, rule, 0).box
    if not isinstance(functions, PolydiscClass | PolyellipseClass):
        return box
    cube = Box.cube(functions.dim, functions.half_side)
    return box if cube.holds(*box.corners) else chebyshev_mismatch(measure, rule, 0, box=cube).box


def _by_cells(
    measure: Measure,
    rule: Rule,
    functions: Expandable,
    degree: int,
    cells: "Sequence[npt.NDArray[np.intp]]",
    order: int | None,
) -> Posterior:
    decays = decays_within(functions, _box_around(measure, rule, functions))
    largest = max(
        (found.box for found in cell_mismatches(measure, rule, cells, 0)),
        key=lambda box: max(box.halves),
    )
    chosen = sufficient_order(decays(largest), degree) if order is None else max(order, degree)
    shares, defect, promised = list[CellShare](), Fraction(0), Fraction(0)
    lipschitz = lipschitz_of(functions)
    for place, found in enumerate(cell_mismatches(measure, rule, cells, chosen)):
        decay = decays(found.box)
        value = lipschitz * least_bound(found, decay, degree)
        promised += _promise(functions, decay, found, degree)
        shares.append(CellShare(place, found.mass, value))
        defect = max(defect, found.defect(degree))
    total = rounded_up(sum((share.bound for share in shares), Fraction(0)))
    shares.sort(key=lambda share: -share.bound)
    hypothesis = f"every node lies in one of {len(cells)} cells, each on a box of its own"
    bound, prior = _bound(total, hypothesis, chosen), _prior(promised, degree, hypothesis)
    return Posterior(bound, prior, chosen, defect, tuple(shares))


def _promise(functions: Expandable, decay: Decay, found: Mismatch, degree: int) -> Fraction:
    """T7d: 2 Lam W times the distance of the class from polynomials up to the degree."""
    return 2 * lipschitz_of(functions) * found.mass * decay.distance(degree)


def _prior(value: Fraction, degree: int, where: str) -> Bound:
    needed = f"weights >= 0, and moments that agree exactly up to degree {degree}"
    return Bound(rounded_up(value), "T7d", "polylog-universal", (where, needed))


def _bound(value: Fraction, where: str, order: int) -> Bound:
    used = f"moments were compared up to the order {order}, and no weight was taken on trust"
    return Bound(value, "E3", "polylog-universal", (where, used))


def _around(box: Box) -> str:
    return f"the nodes lie in {box.shown}"
