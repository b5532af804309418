"""How much of a convex body a polynomial is small on (L2 of the ledger), and how much it is.

The share of {|p| <= t} in a body on which max |p| = 1 is at most
1 - tanh^(2m)(arccosh(1/t) / (2k)), with equality for Chebyshev polynomials of the height of a
cone, and that is at most 4 m t^(1/k).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import comb, prod

from ucomp_verify.bounds.statement import Bound, require, require_size, require_whole
from ucomp_verify.findings import Enclosure

from .bernstein import Side, Terms, largest_on_box, share_below_on_box
from .conversions import enclosure, to_ball, to_fraction, to_rational
from .univariate import largest_size, share_below

PREC = 160  # bits

LEVEL = "L2"
CLAIM = "levelset-remez-repaired"
HYPOTHESES = ("the body is convex, of volume > 0", "max |p| = 1 on it, and deg p <= k")


def sharp_share(dim: int, degree: int, level: Fraction, *, prec: int = PREC) -> Enclosure:
    """1 - tanh^(2m)(arccosh(1/t) / (2k)) for t = `level`, 0 < t <= 1, k = `degree` >= 1.

    >>> float(sharp_share(1, 1, Fraction(1, 3)).upper)
    0.5
    """
    from flint import arb, ctx

    _require(dim, degree, level)
    level = Fraction(level)
    if level == 1:
        return Enclosure.of(1)
    with ctx.workprec(prec):
        # arccosh(1/t) is arsinh of this root, which is a ball > 0 for every t < 1.
        root = to_ball(1 / level**2 - 1).sqrt()
        tangent = (root.asinh() / (2 * degree)).tanh()
        return enclosure(1 - prod([tangent] * (2 * dim), start=arb(1)), prec)


def simple_share(dim: int, degree: int, level: Fraction, *, prec: int = PREC) -> Enclosure:
    """4 m t^(1/k), which may exceed 1."""
    from flint import ctx

    _require(dim, degree, level)
    with ctx.workprec(prec):
        return enclosure(4 * dim * to_ball(level).root(degree), prec)


def level_set_bound(dim: int, degree: int, level: Fraction) -> Bound:
    """L2: the first of the two bounds, rounded up, and at most 1."""
    value = min(sharp_share(dim, degree, level).upper, Fraction(1))
    return Bound(value, LEVEL, CLAIM, HYPOTHESES)


@dataclass(frozen=True)
class Shares:
    """The level t = level / max |p|, and the share of the body on which |p| <= level."""

    level: Enclosure
    share: Enclosure

    def bound(self, dim: int, degree: int, *, prec: int = PREC) -> Enclosure:
        """L2 at the level, which grows with it."""
        low = sharp_share(dim, degree, min(self.level.lower, Fraction(1)), prec=prec)
        high = sharp_share(dim, degree, min(self.level.upper, Fraction(1)), prec=prec)
        return Enclosure(low.lower, high.upper, max(low.prec, high.prec, self.level.prec))


def interval_shares(
    coefficients: Sequence[Fraction],
    level: Fraction,
    side: Side,
    *,
    cumulative: Sequence[Fraction] = (Fraction(0), Fraction(1)),
    prec: int = PREC,
) -> Shares:
    """p(x) on an interval; or p of a height over a body, for its volume V(x) below height x.

    `cumulative` are the coefficients of V: `cone_volume` or `ball_volume`.
    """
    size = largest_size(coefficients, *side, prec=prec)
    share = share_below(coefficients, level, *side, cumulative=cumulative, prec=prec)
    return Shares(_relative(level, size), share)


def box_shares(terms: Terms, level: Fraction, box: Sequence[Side], *, depth: int = 14) -> Shares:
    """A polynomial of several variables on a box, enclosed by 2^depth parts of it."""
    size = largest_on_box(terms, box)
    return Shares(_relative(level, size), share_below_on_box(terms, level, box, depth=depth))


def cone_volume(dim: int, *, from_apex: bool = True) -> list[Fraction]:
    """V(x) of a cone of height 1 and volume 1, x measured from the apex or from the base.

    A simplex is a cone over each of its faces. x^m, or 1 - (1 - x)^m.
    """
    require_whole(LEVEL, "the dimension", dim)
    if from_apex:
        return [*[Fraction(0)] * dim, Fraction(1)]
    return [Fraction(0), *(Fraction(-comb(dim, i) * (-1) ** i) for i in range(1, dim + 1))]


def ball_volume() -> list[Fraction]:
    """V(x), up to a factor, of the ball of radius 1 in three dimensions for x in [-1, 1]."""
    return [Fraction(2), Fraction(3), Fraction(0), Fraction(-1)]


def extremal_polynomial(degree: int, slope: Fraction) -> tuple[list[Fraction], Fraction]:
    """T_k(c - (1 + c) x) for c = `slope` > 1, x the height measured from the apex of a cone.

    Its coefficients, and its maximum T_k(c), which it has at the apex; at the base it is
    T_k(-1). On a cone of any dimension it attains L2 at the level 1 of |p|.
    """
    from flint import fmpq_poly, fmpz_poly

    require_whole(LEVEL, "the degree", degree)
    require(slope > 1, LEVEL, f"c = {slope}", "a number > 1")
    inner = fmpq_poly([to_rational(slope), to_rational(-1 - slope)])
    p = fmpq_poly(fmpz_poly.chebyshev_t(degree))(inner)
    coefficients = [to_fraction(c) for c in p.coeffs()]
    return coefficients, coefficients[0]


def _relative(level: Fraction, size: Enclosure) -> Enclosure:
    require(level > 0, LEVEL, f"the level {level}", "a number > 0")
    require(size.lower > 0, LEVEL, "a polynomial that may be 0", "one with a maximum > 0")
    return Enclosure(level / size.upper, level / size.lower, size.prec)


def _require(dim: int, degree: int, level: Fraction) -> None:
    require_whole(LEVEL, "the dimension", dim)
    require_whole(LEVEL, "the degree", degree)
    t = require_size(LEVEL, "t", level)
    require(0 < t <= 1, LEVEL, f"t = {t}", "0 < t <= 1")
