"""How many nodes are enough for an error, and which error some nodes are enough for.

The promise is a proved bound, compared in exact rationals: never optimistic. Among all pairs
of a number of cells and a degree the best one is found.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from .families import AnyClass, Family, families_of
from .grid import one_shot_size
from .powers import TINY
from .search import fewest_nodes, smallest_value
from .statement import Bound, HypothesisNotMet, require, require_size, require_whole, shown

Classes: TypeAlias = AnyClass | Iterable[AnyClass]


@dataclass(frozen=True)
class Plan:
    """One reduction of the degree in each of side^dim equal cells of the cube keeps at most
    `nodes` nodes and errs by at most `bound.value`, for every function of the class."""

    dim: int
    side: int
    degree: int
    bound: Bound

    @property
    def theorem(self) -> str:
        """The name of the bound in the ledger."""
        return self.bound.theorem

    @property
    def nodes(self) -> int:
        """side^dim * binom(dim + degree, degree)."""
        return one_shot_size(self.dim, self.degree, self.side)


def nodes_for_error(
    functions: Classes,
    *,
    mass: Fraction,
    error: Fraction,
    dim: int | None = None,
    half_side: Fraction | None = None,
) -> Plan:
    """The plan with the fewest nodes whose bound is at most `error`.

    `functions` is a class, or several that all hold the functions. The bounds are T4b for a
    smooth class, which needs `dim` and `half_side`; T7a and T7d, in cells too, for analytic
    ones and those that hold them. With T7b no fewer nodes are enough. Raises
    `HypothesisNotMet` unless error >= 2^-524288 (bounds below that are not told apart).

    >>> from ucomp_verify.bounds import sigmoid_class
    >>> eps = Fraction(1, 10**8)
    >>> plan = nodes_for_error(sigmoid_class(2), mass=Fraction(10**6), error=eps)
    >>> plan.nodes, plan.degree, plan.bound.value <= eps
    (210, 19, True)
    """
    allowed = require_size("plan", "the error", error)
    require(allowed >= TINY, "plan", f"eps = {shown(allowed)}", "at least 2^-524288")
    best: tuple[int, Plan] | None = None
    for family in _families(functions, mass, dim, half_side):
        found = fewest_nodes(family, allowed, below=best[0] if best else None)
        if found is not None:
            plan = Plan(family.dim, *found, family.bound(*found))
            best = plan.nodes, plan
    assert best is not None  # every bound falls below any error
    return best[1]


def error_for_nodes(
    functions: Classes,
    *,
    mass: Fraction,
    size: int,
    dim: int | None = None,
    half_side: Fraction | None = None,
) -> Plan:
    """The plan with the least bound that keeps at most `size` nodes.

    Classes and bounds are those of `nodes_for_error`; bounds below 2^-524288 are not told
    apart. Raises `HypothesisNotMet` if no theorem speaks of so few nodes.
    """
    require_whole("plan", "d'", size)
    families = _families(functions, mass, dim, half_side)
    best: Plan | None = None
    for family in families:
        found = smallest_value(family, size, below=best.bound.value if best else None)
        if found is not None:
            best = Plan(family.dim, *found, family.bound(*found))
    if best is None:
        least = min(one_shot_size(f.dim, f.degree or 0, f.least_side) for f in families)
        raise HypothesisNotMet(f"plan: found d' = {size}; expected at least {least}")
    return best


def _families(
    functions: Classes, mass: Fraction, dim: int | None, half_side: Fraction | None
) -> list[Family]:
    classes = tuple(functions) if isinstance(functions, Iterable) else (functions,)
    require(bool(classes), "plan", "no class", "at least one class that holds the functions")
    parts = [families_of(c, mass=mass, dim=dim, half_side=half_side) for c in classes]
    return [family for part in parts for family in part]
