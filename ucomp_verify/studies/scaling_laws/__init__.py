"""Figure 5: how test losses fall with the number of examples, and with the width of a network.

d objects are compressed to d' = [16 sqrt d] with their moments kept. Each cell trains all arms
of one size and trial, so that they share data, first parameters and batches.
"""

from collections.abc import Iterable, Iterator
from itertools import product

from ucomp_verify.studies.model import Column, Config, Study

from .cells import cell
from .views import ARMS, MEANING, figures, findings, summaries

DATA_SIZES = tuple(256 * 2**j for j in range(8))
WIDTHS = tuple(256 * 2**j for j in range(7))


def _data(sizes: Iterable[int], trials: int) -> Iterator[Config]:
    """One batch of 512 an epoch, 2048 epochs, as the text of the paper says."""
    for d, trial in product(sizes, range(trials)):
        yield Config.of(part="data", d=d, k=6, trial=trial, steps=2048, batch=512)


def _widths(sizes: Iterable[int], trials: int, *, k: int, steps: int) -> Iterator[Config]:
    """Batches of 128; the paper has 2000 epochs of 20000 examples, 314000 steps."""
    for d, trial in product(sizes, range(trials)):
        yield Config.of(part="width", d=d, k=k, trial=trial, steps=steps, batch=128)


def _quick() -> Iterator[Config]:
    yield from _data(DATA_SIZES, 5)
    yield from _widths(WIDTHS[:6], 2, k=4, steps=6000)


def _default() -> Iterator[Config]:
    yield from _data(DATA_SIZES, 10)
    yield from _widths(WIDTHS[:6], 10, k=4, steps=10_000)


def _full() -> Iterator[Config]:
    yield from _data(tuple(256 * 2**j for j in range(12)), 20)
    yield from _widths(WIDTHS, 10, k=6, steps=314_000)


_NAMES = tuple(dict.fromkeys((*ARMS["data"], *ARMS["width"])))

STUDY = Study(
    slug="scaling-laws",
    title="Fig. 5: scaling laws before and after compression",
    about=(
        "Test losses against the number of examples (a) and the width (b) before and after "
        "compression to d' = [16 sqrt d], with controls that keep no moments; exponents, their "
        "ratios, and whether a fair control has the same."
    ),
    version=1,
    grids={"quick": _quick, "default": _default, "full": _full},
    columns=(
        Column("part", "data: Fig. 5(a), sizes of data sets; width: Fig. 5(b)"),
        Column("d", "number of examples, or width of the network"),
        Column("k", "degree up to which moments agree"),
        Column("trial", "number of the trial: teacher, examples, first parameters, batches"),
        Column("steps", "steps of AdamW, their rate falling to 0 by a cosine"),
        Column("batch", "examples a step"),
        Column("budget", "d' = [16 sqrt d]"),
        *(Column(f"{arm}_loss", f"test loss at the end; {MEANING[arm]}") for arm in _NAMES),
        *(Column(f"{arm}_nodes", "objects of this arm") for arm in _NAMES),
    ),
    cell=cell,
    summaries=summaries,
    figures=figures,
    findings=findings,
    claims=("scaling-law-figure",),
)
