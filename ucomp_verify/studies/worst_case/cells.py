"""One cell: the errors of one rule for adversarial and typical functions, proved."""

import math
from fractions import Fraction
from typing import TYPE_CHECKING

from ucomp_verify.studies.config import Config, Result, Value

if TYPE_CHECKING:
    from ucomp_verify.functions import Function
    from ucomp_verify.studies.seeds import Seeds

    from .errors import Proved

RHO = Fraction(3)
MEMBERS = 6  # typical functions a trial
CLASSES = ("smooth", "analytic")
METHODS = ("plain", "unbiased")


def cell(config: Config, seeds: "Seeds") -> Result:
    """All errors of one rule, proved, divided by the mass."""
    from .errors import Grid, analytic, reduced, smooth

    kind, method, m, k, cells, side, trial = (
        config[name] for name in ("class", "method", "m", "k", "cells", "side", "trial")
    )
    if kind not in CLASSES or method not in METHODS or (kind == "analytic" and cells != 1):
        raise ValueError(
            f"found the class {kind!r}, the method {method!r}, {cells} cells; expected one of "
            f"{', '.join(CLASSES)}, one of {', '.join(METHODS)}, and 1 cell if analytic"
        )
    grid = Grid(m, side)
    numbers = _numbers(seeds, config, cells**m)
    rule = reduced(grid, k, cells, unbiased=method == "unbiased", numbers=numbers)
    typical = members(seeds, dim=m, trial=trial)
    if kind == "analytic":
        found = analytic(grid, rule, RHO, k, typical)
    else:
        found = smooth(grid, rule, k + 1, cells, typical)
    return Result(_told(found, grid.side**grid.dim))


def members(seeds: "Seeds", *, dim: int, trial: int) -> "list[Function]":
    """sigmoid(<x, w> + b) with x in [-1, 1]^dim and b in [-1, 1], independent and uniform."""
    from ucomp_verify.functions import sigmoid
    from ucomp_verify.functions.ridges import linear

    drawn = 2 * seeds.generator("members", m=dim, trial=trial).random((MEMBERS, dim + 1)) - 1
    rows = [[Fraction(float(v)) for v in row] for row in drawn]
    return [sigmoid(linear(row[:-1]) + row[-1]) for row in rows]


def _numbers(seeds: "Seeds", config: Config, count: int) -> list[int]:
    """A seed for the reduction of each cell."""
    draw = seeds.generator("reduction", **dict(config.settings))
    return [int(number) for number in draw.integers(0, 1 << 32, size=count)]


def _told(found: "Proved", count: int) -> dict[str, Value]:
    from ucomp_verify.arithmetic.decimals import decimal_above, decimal_below

    mean = found.mean
    return {
        "d": count,
        "nodes": found.size,
        "lower": decimal_below(found.lower),
        "adversary": decimal_below(found.adversary),
        "worst_lower": decimal_below(found.worst.lower),
        "worst_upper": decimal_above(found.worst.upper),
        "error": float((mean.lower + mean.upper) / 2),
        "error_lower": decimal_below(mean.lower),
        "error_upper": decimal_above(mean.upper),
        "upper": decimal_above(found.upper),
        "ordered": found.ordered,
        "path": "certified",
        "dps": int(max(e.prec for e in (found.worst, *found.typical)) * math.log10(2)),
    }
