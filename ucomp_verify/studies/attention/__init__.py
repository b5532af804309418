"""Figure 7: a layer of attention and its compressions, trained side by side, with fair controls."""

from collections.abc import Iterable, Iterator
from itertools import product

from ucomp_verify.studies.model import Column, Config, Study

from .cells import cell
from .views import figures, findings, summaries

TASKS = ("attending", "product")


def _configs(
    tasks: Iterable[str], orders: Iterable[int], sequences: int, trials: int
) -> Iterator[Config]:
    for task, k, trial in product(tasks, orders, range(trials)):
        yield Config.of(
            task=task, heads=4000, size=800, k=k, steps=250, rate=1e-3, sequences=sequences,
            tokens=16, trial=trial,
        )  # fmt: skip


def _quick() -> Iterator[Config]:
    yield from _configs(TASKS[:1], (3,), 64, 10)
    yield from _configs(TASKS[1:], (3,), 64, 5)


def _default() -> Iterator[Config]:
    yield from _configs(TASKS[:1], (3,), 128, 10)
    yield from _configs(TASKS[1:], (3,), 128, 8)
    yield from _configs(TASKS[:1], (1, 2), 128, 3)


def _full() -> Iterator[Config]:
    yield from _configs(TASKS, (1, 2, 3, 4), 256, 10)


STUDY = Study(
    slug="attention",
    title="Fig. 7: training of compressed attention heads",
    about=(
        "4000 heads with queries, keys, values and outputs of 2 numbers, and 800 weighted ones "
        "with the same moments, over 250 steps of Adam on the same sequences; objects are heads in "
        "2, 4 or 8 coordinates. Beside them random heads with weights d / d' (fair control) and "
        "with weights 1. Gaps are root mean squares over new sequences."
    ),
    version=1,
    grids={"quick": _quick, "default": _default, "full": _full},
    columns=(
        Column(
            "task",
            "attending: what two heads make of a sequence, with noise 0.5; product: 4 x_T times "
            "the mean token",
        ),
        Column("heads", "heads of the original"),
        Column("size", "most heads of a compression"),
        Column("k", "degree up to which moments agree"),
        Column("steps", "steps of Adam, all sequences in each"),
        Column("rate", "of Adam"),
        Column("sequences", "sequences to learn from, and as many new ones for the gaps"),
        Column("tokens", "tokens of a sequence"),
        Column("trial", "number of the initial heads and sequences"),
        Column(
            "nodes_ARM",
            "heads of the compression; ARM: output (<q, k> and <o, v>), gradient (also |q|^2 + "
            "|k|^2 and |o|^2 + |v|^2), all (8 numbers), fair, paper",
        ),
        Column("nodes", "heads of both controls: the most that a compression keeps"),
        Column("effective_ARM", "(sum c)^2 / sum c^2 of a compression"),
        Column("residual_ARM", "largest difference of a moment over the mass, as float64 sees it"),
        Column("moved", "max_t rms_x |y_t(x) - y_0(x)| of the original"),
        Column("loss_ARM_at_T", "mean square against the truth on new sequences, after T steps"),
        Column("train_ARM", "mean loss of the last part of the run"),
        Column("rms_ARM_at_T", "root mean square difference from the original's predictions"),
        Column("gap_ARM_at_T", "largest difference from the original's predictions"),
        Column("largest_ARM", "the largest gap over the run / moved"),
        Column("end_ARM", "the last largest gap / moved"),
        Column("path", "float64"),
        Column("dps", "digits of the numbers"),
        Column("step_seconds_ARM", "CPU seconds of a step, one thread; a tenth is faster"),
        Column("compress_seconds_ARM", "CPU seconds of a compression"),
    ),
    cell=cell,
    summaries=summaries,
    figures=figures,
    findings=findings,
    claims=("attention-figure",),
)
