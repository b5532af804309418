"""The form of an equivariant map: existence."""

from collections.abc import Sequence
from fractions import Fraction

from ucomp_verify.findings import Finding
from ucomp_verify.kernel.facts import IdentityFact

from .base import SILENT, Bearing, Claim, Kind, Parameter, Reading, Source, Variant
from .formulas import power_sums
from .identities import EQUIVARIANT_FORM, instance_of

Term = tuple[Fraction, Sequence[Sequence[int]]]  # coefficient, parts or factors


def _own(factors: Sequence[Sequence[int]], dim: int) -> Sequence[int] | None:
    """The one factor marked by u, linear in it; None if there is not exactly one."""
    marked = [alpha for alpha in factors if any(alpha[dim:])]
    return marked[0] if len(marked) == 1 and sum(marked[0][dim:]) == 1 else None


def _components(terms: Sequence[Term], dim: int) -> str:
    """The first terms of S, coordinate by coordinate, in LaTeX."""
    rows: list[str] = []
    for axis in range(dim):
        row: list[tuple[Fraction, Sequence[int], Sequence[Sequence[int]]]] = []
        for coefficient, factors in terms:
            own = _own(factors, dim)
            if own is not None and own[dim + axis]:
                others = [alpha[:dim] for alpha in factors if not any(alpha[dim:])]
                row.append((coefficient, own[:dim], others))
        rows.append(power_sums(row[:6]) + (r" + \cdots" if len(row) > 6 else ""))
    return rows[0] if dim == 1 else f"({', '.join(rows)})"


def _read(finding: Finding) -> Reading:
    """Read sum_i <u_i, T_i(w)> = sum_i <u_i, S(w_i, q)>, points (w_i, u_i) in R^(2m).

    Comparing the coefficients of u_i on both sides gives T_i = S(w_i, q); the left side
    is a sum over all i of distinct points, so T commutes with permutations.
    """
    if not isinstance(finding, IdentityFact):
        return instance_of(EQUIVARIANT_FORM, finding)
    dim, odd = divmod(finding.dim, 2)
    if odd or any(_own(factors, dim) is None for _, factors in (*finding.left, *finding.right)):
        return SILENT
    unmarked = [a for _, factors in finding.right for a in factors if not any(a[dim:])]
    order, d = max((sum(alpha) for alpha in unmarked), default=0), finding.num_points
    if d is not None and order > d - 1:
        return SILENT
    degree = max(sum(map(sum, parts)) for _, parts in finding.left) - 1
    return Reading(
        Bearing.INSTANCE,
        (("m", str(dim)), *((("d", str(d)),) if d else ()), ("degree", str(degree))),
        family="" if d else f"single maps, every d >= {order + 1}",
        shows=f"a map with {len(finding.left)} orbits of monomials is $S = "
        f"{_components(finding.right, dim)}$ in the own point $w$ and power sums of order at most "
        f"${order}$",
    )


EQUIVARIANT_REPRESENTATION = Claim(
    slug="equivariant-representation",
    title="Form of an equivariant map",
    kind=Kind.LEMMA,
    variant=Variant.PRINTED,
    statement=(
        r"For $m, d \ge 1$ a polynomial map $T$ of $(\mathbb{R}^m)^d$ to itself commutes with all "
        r"permutations of the $d$ objects if and only if its components are $T_i(w_1, \dots, w_d) "
        r"= S(w_i, p_1, \dots, p_{d-1})$ with one polynomial $S$, where $p_k = \frac{1}{d} \sum_i "
        r"w_i^{\otimes k}$."
    ),
    source=Source("lemma:ev_fund_rep"),
    parameters=(
        Parameter("m", "dimension of an object", "integers >= 1"),
        Parameter("d", "number of objects", "integers >= 1"),
    ),
    read=_read,
    uses=("ftsp",),
    reading=(
        "Existence, for polynomial maps. An equivariant map that is not polynomial has the form "
        "with a function S on the image of these arguments. That S is unique is a part of "
        "compressed-dynamics-uniqueness."
    ),
)
