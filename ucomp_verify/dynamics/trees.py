"""Nested mappings, lists and tuples of arrays, by paths: parameters of other libraries.

Other containers are taken apart if JAX knows them: modules of Equinox, states of Flax.
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
        return np.take(np.asarray(tree), indices, axis=axes[path]) if path in axes else tree
    values = [_taken(child, (*keys, str(key)), axes, indices) for key, child in children]
    if isinstance(tree, Mapping):
        return {key: value for (key, _), value in zip(children, values, strict=True)}
    if isinstance(tree, list):
        return values
    kind = cast("Any", type(cast("object", tree)))
    if not isinstance(tree, tuple):
        return sys.modules["jax"].tree.unflatten(_structure(tree), values)
    return kind(*values) if hasattr(kind, "_fields") else kind(values)


def _walk(tree: Tree, keys: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    children = _children(tree)
    if children is None:
        yield "/".join(keys), tree
        return
    for key, child in children:
        yield from _walk(child, (*keys, str(key)))


def _children(tree: Tree) -> list[tuple[Any, Tree]] | None:
    """Keys and subtrees; None for an array."""
    if isinstance(tree, Mapping):
        return list(cast("Mapping[Any, Tree]", tree).items())
    if isinstance(tree, (list, tuple)):
        return list(enumerate(cast("list[Tree]", tree)))
    if tree is None or hasattr(tree, "shape") or "jax" not in sys.modules:
        return None
    found = sys.modules["jax"].tree_util.tree_flatten_with_path(tree, is_leaf=_below(tree))[0]
    return [(_key(path[0]), child) for path, child in found] if all(p for p, _ in found) else None


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
