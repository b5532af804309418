"""Figure 6: how long each compressor takes, and how much memory, for d, m and k.

d uniform points of [-1, 1]^m become max(0.1 d, N) nodes with the same moments up to order k,
N = binom(m + k, k); `exact-reduction` keeps N nodes at most whatever d is.
"""

from collections.abc import Iterable, Iterator
from itertools import product
from typing import TYPE_CHECKING

from .data import uniform_cloud, uniform_vectors
from .model import Column, Config, Result, Study, Value
from .runtime_views import METHODS, figures, findings, summaries

if TYPE_CHECKING:
    from ucomp_verify.compressors import AbstractCompressor
    from ucomp_verify.measures import Compression

    from .data import Array
    from .seeds import Seeds

SLUG = "runtime"
SHARE = 10  # d / d'
HP_MONOMIALS = 150  # of the degrees that `hp` may choose, as in `error_scaling`
WARM = 40  # points of the run before the clock starts: modules are loaded, memory is there
ORDER = 5
DOUBLINGS = tuple(1000 * 2**j for j in range(8))
GREEDY = ("greedy", "greedy-windows")
FAST = tuple(name for name in METHODS if name not in GREEDY)
WHAT = ("time", "memory")


def cell(config: Config, seeds: "Seeds") -> Result:
    """Nodes that are left, and the time or the memory that it took."""
    from threadpoolctl import threadpool_limits

    from ucomp_verify.measures import FloatMeasure

    from .resources import timed, traced

    method, m, k, d, trial = (config[name] for name in ("method", "m", "k", "d", "trial"))
    if config["what"] not in WHAT:
        raise ValueError(f"found what = {config['what']!r}; expected one of {', '.join(WHAT)}")
    compressor = _compressor(method, uniform_vectors(seeds, dim=m, size=d, trial=trial))
    measure = FloatMeasure(uniform_cloud(seeds, dim=m, size=d, trial=trial))
    number = seeds.number("reduction", m=m, k=k, d=d, trial=trial) % (1 << 32)

    def work() -> "Compression":
        size = _size(method, m, k, d)
        return compressor.compress(measure, degree=k, size=size, seed=number)

    with threadpool_limits(1):
        warm = FloatMeasure(uniform_cloud(seeds, dim=m, size=WARM, trial=0))
        compressor.compress(warm, degree=1, size=_size(method, m, 1, WARM))
        if config["what"] == "memory":
            after, peak = traced(work)
            return Result(_told(after), {"peak_bytes": peak})
        found = timed(work)
    seconds = {"cpu_seconds": found.typical, "cpu_least": min(found.seconds)}
    more = {"cpu_most": max(found.seconds), "repeats": len(found.seconds)}
    return Result(_told(found.result), {**seconds, **more})


def _told(after: "Compression") -> dict[str, Value]:
    return {"nodes": len(after), "degree": after.degree, "cells": len(after.cells)}


def _size(method: str, dim: int, degree: int, count: int) -> int | None:
    from ucomp_verify.algebra import num_monomials

    if method == "exact-reduction":
        return None
    return max(count // SHARE, num_monomials(dim, degree))


def _compressor(method: str, vectors: "Array") -> "AbstractCompressor":
    """The compressor of a method; `hp` is planned for the sigmoids of these vectors."""
    from ucomp_verify import compressors as known
    from ucomp_verify.caratheodory.reduction import Arithmetic

    floats, balls = Arithmetic.FLOAT, Arithmetic.BALLS
    match method:
        case "cells-float":
            return known.Cells(arithmetic=floats)
        case "cells-balls":
            return known.Cells(arithmetic=balls)
        case "cells-exact":
            return known.Cells(arithmetic=Arithmetic.EXACT)
        case "balanced":
            return known.BalancedCells(arithmetic=floats)
        case "unbiased":
            return known.UnbiasedReduction(arithmetic=floats)
        case "hybrid":
            return known.Hybrid(polish=False, arithmetic=floats)
        case "greedy":
            return known.Greedy(window=1, balance=0, arithmetic=floats)
        case "greedy-windows":
            return known.Greedy(arithmetic=floats)
        case "exact-reduction":
            return known.ExactReduction()
        case "hp":
            return _hp(vectors)
        case _:
            raise ValueError(f"found the method {method!r}; expected one of {', '.join(METHODS)}")


def _hp(vectors: "Array") -> "AbstractCompressor":
    from ucomp_verify.bounds import RidgeMixture
    from ucomp_verify.bounds.strips import Sigmoid
    from ucomp_verify.caratheodory.reduction import Arithmetic
    from ucomp_verify.compressors import HpCells

    remainder = RidgeMixture.over(Sigmoid(), vectors.tolist())
    return HpCells(remainder, max_monomials=HP_MONOMIALS, arithmetic=Arithmetic.BALLS)


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
)
