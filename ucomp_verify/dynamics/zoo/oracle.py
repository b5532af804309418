"""The duplication oracle: weighted training against the original network with equal objects.

For integer weights the original network has c_j copies of object j; what it does needs no
rule. Each way to train the weighted network is compared with that run.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import partial
from typing import Any, TypeAlias

from ucomp_verify.dynamics.extra import require
from ucomp_verify.dynamics.lift import Certificate, lift, tags_of_result
from ucomp_verify.dynamics.lift.planner import RULES
from ucomp_verify.dynamics.lift.plans import Rule

from .catalogue import Optimiser
from .networks import Parameters
from .problems import Data, Problem, divided

COMPILER = {"xla_backend_optimization_level": 0}
"""Small programs that run once: to optimise them takes longer than to run them."""

Predict: TypeAlias = Callable[[Parameters, Any, Data], Any]
Rules: TypeAlias = Mapping[str, Rule]
Run: TypeAlias = Callable[[Problem], Any]


class Way(Enum):
    """How gradients reach the optimiser of a weighted network."""

    PAPER = "gradients divided by weights"
    RAW = "raw gradients"


def training_step(
    optimiser: Optimiser,
    outputs: Callable[[Parameters, Any], Any],
    *,
    scaled: Callable[[Parameters], Parameters] | None = None,
) -> Callable[..., tuple[Parameters, Any]]:
    """(parameters, state, x, y) to the next parameters and state, on the mean squared error."""
    jax = require("jax")
    jnp = require("jax.numpy")
    optax = require("optax")
    made = optax.with_extra_args_support(optimiser.make())

    def step(parameters: Parameters, state: Any, x: Any, y: Any) -> tuple[Parameters, Any]:
        def loss(p: Parameters) -> Any:
            return jnp.mean((outputs(p, x) - y) ** 2)

        def gradients(p: Parameters) -> Parameters:
            raw = jax.grad(loss)(p)
            return scaled(raw) if scaled else raw

        g = gradients(parameters)
        known = {"value": loss(parameters), "grad": g, "value_fn": loss, "grad_fn": gradients}
        extras = {name: known[name] for name in optimiser.extras}
        updates, state = made.update(g, state, parameters, **extras)
        return optax.apply_updates(parameters, updates), state

    return step


def predictor(
    step: Callable[..., tuple[Parameters, Any]], outputs: Callable[[Parameters, Any], Any]
) -> Predict:
    """(start, state, data) to predictions before training and after every step, compiled once."""
    import numpy as np

    jax = require("jax")
    jnp = require("jax.numpy")

    def all_steps(start: Parameters, state: Any, x: Any, y: Any, test: Any) -> Any:
        def move(carry: tuple[Parameters, Any], batch: tuple[Any, Any]) -> tuple[Any, Any]:
            parameters, moved = step(*carry, *batch)
            return (parameters, moved), outputs(parameters, test)

        after = jax.lax.scan(move, (start, state), (x, y))[1]
        return jnp.concatenate([outputs(start, test)[None], after])

    compiled = jax.jit(all_steps, compiler_options=COMPILER)

    def predict(start: Parameters, state: Any, data: Data) -> Any:
        return np.asarray(compiled(start, state, data.x, data.y, data.test))

    return predict


def original_run(problem: Problem, optimiser: Optimiser) -> Callable[[Parameters, Data], Any]:
    """Predictions of the original network from any start."""
    outputs = problem.network.outputs
    predict = predictor(training_step(optimiser, outputs), outputs)
    made = optimiser.make()
    return lambda start, data: predict(start, made.init(start), data)


def weighted_run(problem: Problem, optimiser: Optimiser, way: Way) -> Run:
    """Predictions of the weighted network, trained with one of the unlifted rules."""
    net, weights, made = problem.network, problem.weights, optimiser.make()

    def outputs(parameters: Parameters, x: Any) -> Any:
        return net.weighted(parameters, x, weights)

    def by_weights(gradients: Parameters) -> Parameters:
        return divided(gradients, net.axes, weights)

    step = training_step(optimiser, outputs, scaled=by_weights if way is Way.PAPER else None)
    predict = predictor(step, outputs)
    return lambda p: predict(p.start, made.init(p.start), p.data)


@dataclass(frozen=True)
class LiftedTraining:
    """A lifted step and the lifted start of its state, on the weights of a problem.

    `step(parameters, state, x, y)` is as the original one, `start(parameters)` the state.
    """

    step: Callable[..., tuple[Parameters, Any]]
    start: Callable[[Parameters], Any]
    certificate: Certificate


def lift_training(problem: Problem, optimiser: Optimiser, rules: Rules = RULES) -> LiftedTraining:
    """The step of the original network, lifted; `NotEquivariant` if the index of objects counts.

    The state is lifted too, from what the optimiser starts with at the original width. So
    thresholds on sizes are judged there.
    """
    net, copies = problem.network, problem.copies
    tags, made = dict(net.axes), optimiser.make()
    state_tags = tags_of_result(made.init, copies, axes=(tags,))
    start = lift(made.init, copies, axes=(tags,), out_axes=state_tags, rules=rules)
    lifted = lift(
        training_step(optimiser, net.outputs),
        copies,
        made.init(copies),
        problem.data.x[0],
        problem.data.y[0],
        axes=(tags, state_tags, "", ""),
        out_axes=(tags, state_tags),
        rules=rules,
    )
    weights = problem.weights
    return LiftedTraining(partial(lifted, weights), partial(start, weights), lifted.certificate)


def lifted_run(problem: Problem, optimiser: Optimiser, rules: Rules = RULES) -> Run:
    """Predictions of the weighted network, trained by the lifted step."""
    training = lift_training(problem, optimiser, rules)

    def outputs(parameters: Parameters, x: Any) -> Any:
        return problem.network.weighted(parameters, x, problem.weights)

    predict = predictor(training.step, outputs)
    return lambda p: predict(p.start, training.start(p.start), p.data)


def relative_gap(run: Any, original: Any) -> float:
    """The largest gap of predictions over all steps, by the largest change of the original's.

    Infinite if a prediction is not finite.
    """
    import numpy as np

    if not (np.isfinite(run).all() and np.isfinite(original).all()):
        return float("inf")
    moved = float(np.abs(original - original[0]).max())
    return float(np.abs(run - original).max()) / moved
