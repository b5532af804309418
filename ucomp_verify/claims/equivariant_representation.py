"""The form of an equivariant map: existence."""

from .base import Claim, Kind, Parameter, Source, Variant, unread

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
    read=unread,
    uses=("ftsp",),
    reading=(
        "Existence, for polynomial maps. An equivariant map that is not polynomial has the form "
        "with a function S on the image of these arguments. That S is unique is a part of "
        "compressed-dynamics-uniqueness."
    ),
)
