"""Nested mappings, lists and tuples of arrays, by paths: parameters of other libraries.

Other containers are taken apart, and put together again, if JAX knows them: modules of
Equinox, FrozenDict and states of Flax.
"""

import sys
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeAlias, cast

import numpy as np

from .batches import Places

Tree: TypeAlias = Any
"""An array, or a mapping, list, tuple or other pytree of trees."""


def leaves_by_path(tree: Tree) -> dict[str, Any]:
    """The arrays of a tree by the keys and places that lead to them, joined by "/".

    Raises ValueError for a path that occurs twice.

    >>> sorted(leaves_by_path({"a": [np.ones(1), np.ones(2)], "b": {"c": np.ones(3)}}))
    ['a/0', 'a/1', 'b/c']
    """
    found: dict[str, Any] = {}
    for path, leaf in _walk(tree, ()):
        if path in found:
            raise ValueError(f"found the path {path!r} twice; expected keys without '/'")
        found[path] = leaf
    return found


def taken(tree: Tree, axes: Mapping[str, int], indices: Places) -> Tree:
    """The tree with some entries along one axis of each of the leaves at given paths."""
    return _taken(tree, (), axes, indices)


def _taken(tree: Tree, keys: tuple[str, ...], axes: Mapping[str, int], indices: Places) -> Tree:
    children = _children(tree)
    if children is None:
        path = "/".join(keys)
        return _entries(tree, axes[path], indices) if path in axes else tree
    values = [_taken(child, (*keys, str(key)), axes, indices) for key, child in children]
    if _is_known_to_jax(tree):
        return sys.modules["jax"].tree.unflatten(_structure(tree), values)
    if isinstance(tree, Mapping):
        return {key: value for (key, _), value in zip(children, values, strict=True)}
    if isinstance(tree, list):
        return values
    kind = cast("Any", type(cast("object", tree)))
    return kind(*values) if hasattr(kind, "_fields") else kind(values)


def _entries(leaf: Any, axis: int, indices: Places) -> Any:
    """Some entries of an array, or of one in a wrapper that JAX knows, such as nnx.Param."""

    def some(array: Any) -> Any:
        return np.take(np.asarray(array), indices, axis=axis)

    return sys.modules["jax"].tree.map(some, leaf) if _is_registered(leaf) else some(leaf)


def _walk(tree: Tree, keys: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    children = _children(tree)
    if children is None:
        yield "/".join(keys), tree
        return
    for key, child in children:
        yield from _walk(child, (*keys, str(key)))


def _children(tree: Tree) -> list[tuple[Any, Tree]] | None:
    """Keys and subtrees; None for an array."""
    if _is_known_to_jax(tree):
        tools = sys.modules["jax"].tree_util
        found = tools.tree_flatten_with_path(tree, is_leaf=_below(tree))[0]
        return [(_key(path[0]), child) for path, child in found]
    if isinstance(tree, Mapping):
        return list(cast("Mapping[Any, Tree]", tree).items())
    if isinstance(tree, (list, tuple)):
        return list(enumerate(cast("list[Tree]", tree)))
    return None


def _is_known_to_jax(tree: Tree) -> bool:
    """Whether it is a container of another kind than Python's own, registered with JAX."""
    own = type(tree) in (dict, list, tuple) or hasattr(tree, "_fields")
    return not (own or tree is None or hasattr(tree, "shape")) and _is_registered(tree)


def _is_registered(tree: Tree) -> bool:
    return "jax" in sys.modules and not sys.modules["jax"].tree_util.all_leaves([tree])


def _structure(tree: Tree) -> Any:
    """How JAX puts the children together again."""
    return sys.modules["jax"].tree.structure(tree, is_leaf=_below(tree))


def _below(tree: Tree) -> Callable[[Any], bool]:
    def is_child(part: Any) -> bool:
        return part is not tree

    return is_child


def _key(entry: Any) -> Any:
    """The name of an attribute, or the key or place of an entry."""
    names = ("name", "key", "idx")
    return next(getattr(entry, name) for name in names if hasattr(entry, name))
