"""Figure 3: training on a tenth of the examples, with weights that keep moments.

A teacher of 2 inputs makes 10^4 noisy examples, a student of width 50 learns from all of them
or from 10^3: compressed, or chosen without moments. "slopes" are of a smooth student, for
which the gap of predictions falls as a power of the number of examples that K determines.
"""

from collections.abc import Iterable, Iterator
from itertools import product

from ucomp_verify.studies.model import Column, Config, Study

from .cells import cell
from .views import ARMS, PARTS, REMARKED, figures, findings, summaries

OPTIMISERS = ("SGD", "momentum", "Adam", "AdamW")
SIZES = "256 362 512 724 1024 1448 2048"
DEGREES = "0 1 2 3 5"


def _trainings(
    optimisers: Iterable[str],
    batch: int,
    trials: Iterable[int],
    *,
    size: int = 1000,
    k: int = 5,
    epochs: int = 400,
) -> Iterator[Config]:
    for optimiser, trial in product(optimisers, trials):
        yield Config.of(
            test="training", optimiser=optimiser, batch=batch, trial=trial, d=10_000, size=size,
            k=k, epochs=epochs,
        )  # fmt: skip


def _long(trials: int) -> Iterator[Config]:
    """As many steps as with batches of 256, each on all examples."""
    later = range(REMARKED, REMARKED + trials)
    yield from _trainings(("SGD", "Adam"), 0, later, epochs=16_000)


def _slopes(trials: int) -> Iterator[Config]:
    for trial in range(trials):
        yield Config.of(test="slopes", d=16_384, trial=trial, steps=400, sizes=SIZES, ks=DEGREES)


def _quick() -> Iterator[Config]:
    yield from _trainings(("SGD",), 0, range(20))
    yield from _trainings(OPTIMISERS[1:], 0, range(5))
    yield from _trainings(OPTIMISERS, 256, range(1))
    yield from _slopes(5)


def _default() -> Iterator[Config]:
    yield from _trainings(OPTIMISERS, 0, range(20))
    yield from _trainings(OPTIMISERS, 256, range(20))
    yield from _long(5)
    yield from _slopes(15)


def _full() -> Iterator[Config]:
    yield from _trainings(OPTIMISERS, 0, range(20))
    yield from _trainings(OPTIMISERS, 256, range(20))
    yield from _long(20)
    for size, k in product((500, 1000, 2000), (1, 3, 5)):
        yield from _trainings(OPTIMISERS, 0, range(20), size=size, k=k)
    yield from _slopes(40)


_ALL = ("original", *ARMS)
_GAPS = (*(f"k{k}" for k in DEGREES.split()), "random")

STUDY = Study(
    slug="dataset-compression",
    title="Fig. 3: training on a compressed data set",
    about=(
        "Test losses of a student that learns from all examples of a teacher, from a tenth with "
        "weights that keep moments, and from controls; and how the gap of predictions falls with "
        "the number of examples kept."
    ),
    version=1,
    grids={"quick": _quick, "default": _default, "full": _full},
    columns=(
        Column("test", "training: Fig. 3; slopes: gaps of a smooth student against the size"),
        Column("optimiser", "SGD, rate 0.05; momentum 0.9, 0.005; Adam and AdamW, 0.001"),
        Column("batch", "examples a step; 0: all"),
        Column("trial", "number of the trial: teacher, examples, first parameters, batches"),
        Column("d", "number of examples"),
        Column("size", "the most examples that are kept, d'"),
        Column("k", "degree up to which moments agree"),
        Column("epochs", "rounds of the original data set; all arms take the same steps"),
        Column("steps", "of slopes: steps of gradient descent"),
        Column("sizes", "of slopes: the sizes d'"),
        Column("ks", "of slopes: the degrees K"),
        Column("moved", "rms change of the original's predictions in training"),
        *(
            Column(f"{arm}_{part}", f"test loss of this arm at {part} tenths of the training")
            for arm in _ALL
            for part in range(PARTS + 1)
        ),
        *(Column(f"{arm}_gap", "rms difference of predictions at the end / moved") for arm in _ALL),
        *(Column(f"{arm}_nodes", "examples of this arm") for arm in _ALL),
        *(
            Column(f"{arm}_{size}", "of slopes: largest difference of predictions / largest change")
            for arm in _GAPS
            for size in SIZES.split()
        ),
        *(
            Column(f"{arm}_{size}_nodes", "of slopes: examples kept")
            for arm in _GAPS
            for size in SIZES.split()
        ),
    ),
    cell=cell,
    summaries=summaries,
    figures=figures,
    findings=findings,
    claims=("training-set-figure", "training-set-batches"),
)
