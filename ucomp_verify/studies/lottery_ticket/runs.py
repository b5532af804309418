"""Training runs on the same batches, and how far their outputs are apart."""

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from math import isfinite

import numpy as np

from ucomp_verify.dynamics.activations import Array
from ucomp_verify.dynamics.batches import Batch, Places
from ucomp_verify.dynamics.layouts import Layout, Leaves
from ucomp_verify.dynamics.networks import AbstractNetwork
from ucomp_verify.dynamics.optimisers_base import AbstractOptimiser, Family, State
from ucomp_verify.dynamics.training import gradient_of, outputs_of, start, stepped

EARLY = (0, 1, 3, 10, 30, 100, 300)
FAST = 0.1  # of the steps are faster than what is told of their time
PARTS = 15  # of a run, at the ends of which it is looked at too


class Diverged(ArithmeticError):
    """A run has outputs that are not finite."""


@dataclass(frozen=True)
class Rescaled(AbstractOptimiser):
    """`inner`, fed with gradients times `factor`.

    With the factor d these are gradients by mass of a mean-field network of width d: they do
    not shrink as the width grows, so that rates and the eps of Adam mean the same at each.
    """

    inner: AbstractOptimiser
    factor: float

    @property
    def family(self) -> Family:
        """That of the optimiser inside."""
        return self.inner.family

    @property
    def name(self) -> str:
        """That of the optimiser inside."""
        return self.inner.name

    def start(self, leaves: Leaves, layout: Layout) -> State:
        """The state of the optimiser inside."""
        return self.inner.start(leaves, layout)

    def updates(
        self, leaves: Leaves, gradients: Leaves, state: State, layout: Layout
    ) -> tuple[Leaves, State]:
        """The changes for the larger gradients."""
        larger = tuple(gradient * self.factor for gradient in gradients)
        return self.inner.updates(leaves, larger, state, layout)


@dataclass(frozen=True, eq=False)
class Run:
    """A training run, seen at some steps: outputs at the test inputs, and losses of batches.

    `losses` are means over the batches since the checkpoint before. `step_seconds` is what
    the processor took for a step in the fastest tenth of them, which other work on the machine
    disturbs least: gradient and update, without the drawing of batches.
    """

    outputs: Mapping[int, Array]
    losses: Mapping[int, float]
    step_seconds: float

    def test_loss(self, step: int, targets: Array) -> float:
        """The mean square of the outputs minus the targets."""
        return float(((self.outputs[step] - targets) ** 2).mean())


def checkpoints(steps: int) -> tuple[int, ...]:
    """The steps at which runs are looked at, more of them early; first 0, last `steps`.

    >>> checkpoints(10)
    (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10)
    >>> len(checkpoints(6000))
    22
    """
    later = (steps * part // PARTS for part in range(1, PARTS + 1))
    early = (step for step in EARLY if step < steps)
    return tuple(sorted({*early, *later}))


def follow(
    network: AbstractNetwork,
    optimiser: AbstractOptimiser,
    data: Batch,
    order: Iterable[Places | slice],
    inputs: Array,
    steps: int,
) -> Run:
    """The run of so many steps; Diverged if it leaves the finite numbers."""
    outputs, losses = dict[int, Array](), dict[int, float]()
    since, seconds = list[float](), list[float]()
    places = set(checkpoints(steps))
    inputs = inputs.astype(network.leaves[0].dtype)
    gradient, now = gradient_of(network), start(network, optimiser)
    data = data.astype(network.leaves[0].dtype)
    outputs[0] = _finite(outputs_of(network, inputs), 0)
    for chosen in islice(order, steps):
        batch = data.part(chosen)
        before = time.process_time()
        now = stepped(now, optimiser, batch, gradient=gradient)
        seconds.append(time.process_time() - before)
        since.append(now.loss)
        if now.step in places:
            outputs[now.step] = _finite(outputs_of(now.network, inputs), now.step)
            losses[now.step] = sum(since) / len(since)
            since.clear()
    fast = float(np.quantile(seconds, FAST)) if seconds else 0.0
    return Run(outputs, losses, fast)


def _finite(outputs: Array, step: int) -> Array:
    wide = outputs.astype(np.float64)
    if not isfinite(float(np.abs(wide).max())):
        raise Diverged(f"found outputs that are not finite after {step} steps: lower the rate")
    return wide


def largest_gap(one: Array, other: Array) -> float:
    """The largest difference of outputs at the same inputs."""
    return float(np.abs(one - other).max())


def rms_gap(one: Array, other: Array) -> float:
    """The root of the mean square of differences."""
    return float(np.sqrt(((one - other) ** 2).mean()))


def distance_moved(run: Run) -> float:
    """max_t rms_x |y_t(x) - y_0(x)|: what gaps are compared with."""
    return max(rms_gap(outputs, run.outputs[0]) for outputs in run.outputs.values())


def equal_parts(low: float, high: float, count: int) -> Array:
    """`count` equally spaced numbers from low to high, one a row."""
    return np.linspace(low, high, count)[:, None]


def found_in(runs: Mapping[str, Run], targets: Array, arms: Sequence[str]) -> dict[str, float]:
    """Losses, gaps and their largest relative values, for the arms against "original"."""
    original = runs["original"]
    steps = sorted(original.outputs)
    moved = distance_moved(original)
    found = {"moved": moved}
    for name in ("original", *arms):
        run = runs[name]
        for step in steps:
            found[f"loss_{name}_at_{step}"] = run.test_loss(step, targets)
        found[f"train_{name}"] = run.losses[steps[-1]]
    for name in arms:
        pairs = [(step, original.outputs[step], runs[name].outputs[step]) for step in steps]
        gaps = {step: largest_gap(one, other) for step, one, other in pairs}
        found |= {f"gap_{name}_at_{step}": gap for step, gap in gaps.items()}
        found |= {f"rms_{name}_at_{step}": rms_gap(one, other) for step, one, other in pairs}
        found[f"largest_{name}"] = max(gaps.values()) / moved
        found[f"end_{name}"] = gaps[steps[-1]] / moved
    return found
