"""One cell of Fig. 8: a cloud, one size and one degree; certified, and in float64."""

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ucomp_verify.studies.config import Config, Result, Value

if TYPE_CHECKING:
    from ucomp_verify.studies.data import Array
    from ucomp_verify.studies.seeds import Seeds

    from .errors import Certified
    from .function import Reciprocals
    from .rules import Cell


def cell(config: Config, seeds: "Seeds") -> Result:
    """One cloud, compressed to one size with one degree: certified, and in float64."""
    from fractions import Fraction

    from ucomp_verify.arithmetic.decimals import decimal_above, decimal_below
    from ucomp_verify.studies.data import uniform_cloud, uniform_vectors

    from .errors import certified_error, first_digits, log10_of
    from .function import Reciprocals
    from .rules import cells_of, size_of

    start = time.process_time()
    d, k, trial = config["d"], config["k"], config["trial"]
    points = uniform_cloud(seeds, dim=1, size=d, trial=trial)
    g = Reciprocals.of(uniform_vectors(seeds, dim=1, size=d, trial=trial))
    size = size_of(config["size"], d, k)
    reductions = seeds.number("reductions", **dict(config.settings))
    cells = cells_of(points, degree=k, size=size, seed=reductions)
    bound = sum((c.bound(g) for c in cells), Fraction(0)) / d
    found = certified_error(cells, points, g, digits=first_digits(bound))
    error = found.error
    values: dict[str, Value] = {
        "nodes": sum(len(rule) for rule in found.rules),
        "target": size,
        "cells": len(cells),
        "error": error.middle,
        "error_lower": decimal_below(error.lower),
        "error_upper": decimal_above(error.upper),
        "log10_error": log10_of(error.upper),
        "bound": decimal_above(bound),
        "log10_bound": log10_of(bound),
        "within_bound": error.upper < bound,
        "pole_rate": g.pole_rate(Fraction(-1), Fraction(1)),
        "path": "certified",
        "dps": found.digits,
    }
    certified = time.process_time()
    values.update(_in_float64(cells, found, points, g))
    seconds = {"certified_s": certified - start, "float64_s": time.process_time() - certified}
    return Result(values, seconds)


def _in_float64(
    cells: "Sequence[Cell]", found: "Certified", points: "Array", g: "Reciprocals"
) -> dict[str, Value]:
    """What float64 makes of the supports: certified errors of its weights, and what it sees."""
    from .errors import log10_of
    from .float_weights import WEIGHERS, float_rule, rounding_of_value, seen_error

    values: dict[str, Value] = {"value_rounding": rounding_of_value(found, points, g).middle}
    for name, weigher in WEIGHERS.items():
        rule = float_rule(weigher, cells, found, g, len(points))
        if rule is None:
            continue
        values[f"error_{name}"] = rule.error.middle
        values[f"negative_{name}"] = int((rule.weights < 0).sum())
        values[f"seen_{name}"] = seen_error(rule, points, g)
        values[f"log10_over_{name}"] = log10_of(rule.error.upper) - log10_of(found.error.upper)
    return values
