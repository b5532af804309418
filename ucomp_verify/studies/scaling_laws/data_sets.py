"""Fig. 5(a): the test loss against the number of examples, before and after compression."""

from typing import TYPE_CHECKING

import numpy as np

from ucomp_verify.dynamics.activations import Activation
from ucomp_verify.dynamics.batches import Batch
from ucomp_verify.dynamics.optimisers import Adam
from ucomp_verify.dynamics.training import cosine, outputs_of, train
from ucomp_verify.studies.dataset_compression.runs import Plan, data_sets, student
from ucomp_verify.studies.dataset_compression.teaching import Lesson, examples

if TYPE_CHECKING:
    from ucomp_verify.dynamics.networks import TwoLayer
    from ucomp_verify.studies.config import Config
    from ucomp_verify.studies.seeds import Seeds

WIDTH = 50
LESSON = Lesson(noise=1.5)
OPTIMISER = Adam(0.01, decay=0.01)
ARMS = ("original", "compressed", "isotropic", "zeroth", "random")


def data_losses(config: "Config", seeds: "Seeds", budget: int) -> dict[str, float | int]:
    """Losses of all arms. Teacher, test and student are those of the trial, for all sizes."""
    d, trial = config["d"], config["trial"]
    task = examples(seeds, LESSON, size=d, trial=trial)
    seed = seeds.number("reduction", part="data", d=d, k=config["k"], trial=trial) % (1 << 32)
    sets = {"original": task.data}
    if budget < d:
        sets = data_sets(task.data, size=budget, degree=config["k"], seed=seed)
    order = seeds.number("batches", part="data", trial=trial)
    plan = Plan(OPTIMISER, config["steps"], config["batch"], 1, order)
    start = student(WIDTH, Activation.RELU, seed=seeds.number("student", trial=trial))
    found: dict[str, float | int] = {"budget": budget}
    losses: dict[str, float] = {}
    for name in ARMS:
        data = sets.get(name, task.data)
        losses[name] = (
            losses["original"]
            if data is task.data and losses
            else _loss(start, plan, data, task.test)
        )
        found |= {f"{name}_loss": losses[name], f"{name}_nodes": len(data)}
    return found


def _loss(start: "TwoLayer", plan: Plan, data: Batch, test: Batch) -> float:
    """The test loss at the end of a run; batches are unbiased for all of the data set."""
    schedule = cosine(plan.steps)
    places = plan.places(len(data))
    network = start
    for now in train(
        start, plan.optimiser, data, places, schedule=schedule, every=plan.steps, unbiased=True
    ):
        network = now.network
    return float(np.mean((outputs_of(network, test.inputs) - test.targets) ** 2))
