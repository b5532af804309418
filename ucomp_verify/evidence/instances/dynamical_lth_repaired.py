"""Instances of dynamical-lth-repaired: gaps of trained networks, and the nodes promised for them.

Every network and its compression are trained in balls; gaps and bounds are enclosed.
"""

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import partial

from ucomp_verify.dynamics.certified.activations import Activation, Logistic, Sine, Tanh
from ucomp_verify.dynamics.certified.apriori import analytic_network, plan
from ucomp_verify.dynamics.certified.certify import certified_training
from ucomp_verify.dynamics.certified.comparison import CertifiedStep
from ucomp_verify.dynamics.certified.losses import LogCosh, Loss, Squares
from ucomp_verify.dynamics.certified.networks import Network
from ucomp_verify.measures import AtomicMeasure

from .base import Instance, InstanceCheck, Parameters, exactly
from .data import Cloud, clouds
from .reductions import Reduced, reduced, reduced_in_cells

GRID = 4096  # coordinates are multiples of 1/4096: nodes of a small cell differ
TARGETS = tuple(Fraction(t, 5) for t in (-3, 1, 2, -2, 4, 3))
PLACES = tuple(Fraction(x, 4) for x in (-4, -2, -1, 1, 3, 4))


@dataclass(frozen=True)
class Case:
    """A network, how it is trained, and which of the clouds is reduced to which degree."""

    phi: Activation
    loss: Loss
    dim: int
    degree: int
    kind: int
    scale: Fraction
    rate: Fraction
    output_weights: bool = False
    count: int = 60
    steps: int = 50

    @property
    def network(self) -> Network:
        """Inputs of length at most 1; the last coordinate is a bias if there are two."""
        length = self.dim - self.output_weights
        rows = [(x,) if length == 1 else (x * 7 / 10, Fraction(7, 10)) for x in PLACES]
        return Network(self.phi, tuple(rows), output_weights=self.output_weights)


def _squares(factor: int = 1) -> Squares:
    return Squares(TARGETS, Fraction(factor))


def _case(
    phi: Activation, loss: Loss, dim: int, degree: int, kind: int, scale: int, rate: str
) -> Case:
    return Case(phi, loss, dim, degree, kind, Fraction(scale), Fraction(rate))


def _with_output_weights(loss: Loss, dim: int, degree: int, kind: int, rate: str) -> Case:
    return Case(Tanh(), loss, dim, degree, kind, Fraction(1), Fraction(rate), output_weights=True)


SOFT = LogCosh(TARGETS)
CASES = (
    _case(Tanh(), _squares(), 1, 2, 2, 2, "1/50"),
    _case(Tanh(), _squares(), 1, 5, 1, 2, "1/50"),
    _case(Tanh(), SOFT, 1, 7, 0, 3, "1/50"),
    _case(Sine(), SOFT, 1, 3, 0, 2, "1/50"),
    _case(Logistic(), _squares(), 1, 4, 1, 4, "1/10"),
    _case(Tanh(), _squares(), 2, 3, 0, 2, "1/50"),
    _case(Tanh(), _squares(), 2, 5, 4, 2, "1/50"),
    _case(Tanh(), SOFT, 2, 2, 1, 2, "1/40"),
    _case(Sine(), _squares(), 2, 4, 1, 1, "1/50"),
    _case(Tanh(), _squares(-1), 2, 3, 2, 1, "1/50"),
    _with_output_weights(_squares(), 2, 3, 0, "1/100"),
    _with_output_weights(SOFT, 2, 5, 1, "1/100"),
    _with_output_weights(_squares(), 3, 2, 0, "1/100"),
    _with_output_weights(SOFT, 3, 3, 1, "1/100"),
)


def _trained(
    network: Network, loss: Loss, case: Reduced, rate: Fraction, steps: int
) -> tuple[CertifiedStep, ...]:
    after = AtomicMeasure(case.before.nodes, case.weights)
    return certified_training(network, loss, case.before, after, rate=rate, steps=steps).steps


def _described(network: Network, loss: Loss, case: Reduced, rate: Fraction) -> Parameters:
    return (
        ("g", network.name),
        ("x", _listed(_point(x) for x in network.inputs)),
        ("loss", loss.name),
        ("t", _listed(map(str, loss.targets))),
        ("m", str(network.dim)),
        ("k", str(case.degree)),
        ("measure", case.cloud.name),
        ("d", str(len(case.before.support))),
        ("eta", str(rate)),
    )


def _point(row: tuple[Fraction, ...]) -> str:
    return str(row[0]) if len(row) == 1 else f"({_listed(map(str, row))})"


def _listed(texts: Iterable[str]) -> str:
    return ", ".join(texts)


def _compared(
    network: Network, loss: Loss, case: Reduced, rate: Fraction, steps: int, most: Fraction
) -> Iterator[Instance]:
    """The gap after every step, against the first of the bounds; `most` is what it can be."""
    names = _described(network, loss, case, rate)
    for found in _trained(network, loss, case, rate, steps):
        could_fail = case.dropped > 0 and found.gap.lower > 0 and found.gronwall.upper <= most
        parameters = (*names, ("T", str(found.step)))
        yield Instance(parameters, found.gap, found.gronwall, could_fail)


def _gaps() -> Iterator[Instance]:
    for case in CASES:
        cloud = clouds(case.dim, case.count)[case.kind].with_mass(Fraction(1))
        cloud = cloud.moved(case.scale, [0] * case.dim)
        after = reduced(cloud, case.degree)
        yield from _compared(case.network, case.loss, after, case.rate, case.steps, Fraction(2))


