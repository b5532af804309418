"""Loops, branches and calls: the inner jaxprs are lifted with the marks that reach them."""

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

from ucomp_verify.dynamics.extra import require

from .equations import Equation
from .marks import Layout, Ordinary
from .plans import Array, Plan, Planner, Step, Weights, full

PlanFor: TypeAlias = Callable[[Sequence[Layout]], Plan]

MAX_ROUNDS = 10
"""Marks of a loop grow from `Equal` to one other: each round settles an axis or ends."""


def call(equation: Equation, layouts: Sequence[Layout], planner: Planner) -> Step:
    """What is called, lifted where it is called."""
    for name in ("jaxpr", "call_jaxpr", "fun_jaxpr"):
        if name in equation.params:
            plan = planner.plan(equation.params[name], layouts, equation.where)
            return Step(plan.outputs, plan.run, inner=(plan,))
    raise equation.refusal("it calls something that is not a jaxpr")


def cond(equation: Equation, layouts: Sequence[Layout], planner: Planner) -> Step:
    """Every branch is lifted; its results take the marks that all branches share."""
    jax = require("jax")
    index, *operands = layouts
    _known(equation, layouts)
    if index.shape:
        raise equation.refusal("its index is not a number")
    plans = tuple(
        planner.plan(branch, operands, equation.where) for branch in equation.params["branches"]
    )
    outputs = tuple(
        Layout(group[0].shape, equation.joined_marks(group))
        for group in zip(*(plan.outputs for plan in plans), strict=True)
    )
    _known(equation, [x for plan in plans for x in plan.outputs])

    def run(weights: Weights, arrays: Sequence[Array]) -> Sequence[Array]:
        def of(plan: Plan) -> Any:
            def branch(*values: Array) -> tuple[Array, ...]:
                return _spread(weights, plan.run(weights, values), outputs)

            return branch

        return list(jax.lax.switch(arrays[0], [of(plan) for plan in plans], *arrays[1:]))

    return Step(outputs, run, inner=plans)


def while_(equation: Equation, layouts: Sequence[Layout], planner: Planner) -> Step:
    """The marks of the state are those that one more round does not change."""
    jax = require("jax")
    _known(equation, layouts)
    params = equation.params
    tests, bodies = int(params["cond_nconsts"]), int(params["body_nconsts"])
    test_in, body_in = layouts[:tests], layouts[tests : tests + bodies]

    def planned(carry: Sequence[Layout]) -> Plan:
        return planner.plan(params["body_jaxpr"], [*body_in, *carry], equation.where)

    state, body = _settled(equation, layouts[tests + bodies :], planned)
    test = planner.plan(params["cond_jaxpr"], [*test_in, *state], equation.where)

    def run(weights: Weights, arrays: Sequence[Array]) -> Sequence[Array]:
        first, second = arrays[:tests], arrays[tests : tests + bodies]

        def goes_on(carry: Sequence[Array]) -> Array:
            return test.run(weights, [*first, *carry])[0]

        def move(carry: Sequence[Array]) -> tuple[Array, ...]:
            return _spread(weights, body.run(weights, [*second, *carry]), state)

        start = _spread(weights, arrays[tests + bodies :], state)
        return list(jax.lax.while_loop(goes_on, move, start))

    return Step(tuple(state), run, inner=(test, body))


def scan(equation: Equation, layouts: Sequence[Layout], planner: Planner) -> Step:
    """As a loop; what is scanned must not be objects, for they would come one after another."""
    jax = require("jax")
    _known(equation, layouts)
    params = equation.params
    consts, carried = int(params["num_consts"]), int(params["num_carry"])
    fixed, rows = layouts[:consts], layouts[consts + carried :]
    for x in rows:
        equation.without_objects(x.marks[0], "it goes one by one through")
    steps = [Layout(x.shape[1:], x.marks[1:]) for x in rows]

    def planned(carry: Sequence[Layout]) -> Plan:
        return planner.plan(params["jaxpr"], [*fixed, *carry, *steps], equation.where)

    state, body = _settled(equation, layouts[consts : consts + carried], planned)
    length, lead = int(params["length"]), Ordinary(equation.place)
    outs = [Layout((length, *x.shape), (lead, *x.marks)) for x in body.outputs[carried:]]
    leading = [x.marked((full(x).marks[0], *x.marks[1:])) for x in rows]

    def run(weights: Weights, arrays: Sequence[Array]) -> Sequence[Array]:
        kept = list(arrays[:consts])

        def move(carry: Sequence[Array], row: Sequence[Array]) -> tuple[Any, Any]:
            values = body.run(weights, [*kept, *carry, *row])
            return _spread(weights, values[:carried], state), tuple(values[carried:])

        start = _spread(weights, arrays[consts : consts + carried], state)
        table = _spread(weights, arrays[consts + carried :], leading)
        end, made = jax.lax.scan(
            move, start, table, length=length, reverse=params["reverse"], unroll=params["unroll"]
        )
        return [*end, *made]

    return Step((*state, *outs), run, inner=(body,))


def _settled(
    equation: Equation, start: Sequence[Layout], plan_for: PlanFor
) -> tuple[tuple[Layout, ...], Plan]:
    """Marks of a loop's state that hold before and after every round, and the lifted round."""
    state = tuple(start)
    for _ in range(MAX_ROUNDS + sum(len(x.shape) for x in start)):
        plan = plan_for(state)
        after = plan.outputs[: len(state)]
        _known(equation, after)
        grown = tuple(
            x.marked(equation.joined_marks([x, y])) for x, y in zip(state, after, strict=True)
        )
        if grown == state:
            return state, plan
        state = grown
    raise equation.refusal("its state changes its marks for ever")


def _known(equation: Equation, layouts: Sequence[Layout]) -> None:
    if any(x.is_spectral for x in layouts):
        raise equation.refusal("what comes out of a decomposition enters or leaves it")


def _spread(
    weights: Weights, arrays: Sequence[Array], layouts: Sequence[Layout]
) -> tuple[Array, ...]:
    return tuple(weights.spread(a, x) for a, x in zip(arrays, layouts, strict=True))


_CALLS = (
    "jit",
    "pjit",
    "closed_call",
    "core_call",
    "core_closed_call",
    "remat",
    "remat2",
    "checkpoint",
    "custom_jvp_call",
    "custom_vjp_call",
    "custom_vjp_call_jaxpr",
    "custom_lin",
)

RULES = {**dict.fromkeys(_CALLS, call), "cond": cond, "while": while_, "scan": scan}
