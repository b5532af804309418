"""A layer of attention and smaller ones made from it, trained on the same sequences."""

import time
from typing import TYPE_CHECKING

from ucomp_verify.studies.config import Config, Result, Value

if TYPE_CHECKING:
    from ucomp_verify.dynamics.attention import Attention
    from ucomp_verify.studies.seeds import Seeds

COORDINATES = ("output", "gradient", "all")  # of `HeadCoordinates`
CONTROLS = ("fair", "paper")
PROJECTION = 2  # numbers of a query, a key, a value, an output: 8 in all a head


def cell(config: Config, seeds: "Seeds") -> Result:
    """Losses and prediction gaps of all arms, at some twenty steps of Adam."""
    from threadpoolctl import threadpool_limits

    from ucomp_verify.dynamics.optimisers import Adam
    from ucomp_verify.dynamics.training import whole
    from ucomp_verify.studies.lottery_ticket.runs import follow, found_in

    from .sequences import examples

    steps, trial = config["steps"], config["trial"]
    shape = config["sequences"], config["tokens"]
    data = examples(seeds, config["task"], shape, trial, purpose="examples")
    tests = examples(seeds, config["task"], shape, trial, purpose="tests")
    with threadpool_limits(1):
        networks, found, measured = _arms(config, seeds)
        runs = {
            name: follow(network, Adam(config["rate"]), data, whole(steps), tests.inputs, steps)
            for name, network in networks.items()
        }
    arms = tuple(name for name in networks if name != "original")
    for name, run in runs.items():
        measured[f"step_seconds_{name}"] = run.step_seconds
    told = {"path": "float64", "dps": 16}
    return Result({**found_in(runs, tests.targets, arms), **found, **told}, measured)


def _arms(
    config: Config, seeds: "Seeds"
) -> tuple[dict[str, "Attention"], dict[str, Value], dict[str, Value]]:
    """The layers by name, what is to be told of the compressions, and their seconds.

    The controls have as many heads as the compression that keeps most.
    """
    from ucomp_verify.dynamics.compressing import compress_network
    from ucomp_verify.dynamics.controls import random_subset
    from ucomp_verify.dynamics.objects import HeadCoordinates

    from .sequences import layer

    heads, size, trial = config["heads"], config["size"], config["trial"]
    original = layer(seeds, heads, PROJECTION, trial)
    networks = {"original": original}
    found, measured = dict[str, Value](), dict[str, Value]()
    for name in COORDINATES:
        start = time.process_time()
        after = compress_network(original, size, config["k"], coordinates=HeadCoordinates(name))
        measured[f"compress_seconds_{name}"] = time.process_time() - start
        networks[name] = after.network
        found[f"nodes_{name}"] = after.network.heads
        found[f"effective_{name}"] = after.reduction.effective_size
        found[f"residual_{name}"] = after.reduction.residual
    most = max(networks[name].heads for name in COORDINATES)
    seed = seeds.number("subset", heads=heads, size=size, nodes=most, trial=trial) % (1 << 32)
    networks["fair"] = random_subset(original, most, seed=seed, weighted=True)
    networks["paper"] = random_subset(original, most, seed=seed, weighted=False)
    return networks, found | {"nodes": most}, measured
