"""Sequences of numbers, what is to be learnt of them, and a layer with random heads."""

from math import sqrt
from typing import TYPE_CHECKING

import numpy as np

from ucomp_verify.dynamics.activations import Array
from ucomp_verify.dynamics.attention import Attention
from ucomp_verify.dynamics.batches import Batch

if TYPE_CHECKING:
    from ucomp_verify.studies.seeds import Seeds

TEACHERS = ((1.0, 2.0), (-0.5, -1.0))  # gain and sharpness of each
NOISE = 0.5


def examples(
    seeds: "Seeds", task: str, shape: tuple[int, int], trial: int, *, purpose: str
) -> Batch:
    """Sequences (count, tokens) of standard normal tokens, and what is to be learnt of them.

    "attending": what two heads make of them, with noise in the "examples", without in "tests";
    "product": four times the last token times the mean one. ValueError for other tasks.
    """
    random = seeds.generator(purpose, sequences=shape[0], tokens=shape[1], trial=trial)
    inputs = random.normal(size=shape)
    match task:
        case "attending":
            targets = np.sum([g * attended(inputs, b) for g, b in TEACHERS], axis=0)
            if purpose == "examples":
                targets += NOISE * random.normal(size=len(targets))
        case "product":
            targets = 4 * inputs[:, -1] * inputs.mean(axis=1)
        case _:
            raise ValueError(f"found the task {task!r}; expected attending or product")
    return Batch(inputs, targets[:, None])


def attended(inputs: Array, sharpness: float) -> Array:
    """sum_s softmax_s(b x_T x_s) x_s of each sequence."""
    scores = sharpness * inputs[:, -1:] * inputs
    weights = np.exp(scores - scores.max(axis=1, keepdims=True))
    return (weights * inputs).sum(axis=1) / weights.sum(axis=1)


def layer(seeds: "Seeds", heads: int, size: int, trial: int) -> Attention:
    """Parameters uniform in +-1 / sqrt(inputs of their map), as PyTorch draws linear maps.

    These have 1 input for queries, keys and values, and heads * size for the outputs.
    """
    random = seeds.generator("layer", heads=heads, size=size, trial=trial)
    query, key, value, output = random.uniform(-1, 1, (4, heads, size))
    return Attention(query, key, value, output / sqrt(heads * size))
