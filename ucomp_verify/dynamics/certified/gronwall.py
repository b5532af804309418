"""How far two trained measures are apart, bounded by what their moments leave (T5).

delta_s is the largest |int g(F_s(w), x_a) d(mu_0 - nu_0)(w)| over the inputs, for the flow F_s of
the full network. The proofs are in proofs/dynamical-lth-repaired/argument.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from .balls import ball
from .networks import Smoothness

if TYPE_CHECKING:
    from flint import arb


@dataclass(frozen=True)
class Constants:
    """|l_a'| <= C1, |l_a''| <= C2, |grad g| <= G1, |Hess g| <= G2 wherever training comes."""

    loss_slope: Fraction
    loss_curvature: Fraction
    slope: Fraction
    curvature: Fraction

    @property
    def coupling(self) -> Fraction:
        """C2 G1^2: what a gap of the outputs does to it."""
        return self.loss_curvature * self.slope**2

    @property
    def kappa(self) -> Fraction:
        """C1 G2 + C2 G1^2: the rate at which gaps can grow."""
        return self.loss_slope * self.curvature + self.coupling


def gronwall_bounds(
    defects: "Sequence[arb]", constants: Constants, *, rate: Fraction
) -> "list[arb]":
    """delta_s + eta C2 G1^2 sum_{r<s} (1 + eta kappa)^(s-1-r) delta_r, for every step s."""
    growth, pull = 1 + ball(rate * constants.kappa), ball(rate * constants.coupling)
    total, bounds = ball(0), list["arb"]()
    for defect in defects:
        bounds.append(defect + pull * total)
        total = growth * total + defect
    return bounds


def uniform_bounds(
    defects: "Sequence[arb]", constants: Constants, *, rate: Fraction
) -> "list[arb]":
    """(1 + eta kappa)^s max_{r<=s} delta_r, for every step s."""
    growth, factor, most = 1 + ball(rate * constants.kappa), ball(1), ball(0)
    bounds = list["arb"]()
    for defect in defects:
        most = most.max(defect)
        bounds.append(factor * most)
        factor *= growth
    return bounds


def posterior_bounds(
    defects: "Sequence[Sequence[arb]]",
    loss_slopes: "Sequence[Sequence[arb]]",
    smoothness: Sequence[Smoothness],
    *,
    loss_curvature: Fraction,
    rate: Fraction,
) -> "list[list[arb]]":
    """delta_s(x_a) + G1(x_a) D_s for every step and input, by what the full network did.

    D_s bounds |F_s(w) - F'_s(w)| for the flow F' of the compressed network: D_0 = 0 and
    D_{s+1} = D_s + (eta/n) sum_a [(|l_a'| G2(x_a) + C2 G1(x_a)^2) D_s + C2 G1(x_a) delta_s(x_a)].
    """
    distance, bounds = ball(0), list["list[arb]"]()
    steep = [ball(s.slope) for s in smoothness]
    for row, slopes in zip(defects, loss_slopes, strict=True):
        bounds.append([d + g * distance for d, g in zip(row, steep, strict=True)])
        stretch, pull = ball(0), ball(0)
        for defect, slope, near in zip(row, slopes, smoothness, strict=False):
            strength = ball(loss_curvature * near.slope)
            stretch += abs(slope) * ball(near.curvature) + strength * ball(near.slope)
            pull += strength * defect
        pace = ball(rate / len(slopes))
        distance = (1 + pace * stretch) * distance + pace * pull
    return bounds
