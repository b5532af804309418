"""One cell of Fig. 2: a cloud, compressed once, and the error of f."""

from typing import TYPE_CHECKING

from ucomp_verify.studies.config import Config, Result, Value
from ucomp_verify.studies.data import uniform_cloud, uniform_vectors

if TYPE_CHECKING:
    from ucomp_verify.studies.one_shot import Array, Error, Path
    from ucomp_verify.studies.seeds import Seeds

SHARE = 0.1
METHODS = ("cells", "unbiased", "greedy", "hp")
PRECISIONS = ("auto", "float64", "residual", "certified")
HP_MONOMIALS = 150  # of the degrees that `hp` may choose: more cost too much


def cell(config: Config, seeds: "Seeds") -> Result:
    """The error of one compression of one cloud."""
    from ucomp_verify.studies.one_shot import Path

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
    from ucomp_verify.studies.one_shot import cut, error_of, num_cells, reduced

    count = num_cells(len(points), num_monomials(points.shape[1], config["k"]), share=SHARE)
    random = seeds.generator("reduction", **_reduction(config))
    way = Direction.UNBIASED if config["method"] == "unbiased" else Direction.PLAIN
    batches = reduced(points, cut(points, count), config["k"], way, random)
    error = error_of(batches, Sigmoid(), vectors, path)
    return _result(error, cells=count)


def _greedy(points: "Array", vectors: "Array", degree: int, path: "Path", seed: int) -> Result:
    """The paper's Algorithm 1, one node at a time; its errors are known in float64 alone."""
    from ucomp_verify.algebra import num_monomials
    from ucomp_verify.caratheodory.reduction import Arithmetic
    from ucomp_verify.compressors import Greedy
    from ucomp_verify.errors.residual_profiles import Sigmoid
    from ucomp_verify.measures import FloatMeasure
    from ucomp_verify.studies.one_shot import Path, float_difference

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
    error = float_difference(values.mean(axis=0), kept, nodes=len(after))
    return _result(error, cells=0)


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
    from ucomp_verify.studies.one_shot import error_of, reduced, together

    remainder = RidgeMixture.over(InStrips(), vectors.tolist())
    compressor = HpCells(remainder, max_monomials=HP_MONOMIALS, arithmetic=Arithmetic.EXACT)
    plan = compressor.plan(FloatMeasure(points), degree=least, size=int(SHARE * len(points)))
    random = seeds.generator("reduction", **_reduction(config))
    batches = reduced(points, together(plan.cells), plan.degree, Direction.PLAIN, random)
    error = error_of(batches, Sigmoid(), vectors, path)
    found = {"degree": plan.degree, "bound": float(plan.bound / len(points))}
    return _result(error, cells=len(plan.cells), **found)


def _result(error: "Error", **more: Value) -> Result:
    return Result({**error.told, **more})
