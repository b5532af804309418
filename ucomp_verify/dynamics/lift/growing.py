"""Tags of what a function makes, found by giving each group one more object."""

from collections.abc import Callable, Sequence
from typing import Any

from ucomp_verify.dynamics.extra import require

from .tags import PLAIN, marks_of, shapes_of, sizes_of, tags_of_leaves


def tags_of_result(make: Callable[..., Any], *example: Any, axes: Sequence[Any]) -> Any:
    """The tags of the result: its axes that grow by one with the objects of a group.

    For the state of an optimiser, `tags_of_result(optimiser.init, params, axes=(tags,))`. The
    function is traced once for each group. Raises ValueError if a result has another
    structure or rank with one object more (a threshold lies between), or grows by more than
    one: then give the tags yourself. Tags that are wrong because the function compares the
    size of two axes are found out by `lift`, which refuses what does not fit.

    >>> import jax.numpy as jnp
    >>> tags_of_result(lambda w: {"m": jnp.zeros_like(w), "t": 0}, jnp.ones((4, 4)), axes=("n .",))
    {'m': 'n .', 't': ''}
    """
    jax = require("jax")
    structs = shapes_of(*example)
    leaves = [
        leaf
        for i, (arg, tags) in enumerate(zip(structs, axes, strict=True))
        for leaf in tags_of_leaves(arg, tags, f"argument {i + 1}")
    ]
    flat, structure = jax.tree.flatten(structs)
    shapes = [tuple(x.shape) for x in flat]
    base = jax.eval_shape(make, *structs)
    words = [[PLAIN] * len(x.shape) for x in jax.tree.leaves(base)]
    for group in sizes_of(leaves, shapes):
        more = [
            jax.ShapeDtypeStruct(_grown(tag, shape, path, group), x.dtype)
            for x, shape, (path, tag) in zip(flat, shapes, leaves, strict=True)
        ]
        grown = jax.eval_shape(make, *jax.tree.unflatten(structure, more))
        _mark(words, base, grown, group)
    tags = [" ".join(ws) if any(w != PLAIN for w in ws) else "" for ws in words]
    return jax.tree.unflatten(jax.tree.structure(base), tags)


def _grown(tag: str, shape: tuple[int, ...], path: str, group: str) -> tuple[int, ...]:
    marks = marks_of(tag, shape, path)
    return tuple(
        n + (getattr(mark, "group", None) == group) for n, mark in zip(shape, marks, strict=True)
    )


def _mark(words: list[list[str]], base: Any, grown: Any, group: str) -> None:
    """Write the group's name where an axis grew."""
    jax = require("jax")
    if jax.tree.structure(base) != jax.tree.structure(grown):
        raise ValueError(f"the result changes its structure with one more object of {group!r}")
    for row, old, new in zip(words, jax.tree.leaves(base), jax.tree.leaves(grown), strict=True):
        if len(old.shape) != len(new.shape):
            raise ValueError(f"a result changes its rank with one more object of {group!r}")
        for axis, (n, m) in enumerate(zip(old.shape, new.shape, strict=True)):
            if m == n + 1 and row[axis] == PLAIN:
                row[axis] = group
            elif m != n:
                raise ValueError(
                    f"an axis of a result grows from {n} to {m} with one more object of {group!r}: "
                    "give its tag yourself"
                )
