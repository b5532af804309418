"""What is asked of a result: that it is a rule for the moments of the case."""

from dataclasses import dataclass
from fractions import Fraction

from .adapters import Adapter
from .cases import Case
from .judging import defect, node_gap, rank_of, support_rows
from .refusals import refusal_of
from .results import Found
from .types import Figures, Raised, Violation

LOOSE = Fraction(1, 10**10)
"""What rounding in float64 may do to moments in a good basis and in a mediocre one."""

TIGHT = Fraction(1, 10**13)
"""A few hundred units in the last place: stable float64 methods leave 10^-16 to 10^-14."""

FLOATS = 300  # powers of 10 that float64 shows


@dataclass(frozen=True)
class IsRule:
    """The result is a rule for the moments up to the degree.

    Nodes are nodes of the data that have a weight (unless `free_nodes` is declared),
    indices distinct, weights finite and > 0 (those = 0 are left out); at most N =
    binom(m + k, k) nodes, or at most the rank of the moments where `sharp`; the mass and
    all moments are those of the data with a defect of at most `bound`, and exactly so if
    the weights are rationals, up to the radii if they are balls.
    """

    bound: Fraction = LOOSE
    sharp: bool = False
    may_refuse: bool = False  # with a ValueError or TypeError that says why

    @property
    def asks(self) -> str:
        """In words."""
        most = "rank" if self.sharp else "N"
        text = f"a rule of at most {most} nodes, defect at most {shown(self.bound)}"
        return f"{text}, or a clear refusal" if self.may_refuse else text

    def __call__(self, compressor: Adapter, case: Case) -> Figures:
        """The figures of the result; a Violation if it is no rule."""
        try:
            found = compressor.compress(case)
        except Raised as raised:
            if not self.may_refuse:
                raise
            return {"refusal": refusal_of(raised)}
        return check_rule(case, found, bound=self.bound, sharp=self.sharp)


def check_rule(case: Case, found: Found, *, bound: Fraction, sharp: bool) -> Figures:
    """The figures of a rule; a Violation says which of the properties it lacks."""
    check_support(case, found)
    check_weights(found)
    most = rank_of(case) if sharp else case.num_monomials
    if len(found) > most:
        what = "the rank of the moments on these nodes" if sharp else "N = binom(m + k, k)"
        text = f"found {len(found)} nodes with a weight; expected at most {most}, {what}"
        raise Violation("size", text, nodes=len(found), expected=most)
    return {"nodes": len(found), "most": most, **check_moments(case, found, bound)}


def check_support(case: Case, found: Found) -> None:
    """Raise a Violation unless the nodes are distinct ones of the data with a weight."""
    if found.indices is None:
        return
    indices = found.indices
    if len(set(indices)) < len(indices):
        twice = next(i for place, i in enumerate(indices) if i in indices[:place])
        text = f"found the index {twice} {indices.count(twice)} times; expected distinct indices"
        raise Violation("support", text)
    allowed = {tuple(row) for row in support_rows(case)}
    for i in indices:
        if tuple(case.points[i].tolist()) not in allowed:
            text = f"found node {i}, which has weight 0; expected nodes with a weight"
            raise Violation("support", text)


def check_weights(found: Found) -> None:
    """Raise a Violation if a weight is negative."""
    for place, weight in enumerate(found.weights):
        if weight < 0:
            at = f"node {found.indices[place]}" if found.indices else f"point {place}"
            text = f"found the weight {shown(weight)} on {at}; expected weights >= 0"
            raise Violation("weights", text)


def check_moments(case: Case, found: Found, bound: Fraction) -> Figures:
    """The exact defect; a Violation if it is above the bound, or not 0 for rationals."""
    if not case.weights.any():
        if found.weights:
            raise Violation("mass", f"found {len(found)} nodes with weight; expected no mass")
        return {"defect": "0"}
    limit = found.radius / _mass(case) if found.exact else bound
    off = defect(case, found, limit)
    if off.first is None:
        return {"defect": shown(off.value)}
    kind = "moments" if any(off.first) else "mass"
    expected = _expected(found, limit)
    text = (
        f"found a defect of {shown(off.value)}; expected {expected}: the first moment that is "
        f"off is {monomial(off.first)}, by {shown(off.gap)} of the mass, the worst "
        f"{monomial(off.worst)} (coordinates in [-1, 1] on the bounding box)"
    )
    raise Violation(kind, text, defect=shown(off.value), nodes=len(found))


def _mass(case: Case) -> Fraction:
    return sum((Fraction(w) for w in case.weights.tolist()), Fraction(0))


def _expected(found: Found, limit: Fraction) -> str:
    if not found.exact:
        return f"at most {shown(limit)}"
    if found.radius:
        return f"at most {shown(limit)}, the radii of the weights together"
    return "0, for weights that are rationals"


@dataclass(frozen=True)
class KeepsEveryNode:
    """With a degree of at least the number of nodes, only the measure itself will do.

    Each distinct node keeps its weight up to `LOOSE` of the mass, or the compressor says
    clearly (ValueError, TypeError) that so high a degree is too much for it.
    """

    @property
    def asks(self) -> str:
        """In words."""
        return "every distinct node with its weight, or a clear refusal, in time and memory"

    def __call__(self, compressor: Adapter, case: Case) -> Figures:
        """The change of the weights, relative to the mass."""
        try:
            found = compressor.compress(case)
        except Raised as raised:
            return {"refusal": refusal_of(raised)}
        check_support(case, found)
        check_weights(found)
        gap = node_gap(case, found)
        if gap > (found.radius / _mass(case) if found.exact else LOOSE):
            text = (
                f"found weights that differ from those of the data by {shown(gap)} of the mass; "
                f"expected the same on all {len(case.points)} nodes: k = {case.degree}"
            )
            raise Violation("moments", text, defect=shown(gap))
        return {"nodes": len(found), "defect": shown(gap)}


def monomial(alpha: tuple[int, ...]) -> str:
    """The monomial in words.

    >>> monomial((2, 0, 1))
    'x0^2 x2'
    """
    powers = [(f"x{i}", e) for i, e in enumerate(alpha) if e]
    return " ".join(x if e == 1 else f"{x}^{e}" for x, e in powers) or "1, the mass"


def shown(value: Fraction) -> str:
    """The number to two digits.

    >>> shown(Fraction(1, 81000))
    '1.2e-05'
    """
    from decimal import Context, Decimal

    if not value:
        return "0"
    number = Context(prec=2).divide(Decimal(value.numerator), Decimal(value.denominator))
    return f"{float(number):.1e}" if abs(number.adjusted()) < FLOATS else f"{number:.1e}"
