"""The choice of a rule for each equation of a jaxpr."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from typing import Any

from ucomp_verify.dynamics.extra import require

from . import (
    along_axes,
    contractions,
    control,
    decompositions,
    elementwise,
    indexing,
    placing,
    reductions,
    shapes,
)
from .equations import Equation
from .marks import Equal, Layout, Mark, Ordinary, ordinary
from .plans import Array, Plan, Planner, Rule, Step, Weights, bound, full
from .refusals import UNKNOWN

RULES: Mapping[str, Rule] = {
    **dict.fromkeys(elementwise.NAMES, elementwise.rule),
    **dict.fromkeys(reductions.NAMES, reductions.rule),
    **dict.fromkeys(contractions.NAMES, contractions.rule),
    **shapes.RULES,
    **along_axes.RULES,
    **indexing.RULES,
    **placing.RULES,
    **control.RULES,
    **decompositions.RULES,
}
"""Every primitive that may touch objects, with its rule."""

_PLAIN = frozenset(decompositions.RULES)
"""Without objects these are themselves."""


class RulePlanner:
    """Chooses rules from a table; NotEquivariant where none covers an equation with objects."""

    def __init__(self, rules: Mapping[str, Rule] = RULES) -> None:
        self._rules = rules
        self._keys: Iterator[int] = count()

    def new_key(self) -> int:
        """A number that no other decomposition has."""
        return next(self._keys)

    def plan(self, closed: Any, inputs: Sequence[Layout], where: str = UNKNOWN) -> Plan:
        """The jaxpr on weighted objects, for inputs of these layouts, called at a line."""
        jaxpr, consts = getattr(closed, "jaxpr", closed), tuple(getattr(closed, "consts", ()))
        known: dict[Any, Layout] = {}
        for variable, value in zip(jaxpr.constvars, consts, strict=True):
            known[variable] = layout_of_constant(value)
        known.update(zip(jaxpr.invars, inputs, strict=True))
        steps: list[tuple[Equation, Step]] = []
        for eqn in jaxpr.eqns:
            equation = Equation.of(eqn, where)
            step = self._step(equation, [_layout(v, known) for v in eqn.invars])
            steps.append((equation, step))
            known.update(zip(eqn.outvars, step.layouts, strict=True))
        stored = [_stored(c, known[v]) for c, v in zip(consts, jaxpr.constvars, strict=True)]
        outputs = tuple(_layout(v, known) for v in jaxpr.outvars)

        def run(weights: Weights, arrays: Sequence[Array]) -> Sequence[Array]:
            values: dict[Any, Array] = dict(zip(jaxpr.constvars, stored, strict=True))
            values.update(zip(jaxpr.invars, arrays, strict=True))
            for eqn, (_, step) in zip(jaxpr.eqns, steps, strict=True):
                results = step.run(weights, [_value(v, values) for v in eqn.invars])
                values.update(zip(eqn.outvars, results, strict=True))
            return [_value(v, values) for v in jaxpr.outvars]

        return Plan(tuple(inputs), outputs, tuple(steps), run)

    def _step(self, equation: Equation, layouts: Sequence[Layout]) -> Step:
        touched = any(x.has_objects for x in layouts)
        rule = self._rules.get(equation.name)
        if rule is None or (equation.name in _PLAIN and not touched):
            return _without_objects(equation, layouts)
        self_: Planner = self
        return rule(equation, layouts, self_)


def _without_objects(equation: Equation, layouts: Sequence[Layout]) -> Step:
    """A primitive that no rule covers is itself where no objects are, and refused elsewhere."""
    if any(x.has_objects for x in layouts):
        raise equation.refusal(
            "no rule says that it treats the entries along an axis of objects alike"
        )
    spread = [full(x) for x in layouts]
    makes_order = equation.name.startswith(("random", "threefry", "rng"))
    origin = equation.place if makes_order else equation.told_apart(layouts).origin
    outs = tuple(ordinary(shape, origin) for shape in equation.shapes)

    def run(weights: Weights, arrays: Sequence[Array]) -> Sequence[Array]:
        operands = [weights.spread(a, x) for a, x in zip(arrays, spread, strict=True)]
        return bound(equation, operands)

    return Step(outs, run)


def layout_of_constant(value: Any) -> Layout:
    """Equal entries along an axis are marked as such; all others are told apart.

    >>> import numpy as np
    >>> [type(mark).__name__ for mark in layout_of_constant(np.ones((2, 3))).marks]
    ['Equal', 'Equal']
    """
    import numpy as np

    jax = require("jax")
    shape = tuple(int(n) for n in np.shape(value))
    origin = Ordinary("a constant that the step closes over")
    if not shape or 0 in shape or isinstance(value, jax.core.Tracer) or not _is_plain(value):
        return Layout(shape, (origin,) * len(shape))
    raw = np.ascontiguousarray(value)[..., None].view(np.uint8)  # 0 and -0 differ, by 1/x
    marks: list[Mark] = []
    for axis in range(len(shape)):
        alike = bool(np.all(raw == np.take(raw, [0], axis=axis)))
        marks.append(Equal() if alike else origin)
    return Layout(shape, tuple(marks))


def _is_plain(value: Any) -> bool:
    jnp = require("jax.numpy")
    return jnp.issubdtype(value.dtype, jnp.number) or jnp.issubdtype(value.dtype, jnp.bool_)


def _stored(value: Any, layout: Layout) -> Any:
    """One entry along each axis of equal entries."""
    picks = tuple(slice(0, 1) if isinstance(m, Equal) else slice(None) for m in layout.marks)
    return value[picks] if layout.shape else value


def _layout(variable: Any, known: Mapping[Any, Layout]) -> Layout:
    return layout_of_constant(_literal(variable)) if hasattr(variable, "val") else known[variable]


def _value(variable: Any, values: Mapping[Any, Array]) -> Array:
    if hasattr(variable, "val"):
        literal = _literal(variable)
        return _stored(literal, layout_of_constant(literal))
    return values[variable]


def _literal(variable: Any) -> Any:
    """A constant of the jaxpr as an array of its own dtype."""
    import numpy as np

    return np.asarray(variable.val, dtype=variable.aval.dtype)
