"""Which rule for weights is exact for which optimiser: lifted, divided by weights, or raw."""

from collections.abc import Iterator, Sequence

from ucomp_verify.studies.model import Column, Config, Study

from .cells import cell
from .views import figures, findings, summaries

FEW = (
    *("SGD", "Adam", "global-norm clip, SGD", "LAMB", "Adafactor, factored", "Muon"),
    *("Shampoo, both sides", "weight noise, SGD"),
)
STEPS, TRIALS = 20, 3


def _of(names: Sequence[str] | None, networks: Sequence[str] | None) -> Iterator[Config]:
    from ucomp_verify.dynamics.zoo.table import cases

    for optimiser, network in cases(names, networks):
        yield Config.of(optimiser=optimiser.name, network=network.name, steps=STEPS, trials=TRIALS)


def _quick() -> Iterator[Config]:
    yield from _of(FEW, ("two-layer tanh",))


def _default() -> Iterator[Config]:
    yield from _of(None, None)


STUDY = Study(
    slug="optimisers",
    title="Optimisers with weighted objects",
    about=(
        "One training step of the original network is lifted to weighted objects: every sum over "
        "objects is weighted, by its jaxpr, and no rule is given by hand. The oracle is the "
        "original network with c equal objects for a weight c. Compared with gradients divided by "
        "the weights, the paper's rule, and with raw gradients. Needs JAX and optax (extra dlth)."
    ),
    version=1,
    grids={"quick": _quick, "default": _default, "full": _default},
    columns=(
        Column("family", "what the optimiser computes over several objects"),
        Column("equivariant", "whether permuting before and after training is the same"),
        Column("lifted", "gap of the lifted step; nothing if it was refused"),
        Column("paper", "gap of gradients divided by weights"),
        Column("raw", "gap of raw gradients"),
        Column("refused", "the primitive that sees the index of an object"),
        Column("weighted_sums", "sums over objects that the lift has weighted"),
    ),
    cell=cell,
    summaries=summaries,
    figures=figures,
    findings=findings,
    claims=("weighted-statistics-rule",),
)
