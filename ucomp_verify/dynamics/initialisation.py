"""Networks with random parameters, the same for the same seed."""

from math import sqrt

import numpy as np

from .activations import Activation
from .attention import Attention
from .networks import TwoLayer


def pytorch_two_layer(
    width: int,
    inputs: int,
    outputs: int = 1,
    *,
    seed: int,
    activation: Activation = Activation.TANH,
) -> TwoLayer:
    """Parameters uniform in +-1 / sqrt(number of inputs of the layer), as PyTorch draws them."""
    _require(width, inputs, outputs)
    random = np.random.default_rng(seed)
    inside, outside = 1 / sqrt(inputs), 1 / sqrt(width)
    return TwoLayer(
        random.uniform(-inside, inside, (inputs, width)),
        random.uniform(-inside, inside, width),
        random.uniform(-outside, outside, (width, outputs)),
        random.uniform(-outside, outside, outputs),
        activation=activation,
    )


def mean_field_two_layer(
    width: int,
    inputs: int,
    outputs: int = 1,
    *,
    seed: int,
    bias: bool = False,
    activation: Activation = Activation.TANH,
) -> TwoLayer:
    """y = sum_j v_j s(<w_j, x> (+ b_j)) / width, all parameters standard normal, no offset.

    Objects have inputs + outputs coordinates, one more with `bias`.
    """
    _require(width, inputs, outputs)
    random = np.random.default_rng(seed)
    return TwoLayer(
        random.normal(size=(inputs, width)),
        random.normal(size=width) if bias else None,
        random.normal(size=(width, outputs)),
        activation=activation,
        scale=1 / width,
    )


def random_attention(heads: int, size: int, *, seed: int, scale: float | None = None) -> Attention:
    """Queries, keys, values and outputs standard normal; scale 1 / heads if none is given."""
    _require(heads, size)
    random = np.random.default_rng(seed)
    leaves = [random.normal(size=(heads, size)) for _ in range(4)]
    return Attention(*leaves, scale=1 / heads if scale is None else scale)


def _require(*numbers: int) -> None:
    if min(numbers) < 1:
        raise ValueError(f"found the sizes {numbers}; expected integers >= 1")
