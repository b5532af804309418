"""Two trained measures compared, step by step: gaps, and what bounds them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias

from ucomp_verify.findings import Enclosure
from ucomp_verify.measures import AtomicMeasure

from .balls import ball, enclosed, largest, size
from .gronwall import Constants, gronwall_bounds, posterior_bounds, uniform_bounds
from .losses import Loss
from .networks import Network, Smoothness
from .training import Flow

if TYPE_CHECKING:
    from flint import arb

    Rows: TypeAlias = Sequence[Sequence[arb]]


@dataclass(frozen=True)
class CertifiedStep:
    """The gap after `step` steps, and what bounds it. All of them are enclosures.

    `gap` is max_a |y_mu(x_a) - y_nu(x_a)| over the training inputs, `defect` is delta_s.
    `gronwall` and `uniform` are the bounds of the theorem (first and second), `posterior` the
    one by what the full network did. `change` is max_a of what training changed the output.
    `probe_gap` and `probe_posterior` are gap and bound at inputs that are not trained on.
    """

    step: int
    gap: Enclosure
    defect: Enclosure
    gronwall: Enclosure
    uniform: Enclosure
    posterior: Enclosure
    change: Enclosure
    probe_gap: Enclosure | None
    probe_posterior: Enclosure | None


@dataclass(frozen=True)
class CertifiedTraining:
    """All steps from 0 on, the constants of the visited region, and the bits of the balls."""

    steps: tuple[CertifiedStep, ...]
    constants: Constants
    outputs: tuple[Fraction, Fraction]
    prec: int


@dataclass(frozen=True)
class Runs:
    """A measure and its compression, and where training takes both."""

    network: Network
    loss: Loss
    before: AtomicMeasure
    after: AtomicMeasure
    full: Flow
    small: Flow
    rate: Fraction

    @property
    def count(self) -> int:
        """How many inputs are trained on; the others are probes."""
        return len(self.loss.targets)


def compared(runs: Runs) -> CertifiedTraining:
    """Gaps and bounds at every step, at the precision at which the runs were made."""
    from flint import ctx

    interval, near = _interval(runs), _smoothness(runs)
    constants = _constants(runs, interval, near[: runs.count])
    defects = _defects(runs)
    worst = [_most(row[: runs.count]) for row in defects]
    posterior = posterior_bounds(
        defects,
        runs.full.slopes,
        near,
        loss_curvature=constants.loss_curvature,
        rate=runs.rate,
    )
    bounds = zip(
        gronwall_bounds(worst, constants, rate=runs.rate),
        uniform_bounds(worst, constants, rate=runs.rate),
        strict=True,
    )
    gaps = _distances(runs.full.outputs, runs.small.outputs)
    changes = _distances(runs.full.outputs, [runs.full.outputs[0]] * len(gaps))
    steps = tuple(
        CertifiedStep(
            step,
            _largest(gaps[step][: runs.count]),
            size(worst[step]),
            enclosed(first),
            enclosed(second),
            _largest(posterior[step][: runs.count]),
            _largest(changes[step][: runs.count]),
            _probed(gaps[step][runs.count :]),
            _probed(posterior[step][runs.count :]),
        )
        for step, (first, second) in enumerate(bounds)
    )
    return CertifiedTraining(steps, constants, interval, ctx.prec)


def _interval(runs: Runs) -> tuple[Fraction, Fraction]:
    """An interval that holds all outputs at training inputs, of both networks."""
    rows = (*runs.full.outputs, *runs.small.outputs)
    ends = [enclosed(y) for row in rows for y in row[: runs.count]]
    return min(e.lower for e in ends), max(e.upper for e in ends)


def _smoothness(runs: Runs) -> list[Smoothness]:
    """Constants for each input, on a convex set that holds all visited nodes."""
    reach = max(runs.full.reach, runs.small.reach)
    top = max(runs.full.top, runs.small.top)
    places = range(len(runs.network.inputs))
    return [runs.network.smoothness(place, reach=reach, top=top) for place in places]


def _constants(
    runs: Runs, interval: tuple[Fraction, Fraction], near: Sequence[Smoothness]
) -> Constants:
    return Constants(
        runs.loss.slope_bound(*interval),
        runs.loss.curvature_bound(*interval),
        max(s.slope for s in near),
        max(s.curvature for s in near),
    )


def _defects(runs: Runs) -> "list[list[arb]]":
    """delta_s(x_a): what the change of the weights does to the integral of g(F_s(w), x_a)."""
    old, new = runs.before.weights, runs.after.weights
    changes = [ball(old[i] - new[i]) for i in runs.before.support]
    return [
        [
            abs(sum((c * g for c, g in zip(changes, column, strict=True)), ball(0)))
            for column in zip(*values, strict=True)
        ]
        for values in runs.full.values
    ]


def _distances(left: "Rows", right: "Rows") -> "list[list[arb]]":
    return [
        [abs(u - v) for u, v in zip(us, vs, strict=True)]
        for us, vs in zip(left, right, strict=True)
    ]


def _most(numbers: "Sequence[arb]") -> "arb":
    most = numbers[0]
    for number in numbers[1:]:
        most = most.max(number)
    return most


def _largest(numbers: "Iterable[arb]") -> Enclosure:
    return largest(size(number) for number in numbers)


def _probed(numbers: "Sequence[arb]") -> Enclosure | None:
    return _largest(numbers) if numbers else None
