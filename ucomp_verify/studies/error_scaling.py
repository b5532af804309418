"""Figure 2: how the error of a compression to a tenth falls with the number of objects.

f is the mean over d uniform objects w in [-1, 1]^m and over 10 uniform vectors x_a of
sigmoid(<w, x_a>); at most max(0.1 d, N) objects are kept, N = binom(m + k, k).
"""

from collections.abc import Iterable, Iterator
from itertools import product
from math import comb
from typing import TYPE_CHECKING

from .data import uniform_cloud, uniform_vectors
from .error_scaling_views import figures, findings, summaries
from .model import Column, Config, Result, Study, Value

if TYPE_CHECKING:
    from .one_shot import Array, Error, Path
    from .seeds import Seeds

SLUG = "error-scaling"
SHARE = 0.1
METHODS = ("cells", "unbiased", "greedy", "hp")
PRECISIONS = ("auto", "float64", "residual", "certified")
MOST_MONOMIALS = 500  # of one-shot cells in the full grid
HP_MONOMIALS = 150  # of the degrees that `hp` may choose: more cost too much
DOUBLINGS = tuple(1000 * 2**j for j in range(8))


def cell(config: Config, seeds: "Seeds") -> Result:
    """The error of one compression of one cloud."""
    from .one_shot import Path

    method, m, k, d = (config[name] for name in ("method", "m", "k", "d"))
    if method not in METHODS or config["precision"] not in PRECISIONS:
        raise ValueError(
            f"found the method {method!r} and the precision {config['precision']!r}; expected "
            f"one of {', '.join(METHODS)} and one of {', '.join(PRECISIONS)}"
        )
    points = uniform_cloud(seeds, dim=m, size=d, trial=config["trial"])
    vectors = uniform_vectors(seeds, dim=m, size=d, trial=config["trial"])
    path = Path(config["precision"])
    if method == "greedy":
        return _greedy(points, vectors, k, path, _number(config, seeds))
    if method == "hp":
        return _hp(points, vectors, k, path, config, seeds)
    return _one_shot(points, vectors, path, config, seeds)


def _reduction(config: Config) -> dict[str, str | int]:
    """The settings that a reduction depends on, so that all precisions see one rule."""
    return {name: config[name] for name in ("method", "m", "k", "d", "trial")}


def _number(config: Config, seeds: "Seeds") -> int:
    return seeds.number("reduction", **_reduction(config)) % (1 << 32)


def _one_shot(
    points: "Array", vectors: "Array", path: "Path", config: Config, seeds: "Seeds"
) -> Result:
    from ucomp_verify.algebra import num_monomials
    from ucomp_verify.caratheodory.batched import Direction
    from ucomp_verify.errors.residual_profiles import Sigmoid

    from .one_shot import cut, error_of, num_cells, num_nodes, reduced

    count = num_cells(len(points), num_monomials(points.shape[1], config["k"]), share=SHARE)
    random = seeds.generator("reduction", **_reduction(config))
    way = Direction.UNBIASED if config["method"] == "unbiased" else Direction.PLAIN
    batches = reduced(points, cut(points, count), config["k"], way, random)
    error = error_of(batches, Sigmoid(), vectors, path)
    return _result(error, nodes=num_nodes(batches), cells=count)


def _greedy(points: "Array", vectors: "Array", degree: int, path: "Path", seed: int) -> Result:
    """The paper's Algorithm 1, one node at a time; its errors are known in float64 alone."""
    from ucomp_verify.algebra import num_monomials
    from ucomp_verify.caratheodory.reduction import Arithmetic
    from ucomp_verify.compressors import Greedy
    from ucomp_verify.errors.residual_profiles import Sigmoid
    from ucomp_verify.measures import FloatMeasure

    from .one_shot import Path, float_difference

    if path is not Path.FLOAT:
        raise ValueError(
            f"found the precision {path.value!r} for greedy; expected 'float64': its clusters "
            "overlap, so that no cell has its own moments"
        )
    size = max(int(SHARE * len(points)), num_monomials(points.shape[1], degree))
    compressor = Greedy(window=1, balance=0, arithmetic=Arithmetic.FLOAT)
    after = compressor.compress(FloatMeasure(points), degree=degree, size=size, seed=seed)
    values = Sigmoid().values(points @ vectors.T)
    kept = after.rounded() @ values[list(after.indices)] / len(points)
    return _result(float_difference(values.mean(axis=0), kept), nodes=len(after), cells=0)


def _hp(
    points: "Array", vectors: "Array", least: int, path: "Path", config: Config, seeds: "Seeds"
) -> Result:
    """Degree and cells of the smallest proved bound for this f; `k` is the least degree."""
    from ucomp_verify.bounds import RidgeMixture
    from ucomp_verify.bounds.strips import Sigmoid as InStrips
    from ucomp_verify.caratheodory.batched import Direction
    from ucomp_verify.caratheodory.reduction import Arithmetic
    from ucomp_verify.compressors import HpCells
    from ucomp_verify.errors.residual_profiles import Sigmoid
    from ucomp_verify.measures import FloatMeasure

    from .one_shot import error_of, num_nodes, reduced, together

    remainder = RidgeMixture.over(InStrips(), vectors.tolist())
    compressor = HpCells(remainder, max_monomials=HP_MONOMIALS, arithmetic=Arithmetic.EXACT)
    plan = compressor.plan(FloatMeasure(points), degree=least, size=int(SHARE * len(points)))
    random = seeds.generator("reduction", **_reduction(config))
    batches = reduced(points, together(plan.cells), plan.degree, Direction.PLAIN, random)
    error = error_of(batches, Sigmoid(), vectors, path)
    found = {"degree": plan.degree, "bound": float(plan.bound / len(points))}
    return _result(error, nodes=num_nodes(batches), cells=len(plan.cells), **found)


def _result(error: "Error", **more: Value) -> Result:
    return Result({**error.told, **more})


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


def _default() -> Iterator[Config]:
    for method in ("cells", "unbiased"):
        yield from _configs(method, (1, 2, 3), range(1, 7), DOUBLINGS, 20)
    yield from _configs("cells", (1,), (3, 6), DOUBLINGS, 5, precision="float64")
    yield from _certified()
    yield from _configs("greedy", (1,), (1, 2, 3), DOUBLINGS[:4], 10, precision="float64")
    yield from _configs("greedy", (2, 3), range(1, 7), DOUBLINGS[:4], 10, precision="float64")
    yield from _configs("hp", (1, 2, 3), (1,), DOUBLINGS[:3], 5)


def _full() -> Iterator[Config]:
    """Without what has too few cells for a fit up to the largest size, and would take hours."""
    for method, m, k in product(("cells", "unbiased"), range(1, 6), range(1, 11)):
        if comb(m + k, k) <= MOST_MONOMIALS:
            yield from _configs(method, (m,), (k,), DOUBLINGS, 20)
    yield from _certified()
    yield from _configs("greedy", range(1, 6), range(1, 7), DOUBLINGS[:4], 20, precision="float64")
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
    grids={"quick": _quick, "default": _default, "full": _full, "certified": _certified},
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
)
