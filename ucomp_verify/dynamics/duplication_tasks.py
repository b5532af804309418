"""Small training problems with integer weights, in float64 and in fractions."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from .activations import Activation, Array
from .attention import Attention
from .batches import Batch
from .deep_networks import ThreeLayer
from .networks import AbstractNetwork, TwoLayer

WEIGHTS = (1, 2, 3, 5, 1, 4, 2, 7, 1, 3)  # 10 neurons for 29


@dataclass(frozen=True, eq=False)
class Task:
    """A network with integer weights, the batch of each step, and inputs to compare outputs at."""

    network: AbstractNetwork
    batches: tuple[Batch, ...]
    probes: Array


def two_layer_task(weights: Sequence[int] = WEIGHTS, *, steps: int = 40, seed: int = 0) -> Task:
    """A tanh network with 3 inputs and 2 outputs, and mini-batches of a smooth function."""
    random = np.random.default_rng(seed)
    width, total = len(weights), sum(weights)
    network = TwoLayer(
        random.normal(size=(3, width)),
        random.normal(size=width) * 0.3,
        random.normal(size=(width, 2)) / total**0.5,
        np.zeros(2),
        np.array(weights, float),
    )
    mixing = random.normal(size=(3, 2))
    return Task(network, _batches(random, steps, 3, lambda x: np.sin(x @ mixing)), _probes(3))


def three_layer_task(
    weights: tuple[Sequence[int], Sequence[int]] = ((1, 3, 2, 5), (2, 1, 4)),
    *,
    steps: int = 30,
    seed: int = 0,
) -> Task:
    """A tanh network with two hidden layers, both with weights."""
    random = np.random.default_rng(seed)
    (p, q), (first, second) = map(len, weights), map(sum, weights)
    network = ThreeLayer(
        random.normal(size=(3, p)), random.normal(size=p) * 0.3,
        random.normal(size=(p, q)) / first**0.5, random.normal(size=q) * 0.3,
        random.normal(size=(q, 2)) / second**0.5, np.zeros(2),
        (np.array(weights[0], float), np.array(weights[1], float)),
    )  # fmt: skip
    mixing = random.normal(size=(3, 2))
    return Task(network, _batches(random, steps, 3, lambda x: np.sin(x @ mixing)), _probes(3))


def attention_task(
    weights: Sequence[int] = (1, 3, 2, 5, 1), *, steps: int = 30, seed: int = 0
) -> Task:
    """Attention heads of dimension 2 on sequences of 6 tokens."""
    random = np.random.default_rng(seed)
    heads = [random.normal(size=(len(weights), 2)) for _ in range(4)]
    network = Attention(
        heads[0], heads[1], heads[2], heads[3] / sum(weights) ** 0.5, np.array(weights, float)
    )
    return Task(
        network,
        _batches(random, steps, 6, lambda x: np.sin(x.sum(axis=1, keepdims=True))),
        _probes(6),
    )


def exact_task(weights: Sequence[int] = (1, 2, 3), *, steps: int = 3, seed: int = 0) -> Task:
    """A network with s(z) = z^2 and one input in fractions: s and all gradients are polynomials."""
    random = np.random.default_rng(seed)
    width = len(weights)
    network = TwoLayer(
        _fractions(random, (1, width)),
        _fractions(random, (width,)),
        _fractions(random, (width, 1)),
        _fractions(random, (1,)),
        np.array([Fraction(c) for c in weights], object),
        Activation.SQUARE,
        Fraction(1, sum(weights)),
    )
    batches = tuple(
        Batch(_fractions(random, (2, 1)), _fractions(random, (2, 1))) for _ in range(steps)
    )
    return Task(network, batches, _fractions(random, (3, 1)))


def clipping_task() -> Task:
    """One step of a linear network whose global norm is rational, with copies and without.

    Each object (w_j, v_j) has length 1, and dL/d(w_j, v_j) = k (v_j, w_j) for each copy: the
    norm is 4 |k| for the 16 copies, and 2 |k| for the 4 objects as they are.
    """
    triples = ((3, 4, 5), (5, 12, 13), (8, 15, 17), (7, 24, 25))
    inner, outer = ([Fraction(t[i], t[2]) for t in triples] for i in (0, 1))
    network = TwoLayer(
        np.array([inner], object),
        None,
        np.array([[v] for v in outer], object),
        weights=np.array([Fraction(c) for c in (1, 1, 6, 8)], object),
        activation=Activation.IDENTITY,
    )
    batch = Batch(np.array([[Fraction(1)]], object), np.array([[Fraction(0)]], object))
    return Task(network, (batch,), np.array([[Fraction(1)]], object))


def _fractions(random: np.random.Generator, shape: tuple[int, ...]) -> Array:
    """Small fractions other than 0."""
    size = int(np.prod(shape))
    signs, tops = random.choice([-1, 1], size), random.integers(1, 5, size)
    values = [Fraction(int(s * t), 4) for s, t in zip(signs, tops, strict=True)]
    return np.array(values, object).reshape(shape)


def _batches(
    random: np.random.Generator, steps: int, inputs: int, function: Callable[[Array], Array]
) -> tuple[Batch, ...]:
    out: list[Batch] = []
    for _ in range(steps):
        x = random.normal(size=(16, inputs))
        y = function(x)
        out.append(Batch(x, y + 0.1 * random.normal(size=y.shape)))
    return tuple(out)


def _probes(inputs: int) -> Array:
    return np.random.default_rng(7).normal(size=(50, inputs))
