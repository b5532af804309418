"""Small networks of objects, original and weighted, with data to train them on."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from ucomp_verify.dynamics.extra import require

Parameters: TypeAlias = dict[str, Any]
Weights: TypeAlias = Mapping[str, Any]
Sizes: TypeAlias = Mapping[str, int]


@dataclass(frozen=True)
class Network:
    """A network whose parameters belong to objects of one or more groups.

    `outputs(parameters, x)` is the original network, `weighted(parameters, x, weights)` the
    same with weighted objects, written by hand. `axes` are the tags of the parameters,
    `counts` the numbers of equal objects that the weighted ones stand for, and `draw(rng,
    sizes)` parameters of so many different objects.
    """

    name: str
    axes: Mapping[str, str]
    counts: Mapping[str, tuple[int, ...]]
    inputs: tuple[int, ...]
    outputs: Callable[[Parameters, Any], Any]
    weighted: Callable[[Parameters, Any, Weights], Any]
    draw: Callable[[Any, Sizes], Parameters]

    @property
    def original_sizes(self) -> dict[str, int]:
        """The number of objects of each group of the original network."""
        return {group: sum(counts) for group, counts in self.counts.items()}

    @property
    def weighted_sizes(self) -> dict[str, int]:
        """The number of weighted objects of each group."""
        return {group: len(counts) for group, counts in self.counts.items()}


NUM_OUTPUTS = 2
COUNTS = (1, 2, 3, 5, 1, 4, 2, 7, 1, 3)
"""10 weighted objects for 29."""


def _two_layer(p: Parameters, x: Any) -> Any:
    jnp = require("jax.numpy")
    return jnp.tanh(x @ p["W1"] + p["b1"]) @ p["W2"] + p["b2"]


def _two_layer_weighted(p: Parameters, x: Any, c: Weights) -> Any:
    jnp = require("jax.numpy")
    return jnp.tanh(x @ p["W1"] + p["b1"]) @ (c["neuron"][:, None] * p["W2"]) + p["b2"]


def _draw_two_layer(rng: Any, sizes: Sizes) -> Parameters:
    n, width = sizes["neuron"], sum(COUNTS)
    return {
        "W1": rng.normal(size=(3, n)),
        "b1": 0.3 * rng.normal(size=n),
        "W2": rng.normal(size=(n, NUM_OUTPUTS)) / width**0.5,
        "b2": 0.1 * rng.normal(size=NUM_OUTPUTS),
    }


TWO_LAYER = Network(
    "two-layer tanh",
    {"W1": ". neuron", "b1": "neuron", "W2": "neuron .", "b2": ""},
    {"neuron": COUNTS},
    (3,),
    _two_layer,
    _two_layer_weighted,
    _draw_two_layer,
)

_FIRST, _SECOND = (1, 2, 3, 1, 4, 2), (2, 1, 5, 3, 1)


def _deep(p: Parameters, x: Any) -> Any:
    jnp = require("jax.numpy")
    hidden = jnp.tanh(x @ p["W1"] + p["b1"])
    return jnp.tanh(hidden @ p["W2"] + p["b2"]) @ p["W3"] + p["b3"]


def _deep_weighted(p: Parameters, x: Any, c: Weights) -> Any:
    jnp = require("jax.numpy")
    hidden = jnp.tanh(x @ p["W1"] + p["b1"])
    upper = jnp.tanh(hidden @ (c["first"][:, None] * p["W2"]) + p["b2"])
    return upper @ (c["second"][:, None] * p["W3"]) + p["b3"]


def _draw_deep(rng: Any, sizes: Sizes) -> Parameters:
    n, m = sizes["first"], sizes["second"]
    return {
        "W1": rng.normal(size=(3, n)),
        "b1": 0.3 * rng.normal(size=n),
        "W2": rng.normal(size=(n, m)) / sum(_FIRST) ** 0.5,
        "b2": 0.3 * rng.normal(size=m),
        "W3": rng.normal(size=(m, NUM_OUTPUTS)) / sum(_SECOND) ** 0.5,
        "b3": 0.1 * rng.normal(size=NUM_OUTPUTS),
    }


DEEP = Network(
    "deep tanh, two compressed layers",
    {
        "W1": ". first",
        "b1": "first",
        "W2": "first second",
        "b2": "second",
        "W3": "second .",
        "b3": "",
    },
    {"first": _FIRST, "second": _SECOND},
    (3,),
    _deep,
    _deep_weighted,
    _draw_deep,
)

_HEADS = (1, 3, 2, 1, 4, 2)
_TOKENS, _WIDTH, _KEYS = 5, 3, 2


def _heads(p: Parameters, x: Any) -> Any:
    """What each head reads at the last token: (batch, head, value)."""
    jax = require("jax")
    jnp = require("jax.numpy")
    query = jnp.einsum("bi,hik->bhk", x[:, -1], p["Q"])
    scores = jnp.einsum("bhk,bti,hik->bht", query, x, p["K"]) / _KEYS**0.5
    return jnp.einsum("bht,bti,hiv->bhv", jax.nn.softmax(scores, axis=-1), x, p["V"])


def _attention(p: Parameters, x: Any) -> Any:
    jnp = require("jax.numpy")
    return jnp.einsum("bhv,hvo->bo", _heads(p, x), p["O"]) + p["b"]


def _attention_weighted(p: Parameters, x: Any, c: Weights) -> Any:
    jnp = require("jax.numpy")
    return jnp.einsum("bhv,hvo,h->bo", _heads(p, x), p["O"], c["head"]) + p["b"]


def _draw_attention(rng: Any, sizes: Sizes) -> Parameters:
    n = sizes["head"]
    return {
        "Q": rng.normal(size=(n, _WIDTH, _KEYS)),
        "K": rng.normal(size=(n, _WIDTH, _KEYS)),
        "V": rng.normal(size=(n, _WIDTH, _KEYS)),
        "O": rng.normal(size=(n, _KEYS, NUM_OUTPUTS)) / sum(_HEADS) ** 0.5,
        "b": 0.1 * rng.normal(size=NUM_OUTPUTS),
    }


ATTENTION = Network(
    "attention heads",
    {"Q": "head . .", "K": "head . .", "V": "head . .", "O": "head . .", "b": ""},
    {"head": _HEADS},
    (_TOKENS, _WIDTH),
    _attention,
    _attention_weighted,
    _draw_attention,
)

NETWORKS: tuple[Network, ...] = (TWO_LAYER, DEEP, ATTENTION)


def find_network(name: str) -> Network:
    """The network of this name; LookupError if there is none."""
    for network in NETWORKS:
        if network.name == name:
            return network
    raise LookupError(f"expected one of {[n.name for n in NETWORKS]}, got {name!r}")
