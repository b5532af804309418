"""Figure 6: how long each compressor takes, and how much memory, for d, m and k.

d uniform points of [-1, 1]^m become max(0.1 d, N) nodes with the same moments up to order k,
N = binom(m + k, k); `exact-reduction` keeps N nodes at most whatever d is.
"""

from collections.abc import Iterable, Iterator
from itertools import product

from ucomp_verify.studies.model import Column, Config, Study

from .cells import cell
from .views import METHODS, drawn_beside, figures, findings, summaries

SLUG = "runtime"
ORDER = 5
DOUBLINGS = tuple(1000 * 2**j for j in range(8))
GREEDY = ("greedy", "greedy-windows")
FAST = tuple(name for name in METHODS if name not in GREEDY)


def _configs(
    methods: Iterable[str],
    dims: Iterable[int],
    sizes: Iterable[int],
    trials: int,
    *,
    degrees: Iterable[int] = (ORDER,),
    what: str = "time",
) -> Iterator[Config]:
    for method, m, k, d, trial in product(methods, dims, degrees, sizes, range(trials)):
        yield Config.of(method=method, m=m, k=k, d=d, trial=trial, what=what)


def _quick() -> Iterator[Config]:
    yield from _configs(METHODS, (1, 2, 3), DOUBLINGS[:3], 2)
    yield from _configs(FAST, (2,), (4000,), 1, degrees=range(1, 9))
    yield from _configs(FAST, (2,), DOUBLINGS[:3], 1, what="memory")


def _default() -> Iterator[Config]:
    yield from _configs(FAST, (1, 2, 3), DOUBLINGS, 1)
    yield from _configs(GREEDY, (1, 2, 3), DOUBLINGS[:6], 1)
    yield from _configs(FAST, (5,), DOUBLINGS[:5], 1)
    yield from _configs(GREEDY, (5,), DOUBLINGS[:3], 1)
    yield from _configs(FAST, (2,), (8000,), 1, degrees=range(1, 11))
    yield from _configs(FAST, (1, 2, 3), DOUBLINGS[:4], 1, what="memory")
    yield from _configs(GREEDY, (1, 2, 3), DOUBLINGS[:3], 1, what="memory")


def _full() -> Iterator[Config]:
    yield from _configs(METHODS, range(1, 6), DOUBLINGS, 3)
    yield from _configs(METHODS, (1, 2, 3), (8000,), 3, degrees=range(1, 11))
    yield from _configs(METHODS, range(1, 6), DOUBLINGS[:6], 1, what="memory")


STUDY = Study(
    slug=SLUG,
    title="Fig. 6: time and memory against the number of points",
    about=(
        "CPU seconds and memory of each compressor on uniform points, to a tenth of the nodes at "
        "order 5, against d for m = 1 to 5, and against the order; fitted exponents."
    ),
    version=1,
    grids={"quick": _quick, "default": _default, "full": _full},
    columns=(
        Column(
            "method",
            "cells-float, -balls, -exact: one reduction a cell; balanced, unbiased: signed "
            "cells; hybrid; greedy: the paper's Algorithm 1, one node a step; greedy-windows: "
            "many nodes a step; hp: degree and cells by a bound; exact-reduction: to N nodes",
        ),
        Column("m", "dimension of a point"),
        Column("k", "degree up to which moments agree; for hp the least degree"),
        Column("d", "number of points"),
        Column("trial", "number of the cloud"),
        Column("what", "time or memory: what was measured, as the second slows the first"),
        Column("nodes", "nodes left"),
        Column("degree", "degree of the moments kept"),
        Column("cells", "cells, each with its own moments; 0 if there are none"),
        Column("cpu_seconds", "median over repeats, on one thread"),
        Column("cpu_least", "least of the repeats, seconds"),
        Column("cpu_most", "most of the repeats, seconds"),
        Column("repeats", "how often it was timed: more where one is short"),
        Column("peak_bytes", "most that Python and NumPy held at a time; without FLINT and LAPACK"),
    ),
    cell=cell,
    summaries=summaries,
    figures=figures,
    findings=findings,
    claims=("runtime-figure",),
    beside=drawn_beside,
)
