"""Figure 2: how the error of a compression to a tenth falls with the number of objects.

f is the mean over d uniform objects w in [-1, 1]^m and over 10 uniform vectors x_a of
sigmoid(<w, x_a>); at most max(0.1 d, N) objects are kept, N = binom(m + k, k).
"""

from collections.abc import Iterable, Iterator
from itertools import product
from math import comb

from ucomp_verify.studies.model import Column, Config, Study
from ucomp_verify.studies.references import drawn_beside

from .cells import cell
from .published import compared
from .views import figures, findings, summaries

SLUG = "error-scaling"
MOST_MONOMIALS = 500  # of one-shot cells in the full grid
DOUBLINGS = tuple(1000 * 2**j for j in range(8))


def _configs(
    method: str,
    dims: Iterable[int],
    degrees: Iterable[int],
    sizes: Iterable[int],
    trials: int,
    *,
    precision: str = "auto",
) -> Iterator[Config]:
    for m, k, d, trial in product(dims, degrees, sizes, range(trials)):
        yield Config.of(method=method, m=m, k=k, d=d, trial=trial, precision=precision)


def _quick() -> Iterator[Config]:
    for method in ("cells", "unbiased"):
        yield from _configs(method, (1, 2, 3), (1, 2, 3), DOUBLINGS[:5], 6)
    yield from _configs("cells", (1,), (6,), DOUBLINGS[:5], 6)
    yield from _configs("cells", (1,), (6,), DOUBLINGS[:5], 6, precision="float64")
    yield from _configs("cells", (1,), (10,), DOUBLINGS[:3], 2, precision="certified")
    yield from _configs("greedy", (1, 2, 3), (1, 2), DOUBLINGS[:3], 3, precision="float64")
    yield from _configs("hp", (1, 2), (1,), DOUBLINGS[:2], 2)


def _certified() -> Iterator[Config]:
    """The series of the highest order: errors far below float64, all digits proved."""
    yield from _configs("cells", (1,), (10,), DOUBLINGS[:7], 20, precision="certified")


def _greedy() -> Iterator[Config]:
    """The paper's algorithm at larger sizes, as long as float64 shows its errors."""
    above_floor = {
        (1, 1): DOUBLINGS[4:7], (2, 1): DOUBLINGS[4:8], (2, 2): DOUBLINGS[4:7],
        (2, 3): DOUBLINGS[4:7], (2, 4): DOUBLINGS[4:6], (3, 1): DOUBLINGS[4:7],
        (3, 2): DOUBLINGS[4:7], (3, 3): DOUBLINGS[4:7], (3, 4): DOUBLINGS[4:7],
    }  # fmt: skip
    for (m, k), sizes in above_floor.items():
        yield from _configs("greedy", (m,), (k,), sizes, 20, precision="float64")


def _default() -> Iterator[Config]:
    for method in ("cells", "unbiased"):
        yield from _configs(method, (1, 2, 3), range(1, 7), DOUBLINGS, 20)
    yield from _configs("cells", (1,), (3, 6), DOUBLINGS, 5, precision="float64")
    yield from _certified()
    yield from _configs("greedy", (1,), (1, 2, 3), DOUBLINGS[:4], 20, precision="float64")
    yield from _configs("greedy", (2, 3), range(1, 7), DOUBLINGS[:4], 20, precision="float64")
    for m, k in ((1, 1), (2, 1), (2, 2), (2, 3), (3, 1), (3, 2)):  # errors above float64's floor
        yield from _configs("greedy", (m,), (k,), DOUBLINGS[4:5], 20, precision="float64")
    yield from _configs("hp", (1, 2, 3), (1,), DOUBLINGS[:3], 5)


def _full() -> Iterator[Config]:
    """Without what has too few cells for a fit up to the largest size, and would take hours."""
    for method, m, k in product(("cells", "unbiased"), range(1, 6), range(1, 11)):
        if comb(m + k, k) <= MOST_MONOMIALS:
            yield from _configs(method, (m,), (k,), DOUBLINGS, 20)
    yield from _certified()
    yield from _configs("greedy", range(1, 6), range(1, 7), DOUBLINGS[:4], 20, precision="float64")
    yield from _greedy()
    yield from _configs("hp", range(1, 6), (1,), DOUBLINGS[:4], 20)


STUDY = Study(
    slug=SLUG,
    title="Fig. 2: error against the number of objects",
    about=(
        "The error of compressions to a tenth that keep moments up to order k, of the mean of "
        "sigmoid ridges over uniform objects; fitted exponents against (k+1)/m - 1, (k+1)/m and "
        "(k+1)/m + 1/2."
    ),
    version=1,
    grids={
        "quick": _quick,
        "default": _default,
        "full": _full,
        "certified": _certified,
        "greedy": _greedy,
    },
    columns=(
        Column("method", "cells: one reduction a k-d cell; unbiased; greedy: Algorithm 1; hp"),
        Column("m", "dimension of an object"),
        Column("k", "degree up to which moments agree; for hp the least degree"),
        Column("d", "number of objects"),
        Column("trial", "number of the cloud and vectors"),
        Column(
            "precision", "the path that was asked for; auto: residual, enclosed where it is noise"
        ),
        Column("path", "how the error was found: float64, residual or certified"),
        Column("error", "f(compressed) - f(data)"),
        Column("error_lower", "a proved lower end of the error; none if not certified"),
        Column("error_upper", "a proved upper end of the error; none if not certified"),
        Column("rms", "root of the mean square of the errors of the 10 vectors"),
        Column("noise", "estimated uncertainty of the error; the radius if certified"),
        Column("dps", "digits of the arithmetic"),
        Column("nodes", "objects kept"),
        Column("cells", "cells, each with its own moments; 0 if there are none"),
        Column("degree", "of hp: the degree that was chosen"),
        Column("bound", "of hp: the proved bound of the error for its plan"),
    ),
    cell=cell,
    summaries=summaries,
    figures=figures,
    findings=findings,
    claims=("error-scaling-figure",),
    beside=drawn_beside,
    compared=compared,
)
