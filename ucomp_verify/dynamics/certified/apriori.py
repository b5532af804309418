"""How many nodes are enough for an error after training, before any run (T5, second half)."""

from dataclasses import dataclass
from fractions import Fraction
from math import isqrt

from .gronwall import Constants
from .losses import Loss
from .networks import Network


@dataclass(frozen=True)
class AnalyticNetwork:
    """|g| <= G and |Hess g| <= H within rho of R^m in C^m, and the real constants of training.

    `real` holds for all outputs in [-G, G] and all real w.
    """

    dim: int
    radius: Fraction
    size: Fraction
    curvature: Fraction
    real: Constants


@dataclass(frozen=True)
class Plan:
    """One reduction of this degree in each of side^dim cells leaves at most `size` nodes."""

    side: int
    degree: int
    size: int


def analytic_network(network: Network, loss: Loss, *, radius: Fraction) -> AnalyticNetwork:
    """The constants of phi(<w, x>): <z, x> is in the strip of half width rho |x| if |Im z| <= rho.

    Raises ValueError for a network with output weights, whose derivatives have no bound, or
    if the strip would hold a pole.
    """
    if network.output_weights:
        raise ValueError("found output weights; expected g = phi(<w, x>), with bounded derivatives")
    phi, length = network.activation, max(network.lengths)
    width = radius * length
    size = phi.size_in_strip(width)
    real = Constants(
        loss.slope_bound(-size, size),
        loss.curvature_bound(-size, size),
        phi.slope(None) * length,
        phi.curvature(None) * length**2,
    )
    curvature = phi.curvature_in_strip(width) * length**2
    return AnalyticNetwork(network.dim, radius, size, curvature, real)


def plan(
    network: AnalyticNetwork, *, half_side: Fraction, rate: Fraction, steps: int, error: Fraction
) -> Plan:
    """Cells and degree for an error after so many steps, and the number of nodes promised.

    n = ceil(2 R sqrt(m) (1 + eta C1 H)^T / rho) cells along an axis of [-R, R]^m and degree k
    with k + 1 = max(1, ceil(log2(4 G (1 + eta kappa)^T / eps))): at most n^m (k + 1)^m nodes.
    """
    if min(half_side, rate, error) <= 0 or steps < 0:
        raise ValueError(
            f"found half side {half_side}, rate {rate}, error {error}, steps {steps}; expected "
            "numbers > 0 and steps >= 0"
        )
    stretch = (1 + rate * network.real.loss_slope * network.curvature) ** steps
    side = _root_ceiling((2 * half_side * stretch / network.radius) ** 2 * network.dim)
    growth = (1 + rate * network.real.kappa) ** steps
    doublings = max(1, _log2_ceiling(4 * network.size * growth / error))
    return Plan(side, doublings - 1, (side * doublings) ** network.dim)


def defect_bound(
    network: AnalyticNetwork, *, cell_radius: Fraction, degree: int, rate: Fraction, step: int
) -> Fraction:
    """2 G q^(k+1) / (1 - q) for q = r (1 + eta C1 H)^s / rho < 1: at least delta_s, if moments up
    to the degree agree in cells within r of their middles."""
    stretch = (1 + rate * network.real.loss_slope * network.curvature) ** step
    ratio = cell_radius * stretch / network.radius
    if ratio >= 1:
        raise ValueError(f"found q = {float(ratio):.3g}; expected less than 1: take smaller cells")
    return 2 * network.size * ratio ** (degree + 1) / (1 - ratio)


def _root_ceiling(square: Fraction) -> int:
    """The least integer >= 1 whose square is at least this number > 0."""
    least = -(-square.numerator // square.denominator)
    return isqrt(least - 1) + 1


def _log2_ceiling(value: Fraction) -> int:
    """The least integer j >= 0 with 2^j >= value."""
    doublings = 0
    while 2**doublings < value:
        doublings += 1
    return doublings
