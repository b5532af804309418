"""Figure 4: a network and its compression, trained side by side, with fair controls.

Three experiments: "figure" as in the paper; "orders" for one net at growing orders in float64;
"mean-field" for rates in the width, and for what Adam does to them.
"""

from collections.abc import Iterable, Iterator
from itertools import product

from ucomp_verify.studies.model import Column, Config, Study

from .cells import cell
from .estimates import findings
from .views import figures, summaries

PAPER_STEPS = 588_000  # 3000 epochs of 196 batches
STEPS = 6000
SETTINGS = (
    ("Adam", 1e-4, "relu"),
    ("momentum", 4e-4, "tanh"),
    ("RMSprop", 1e-4, "relu"),
    ("Adam", 1e-4, "tanh"),
    ("momentum", 4e-4, "relu"),
)
PAPER_SETTINGS = tuple(
    (optimiser, rate, activation)
    for optimiser, rate in (
        ("SGD", 4e-3),
        ("momentum", 4e-4),
        ("Adam", 1e-4),
        ("AdamW", 5e-5),
        ("RMSprop", 1e-4),
    )
    for activation in ("relu", "tanh")
)
ORDERS = (1, 2, 3, 5)
DESCENT = ("SGD", 0.3, 0.0)
OTHERS = (("Adam", 0.01, 1e-8), ("Adam", 0.01, 0.1), ("sign", 0.01, 0.0))


def _figure(
    settings: Iterable[tuple[str, float, str]], steps: int, trials: int
) -> Iterator[Config]:
    for (optimiser, rate, activation), trial in product(settings, range(trials)):
        yield Config.of(
            experiment="figure", optimiser=optimiser, rate=rate, eps=1e-8, activation=activation,
            width=10_000, size=1000, k=5, steps=steps, samples=100_000, batch=512, trial=trial,
        )  # fmt: skip


def _orders(trials: int) -> Iterator[Config]:
    for k, trial in product(range(1, 7), range(trials)):
        yield Config.of(
            experiment="orders", optimiser="momentum", rate=4e-4, eps=0.0, activation="tanh",
            width=10_000, size=2000, k=k, steps=400, samples=10_000, batch=256, trial=trial,
        )  # fmt: skip


def _mean_field(
    optimiser: tuple[str, float, float],
    orders: Iterable[int],
    sizes: Iterable[int],
    trials: int,
) -> Iterator[Config]:
    name, rate, eps = optimiser
    for k, size, trial in product(orders, sizes, range(trials)):
        yield Config.of(
            experiment="mean-field", optimiser=name, rate=rate, eps=eps, activation="tanh",
            width=16_384, size=size, k=k, steps=100, samples=32, batch=32, trial=trial,
        )  # fmt: skip


def _floor(trials: int) -> Iterator[Config]:
    """Adam beside descent, whose k = 3 and 5 are among the slopes."""
    yield from _mean_field(DESCENT, (7,), (2048,), trials)
    for optimiser in OTHERS:
        yield from _mean_field(optimiser, (3, 5, 7), (2048,), trials)


def _quick() -> Iterator[Config]:
    yield from _figure(SETTINGS[:2], STEPS, 2)
    yield from _figure(SETTINGS[2:3], STEPS, 1)
    yield from _orders(1)
    yield from _mean_field(DESCENT, ORDERS, (256, 512, 1024, 2048, 4096), 5)
    yield from _floor(3)


def _default() -> Iterator[Config]:
    yield from _figure(SETTINGS, STEPS, 3)
    yield from _orders(3)
    yield from _mean_field(DESCENT, ORDERS, (256, 512, 1024, 2048, 4096), 10)
    yield from _floor(10)


def _full() -> Iterator[Config]:
    yield from _figure(PAPER_SETTINGS, PAPER_STEPS, 1)
    yield from _figure(PAPER_SETTINGS, STEPS, 5)
    yield from _orders(5)
    yield from _mean_field(DESCENT, ORDERS, (256, 512, 1024, 2048, 4096, 8192), 20)
    yield from _floor(20)


STUDY = Study(
    slug="lottery-ticket",
    title="Fig. 4: training of a compressed network",
    about=(
        "A two-layer network and its compression to a tenth of the neurons (moments up to order "
        "k), trained on the same batches, beside random neurons with weights d / d' (fair "
        "control) and with weights 1 (the paper's control). Gaps are the largest differences of "
        "predictions; they are compared with the rms distance that the original's predictions move."
    ),
    version=1,
    grids={"quick": _quick, "default": _default, "full": _full},
    columns=(
        Column(
            "experiment",
            "figure: J_6(20 r) cos(6 theta) with noise 0.2, float32; orders: "
            "J_2(6 r) cos(2 theta), float64; mean-field: sin(2 x) by neurons (w, v), float64",
        ),
        Column("optimiser", "SGD, momentum (0.9), Adam, AdamW (0.01), RMSprop, or sign"),
        Column("rate", "its rate; of mean-field for gradients times d"),
        Column("eps", "what Adam and RMSprop add to their denominators"),
        Column("activation", "tanh or relu"),
        Column("width", "neurons of the original"),
        Column("size", "most neurons of the compression"),
        Column("k", "degree up to which moments agree"),
        Column("steps", "steps of training; mean-field takes all examples in each"),
        Column("samples", "examples"),
        Column("batch", "examples a step"),
        Column("trial", "number of the initial network, examples and batches"),
        Column("nodes", "neurons of the compression and of all controls"),
        Column("effective", "(sum c)^2 / sum c^2 of the compression"),
        Column("residual", "largest difference of a moment over the mass, as float64 sees it"),
        Column("moved", "max_t rms_x |y_t(x) - y_0(x)| of the original"),
        Column("loss_ARM_at_T", "mean square against the truth without noise, after T steps"),
        Column("train_ARM", "mean loss of the batches of the last part of the run"),
        Column("gap_ARM_at_T", "largest difference from the original's predictions"),
        Column("rms_ARM_at_T", "root mean square of these differences"),
        Column("largest_ARM", "the largest gap over the run / moved"),
        Column("end_ARM", "the last gap / moved"),
        Column("path", "float32 or float64: the numbers of the runs"),
        Column("dps", "digits of these"),
        Column("step_seconds_ARM", "CPU seconds of a step, one thread; a tenth is faster"),
        Column("compress_seconds", "CPU seconds of the compression"),
    ),
    cell=cell,
    summaries=summaries,
    figures=figures,
    findings=findings,
    claims=("lottery-ticket-figure",),
)
