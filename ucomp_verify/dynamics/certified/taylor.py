"""Power series of where training takes an object, about its start, with enclosed coefficients.

An object that takes no part in the outputs is moved by a network that is trained: z ->
F_s(w + z u) is analytic. How far its series converges limits what moments can do after s steps.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias

from ucomp_verify.bounds.rounding import root_above, rounded_up
from ucomp_verify.findings import Enclosure
from ucomp_verify.measures import AtomicMeasure

from .balls import ball, enclosed, size
from .losses import Loss
from .networks import Network
from .series import kept_terms
from .training import Flow, train

if TYPE_CHECKING:
    from flint import arb, arb_series

    Series: TypeAlias = list[arb_series]

ORDER = 80  # coefficients
PREC = 400  # bits; a step loses some
WIDTHS = tuple(Fraction(j, 200) for j in range(2, 158, 2))  # of strips, up to pi/4


@dataclass(frozen=True)
class FlowSeries:
    """The coefficients of z -> F_s(w + z u), all enclosed, for each coordinate.

    `observed_radius` is what the later coefficients show of the radius of convergence: finitely
    many of them prove nothing about it. No radius is below `proved_radius`, if that is known.
    """

    step: int
    coefficients: tuple[tuple[Enclosure, ...], ...]
    proved_radius: Fraction | None

    @property
    def observed_radius(self) -> float:
        """The least |c_k|^(-1/k) of the upper half of the coefficients, of all coordinates."""
        return min(_root(c, k) for row in self.coefficients for k, c in _upper_half(row))

    @property
    def width(self) -> Fraction:
        """The largest width of an enclosure."""
        return max(c.upper - c.lower for row in self.coefficients for c in row)


def flow_series(
    network: Network,
    loss: Loss,
    measure: AtomicMeasure,
    *,
    rate: Fraction,
    steps: Iterable[int],
    start: Sequence[Fraction],
    direction: Sequence[Fraction],
    order: int = ORDER,
    prec: int = PREC,
) -> tuple[FlowSeries, ...]:
    """The series after each of the steps, for the object that starts in w = `start`.

    `direction` is u; radii are in units of z. Raises ValueError for vectors of a wrong length
    and where balls grew so wide that coefficients are not finite: raise `prec`.
    """
    from flint import ctx

    wanted = sorted(set(steps))
    if not wanted or wanted[0] < 0 or {len(start), len(direction)} != {network.dim}:
        raise ValueError(
            f"found steps {wanted} and vectors of lengths {len(start)} and {len(direction)}; "
            f"expected steps >= 0 and vectors of length {network.dim}"
        )
    with ctx.workprec(prec), kept_terms(order):
        flow = train(network, loss, measure, rate=rate, steps=wanted[-1])
        place = _line(start, direction)
        found = list[FlowSeries]()
        for step in range(wanted[-1] + 1):
            if step in wanted:
                radius = _proved(network, flow, rate, step, direction)
                found.append(FlowSeries(step, tuple(_enclosed(c, order) for c in place), radius))
            place = _moved(network, place, flow.slopes[step], rate)
    return tuple(found)


def _line(start: Sequence[Fraction], direction: Sequence[Fraction]) -> "Series":
    from flint import arb_series

    return [arb_series([ball(w), ball(u)]) for w, u in zip(start, direction, strict=True)]


def _moved(network: Network, place: "Series", slopes: "Sequence[arb]", rate: Fraction) -> "Series":
    """The object after one step under these l_a'."""
    pace = ball(rate / len(slopes))
    v, u = (place[0], place[1:]) if network.output_weights else (None, place)
    own, drift = 0 * place[0], [0 * c for c in u]
    for x, slope in zip(network.inputs, slopes, strict=False):
        argument = 0 * place[0]
        for c, entry in zip(u, x, strict=True):
            argument = argument + c * ball(entry)
        phi, derivative = network.activation.of_series(argument)
        own = own + pace * slope * phi
        pull = derivative if v is None else v * derivative
        drift = [g + pace * slope * ball(entry) * pull for g, entry in zip(drift, x, strict=True)]
    after = [c - g for c, g in zip(u, drift, strict=True)]
    return after if v is None else [v - own, *after]


def _proved(
    network: Network, flow: Flow, rate: Fraction, step: int, direction: Sequence[Fraction]
) -> Fraction | None:
    """The largest rho / (|u| prod_{r<s} (1 + eta r_r H(rho))) of some strips.

    By (B1) of the argument F_s is holomorphic within rho / prod(...) of R^m, for r_r the mean
    of |l_a'|. None for networks with output weights, whose derivatives have no bound.
    """
    if network.output_weights:
        return None
    totals = [sum((size(s).upper for s in row), Fraction(0)) for row in flow.slopes[:step]]
    means = [
        rounded_up(t / len(loss_slopes))
        for t, loss_slopes in zip(totals, flow.slopes, strict=False)
    ]
    length = max(network.lengths)
    radii = list[Fraction]()
    for width in WIDTHS:
        try:
            curvature = network.activation.curvature_in_strip(width) * length**2
        except ValueError:
            break
        radius = width / length
        for mean in means:
            radius /= 1 + rate * mean * curvature
        radii.append(radius)
    return max(radii) / root_above(sum((u * u for u in direction), Fraction(0)))


def _enclosed(series: "arb_series", order: int) -> tuple[Enclosure, ...]:
    found = [enclosed(c) for c in series.coeffs()]
    return (*found, *[Enclosure.of(0)] * (order - len(found)))


def _upper_half(row: Sequence[Enclosure]) -> "list[tuple[int, Enclosure]]":
    return list(enumerate(row))[max(1, len(row) // 2) :]


def _root(coefficient: Enclosure, order: int) -> float:
    """|c|^(-1/order), for the upper end of |c|."""
    from math import inf, log2

    largest = max(abs(coefficient.lower), abs(coefficient.upper))
    if not largest:
        return inf
    bits = log2(largest.numerator) - log2(largest.denominator)
    return 2.0 ** (-bits / order)
