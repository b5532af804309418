"""Exact reductions of measures: of the whole, of the cells of a grid, by Algorithm 1.

All are done by exact steps alone, so that the nodes that are kept are the same on every machine.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from ucomp_verify.algebra import num_monomials
from ucomp_verify.caratheodory import caratheodory_reduce
from ucomp_verify.measures import AtomicMeasure

from .data import Cloud, Node
from .geometry import closest_cluster


@dataclass(frozen=True)
class Reduced:
    """A measure, and another one with the same moments on the same nodes."""

    cloud: Cloud
    degree: int
    weights: tuple[Fraction, ...]

    @property
    def before(self) -> AtomicMeasure:
        """The measure that was reduced."""
        return self.cloud.measure

    @property
    def kept(self) -> int:
        """How many nodes have a weight."""
        return sum(map(bool, self.weights))

    @property
    def dropped(self) -> int:
        """How many nodes lost all their weight."""
        return len(self.before.support) - self.kept


def reduced(cloud: Cloud, degree: int) -> Reduced:
    """One reduction of the whole."""
    after = caratheodory_reduce(cloud.measure, degree, exact_steps=True)
    return Reduced(cloud, degree, after.weights)


def reduced_in_cells(cloud: Cloud, degree: int, side: int, *, half_side: Fraction) -> Reduced:
    """One reduction in each of side^dim equal half-open cells of [-half_side, half_side]^dim.

    The last cells hold the upper ends too. Raises ValueError for a node outside.
    """
    cells = dict[tuple[int, ...], list[int]]()
    for i, node in enumerate(cloud.measure.nodes):
        cells.setdefault(_cell(node, side, half_side), []).append(i)
    weights = list(cloud.measure.weights)
    for places in cells.values():
        for i, weight in zip(places, _weights(cloud.measure, weights, places, degree), strict=True):
            weights[i] = weight
    return Reduced(cloud, degree, tuple(weights))


def _cell(node: Node, side: int, half_side: Fraction) -> tuple[int, ...]:
    if any(abs(x) > half_side for x in node):
        raise ValueError(
            f"found the node {node}; expected one in the cube of half side {half_side}"
        )
    shares = [(x + half_side) * side // (2 * half_side) for x in node]
    return tuple(min(int(share), side - 1) for share in shares)


def _weights(
    measure: AtomicMeasure, weights: Sequence[Fraction], places: Iterable[int], degree: int
) -> tuple[Fraction, ...]:
    """Weights on some of the nodes, after one reduction of these."""
    part = AtomicMeasure([measure.nodes[i] for i in places], [weights[i] for i in places])
    return caratheodory_reduce(part, degree, exact_steps=True).weights


def algorithm_1(cloud: Cloud, degree: int) -> Iterator[Reduced]:
    """The measures that the paper's Algorithm 1 comes to, step by step, until it ends.

    While more than N = binom(dim + degree, degree) nodes remain, N + 1 of them of the least
    diameter are reduced to at most N.
    """
    weights = list(cloud.measure.weights)
    most = num_monomials(cloud.measure.dim, degree)
    alive = [i for i, weight in enumerate(weights) if weight]
    while len(alive) > most:
        _, cluster = closest_cluster([cloud.measure.nodes[i] for i in alive], most + 1)
        places = sorted(alive[j] for j in cluster)
        for i, weight in zip(places, _weights(cloud.measure, weights, places, degree), strict=True):
            weights[i] = weight
        alive = [i for i in alive if weights[i]]
        yield Reduced(cloud, degree, tuple(weights))
