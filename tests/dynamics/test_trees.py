"""Trees of arrays, as other libraries hold parameters: compressed by paths, and what they were."""

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import pytest

from tests.optional import require_module
from ucomp_verify.algebra import num_monomials
from ucomp_verify.dynamics.compressing import compress_network, compress_tree
from ucomp_verify.dynamics.initialisation import pytorch_two_layer
from ucomp_verify.dynamics.trees import leaves_by_path


class Layer(NamedTuple):
    kernel: np.ndarray
    bias: np.ndarray


def test_trees_are_compressed_by_paths() -> None:
    network = pytorch_two_layer(500, 2, seed=0)
    bias: Any = network.bias
    tree: Any = {
        "params": {
            "Dense_0": Layer(network.inner, bias),
            "Dense_1": [network.outer, network.offset],
        },
        "steps": (np.array(3),),
    }
    axes = {"params/Dense_0/0": 1, "params/Dense_0/1": 0, "params/Dense_1/0": -2}
    after = compress_tree(tree, axes, 150, 2)
    same = compress_network(network, 150, 2)
    assert np.array_equal(after.reduction.indices, same.reduction.indices)
    layer = after.tree["params"]["Dense_0"]
    assert isinstance(layer, Layer)
    assert np.array_equal(layer.kernel, same.network.inner)
    assert np.array_equal(after.tree["params"]["Dense_1"][0], same.network.outer)
    assert after.tree["params"]["Dense_1"][1] is network.offset
    assert after.tree["steps"][0] is tree["steps"][0]
    assert tree["params"]["Dense_0"][0].shape == (2, 500)  # untouched
    linear = compress_tree(tree, axes, 150, 2, linear=("params/Dense_1/0",))
    assert linear.reduction.num_sums == 2 * num_monomials(3, 2)


@pytest.mark.parametrize(
    ("axes", "linear", "text"),
    [
        ({}, (), r"the paths none at all; expected some of \['a', 'b/0', 'none'\]"),
        ({"c": 0}, (), r"the paths \['c'\]; expected some of"),
        ({"a": 0}, ("b/0",), r"the paths \['b/0'\].*those in linear with an axis"),
        ({"a": 2}, (), r"the axis 2 of 'a', which has shape \(3, 4\)"),
        ({"a": 1.0}, (), r"the axis 1.0 of 'a', which has shape \(3, 4\)"),
        ({"none": 0}, (), r"the axis 0 of 'none', which has shape \(0, 2\).*none of them empty"),
        ({"a": 0, "b/0": 0}, (), r"numbers of objects \{'a': 3, 'b/0': 5\}"),
    ],
)
def test_bad_paths_are_refused(axes: dict[str, int], linear: tuple[str, ...], text: str) -> None:
    tree = {"a": np.ones((3, 4)), "b": [np.ones(5)], "none": np.ones((0, 2))}
    with pytest.raises(ValueError, match=text):
        compress_tree(tree, axes, 2, 1, linear=linear)
    with pytest.raises(ValueError, match="the path 'a/0' twice"):
        leaves_by_path({"a": [np.ones(1)], "a/0": np.ones(1)})


def test_modules_that_jax_knows_are_compressed_by_paths() -> None:
    """As Equinox has them: classes with arrays and static fields, registered with JAX."""
    jax = require_module("jax")

    @dataclass
    class Linear:
        weight: Any
        size: int

    jax.tree_util.register_dataclass(Linear, data_fields=["weight"], meta_fields=["size"])
    random = np.random.default_rng(0)
    tree = {"layers": [Linear(random.normal(size=(60, 2)), 60), Linear(np.ones((1, 60)), 1)]}
    axes = {"layers/0/weight": 0, "layers/1/weight": 1}
    assert sorted(leaves_by_path(tree)) == sorted(axes)
    after = compress_tree(tree, axes, 20, 2)
    first, second = after.tree["layers"]
    indices = after.reduction.indices
    assert isinstance(first, Linear)
    assert first.size == 60
    assert np.array_equal(first.weight, tree["layers"][0].weight[indices])
    assert second.weight.shape == (1, len(indices))


def test_mappings_that_jax_knows_stay_what_they_are() -> None:
    """As Flax has them: a mapping of its own, registered with JAX, its keys in order."""
    jax = require_module("jax")

    class Frozen(dict[str, Any]):
        """Like a FrozenDict."""

    def unfreeze(tree: Frozen) -> tuple[list[tuple[Any, Any]], tuple[str, ...]]:
        names = tuple(sorted(tree))
        return [(jax.tree_util.DictKey(name), tree[name]) for name in names], names

    def freeze(names: tuple[str, ...], values: Iterable[Any]) -> Frozen:
        return Frozen(zip(names, values, strict=True))

    @dataclass
    class Param:
        """An array with a kind, which has a shape itself."""

        value: Any
        kind: str

        @property
        def shape(self) -> tuple[int, ...]:
            return self.value.shape

        def __array__(self, dtype: Any = None, *, copy: bool | None = None) -> Any:
            return np.array(self.value, dtype=dtype)

    jax.tree_util.register_dataclass(Param, data_fields=["value"], meta_fields=["kind"])
    jax.tree_util.register_pytree_with_keys(Frozen, unfreeze, freeze)
    random = np.random.default_rng(0)
    param = Param(random.normal(size=(1, 60)), "trained")
    kernels = {"second": param, "first": random.normal(size=(60, 2))}
    tree = Frozen(params=OrderedDict(kernels), other=None)
    axes = {"params/first": 0, "params/second": 1}
    after = compress_tree(tree, axes, 20, 2)
    assert type(after.tree) is Frozen and after.tree["other"] is None
    assert type(after.tree["params"]) is OrderedDict
    assert list(after.tree["params"]) == ["second", "first"]
    first, second = (after.tree["params"][name] for name in ("first", "second"))
    assert np.array_equal(first, np.asarray(kernels["first"])[after.reduction.indices])
    assert isinstance(second, Param) and second.kind == "trained"
    assert np.array_equal(second.value, param.value[:, after.reduction.indices])
