"""The exact step of a weighted system, derived from the step of the original one.

The step is traced at the original width and evaluated on weighted objects: object j stands
for c_j equal objects. Every sum over an axis of objects takes the weights; maps of single
entries, largest and smallest entries do not. So for integers c_j the lifted step does to
object j what the original does to each of its c_j copies, and for real c_j it is the natural
extension of that (Definition 5, repaired: claim `weighted-statistics-rule`).

Counts of objects are numbers at the time of tracing: a mean divides by the original width D.
Therefore the weights of a group must sum to D; other weights are refused.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ucomp_verify.dynamics.extra import require

from .certificates import Certificate, certificate_of
from .marks import Layout, Merged
from .planner import RULES, RulePlanner
from .plans import Plan, Rule, Weights
from .refusals import NotEquivariant
from .tags import marks_of, settled, shapes_of, sizes_of, tag_of, tags_of_leaves

TOTAL_TOLERANCE = 1e-9
"""How far the sum of weights may be from the number of objects, relative to it: rounding."""


@dataclass(frozen=True, eq=False)
class Lifted:
    """A step on weighted objects; call it with the weights of each group, then the arguments.

    The arguments have the pytrees of the original ones, with one entry for each weighted
    object along the tagged axes. Gradients that the step takes are derivatives by one copy,
    so nothing is divided by weights afterwards. It may be traced, jitted and scanned by JAX;
    weights that are traced cannot be checked. To differentiate it yields derivatives by
    weighted objects, that is, c_j times as much.
    """

    certificate: Certificate
    out_axes: Any
    _plan: Plan
    _outputs: tuple[Layout, ...]
    _leaves: tuple[tuple[str, str], ...]
    _dtypes: tuple[Any, ...]
    _structures: tuple[Any, Any]

    def __call__(self, weights: Mapping[str, Any], /, *args: Any) -> Any:
        """What the original step answers, for weighted objects.

        Raises ValueError for other pytrees, shapes or dtypes, and for weights that are not
        positive or do not sum to the number of objects.
        """
        jax = require("jax")
        known = self._weights(weights)
        leaves, structure = jax.tree.flatten(args)
        if structure != self._structures[0]:
            raise ValueError(f"expected arguments {self._structures[0]}, got {structure}")
        arrays = [self._array(i, leaf, known) for i, leaf in enumerate(leaves)]
        results = self._plan.run(known, arrays)
        spread = [known.spread(x, n) for x, n in zip(results, self._outputs, strict=True)]
        return jax.tree.unflatten(self._structures[1], spread)

    @cached_property
    def primitives(self) -> tuple[str, ...]:
        """The primitives of the step, in order of the alphabet."""
        return tuple(self.certificate.primitives)

    def _weights(self, weights: Mapping[str, Any]) -> Weights:
        jnp = require("jax.numpy")
        sizes = self.certificate.sizes
        if set(weights) != set(sizes):
            raise ValueError(f"expected weights for {sorted(sizes)}, got {sorted(weights)}")
        for group, size in sizes.items():
            _check_weights(group, weights[group], size)
        return Weights({group: jnp.asarray(weights[group]) for group in sizes})

    def _array(self, index: int, leaf: Any, weights: Weights) -> Any:
        jnp = require("jax.numpy")
        layout, (path, _) = self._plan.inputs[index], self._leaves[index]
        array = jnp.asarray(leaf)
        expected, dtype = weights.shape(layout), self._dtypes[index]
        if tuple(array.shape) != expected:
            raise ValueError(f"{path} has shape {tuple(array.shape)}; expected {expected}")
        if array.dtype != dtype and not _fits(leaf, dtype):
            raise ValueError(f"{path} has dtype {array.dtype}; the step was traced with {dtype}")
        return array if array.dtype == dtype else array.astype(dtype)


def lift(
    step: Callable[..., Any],
    *example: Any,
    axes: Sequence[Any],
    out_axes: Any = None,
    rules: Mapping[str, Rule] = RULES,
) -> Lifted:
    """The step for weighted objects, if each primitive treats the objects of a group alike.

    `example` are arguments at the original width: arrays, or `jax.ShapeDtypeStruct`. `axes`
    has one pytree of tags for each: a string with a word for each axis of a leaf, the name of
    a group or "."; "" for no objects. Sizes are never used to guess: two axes of one size
    may be different things. `out_axes` has the tags of the result; without it, an axis of the
    result whose entries are all equal is taken as one without objects.

    Raises `NotEquivariant`, with primitive and source line, for a step that may depend on the
    index of an object, ValueError for tags that do not fit, ImportError without JAX.

    >>> import jax, jax.numpy as jnp
    >>> def step(w, x):  # gradient descent on (mean_j tanh(w_j x) - 1)^2, clipped
    ...     g = jax.grad(lambda w: (jnp.mean(jnp.tanh(w * x)) - 1) ** 2)(w)
    ...     return w - 0.1 * g / jnp.maximum(1, jnp.linalg.norm(g))
    >>> lifted = lift(step, jnp.ones(3), 1.0, axes=("neuron", ""))
    >>> pair = lifted({"neuron": [2, 1]}, jnp.array([1.0, -1.0]), 0.5)
    >>> three = step(jnp.array([1.0, 1.0, -1.0]), 0.5)
    >>> bool(jnp.allclose(pair, three[1:]))
    True
    >>> lift(jnp.cumsum, jnp.ones(3), axes=("neuron",))
    Traceback (most recent call last):
        ...
    ucomp_verify.dynamics.lift.refusals.NotEquivariant: cumsum at ...
    """
    jax = require("jax")
    if len(axes) != len(example):
        raise ValueError(f"expected tags for {len(example)} arguments, got {len(axes)}")
    structs = shapes_of(*example)
    leaves = [
        leaf
        for i, (arg, tags) in enumerate(zip(structs, axes, strict=True))
        for leaf in tags_of_leaves(arg, tags, f"argument {i + 1}")
    ]
    flat = jax.tree.leaves(structs)
    shapes = [tuple(int(n) for n in x.shape) for x in flat]
    inputs = [
        Layout(shape, marks_of(tag, shape, path))
        for (path, tag), shape in zip(leaves, shapes, strict=True)
    ]

    def traced(*args: Any) -> Any:  # a new function: JAX remembers old ones, as they were
        return step(*args)

    closed, shape_of_result = jax.make_jaxpr(traced, return_shape=True)(*structs)
    plan = RulePlanner(rules).plan(closed, inputs)
    sizes = sizes_of(leaves, shapes)
    outputs, tags = _results(plan, shape_of_result, out_axes, sizes)
    structures = (jax.tree.structure(structs), jax.tree.structure(shape_of_result))
    return Lifted(
        certificate_of(plan, sizes),
        jax.tree.unflatten(structures[1], tags),
        plan,
        outputs,
        tuple(leaves),
        tuple(x.dtype for x in flat),
        structures,
    )


def _results(
    plan: Plan, result: Any, out_axes: Any, sizes: Mapping[str, int]
) -> tuple[tuple[Layout, ...], list[str]]:
    known: list[tuple[str, str | None]]
    if out_axes is None:
        jax = require("jax")
        known = [("result", None)] * len(jax.tree.leaves(result))
    else:
        known = [*tags_of_leaves(result, out_axes, "result")]
    for layout in plan.outputs:
        if layout.is_spectral or any(isinstance(mark, Merged) for mark in layout.marks):
            raise NotEquivariant(
                "the result",
                "the end of the step",
                "it has an axis of eigenvalues or singular values, or one merged with objects",
            )
    outputs = tuple(
        settled(layout, tag, path, sizes)
        for layout, (path, tag) in zip(plan.outputs, known, strict=True)
    )
    return outputs, [tag_of(layout) for layout in outputs]


def _fits(leaf: Any, dtype: Any) -> bool:
    """Whether the value is a Python number that the traced dtype holds."""
    jnp = require("jax.numpy")
    if not isinstance(leaf, int | float) or jnp.zeros((), dtype).dtype != dtype:
        return False
    if jnp.issubdtype(dtype, jnp.integer):
        kind = jnp.iinfo(dtype)
        return isinstance(leaf, int) and kind.min <= leaf <= kind.max
    return jnp.issubdtype(dtype, jnp.inexact)


def _check_weights(group: str, weights: Any, size: int) -> None:
    import numpy as np

    jax = require("jax")
    if isinstance(weights, jax.core.Tracer):
        return
    numbers = np.asarray(weights, dtype=float)
    if numbers.ndim != 1 or not np.isfinite(numbers).all() or (numbers <= 0).any():
        raise ValueError(f"expected a vector of positive weights for {group!r}, got {weights}")
    total = float(numbers.sum())
    if abs(total - size) > TOTAL_TOLERANCE * size:
        raise ValueError(
            f"the weights of {group!r} sum to {total}; expected {size}, the number of objects at "
            "which the step was traced: means and counts were taken there. Scale the weights so "
            "that an original object has weight 1"
        )
