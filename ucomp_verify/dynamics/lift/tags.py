"""Axis tags: which axes of the leaves of a pytree run over which group of objects.

A tag is a string with one word for each axis of a leaf: the name of a group, or "." for an
axis without objects. "" says that no axis of a leaf of any rank has objects. A tag may stand
for a whole subtree; then it holds for each of its leaves.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ucomp_verify.dynamics.extra import require

from .marks import Equal, Layout, Mark, Objects, Ordinary

PLAIN = "."
"""The word for an axis without objects."""


def tags_of_leaves(tree: Any, axes: Any, name: str = "argument") -> list[tuple[str, str]]:
    """(path, tag) of each leaf in order; ValueError if the tags do not fit the tree."""
    jax = require("jax")

    def on_leaves(tag: Any, part: Any) -> Any:
        def same(leaf: Any) -> Any:
            del leaf
            return tag

        return jax.tree.map(same, part)

    try:
        spread = jax.tree.map(on_leaves, axes, tree)
    except (ValueError, TypeError) as error:
        raise ValueError(
            f"the tags of {name} do not fit its pytree: {error}; expected a pytree of strings "
            "that is a prefix of it"
        ) from None
    paths = jax.tree_util.tree_flatten_with_path(tree)[0]
    tags = jax.tree.leaves(spread)
    for tag in tags:
        if not isinstance(tag, str):
            raise ValueError(f"expected a string such as 'neuron .' as a tag, got {tag!r}")
    return [
        (name + jax.tree_util.keystr(path), tag) for (path, _), tag in zip(paths, tags, strict=True)
    ]


def shapes_of(*example: Any) -> tuple[Any, ...]:
    """The arguments as `jax.ShapeDtypeStruct`: shapes and dtypes without numbers."""

    def same(*args: Any) -> Any:
        return args

    return require("jax").eval_shape(same, *example)


def marks_of(tag: str, shape: Sequence[int], path: str) -> tuple[Mark, ...]:
    """The marks of a leaf of this shape; ValueError if the tag has another number of words.

    >>> marks_of("neuron .", (5, 3), "W")[0]
    Objects(group='neuron')
    """
    words = tag.split() or [PLAIN] * len(shape)
    if len(words) != len(shape):
        raise ValueError(
            f"{path} has shape {tuple(shape)}, and its tag {tag!r} names {len(words)} axes: "
            f"expected one word for each axis, a group or {PLAIN!r}, or '' for no objects"
        )
    return tuple(Ordinary(path) if word == PLAIN else Objects(word) for word in words)


def tag_of(layout: Layout) -> str:
    """The tag of a leaf with this layout; axes of equal entries count as without objects."""
    words = [mark.group if isinstance(mark, Objects) else PLAIN for mark in layout.marks]
    return " ".join(words) if any(word != PLAIN for word in words) else ""


def sizes_of(leaves: Sequence[tuple[str, str]], shapes: Sequence[Sequence[int]]) -> dict[str, int]:
    """How many objects each group has; ValueError if two axes of a group differ in size."""
    sizes: dict[str, int] = {}
    first: dict[str, str] = {}
    for group, size, path in _tagged(leaves, shapes):
        if sizes.setdefault(group, size) != size:
            raise ValueError(
                f"group {group!r} has {sizes[group]} objects in {first[group]} and {size} in {path}"
            )
        first.setdefault(group, path)
    return sizes


def _tagged(
    leaves: Sequence[tuple[str, str]], shapes: Sequence[Sequence[int]]
) -> Iterator[tuple[str, int, str]]:
    for (path, tag), shape in zip(leaves, shapes, strict=True):
        for mark, size in zip(marks_of(tag, shape, path), shape, strict=True):
            if isinstance(mark, Objects):
                yield mark.group, int(size), path


def duplicate(tree: Any, axes: Any, counts: Mapping[str, Any]) -> Any:
    """The pytree with `counts[group][j]` copies of object j along every axis of the group.

    Raises ValueError for counts that are not positive integers, groups without counts, and
    axes of another length.

    >>> import numpy as np
    >>> duplicate({"b": np.array([1.0, 2.0])}, {"b": "neuron"}, {"neuron": [2, 1]})["b"]
    array([1., 1., 2.])
    """
    import numpy as np

    jax = require("jax")
    leaves, structure = jax.tree.flatten(tree)
    tagged = tags_of_leaves(tree, axes, "tree")
    copied: list[Any] = []
    for leaf, (path, tag) in zip(leaves, tagged, strict=True):
        array = leaf
        for axis, mark in enumerate(marks_of(tag, np.shape(leaf), path)):
            if isinstance(mark, Objects):
                array = _repeated(array, axis, mark.group, counts, path)
        copied.append(array)
    return jax.tree.unflatten(structure, copied)


def _repeated(array: Any, axis: int, group: str, counts: Mapping[str, Any], path: str) -> Any:
    import numpy as np

    if group not in counts:
        raise ValueError(f"{path} has objects of group {group!r}, and there are no counts for it")
    numbers = np.asarray(counts[group])
    whole = np.rint(numbers).astype(int)
    if numbers.ndim != 1 or (whole != numbers).any() or (whole < 1).any():
        raise ValueError(f"expected positive integers as counts of {group!r}, got {counts[group]}")
    if len(whole) != array.shape[axis]:
        raise ValueError(
            f"axis {axis} of {path} has {array.shape[axis]} objects of group {group!r}, and "
            f"there are {len(whole)} counts"
        )
    return array[(slice(None),) * axis + (np.repeat(np.arange(len(whole)), whole),)]


def settled(layout: Layout, tag: str | None, path: str, sizes: Mapping[str, int]) -> Layout:
    """The layout of a result that a tag declares; ValueError if it is something else.

    Axes of equal entries become what the tag says; without a tag they are spread in full.
    """
    if tag is None:
        marks = tuple(Ordinary() if isinstance(m, Equal) else m for m in layout.marks)
        return layout.marked(marks)
    declared = marks_of(tag, layout.shape, path)
    for axis, (mark, wanted) in enumerate(zip(layout.marks, declared, strict=True)):
        if isinstance(wanted, Objects) and sizes.get(wanted.group) != layout.shape[axis]:
            raise ValueError(
                f"{path} is tagged {tag!r}, and its axis {axis} has {layout.shape[axis]} entries; "
                f"expected the number of objects of one of the groups {dict(sizes)}"
            )
        if not isinstance(mark, Equal) and mark != wanted:
            raise ValueError(
                f"{path} is tagged {tag!r}, and the step makes its axis {axis} "
                f"{tag_of(Layout((0,), (mark,))) or 'one without objects'!r}"
            )
    return layout.marked(declared)