def _driven_apart() -> Iterator[Instance]:
    """phi is nearly linear where the nodes are, and l'' = -1: gaps grow about as fast as they can.

    So little is lost that a slightly smaller bound fails.
    """
    for length in (1, 2):
        for phi in (Tanh(), Sine()):
            for degree, kind in ((0, 0), (1, 1), (2, 4)):
                network = Network(phi, ((Fraction(length),),))
                loss = Squares((Fraction(1, 1000),), Fraction(-1))
                cloud = clouds(1, 12)[kind].with_mass(Fraction(1)).moved(Fraction(1, 100), [0])
                rate = Fraction(1, 20 * length**2)
                after = reduced(cloud, degree)
                yield from _compared(network, loss, after, rate, 30, Fraction(2))


def _stretched() -> Iterator[Instance]:
    """The second input is far from its target and carries all nodes over a bend of tanh.

    What the first input puts between the two flows is stretched there by the Hessian of g: a
    bound without C1 G2 fails. The nodes are close together, so that the bound stays below 2.
    """
    rows = ((Fraction(1), Fraction(0)), (Fraction(195, 197), Fraction(28, 197)))
    start, spread = (Fraction(1, 5), Fraction(12)), Fraction(1, 2**40)
    for offset in (28, 29, 30):
        network = Network(Tanh(), rows)
        loss = Squares((Fraction(-3, 2), Fraction(offset)), Fraction(-1))
        cloud = clouds(2, 4)[0].with_mass(Fraction(1)).moved(spread, start)
        yield from _compared(network, loss, reduced(cloud, 0), Fraction(1, 50), 50, Fraction(2))


@dataclass(frozen=True)
class Promise:
    """An error allowed after some steps, for nodes in [-R, R]^m."""

    phi: Activation
    loss: Loss
    dim: int
    half_side: Fraction
    radius: Fraction
    steps: int
    error: Fraction
    rate: Fraction = Fraction(1, 50)


def _promise(loss: Loss, dim: int, radius: str, steps: int, error: str) -> Promise:
    half_side = Fraction(1) if dim == 1 else Fraction(1, 4)
    return Promise(Tanh(), loss, dim, half_side, Fraction(radius), steps, Fraction(error))


PROMISES = (
    *(_promise(SOFT, 1, "157/200", steps, "1/100") for steps in (1, 2, 4, 8)),
    *(_promise(_squares(), 1, "157/200", steps, "1/10") for steps in (1, 3, 6)),
    *(_promise(SOFT, 1, "3/5", 10, f"1e-{j}") for j in range(1, 6)),
    _promise(SOFT, 1, "1/2", 25, "1/50"),
    _promise(_squares(), 1, "1/2", 12, "1/4"),
    _promise(SOFT, 2, "3/4", 5, "1/4"),
    _promise(_squares(), 2, "3/4", 4, "1/2"),
)


def _scattered(promise: Promise, count: int) -> Cloud:
    """So many nodes of equal weight in the cube, drawn from a fine grid."""
    draw = random.Random(f"{promise}")
    rows = [
        tuple(
            promise.half_side * Fraction(draw.randint(-GRID, GRID), GRID)
            for _ in range(promise.dim)
        )
        for _ in range(count)
    ]
    return Cloud("on a fine grid", AtomicMeasure(rows, [Fraction(1, count)] * count))


def _kept(promise: Promise) -> tuple[Network, Reduced, int]:
    """The network, its reduction in the cells of the theorem, and the nodes promised."""
    setup = Case(promise.phi, promise.loss, promise.dim, 0, 0, promise.half_side, promise.rate)
    analytic = analytic_network(setup.network, promise.loss, radius=promise.radius)
    found = plan(
        analytic,
        half_side=promise.half_side,
        rate=promise.rate,
        steps=promise.steps,
        error=promise.error,
    )
    cloud = _scattered(promise, found.size + found.size // 2)
    case = reduced_in_cells(cloud, found.degree, found.side, half_side=promise.half_side)
    return setup.network, case, found.size


def _named(promise: Promise, network: Network, case: Reduced) -> Parameters:
    names = _described(network, promise.loss, case, promise.rate)
    extra = (("rho", promise.radius), ("T", promise.steps), ("eps", promise.error))
    return (*names, *((name, str(value)) for name, value in extra))


def _errors() -> Iterator[Instance]:
    for promise in PROMISES:
        network, case, _ = _kept(promise)
        last = _trained(network, promise.loss, case, promise.rate, promise.steps)[-1]
        could_fail = case.dropped > 0 and last.gap.lower > 0 and promise.error <= 2
        yield Instance(_named(promise, network, case), last.gap, exactly(promise.error), could_fail)


def _sizes() -> Iterator[Instance]:
    """Nodes kept <= ceil(2 R sqrt(m) (1 + eta C1 H)^T / rho)^m max(1, ceil(log2(...)))^m."""
    for promise in PROMISES:
        network, case, size = _kept(promise)
        could_fail = len(case.before.support) > size
        yield Instance(
            _named(promise, network, case), exactly(case.kept), exactly(size), could_fail
        )


_check = partial(InstanceCheck, ("dynamical-lth-repaired",))
CHECKS: tuple[InstanceCheck, ...] = (
    _check("gaps after each of 50 steps, for networks of tanh, sin and logistic neurons", _gaps),
    _check("gaps after each of 30 steps that drive nearly linear networks apart", _driven_apart),
    _check("gaps that the curvature of the network stretches, after each of 50 steps", _stretched),
    _check("gaps of networks reduced in the cells that belong to an error allowed", _errors),
    _check("nodes kept, against those promised for an error after training", _sizes),
)
