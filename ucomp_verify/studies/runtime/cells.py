"""One cell of Fig. 6: a compressor, timed, or its memory traced."""

from typing import TYPE_CHECKING

from ucomp_verify.studies.config import Config, Result, Value
from ucomp_verify.studies.data import uniform_cloud, uniform_vectors

if TYPE_CHECKING:
    from ucomp_verify.compressors import AbstractCompressor
    from ucomp_verify.measures import Compression
    from ucomp_verify.studies.data import Array
    from ucomp_verify.studies.seeds import Seeds

METHODS = (
    "cells-float",
    "cells-balls",
    "cells-exact",
    "balanced",
    "unbiased",
    "hybrid",
    "greedy-windows",
    "greedy",
    "hp",
    "exact-reduction",
)
SHARE = 10  # d / d'
HP_MONOMIALS = 150  # of the degrees that `hp` may choose, as in `error_scaling`
WARM = 40  # points of the run before the clock starts: modules are loaded, memory is there
WHAT = ("time", "memory")


def cell(config: Config, seeds: "Seeds") -> Result:
    """Nodes that are left, and the time or the memory that it took."""
    from threadpoolctl import threadpool_limits

    from ucomp_verify.measures import FloatMeasure
    from ucomp_verify.studies.resources import timed, traced

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
