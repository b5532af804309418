"""Training rules on polynomial losses, their mean-field form, and duplication of objects."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate, pairwise
from typing import Any, TypeAlias

from .mean_field import MeanFieldMap, Polynomial, State, Value, copies, evaluate
from .rational_rings import fraction_terms, lift_into, rational_ring

Values: TypeAlias = Sequence[Value]


class NotDuplicated(ValueError):
    """A weighted object is not where the copies of it are."""


@dataclass(frozen=True)
class PolynomialLoss:
    """L(w_1, ..., w_d) = value(sum_i c_i features(w_i)) for objects of weight c_i in R^dim.

    Both functions must be polynomials with rational coefficients; `formula` is L in LaTeX.
    """

    name: str
    formula: str
    dim: int
    features: Callable[[Values], Values]
    value: Callable[[Values], Value]


@dataclass(frozen=True)
class TrainingRule:
    """How an optimiser moves objects: (states, gradients, weights, shared) to new states.

    A state is the parameters of an object and `num_slots` vectors of the same length;
    `shared` names the numbers that all objects share.
    """

    name: str
    num_slots: int
    shared: tuple[str, ...]
    move: Callable[[Sequence[State], Sequence[State], Values, Values], Sequence[State]]


def object_wise(move: Callable[[State, State, Values], State]) -> Callable[..., Sequence[State]]:
    """The rule that moves each object by its own state and gradient alone."""

    def moved(
        states: Sequence[State], gradients: Sequence[State], weights: Values, shared: Values
    ) -> Sequence[State]:
        del weights
        return [move(x, g, shared) for x, g in zip(states, gradients, strict=True)]

    return moved


def gradients_of(loss: PolynomialLoss, weights: Sequence[int]) -> list[list[Polynomial]]:
    """c_j^{-1} dL/dw_j for weighted objects, as polynomials in all coordinates.

    For unit weights these are the gradients of the loss itself.
    """
    names = [f"w{j}_{a}" for j in range(len(weights)) for a in range(loss.dim)]
    _, symbols = rational_ring(names)
    objects = _grouped(symbols, loss.dim)
    features = [loss.features(x) for x in objects]
    sums = [
        sum(c * f[b] for c, f in zip(weights, features, strict=True))
        for b in range(len(features[0]))
    ]
    total = loss.value(sums)
    return [
        [_scaled(total.diff(w), Fraction(1, c)) for w in x]
        for c, x in zip(weights, objects, strict=True)
    ]


def train(
    loss: PolynomialLoss,
    rule: TrainingRule,
    states: Sequence[State],
    *,
    weights: Sequence[int],
    shared: Values,
    lift: Callable[[Fraction], Value],
) -> Sequence[State]:
    """One step of the rule on gradients divided by the weights (paper, l.1456-1459)."""
    at = [v for x in states for v in x[: loss.dim]]
    gradients = [
        tuple(evaluate(entry, at, lift) for entry in row) for row in gradients_of(loss, weights)
    ]
    return rule.move(states, gradients, [lift(Fraction(c)) for c in weights], shared)


def mean_field_form(loss: PolynomialLoss, rule: TrainingRule) -> MeanFieldMap:
    """The (Phi, G) of the rule on the loss: G are the features, Phi moves one object.

    It is the rule's if the rule moves each object by its own state and gradient; check
    with `check_duplication`.
    """
    size = loss.dim * (1 + rule.num_slots)
    probe = rational_ring([f"w_{a}" for a in range(loss.dim)])[1]
    outputs = len(loss.features(probe))
    names = [*(f"w_{a}" for a in range(size)), *(f"y_{b}" for b in range(outputs)), *rule.shared]
    field, symbols = rational_ring(names)
    state, sums = symbols[:size], symbols[size : size + outputs]
    parameters = state[: loss.dim]
    features = [_in_ring(f, field) for f in loss.features(parameters)]
    outer = [_in_ring(loss.value(sums), field).diff(y) for y in sums]
    gradient = tuple(
        sum((o * f.diff(w) for o, f in zip(outer, features, strict=True)), start=field.zero)
        for w in parameters
    )
    (moved,) = rule.move([tuple(state)], [gradient], [field.one], symbols[size + outputs :])
    statistics = tuple({e[:size]: c for e, c in fraction_terms(f).items()} for f in features)
    update = tuple(fraction_terms(_in_ring(v, field)) for v in moved)
    return MeanFieldMap(size, statistics, update, len(rule.shared))


def check_duplication(
    loss: PolynomialLoss, rule: TrainingRule, weights: Sequence[int], *, steps: int = 1
) -> int:
    """The number of polynomials compared, if weighted objects stay where their copies are.

    The original rule runs on `weights[j]` copies of object j, with the gradients of the
    loss of all copies. Its mean-field form runs on the weighted objects, and so does the
    rule itself with gradients divided by the weights. States and shared numbers are
    symbols, so agreement holds for all their values. Raises `NotDuplicated` naming step,
    object and coordinate, and ValueError unless all weights are at least 1.
    """
    if not weights or min(weights) < 1:
        raise ValueError(f"expected positive integers as weights, got {list(weights)}")
    size = loss.dim * (1 + rule.num_slots)
    names = [f"w{j}_{a}" for j in range(len(weights)) for a in range(size)]
    field, symbols = rational_ring([*names, *rule.shared])
    start = [tuple(x) for x in _grouped(symbols[: len(names)], size)]
    shared, form = symbols[len(names) :], mean_field_form(loss, rule)
    lifted = [lift_into(field)(Fraction(c)) for c in weights]
    ones = [1] * sum(weights)
    full: Sequence[State] = copies(start, weights)
    compressed: dict[str, Sequence[State]] = {"mean-field form": start, "scaled gradients": start}
    checks = 0
    for step in range(1, steps + 1):
        lift = lift_into(field)
        full = train(loss, rule, full, weights=ones, shared=shared, lift=lift)
        of_form = form.step(compressed["mean-field form"], lifted, shared=shared, lift=lift)
        scaled = compressed["scaled gradients"]
        by_rule = train(loss, rule, scaled, weights=weights, shared=shared, lift=lift)
        compressed = {"mean-field form": of_form, "scaled gradients": by_rule}
        for way, states in compressed.items():
            checks += _compare(full, states, weights, f"step {step}, {way}")
    return checks


def _compare(
    full: Sequence[State], compressed: Sequence[State], weights: Sequence[int], where: str
) -> int:
    ends = list(accumulate(weights, initial=0))
    compared = 0
    for j, (first, last) in enumerate(pairwise(ends)):
        for copy in full[first:last]:
            for axis, (x, y) in enumerate(zip(copy, compressed[j], strict=True)):
                if x != y:
                    raise NotDuplicated(
                        f"{where}: object {j + 1} of weight {weights[j]} and a copy of it differ "
                        f"in coordinate {axis + 1} by {_excerpt(y - x)}"
                    )
                compared += 1
    return compared


def _excerpt(value: Value) -> str:
    text = str(value)
    return text if len(text) <= 100 else f"{text[:100]}..."


def _in_ring(value: Value, field: Any) -> Value:
    """A number that a polynomial function returned, as an element of the ring."""
    return field(value) if isinstance(value, int) else value


def _grouped(symbols: Sequence[Value], size: int) -> list[Sequence[Value]]:
    return [symbols[i : i + size] for i in range(0, len(symbols), size)]


def _scaled(element: Value, factor: Fraction) -> dict[tuple[int, ...], Fraction]:
    return {exponents: factor * c for exponents, c in fraction_terms(element).items()}
