"""One cell: an error of a signed reduction, or a test of its mean or of its tail."""

from fractions import Fraction
from typing import TYPE_CHECKING

from ucomp_verify.studies.config import Config, Result
from ucomp_verify.studies.data import uniform_cloud, uniform_vectors

if TYPE_CHECKING:
    from ucomp_verify.caratheodory.batched import Direction
    from ucomp_verify.errors.residual_profiles import Reciprocal
    from ucomp_verify.studies.seeds import Seeds

METHODS = ("unbiased", "forced", "fair")


def cell(config: Config, seeds: "Seeds") -> Result:
    """One compression, or many reductions of the same cells, by `test`."""
    tests = {"exponent": _exponent, "mean": _mean, "tail": _tail}
    if config["test"] not in tests or config["method"] not in METHODS:
        raise ValueError(
            f"found the test {config['test']!r} and the method {config['method']!r}; expected one "
            f"of {', '.join(tests)} and one of {', '.join(METHODS)}"
        )
    return tests[config["test"]](config, seeds)


def _direction(config: Config) -> "Direction":
    from ucomp_verify.caratheodory.batched import Direction

    return Direction.PLAIN if config["method"] == "fair" else Direction(config["method"])


def _profile(config: Config) -> "Reciprocal":
    from ucomp_verify.errors.residual_profiles import Reciprocal

    return Reciprocal(Fraction(2 * config["m"]))


def _exponent(config: Config, seeds: "Seeds") -> Result:
    """The error of one compression, by the residual path."""
    from ucomp_verify.algebra import num_monomials
    from ucomp_verify.studies.one_shot import Path, cut, error_of, num_cells, reduced

    m, k, d, trial = (config[name] for name in ("m", "k", "d", "trial"))
    points = uniform_cloud(seeds, dim=m, size=d, trial=trial)
    vectors = uniform_vectors(seeds, dim=m, size=d, trial=trial)
    count = num_cells(d, num_monomials(m, k))
    random = seeds.generator("reduction", **dict(config.settings))
    batches = reduced(points, cut(points, count), k, _direction(config), random)
    error = error_of(batches, _profile(config), vectors, Path.AUTO)
    return Result({**error.told, "cells": count})


def _mean(config: Config, seeds: "Seeds") -> Result:
    """Hotelling's test of E c' = c on one cell of d nodes, reduced `repeats` times."""
    import numpy as np

    from ucomp_verify.caratheodory.batched import reduce_cells

    from .unbiasedness import mean_test

    points = uniform_cloud(seeds, dim=config["m"], size=config["d"], trial=config["trial"])
    copies = np.repeat(points[None], config["repeats"], axis=0)
    random = seeds.generator("reduction", **dict(config.settings))
    rules = reduce_cells(copies, config["k"], _direction(config), random)
    found = mean_test(rules.of_all(config["d"]))
    return Result({"z": found.largest, "z_rms": found.rms, "p": found.p, "rank": found.rank})


def _tail(config: Config, seeds: "Seeds") -> Result:
    """How often the error of one function exceeds t S, S^2 = sum of (W_c E_c)^2 over cells."""
    from ucomp_verify.studies.one_shot import cut

    from .unbiasedness import LEVELS, tail_counts

    m, k, d, trial = (config[name] for name in ("m", "k", "d", "trial"))
    points = uniform_cloud(seeds, dim=m, size=d, trial=trial)
    vector = uniform_vectors(seeds, dim=m, size=d, trial=trial, count=1)
    random = seeds.generator("reduction", **dict(config.settings))
    groups = [points[group] for group in cut(points, config["cells"])]
    found = tail_counts(
        groups, k, _direction(config), random, _profile(config), vector, config["repeats"]
    )
    counts = {f"above_{level:g}": count for level, count in zip(LEVELS, found.counts, strict=True)}
    return Result({"variance": found.variance, "bias": found.bias, **counts})
