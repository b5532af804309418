"""Training of one student on a data set, and on smaller ones that stand for it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from ucomp_verify.dynamics.activations import Activation, Array
from ucomp_verify.dynamics.batches import Batch, Places, mini_batches
from ucomp_verify.dynamics.compressing import compress_dataset
from ucomp_verify.dynamics.controls import first_examples, random_examples
from ucomp_verify.dynamics.initialisation import pytorch_two_layer
from ucomp_verify.dynamics.networks import TwoLayer
from ucomp_verify.dynamics.optimisers import SGD, AbstractOptimiser, Adam
from ucomp_verify.dynamics.training import cosine, outputs_of, prediction_gap, train, whole

from .teaching import INPUTS, Examples, Lesson, examples

if TYPE_CHECKING:
    from ucomp_verify.studies.config import Config
    from ucomp_verify.studies.seeds import Seeds

WIDTH = 50
PARTS = 10  # of a training, between which the test loss is taken
OPTIMISERS: Mapping[str, AbstractOptimiser] = {
    "SGD": SGD(0.05),
    "momentum": SGD(0.005, 0.9),
    "Adam": Adam(0.001),
    "AdamW": Adam(0.001, decay=0.01),
}
SMOOTH = Lesson(activation=Activation.TANH.value, signal=1.0, noise=0.3)
SMOOTH_WIDTH = 20
SMOOTH_RATE = 0.3


@dataclass(frozen=True)
class Plan:
    """Steps on batches of `batch` examples, 0 for all; the rate falls to 0 by epochs of `epoch`."""

    optimiser: AbstractOptimiser
    steps: int
    batch: int
    epoch: int
    order: int  # seed of the batches

    def places(self, count: int) -> Iterator[Places | slice]:
        """Which of `count` examples each step sees; equal counts see the same."""
        if not self.batch:
            return whole(self.steps)
        return islice(mini_batches(count, self.batch, seed=self.order), self.steps)


def data_sets(data: Batch, *, size: int, degree: int, seed: int) -> dict[str, Batch]:
    """The data set and those that stand for it, each with at most `size` examples.

    "zeroth" keeps the sums of 1 and y alone (k = 0), over cells that are smaller for that: two
    examples a cell. "random" has the weights d / d', "naive" is what Fig. 3 compares with. A
    loss is divided by the sum of weights, so these two differ in their examples alone.
    """
    chosen = random_examples(data, size, seed=seed)
    weighted = Batch(chosen.inputs, chosen.targets, np.full(size, len(data) / size))
    return {
        "original": data,
        "compressed": compressed(data, size, degree, seed=seed),
        "isotropic": compressed(data, size, degree, seed=seed, y_linear=False),
        "zeroth": compressed(data, size, 0, seed=seed),
        "random": weighted,
        "naive": first_examples(data, size),
    }


def compressed(data: Batch, size: int, degree: int, *, seed: int, y_linear: bool = True) -> Batch:
    """At most `size` of the examples, with weights that keep moments up to the degree."""
    after = compress_dataset(data.inputs, data.targets, size, degree, y_linear=y_linear, seed=seed)
    return after.batch


def student(width: int, activation: Activation, *, seed: int) -> TwoLayer:
    """The network before training."""
    return pytorch_two_layer(width, INPUTS, seed=seed, activation=activation)


def training(config: "Config", seeds: "Seeds") -> dict[str, float | int]:
    """Fig. 3: test losses of all arms in the course of one training."""
    d, trial = config["d"], config["trial"]
    task = examples(seeds, Lesson(), size=d, trial=trial)
    seed = seeds.number("reduction", d=d, size=config["size"], k=config["k"], trial=trial)
    arms = data_sets(task.data, size=config["size"], degree=config["k"], seed=seed % (1 << 32))
    epoch = -(-d // config["batch"]) if config["batch"] else 1
    plan = Plan(
        OPTIMISERS[config["optimiser"]],
        config["epochs"] * epoch,
        config["batch"],
        epoch,
        seeds.number("batches", d=d, batch=config["batch"], trial=trial),
    )
    start = student(WIDTH, Activation.RELU, seed=seeds.number("student", trial=trial))
    return _compared({name: _course(start, plan, data, task) for name, data in arms.items()}, arms)


@dataclass(frozen=True, eq=False)
class _Course:
    losses: tuple[float, ...]
    before: Array
    after: Array


def _course(start: TwoLayer, plan: Plan, data: Batch, task: Examples) -> _Course:
    """The run of one arm; all take the same number of steps of the same rates."""
    runs = train(
        start,
        plan.optimiser,
        data,
        plan.places(len(data)),
        schedule=cosine(plan.steps, period=plan.epoch),
        every=max(plan.steps // PARTS, 1),
        unbiased=plan.batch > 0,
    )
    test = task.test
    outputs = [outputs_of(now.network, test.inputs) for now in runs]
    losses = (float(np.mean((one - test.targets) ** 2)) for one in outputs)
    return _Course(tuple(losses), outputs[0], outputs[-1])


def _compared(courses: Mapping[str, _Course], arms: Mapping[str, Batch]) -> dict[str, float | int]:
    original = courses["original"]
    moved = _rms(original.after - original.before)
    found: dict[str, float | int] = {"moved": moved}
    for name, course in courses.items():
        found |= {f"{name}_{part}": loss for part, loss in enumerate(course.losses)}
        found[f"{name}_gap"] = _rms(course.after - original.after) / moved
        found[f"{name}_nodes"] = len(arms[name])
    return found


def _rms(values: Array) -> float:
    return float(np.sqrt(np.mean(values**2)))


def slopes(config: "Config", seeds: "Seeds") -> dict[str, float | int]:
    """Prediction gaps of a smooth student after gradient descent, by degree and size.

    A gap is the largest difference of predictions, relative to the largest change in training.
    """
    d, trial = config["d"], config["trial"]
    task = examples(seeds, SMOOTH, size=d, trial=trial)
    start = student(SMOOTH_WIDTH, Activation.TANH, seed=seeds.number("student", trial=trial))
    ends = _ends(start, task.data, config["steps"], task.test.inputs)
    found: dict[str, float | int] = {}
    for size in _numbers(config["sizes"]):
        seed = seeds.number("reduction", d=d, size=size, trial=trial) % (1 << 32)
        arms = {f"k{k}": compressed(task.data, size, k, seed=seed) for k in _numbers(config["ks"])}
        arms["random"] = random_examples(task.data, size, seed=seed)
        for name, data in arms.items():
            gaps, moved = prediction_gap(
                ends, _ends(start, data, config["steps"], task.test.inputs)
            )
            found |= {f"{name}_{size}": float(gaps[-1]) / moved, f"{name}_{size}_nodes": len(data)}
    return found


def _ends(start: TwoLayer, data: Batch, steps: int, inputs: Array) -> list[Array]:
    runs = train(start, SGD(SMOOTH_RATE), data, whole(steps), every=steps)
    return [outputs_of(now.network, inputs) for now in runs]


def _numbers(text: str) -> list[int]:
    return [int(part) for part in text.split()]
