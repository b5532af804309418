"""A network and smaller ones made from it, trained side by side on the same batches."""

import time
from typing import TYPE_CHECKING

from ucomp_verify.studies.config import Config, Result, Value

if TYPE_CHECKING:
    from ucomp_verify.dynamics.networks import TwoLayer
    from ucomp_verify.studies.seeds import Seeds

    from .problems import Problem

ARMS = ("compressed", "fair", "paper")
DIGITS = {"float32": 7, "float64": 16}


def cell(config: Config, seeds: "Seeds") -> Result:
    """Losses and prediction gaps of all arms, at some twenty steps."""
    import numpy as np
    from threadpoolctl import threadpool_limits

    from .problems import problem_of
    from .runs import follow, found_in

    problem = problem_of(config, seeds)
    with threadpool_limits(1):
        networks, found, measured = _arms(problem, config, seeds)
        runs = {
            name: follow(
                network.astype(np.dtype(problem.numbers)), problem.optimiser, problem.data,
                problem.order(), problem.inputs, config["steps"],
            )
            for name, network in networks.items()
        }  # fmt: skip
    arms = tuple(name for name in networks if name != "original")
    for name, run in runs.items():
        measured[f"step_seconds_{name}"] = run.step_seconds
    told = {"path": problem.numbers, "dps": DIGITS[problem.numbers]}
    return Result({**found_in(runs, problem.targets, arms), **found, **told}, measured)


def _arms(
    problem: "Problem", config: Config, seeds: "Seeds"
) -> tuple[dict[str, "TwoLayer"], dict[str, Value], dict[str, Value]]:
    """The networks by name, what is to be told of the compression, and its seconds."""
    from ucomp_verify.dynamics.compressing import compress_network
    from ucomp_verify.dynamics.controls import random_subset

    from .problems import number

    original, size = problem.network, config["size"]
    start = time.process_time()
    after = compress_network(original, size, config["k"])
    seconds = time.process_time() - start
    nodes = after.network.width
    seed = number(
        seeds, "subset", experiment=config["experiment"], width=config["width"], size=size,
        nodes=nodes, trial=config["trial"],
    )  # fmt: skip
    networks = {
        "original": original,
        "compressed": after.network,
        "fair": random_subset(original, nodes, seed=seed, weighted=True),
        "paper": random_subset(original, nodes, seed=seed, weighted=False),
    }
    if problem.fresh is not None:
        networks["narrow"] = problem.fresh(nodes)
    found: dict[str, Value] = {
        "nodes": nodes,
        "effective": after.reduction.effective_size,
        "residual": after.reduction.residual,
    }
    return networks, found, {"compress_seconds": seconds}
