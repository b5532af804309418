"""Fig. 5(b): the test loss against the width of a network, before and after compression.

The target is the cylindrical harmonic J_6(20 r) cos(6 theta) on [-1, 1]^2.
"""

from itertools import islice
from typing import TYPE_CHECKING, Any

import numpy as np

from ucomp_verify.dynamics.activations import Activation, Array
from ucomp_verify.dynamics.batches import Batch, mini_batches
from ucomp_verify.dynamics.compressing import compress_network
from ucomp_verify.dynamics.controls import random_subset
from ucomp_verify.dynamics.initialisation import pytorch_two_layer
from ucomp_verify.dynamics.optimisers import Adam
from ucomp_verify.dynamics.training import cosine, outputs_of, train

if TYPE_CHECKING:
    from ucomp_verify.dynamics.networks import TwoLayer
    from ucomp_verify.studies.config import Config
    from ucomp_verify.studies.seeds import Seeds

INPUTS = 2
ORDER, FREQUENCY = 6, 20.0
EXAMPLES = 20_000
NOISE = 0.2
TEST_SIZE = 8192
OPTIMISER = Adam(0.001, decay=0.01)
ARMS = ("original", "compressed", "weighted", "unweighted", "narrow")


def harmonic(inputs: Array) -> Array:
    """J_6(20 r) cos(6 theta) at inputs of shape (n, 2), as (n, 1)."""
    from scipy.special import jv  # pyright: ignore[reportMissingTypeStubs]

    bessel: Any = jv
    radius = np.hypot(inputs[:, 0], inputs[:, 1])
    angle = np.arctan2(inputs[:, 1], inputs[:, 0])
    return (bessel(ORDER, FREQUENCY * radius) * np.cos(ORDER * angle))[:, None]


def width_losses(config: "Config", seeds: "Seeds", budget: int) -> dict[str, float | int]:
    """Losses of all arms, which see the same batches of the same examples of the trial."""
    data, test = _examples(seeds, config["trial"])
    networks = _networks(config, seeds, budget)
    order = seeds.number("batches", part="width", trial=config["trial"])
    found: dict[str, float | int] = {"budget": budget}
    losses: dict[str, float] = {}
    for name in ARMS:
        network = networks.get(name, networks["original"])
        losses[name] = (
            _loss(network, config, data, test, order) if name in networks else losses["original"]
        )
        found |= {f"{name}_loss": losses[name], f"{name}_nodes": network.width}
    return found


def _examples(seeds: "Seeds", trial: int) -> tuple[Batch, Batch]:
    random = seeds.generator("harmonic", trial=trial)
    inputs = random.uniform(-1, 1, (EXAMPLES, INPUTS))
    targets = harmonic(inputs) + NOISE * random.normal(size=(EXAMPLES, 1))
    seen = random.uniform(-1, 1, (TEST_SIZE, INPUTS))
    return Batch(inputs, targets).astype(np.float32), Batch(seen, harmonic(seen))


def _networks(config: "Config", seeds: "Seeds", budget: int) -> dict[str, "TwoLayer"]:
    """A network of width d and, if the budget is less, those of the number of neurons it keeps.

    "weighted" has random neurons with the weights d / d', "unweighted" with 1 as in the paper,
    "narrow" is a new network.
    """
    d, k, trial = config["d"], config["k"], config["trial"]
    seed = seeds.number("network", d=d, trial=trial)
    original = pytorch_two_layer(d, INPUTS, seed=seed, activation=Activation.RELU)
    if budget == d:
        return {"original": original}
    number = seeds.number("reduction", part="width", d=d, k=k, trial=trial) % (1 << 32)
    after = compress_network(original, budget, k, seed=number).network
    width = after.width
    return {
        "original": original,
        "compressed": after,
        "weighted": random_subset(original, width, seed=number, weighted=True),
        "unweighted": random_subset(original, width, seed=number, weighted=False),
        "narrow": pytorch_two_layer(width, INPUTS, seed=seed, activation=Activation.RELU),
    }


def _loss(network: "TwoLayer", config: "Config", data: Batch, test: Batch, order: int) -> float:
    """The test loss at the end of a run in float32."""
    steps, batch = config["steps"], config["batch"]
    places = islice(mini_batches(len(data), batch, seed=order), steps)
    schedule = cosine(steps, period=-(-len(data) // batch))
    now = network = network.astype(np.float32)
    for moment in train(network, OPTIMISER, data, places, schedule=schedule, every=steps):
        now = moment.network
    outputs = outputs_of(now, test.inputs.astype(np.float32)).astype(np.float64)
    return float(np.mean((outputs - test.targets) ** 2))
