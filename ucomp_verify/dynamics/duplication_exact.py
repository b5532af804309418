"""The duplication oracle in fractions: equality of numbers, not agreement up to rounding."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from ucomp_verify.algebra.training import NotDuplicated

from .batches import Batch
from .duplication import Rule
from .duplication_tasks import Task
from .networks import AbstractNetwork
from .optimisers_base import AbstractOptimiser
from .training import moved


@dataclass(frozen=True)
class Exact:
    """In fractions: the weighted rule equals the copies in all `compared` numbers of `steps` steps.

    `inverse` is the largest difference that the paper's rule has from the copies in any
    parameter at any step, exactly: 0 where it is right.
    """

    optimiser: str
    steps: int
    compared: int
    inverse: Fraction


def exact_duplication(optimiser: AbstractOptimiser, task: Task) -> Exact:
    """Equality in fractions of the weighted rule and the copies, parameter by parameter.

    For optimisers and activations that keep rational numbers rational: SGD, momentum, Nesterov,
    clipping by value and, if the norm is rational, by the global norm; an irrational norm is
    rounded down to 2^-64, by the same function in both runs. Symbolic proofs for all values,
    where the rule is polynomial, are in `ucomp_verify.algebra.training`. Raises NotDuplicated at
    the first number that differs and ValueError for a task that is not in fractions.
    """
    _require_fractions(task)
    full = _Course(task.network.original(), optimiser, Rule.WEIGHTED)
    weighted = _Course(task.network, optimiser, Rule.WEIGHTED)
    inverse = _Course(task.network, optimiser, Rule.INVERSE)
    compared, worst = 0, Fraction(0)
    for step, batch in enumerate(task.batches, 1):
        full, weighted, inverse = (
            full.stepped(batch),
            weighted.stepped(batch),
            inverse.stepped(batch),
        )
        gap, place = _largest_gap(full, weighted)
        if gap:
            raise NotDuplicated(
                f"step {step}, {optimiser.name}: the weighted network and its original differ by "
                f"{float(gap):.3g} in leaf {place}"
            )
        compared += sum(leaf.size for leaf in full.network.leaves)
        worst = max(worst, _largest_gap(full, inverse)[0])
    return Exact(optimiser.name, len(task.batches), compared, worst)


class _Course:
    """A network, an optimiser and a rule, step by step."""

    def __init__(
        self, network: AbstractNetwork, optimiser: AbstractOptimiser, rule: Rule, state: Any = None
    ) -> None:
        self.network, self.optimiser, self.rule = network, optimiser, rule
        layout = network.layout
        self.seen = layout if rule is Rule.WEIGHTED else layout.unit()
        self.state = optimiser.start(network.leaves, self.seen) if state is None else state

    def stepped(self, batch: Batch) -> "_Course":
        """One step further."""
        _, gradients = self.network.loss_and_gradient(batch)
        moves, state = self.optimiser.updates(self.network.leaves, gradients, self.state, self.seen)
        leaves = moved(self.network.leaves, moves)
        return _Course(self.network.with_leaves(leaves), self.optimiser, self.rule, state)


def _largest_gap(full: _Course, weighted: _Course) -> tuple[Fraction, int]:
    """The largest difference of a copy from its weighted object, and the leaf that has it."""
    spread = weighted.network.layout.repeated(weighted.network.leaves)
    gaps = [
        (Fraction(np.abs(a - b).max()), i)
        for i, (a, b) in enumerate(zip(full.network.leaves, spread, strict=True))
    ]
    return max(gaps, key=lambda gap: gap[0])


def _require_fractions(task: Task) -> None:
    network = task.network
    arrays = [*network.leaves, *(c for c in network.layout.weights if c is not None)]
    arrays += [array for batch in task.batches for array in (batch.inputs, batch.targets)]
    scale: Any = getattr(network, "scale", 1)
    arrays.append(np.array([scale], object))
    for array in arrays:
        if array.dtype != object or not all(isinstance(v, (Fraction, int)) for v in array.flat):
            raise ValueError(
                f"found an array of {array.dtype}; expected fractions as objects in all leaves, "
                "weights, inputs and targets, and as scale: make the task with `exact_task`"
            )
