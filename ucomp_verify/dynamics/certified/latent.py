"""Determinants in balls that exclude deep-set forms of networks after one step of training.

If f(T(theta)) = h(sum_i k(w_i)) with L latent dimensions, a certain matrix of L + 1 rows has a
determinant of 0 (proofs/dynamical-lth-hypothesis/argument.md). A ball without 0 excludes that.
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Protocol

from ucomp_verify.findings import Enclosure

from .balls import ball, enclosed
from .series import kept_terms

if TYPE_CHECKING:
    from flint import arb, arb_series

PREC = 1024  # bits: determinants of size 7 are as small as 1e-40


class Expandable(Protocol):
    """A function phi that is known by its power series."""

    def of_series(self, z: "arb_series") -> "tuple[arb_series, arb_series]":
        """phi and phi' of a power series."""
        ...


@dataclass(frozen=True)
class Exponential:
    """phi(z) = e^z."""

    def of_series(self, z: "arb_series") -> "tuple[arb_series, arb_series]":
        """e^z, twice."""
        value = z.exp()
        return value, value


@dataclass(frozen=True)
class Cubic:
    """phi(z) = z + z^3: after one step the sums of w^0, ..., w^6 give a form of 7 dimensions."""

    def of_series(self, z: "arb_series") -> "tuple[arb_series, arb_series]":
        """z + z^3 and 1 + 3 z^2."""
        return z + z * z * z, 1 + 3 * z * z


def latent_determinant(
    phi: Expandable, latent_dim: int, *, rate: Fraction = Fraction(1, 10), prec: int = PREC
) -> Enclosure:
    """det [psi_{Y_j}(w_i) - psi_{Y_j}(w_0)], i, j = 1, ..., L + 1, for fixed nodes in [-1, 1].

    The network is y = sum_i phi(w_i) for d = L + 3 objects, trained by one step of gradient
    descent on y^2 / 2; psi_Y(w) = phi'(w - rate Y phi'(w)) (1 - rate Y phi''(w)) / phi'(w). Node
    w_i is shared by L + 1 configurations, whose outputs Y_j differ by one more node. Any such
    determinant is 0 if f o T is h(sum_i k(w_i)) with L latent dimensions, h and k differentiable.
    """
    from flint import arb_mat, ctx

    if latent_dim < 1:
        raise ValueError(f"found {latent_dim} latent dimensions; expected 1 or more")
    size = latent_dim + 1
    shared = [Fraction(2 * i, size) - 1 for i in range(size + 1)]
    others = [Fraction(2 * j + 1, 2 * size + 1) for j in range(size)]
    with ctx.workprec(prec), kept_terms(3):
        base = sum((_value(phi, w) for w in shared), ball(0))
        pulls = [ball(rate) * (base + _value(phi, w)) for w in others]
        rows = [[_psi(phi, w, pull) for pull in pulls] for w in shared]
        entries = [[p - q for p, q in zip(row, rows[0], strict=True)] for row in rows[1:]]
        return enclosed(arb_mat(entries).det())


def _value(phi: Expandable, node: Fraction) -> "arb":
    from flint import arb_series

    return phi.of_series(arb_series([ball(node), ball(1)]))[0][0]


def _psi(phi: Expandable, node: Fraction, pull: "arb") -> "arb":
    """d/dw of phi(w - pull phi'(w)), divided by phi'(w)."""
    from flint import arb_series

    line = arb_series([ball(node), ball(1)])
    _, slope = phi.of_series(line)
    moved, _ = phi.of_series(line - pull * slope)
    return moved[1] / slope[0]
