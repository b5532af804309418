"""Gradient descent of a mean-field network in ball arithmetic, at the precision at hand."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias

from ucomp_verify.measures import AtomicMeasure

from .balls import ball, largest, size
from .losses import Loss
from .networks import Network

if TYPE_CHECKING:
    from flint import arb

    Vector: TypeAlias = list[arb]


@dataclass(frozen=True)
class Flow:
    """Where training takes the nodes of a measure, step by step, from step 0 to the last.

    `values[s][i][a]` is g(F_s(w_i), x_a), `outputs[s][a]` the integral of this, `slopes[s][a]`
    l_a' of it at training inputs. `reach` and `top` bound |<u, x_a>| and |v| of all of them.
    """

    values: "tuple[list[Vector], ...]"
    outputs: "tuple[Vector, ...]"
    slopes: "tuple[Vector, ...]"
    reach: Fraction
    top: Fraction


@dataclass(frozen=True)
class _Layer:
    """phi(<u, x_a>) and phi' of all nodes, and the sizes of the arguments and of v."""

    phi: "list[Vector]"
    slope: "list[Vector]"
    reach: Fraction
    top: Fraction


def train(
    network: Network, loss: Loss, measure: AtomicMeasure, *, rate: Fraction, steps: int
) -> Flow:
    """The flow of F_{s+1}(w) = F_s(w) - (rate / n) sum_a l_a'(y_s(x_a)) grad g(F_s(w), x_a).

    n is the number of targets; inputs after the n-th are not trained on. Nodes without weight
    are left out. Every number is a ball that holds the true one.
    """
    inputs = [[ball(c) for c in x] for x in network.inputs]
    nodes = [[ball(c) for c in measure.nodes[i]] for i in measure.support]
    weights = [ball(measure.weights[i]) for i in measure.support]
    pace = ball(rate / len(loss.targets))
    values, outputs, slopes = list["list[Vector]"](), list["Vector"](), list["Vector"]()
    layers = list[_Layer]()
    for step in range(steps + 1):
        layer = _layer(network, nodes, inputs)
        layers.append(layer)
        values.append(_values(network, nodes, layer))
        outputs.append(_mean(weights, values[-1]))
        slopes.append([loss.slope(a, outputs[-1][a]) for a in range(len(loss.targets))])
        if step < steps:
            forces = [pace * s for s in slopes[-1]]
            nodes = _moved(network, nodes, inputs, layer, forces)
    return Flow(
        tuple(values),
        tuple(outputs),
        tuple(slopes),
        max(layer.reach for layer in layers),
        max(layer.top for layer in layers),
    )


def _layer(network: Network, nodes: "list[Vector]", inputs: "list[Vector]") -> _Layer:
    phi, slope, reach, top = list["Vector"](), list["Vector"](), ball(0), ball(0)
    for node in nodes:
        inner = node[1:] if network.output_weights else node
        arguments = [dot(inner, x) for x in inputs]
        pairs = [network.activation.at(z) for z in arguments]
        phi.append([p for p, _ in pairs])
        slope.append([s for _, s in pairs])
        for z in arguments:
            reach = reach.max(abs(z))
        if network.output_weights:
            top = top.max(abs(node[0]))
    return _Layer(phi, slope, largest([size(reach)]).upper, size(top).upper)


def _values(network: Network, nodes: "list[Vector]", layer: _Layer) -> "list[Vector]":
    if not network.output_weights:
        return layer.phi
    return [[node[0] * p for p in row] for node, row in zip(nodes, layer.phi, strict=True)]


def _mean(weights: "Vector", values: "list[Vector]") -> "Vector":
    return [dot(weights, column) for column in zip(*values, strict=True)]


def _moved(
    network: Network,
    nodes: "list[Vector]",
    inputs: "list[Vector]",
    layer: _Layer,
    forces: "Vector",
) -> "list[Vector]":
    """Every node after one step; forces are (rate / n) l_a' at the training inputs."""
    columns = list(zip(*inputs[: len(forces)], strict=True))
    moved = list["Vector"]()
    for node, phi, slope in zip(nodes, layer.phi, layer.slope, strict=True):
        pulls = [f * s for f, s in zip(forces, slope, strict=False)]
        drift = [dot(pulls, column) for column in columns]
        if network.output_weights:
            v, *u = node
            own = dot(forces, phi[: len(forces)])
            moved.append([v - own, *(c - v * g for c, g in zip(u, drift, strict=True))])
        else:
            moved.append([c - g for c, g in zip(node, drift, strict=True)])
    return moved


def dot(left: "Sequence[arb]", right: "Sequence[arb]") -> "arb":
    """The sum of the products, of one or more."""
    total = left[0] * right[0]
    for a, b in zip(left[1:], right[1:], strict=True):
        total += a * b
    return total
