"""What is learnt, by which networks, and how they are trained."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from itertools import islice
from typing import TYPE_CHECKING, Any

import numpy as np

from ucomp_verify.dynamics.activations import Activation, Array
from ucomp_verify.dynamics.batches import Batch, Places, mini_batches
from ucomp_verify.dynamics.initialisation import pytorch_two_layer
from ucomp_verify.dynamics.networks import TwoLayer
from ucomp_verify.dynamics.optimisers import SGD, AbstractOptimiser, Adam, Lion, RMSprop
from ucomp_verify.dynamics.training import whole
from ucomp_verify.studies.config import Config

from .runs import Rescaled, equal_parts

if TYPE_CHECKING:
    from ucomp_verify.studies.seeds import Seeds

NOISE = 0.2
TESTS = 2000  # points at which runs are compared
ROWS = 32  # examples of the mean-field problem


@dataclass(frozen=True, eq=False)
class Problem:
    """A network and its data; `inputs` and `targets` without noise are to compare runs at.

    `order` gives the batches anew, the same each time. `fresh` is a network with other
    parameters drawn in the same way, of the width given, or None if it makes no sense.
    """

    network: TwoLayer
    data: Batch
    inputs: Array
    targets: Array
    optimiser: AbstractOptimiser
    order: Callable[[], Iterator[Places | slice]]
    numbers: str
    fresh: Callable[[int], TwoLayer] | None = None


def number(seeds: "Seeds", purpose: str, **settings: Any) -> int:
    """A seed for what takes one of 32 bits."""
    return seeds.number(purpose, **settings) % (1 << 32)


def problem_of(config: Config, seeds: "Seeds") -> Problem:
    """The problem of an experiment; ValueError for an unknown one."""
    match config["experiment"]:
        case "figure":
            return _harmonic(config, seeds, order=6, frequency=20.0, numbers="float32")
        case "orders":
            return _harmonic(config, seeds, order=2, frequency=6.0, numbers="float64")
        case "mean-field":
            return _mean_field(config, seeds)
        case other:
            raise ValueError(
                f"found the experiment {other!r}; expected figure, orders or mean-field"
            )


def optimiser_of(config: Config) -> AbstractOptimiser:
    """The optimiser with the rate and eps of the cell; ValueError for an unknown name.

    "sign" moves each parameter by the rate, against the sign of its gradient.
    """
    rate, eps = config["rate"], config["eps"]
    match config["optimiser"]:
        case "SGD":
            return SGD(rate)
        case "momentum":
            return SGD(rate, 0.9)
        case "Adam":
            return Adam(rate, eps=eps)
        case "AdamW":
            return Adam(rate, eps=eps, decay=0.01)
        case "RMSprop":
            return RMSprop(rate, eps=eps)
        case "sign":
            return Lion(rate, (0.0, 0.0))
        case other:
            raise ValueError(
                f"found the optimiser {other!r}; expected SGD, momentum, Adam, AdamW, RMSprop or "
                "sign"
            )


def harmonic(points: Array, order: int, frequency: float) -> Array:
    """J_n(a r) cos(n theta) at points of the plane: a cylindrical harmonic, shape (points, 1)."""
    special: Any = import_module("scipy.special")
    radius = np.hypot(points[:, 0], points[:, 1])
    angle = np.arctan2(points[:, 1], points[:, 0])
    values: Array = special.jv(order, frequency * radius) * np.cos(order * angle)
    return values[:, None]


def _harmonic(
    config: Config, seeds: "Seeds", *, order: int, frequency: float, numbers: str
) -> Problem:
    """Noisy values on [-1, 1]^2, learnt in mini-batches by a network in the style of PyTorch."""
    experiment, trial = config["experiment"], config["trial"]
    count, size = config["samples"], config["batch"]
    random = seeds.generator("examples", experiment=experiment, samples=count, trial=trial)
    points = random.uniform(-1, 1, (count, 2))
    noisy = harmonic(points, order, frequency) + NOISE * random.normal(size=(count, 1))
    tests = seeds.generator("tests", experiment=experiment).uniform(-1, 1, (TESTS, 2))
    batches = number(seeds, "batches", samples=count, batch=size, trial=trial)

    def drawn(width: int, purpose: str) -> TwoLayer:
        seed = number(seeds, purpose, experiment=experiment, width=width, trial=trial)
        activation = Activation(config["activation"])
        return pytorch_two_layer(width, 2, seed=seed, activation=activation)

    return Problem(
        drawn(config["width"], "network"), Batch(points, noisy), tests,
        harmonic(tests, order, frequency), optimiser_of(config),
        lambda: islice(mini_batches(count, size, seed=batches), config["steps"]), numbers,
        lambda width: drawn(width, "narrow"),
    )  # fmt: skip


def _mean_field(config: Config, seeds: "Seeds") -> Problem:
    """sin(2 x) on [-1, 1] by y = sum_j v_j s(w_j x) / d, all examples in each step.

    The neurons start uniform in [-1, 1]^2: rates in d' are for bounded sets, and the few far
    neurons of a normal law would hide them.
    """
    width = config["width"]
    random = seeds.generator("network", experiment="mean-field", width=width, trial=config["trial"])
    points = random.uniform(-1, 1, (2, width))
    activation = Activation(config["activation"])
    network = TwoLayer(points[:1], None, points[1][:, None], activation=activation, scale=1 / width)
    examples, tests = equal_parts(-1, 1, ROWS), equal_parts(-1, 1, 2 * ROWS + 1)
    return Problem(
        network, Batch(examples, np.sin(2 * examples)), tests, np.sin(2 * tests),
        Rescaled(optimiser_of(config), float(width)), lambda: whole(config["steps"]), "float64",
    )  # fmt: skip
