"""The gap between a network and its compression while both are trained, enclosed at every step."""

from fractions import Fraction

from ucomp_verify.findings import Enclosure
from ucomp_verify.measures import AtomicMeasure

from .balls import NotFinite, require_exact
from .comparison import CertifiedTraining, Runs, compared
from .losses import Loss
from .networks import Network
from .training import train

PRECISIONS = (128, 256, 512, 1024, 2048)  # bits, one after the other until balls are narrow
NARROW = Fraction(1, 2**20)  # width of the enclosure of a gap, relative to the gap
MOST_WORK = 10**7  # nodes x inputs x steps; some ten minutes


class TooWide(ArithmeticError):
    """Balls are not narrow enough to tell the gap, even at the highest precision."""


def certified_training(
    network: Network,
    loss: Loss,
    before: AtomicMeasure,
    after: AtomicMeasure,
    *,
    rate: Fraction,
    steps: int,
) -> CertifiedTraining:
    """Gradient descent of two probability measures on the same nodes, with proved gap and bounds.

    The loss has a target for each of the first inputs, which are trained on; the others are
    probes. Precision is raised until every gap is known to a relative `NARROW`; `TooWide` says
    that no precision did. The constants of the theorem hold on an interval that holds all
    outputs at training inputs and a convex set that holds all nodes that either flow visits,
    both enclosed in balls. Raises ValueError if the measures have no mass 1, other nodes, or
    equal weights, if numbers of inputs do not fit, or if the run would take too long, and
    TypeError for numbers that are not rational.

    Theorem T5 of the ledger (claim dynamical-lth-repaired).
    """
    from flint import ctx

    _require(network, loss, before, after, rate, steps)
    problem = ""
    for prec in PRECISIONS:
        try:
            with ctx.workprec(prec):
                full = train(network, loss, before, rate=rate, steps=steps)
                small = train(network, loss, after, rate=rate, steps=steps)
                found = compared(Runs(network, loss, before, after, full, small, rate))
        except NotFinite:
            problem = "some ball is not finite"
            continue
        unclear = next((step for step in found.steps if not _is_narrow(step.gap)), None)
        if unclear is None:
            return found
        ends = f"{float(unclear.gap.lower):.3g} and {float(unclear.gap.upper):.3g}"
        problem = f"the gap at step {unclear.step} is between {ends}"
    raise TooWide(
        f"{problem} at {PRECISIONS[-1]} bits; expected gaps that are known to a relative 1e-6. "
        "A gap may be 0, as for measures that are symmetric; or train for less long"
    )


def _is_narrow(gap: Enclosure) -> bool:
    return gap.upper - gap.lower < NARROW * gap.lower


def _require(
    network: Network,
    loss: Loss,
    before: AtomicMeasure,
    after: AtomicMeasure,
    rate: Fraction,
    steps: int,
) -> None:
    require_exact(rate)
    require_exact(steps)
    count, nodes = len(loss.targets), len(before.nodes)
    if not 1 <= count <= len(network.inputs):
        raise ValueError(
            f"found {count} targets for {len(network.inputs)} inputs; expected 1 to so many"
        )
    if before.nodes != after.nodes or before.dim != network.dim:
        raise ValueError(
            f"found nodes of dimension {before.dim} and {after.dim} for objects of dimension "
            f"{network.dim}; expected two measures on the same nodes, of that dimension"
        )
    if (before.total_mass, after.total_mass) != (1, 1):
        raise ValueError(
            f"found masses {before.total_mass} and {after.total_mass}; expected probability "
            "measures: divide the weights by their sum"
        )
    if not set(after.support) <= set(before.support):
        raise ValueError("found a node that only the compressed measure has; expected a subset")
    if before.weights == after.weights:
        raise ValueError("found the same weights twice; expected a compressed measure")
    if rate <= 0 or steps < 0 or steps != int(steps):
        raise ValueError(f"found rate {rate} and steps {steps}; expected rate > 0, steps >= 0")
    if nodes * len(network.inputs) * (steps + 1) > MOST_WORK:
        raise ValueError(
            f"found {nodes} nodes, {len(network.inputs)} inputs and {steps} steps; expected a "
            f"product up to {MOST_WORK}: certify a smaller network or fewer steps"
        )
