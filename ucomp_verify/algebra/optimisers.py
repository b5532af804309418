"""Polynomial losses, and optimisers that move each object by its own state and gradient."""

from collections.abc import Mapping
from typing import TypeVar

from .mean_field import State
from .training import PolynomialLoss, TrainingRule, Values, object_wise

T = TypeVar("T")


def _descend(state: State, gradient: State, shared: Values) -> State:
    (eta,) = shared
    return tuple(w - eta * g for w, g in zip(state, gradient, strict=True))


def _momentum(state: State, gradient: State, shared: Values) -> State:
    eta, beta = shared
    n = len(gradient)
    buffer = [beta * b + g for b, g in zip(state[n:], gradient, strict=True)]
    return (*(w - eta * b for w, b in zip(state[:n], buffer, strict=True)), *buffer)


def _nesterov(state: State, gradient: State, shared: Values) -> State:
    eta, beta = shared
    n = len(gradient)
    buffer = [beta * b + g for b, g in zip(state[n:], gradient, strict=True)]
    ahead = [g + beta * b for g, b in zip(gradient, buffer, strict=True)]
    return (*(w - eta * a for w, a in zip(state[:n], ahead, strict=True)), *buffer)


def _adam(state: State, gradient: State, shared: Values) -> State:
    """Moment recursions as in Adam; a_0 + a_1 v stands for 1 / (sqrt(v) + epsilon)."""
    eta, beta_1, beta_2, a_0, a_1 = shared
    n = len(gradient)
    first = [beta_1 * m + (1 - beta_1) * g for m, g in zip(state[n : 2 * n], gradient, strict=True)]
    second = [
        beta_2 * v + (1 - beta_2) * g**2 for v, g in zip(state[2 * n :], gradient, strict=True)
    ]
    moves = [eta * m * (a_0 + a_1 * v) for m, v in zip(first, second, strict=True)]
    return (*(w - move for w, move in zip(state[:n], moves, strict=True)), *first, *second)


RULES: tuple[TrainingRule, ...] = (
    TrainingRule("gradient descent", 0, ("eta",), object_wise(_descend)),
    TrainingRule("momentum", 1, ("eta", "beta"), object_wise(_momentum)),
    TrainingRule("Nesterov momentum", 1, ("eta", "beta"), object_wise(_nesterov)),
    TrainingRule(
        "Adam, polynomial part", 2, ("eta", "beta1", "beta2", "a0", "a1"), object_wise(_adam)
    ),
)
"""Optimisers that move each object by its own state and gradient."""


LOSSES: tuple[PolynomialLoss, ...] = (
    PolynomialLoss(
        "quartic",
        r"\tfrac{1}{4} (\sum_i c_i w_i^2)^2",
        1,
        lambda w: [w[0] ** 2],
        lambda y: y[0] ** 2 / 4,
    ),
    PolynomialLoss(
        "two outputs",
        r"y_1 y_2 + y_1^3, y_1 = \sum_i c_i w_i, y_2 = \sum_i c_i w_i^3",
        1,
        lambda w: [w[0], w[0] ** 3],
        lambda y: y[0] * y[1] + y[0] ** 3,
    ),
    PolynomialLoss(
        "regression",
        r"\tfrac{1}{2} (y(1) - 1)^2 + \tfrac{1}{2} (y(2) + 2)^2, "
        r"y(x) = \sum_i c_i v_i (u_i x + u_i^2 x^2)",
        2,
        lambda w: [w[1] * (w[0] * x + w[0] ** 2 * x**2) for x in (1, 2)],
        lambda y: (y[0] - 1) ** 2 / 2 + (y[1] + 2) ** 2 / 2,
    ),
    PolynomialLoss(
        "three coordinates",
        r"\tfrac{1}{2} y^2 + y, y = \sum_i c_i (a_i b_i + e_i)",
        3,
        lambda w: [w[0] * w[1] + w[2]],
        lambda y: y[0] ** 2 / 2 + y[0],
    ),
)
"""Polynomial losses of different dimension, number of outputs and degree."""


def find_rule(name: str) -> TrainingRule:
    """The rule of this name in `RULES`; LookupError if there is none."""
    return _find(name, {rule.name: rule for rule in RULES})


def find_loss(name: str) -> PolynomialLoss:
    """The loss of this name in `LOSSES`; LookupError if there is none."""
    return _find(name, {loss.name: loss for loss in LOSSES})


def _find(name: str, known: Mapping[str, T]) -> T:
    if name not in known:
        raise LookupError(f"expected one of {sorted(known)}, got {name!r}")
    return known[name]
