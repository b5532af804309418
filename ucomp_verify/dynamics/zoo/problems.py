"""Problems: a network, where its training starts, and mini-batches."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ucomp_verify.dynamics.extra import require
from ucomp_verify.dynamics.lift import duplicate

from .networks import NUM_OUTPUTS, Network, Parameters, Weights


@dataclass(frozen=True)
class Data:
    """Mini-batches (step, sample, ...) to train on, and inputs to compare predictions at."""

    x: Any
    y: Any
    test: Any


BATCH, NUM_TEST = 16, 30


def draw_data(network: Network, rng: Any, *, steps: int) -> Data:
    """Inputs and smooth targets with noise."""
    import numpy as np

    x = rng.normal(size=(steps, BATCH, *network.inputs))
    size = int(np.prod(network.inputs))
    flat = x.reshape(steps, BATCH, size)
    y = np.sin(flat @ rng.normal(size=(size, NUM_OUTPUTS)) / size**0.5)
    noise = 0.1 * rng.normal(size=y.shape)
    return Data(x, y + noise, rng.normal(size=(NUM_TEST, *network.inputs)))


@dataclass(frozen=True)
class Problem:
    """Start of a weighted network, its weights, and the data of the run.

    `mixed` is a start of the original network with different objects.
    """

    network: Network
    start: Parameters
    mixed: Parameters
    weights: Weights
    data: Data

    @property
    def copies(self) -> Parameters:
        """The original network: equal objects instead of weights."""
        return duplicate(self.start, dict(self.network.axes), self.network.counts)


def draw_problem(network: Network, *, seed: int, steps: int, one_batch: bool = False) -> Problem:
    """A start and data that depend on the seed and the network alone.

    With `one_batch` every step has the first mini-batch.
    """
    import numpy as np

    jnp = require("jax.numpy")
    rng = np.random.default_rng([seed, *(ord(letter) for letter in network.name)])
    starts = [network.draw(rng, s) for s in (network.weighted_sizes, network.original_sizes)]
    start, mixed = ({name: jnp.asarray(x) for name, x in p.items()} for p in starts)
    weights = {g: jnp.asarray(np.array(c, float)) for g, c in network.counts.items()}
    data = draw_data(network, rng, steps=steps)
    x, y = (np.broadcast_to(a[:1], a.shape) if one_batch else a for a in (data.x, data.y))
    return Problem(network, start, mixed, weights, Data(*map(jnp.asarray, (x, y, data.test))))


def permuted(tree: Parameters, network: Network, *, seed: int) -> Parameters:
    """The parameters of the original network with the objects of each group in another order."""
    import numpy as np

    rng = np.random.default_rng(seed)
    order = {group: rng.permutation(n) for group, n in network.original_sizes.items()}

    def of(name: str, leaf: Any) -> Any:
        for axis, word in enumerate(network.axes[name].split()):
            if word in order:
                leaf = leaf[(slice(None),) * axis + (order[word],)]
        return leaf

    return {name: of(name, leaf) for name, leaf in tree.items()}


def divided(tree: Parameters, axes: Mapping[str, str], weights: Weights) -> Parameters:
    """The entries divided by the weights of the objects on all tagged axes: the paper's rule."""

    def of(name: str, leaf: Any) -> Any:
        words: Sequence[str] = axes[name].split()
        for axis, word in enumerate(words):
            if word != ".":
                shape = [1] * len(words)
                shape[axis] = -1
                leaf = leaf / weights[word].reshape(shape)
        return leaf

    return {name: of(name, leaf) for name, leaf in tree.items()}
