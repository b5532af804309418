"""The table of optimisers: which are equivariant, and which rule for weights is exact."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from ucomp_verify.dynamics.extra import double_precision, require
from ucomp_verify.dynamics.lift import NotEquivariant

from .catalogue import OPTIMISERS, Optimiser, find_optimiser
from .networks import ATTENTION, DEEP, TWO_LAYER, Network, find_network
from .oracle import Way, lift_training, lifted_run, original_run, relative_gap, weighted_run
from .problems import draw_problem, permuted

EXACT = 1e-12
"""Relative gap up to which a rule counts as exact: rounding over the steps of a run."""

EQUIVARIANT = 1e-6
"""Relative gap between permuting before and after training up to which order does not count."""

LARGE = 10.0
"""A gap above this many times the change of the original run is called large."""

STEPS = 20
SEEDS = (0, 1, 2)

ELSEWHERE: tuple[str, ...] = (
    "SGD",
    "Adam",
    "global-norm clip, SGD",
    "LAMB",
    "Adafactor, factored",
    "Adafactor, factored from size 8",
    "Muon",
    "Shampoo, both sides",
    "weight noise, SGD",
)
"""The optimisers that are also run on the deep network and on attention heads."""


@dataclass(frozen=True)
class OptimiserRow:
    """What the duplication oracle says of an optimiser on a network; the largest over seeds.

    `permuted` is the gap between training permuted objects and permuting trained ones;
    `paper`, `raw` and `lifted` are gaps to the original network with equal objects, for
    gradients divided by weights, raw gradients, and the lifted step. All are relative to the
    change of predictions. A step that is not lifted has `lifted` None, and `refused` names
    the primitive that sees the index of an object.
    """

    name: str
    family: str
    network: str
    permuted: float
    paper: float
    raw: float
    lifted: float | None
    refused: str
    weighted_sums: int

    @property
    def is_equivariant(self) -> bool:
        """Whether training was seen to treat all objects alike."""
        return self.permuted <= EQUIVARIANT

    def to_json(self) -> dict[str, Any]:
        """The row as JSON values; gaps as text that is the same on every machine."""
        row = asdict(self)
        del row["permuted"]
        for name in ("paper", "raw", "lifted"):
            row[name] = None if row[name] is None else rounded(row[name])
        return {**row, "equivariant": self.is_equivariant}


def rounded(gap: float) -> str:
    """The gap to one digit; "exact" up to rounding, "large" beyond comparison.

    >>> rounded(3e-16), rounded(0.0234), rounded(4e7)
    ('exact', '2e-02', 'large')
    """
    if gap <= EXACT:
        return "exact"
    return "large" if not gap < LARGE else f"{gap:.0e}"


def optimiser_row(
    optimiser: Optimiser, network: Network, *, steps: int = STEPS, seeds: Sequence[int] = SEEDS
) -> OptimiserRow:
    """The row of one optimiser on one network."""
    require("optax")
    with double_precision():
        problems = [
            draw_problem(network, seed=s, steps=steps, one_batch=optimiser.one_batch) for s in seeds
        ]
        first = problems[0]
        run = original_run(first, optimiser)
        copies = [run(p.copies, p.data) for p in problems]
        mixed = [run(p.mixed, p.data) for p in problems]
        moved = [run(permuted(p.mixed, network, seed=7), p.data) for p in problems]
        gaps = {
            way: _largest(map(weighted_run(first, optimiser, way), problems), copies) for way in Way
        }
        lifted, refused, sums = _lifted(problems, optimiser, copies)
    return OptimiserRow(
        optimiser.name,
        optimiser.family.value,
        network.name,
        _largest(moved, mixed),
        gaps[Way.PAPER],
        gaps[Way.RAW],
        lifted,
        refused,
        sums,
    )


def _lifted(
    problems: Sequence[Any], optimiser: Optimiser, copies: Sequence[Any]
) -> tuple[float | None, str, int]:
    try:
        certificate = lift_training(problems[0], optimiser).certificate
    except NotEquivariant as refusal:
        return None, refusal.cause, 0
    run = lifted_run(problems[0], optimiser)
    return _largest(map(run, problems), copies), "", len(certificate.weighted)


def _largest(runs: Iterable[Any], originals: Sequence[Any]) -> float:
    return max(relative_gap(run, y) for run, y in zip(runs, originals, strict=True))


def cases(
    names: Sequence[str] | None = None, networks: Sequence[str] | None = None
) -> tuple[tuple[Optimiser, Network], ...]:
    """The rows of the table: all optimisers on the first network, some on the others."""
    chosen = [find_optimiser(name) for name in names] if names is not None else [*OPTIMISERS]
    known = {TWO_LAYER.name: {o.name for o in OPTIMISERS}}
    known |= {net.name: set(ELSEWHERE) for net in (DEEP, ATTENTION)}
    wanted = [find_network(name) for name in networks] if networks is not None else None
    nets = [TWO_LAYER, DEEP, ATTENTION] if wanted is None else wanted
    return tuple((o, net) for net in nets for o in chosen if o.name in known[net.name])


def optimiser_table(
    names: Sequence[str] | None = None,
    *,
    networks: Sequence[str] | None = None,
    steps: int = STEPS,
    seeds: Sequence[int] = SEEDS,
) -> tuple[OptimiserRow, ...]:
    """One row for each optimiser and network, in the order of the catalogue.

    The rows depend on their settings and on rounding alone; `OptimiserRow.to_json` drops
    what rounding may change. Raises LookupError for unknown names, ImportError without JAX.
    """
    return tuple(
        optimiser_row(optimiser, network, steps=steps, seeds=seeds)
        for optimiser, network in cases(names, networks)
    )


def counted(rows: Iterable[OptimiserRow]) -> Mapping[str, int]:
    """How many rows each rule serves exactly, of how many that are lifted."""
    lifted = [row for row in rows if row.lifted is not None]
    return {
        "rows lifted": len(lifted),
        "lifted exact": sum(row.lifted is not None and row.lifted <= EXACT for row in lifted),
        "paper exact": sum(row.paper <= EXACT for row in lifted),
        "raw exact": sum(row.raw <= EXACT for row in lifted),
    }
