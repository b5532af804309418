"""The duplication oracle: integer weights c_j against the original network with c_j copies.

Nobody has to be believed about how weighted objects are to be trained: for integer weights the
original network exists, so it is trained too, and the outputs are compared after every step.
"""

import enum
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .activations import Array
from .duplication_tasks import Task
from .layouts import Layout, Leaves
from .networks import AbstractNetwork
from .optimisers_base import AbstractOptimiser, Family
from .training import moved


class Rule(enum.StrEnum):
    """How weighted objects are trained."""

    WEIGHTED = "weighted statistics"  # gradients by original object, all sums weighted
    INVERSE = "gradients / c"  # the paper's rule (l.1456-1459): sums over objects as they are
    RAW = "raw gradients"  # dL/dw_j as it is
    ROOT = "sqrt(c) w"  # the parameters sqrt(c_j) w_j with their own gradients


@dataclass(frozen=True)
class Row:
    """How far each rule is from the copies, relative to how far the outputs moved in all.

    `change` is max_t max_x |y_t(x) - y_0(x)| of the original network; the errors are the
    largest differences of outputs at any step, divided by it (inf if a run overflowed).
    """

    optimiser: str
    family: Family
    change: float
    weighted: float
    inverse: float
    raw: float
    root: float


def trajectory(network: AbstractNetwork, optimiser: AbstractOptimiser, task: Task) -> Array:
    """The outputs of the network at the probes, before and after every step."""
    return _run(network, optimiser, task, Rule.WEIGHTED)


def duplication_error(
    optimiser: AbstractOptimiser, task: Task, rule: Rule = Rule.WEIGHTED
) -> tuple[float, float]:
    """The error of a rule as in `Row`, and the change of the original network."""
    copies = trajectory(task.network.original(), optimiser, task)
    with np.errstate(all="ignore"):
        weighted = _run(task.network, optimiser, task, rule)
    change = float(np.abs(copies - copies[0]).max())
    gap = float(np.abs(weighted - copies).max())
    return (gap / change if np.isfinite(gap) else float("inf")), change


def duplication_row(optimiser: AbstractOptimiser, task: Task) -> Row:
    """All four rules for one optimiser."""
    errors = {rule: duplication_error(optimiser, task, rule) for rule in Rule}
    return Row(
        optimiser.name,
        optimiser.family,
        errors[Rule.WEIGHTED][1],
        errors[Rule.WEIGHTED][0],
        errors[Rule.INVERSE][0],
        errors[Rule.RAW][0],
        errors[Rule.ROOT][0],
    )


def duplication_table(optimisers: Sequence[AbstractOptimiser], task: Task) -> tuple[Row, ...]:
    """A row for each optimiser, in their order."""
    return tuple(duplication_row(optimiser, task) for optimiser in optimisers)


def _run(network: AbstractNetwork, optimiser: AbstractOptimiser, task: Task, rule: Rule) -> Array:
    """The outputs under a rule, each step from the leaves that the rule trains."""
    layout = network.layout
    seen = layout if rule is Rule.WEIGHTED else layout.unit()
    leaves = layout.rooted(network.leaves, inverse=False) if rule is Rule.ROOT else network.leaves
    state = optimiser.start(leaves, seen)
    outputs = [network.outputs(task.probes)]
    for batch in task.batches:
        gradients = _as_trained(network.loss_and_gradient(batch)[1], layout, rule)
        moves, state = optimiser.updates(leaves, gradients, state, seen)
        leaves = moved(leaves, moves)
        back = layout.rooted(leaves, inverse=True) if rule is Rule.ROOT else leaves
        network = network.with_leaves(back)
        outputs.append(network.outputs(task.probes))
    return np.array(outputs)


def _as_trained(gradients: Leaves, layout: Layout, rule: Rule) -> Leaves:
    """Gradients by original object as the rule sees them: for ROOT sqrt(c) g, for RAW c g."""
    if rule is Rule.ROOT:
        return layout.rooted(gradients, inverse=False)
    return layout.scaled(gradients, 1) if rule is Rule.RAW else gradients
