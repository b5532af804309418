"""Adversarial functions against typical ones, between the bounds: T8, T4c, T4b and T7d.

Two classes: "smooth" has |D^(k+1) g| <= 1 on [-1, 1]^m, and one reduction of degree k in each
of cells^m equal cubes; "analytic" has |g| <= 1 on E_rho^m, and one reduction of degree k.
Typical members are sigmoids of affine functions, scaled to the rim of the class.
"""

import math
from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import product
from typing import TYPE_CHECKING

from .model import Column, Config, Result, Study, Value
from .worst_case_views import figures, findings, summaries

if TYPE_CHECKING:
    from ucomp_verify.functions import Function

    from .seeds import Seeds
    from .worst_case_errors import Proved

SLUG = "worst-case"
RHO = Fraction(3)
MEMBERS = 6  # typical functions a trial
CLASSES = ("smooth", "analytic")
METHODS = ("plain", "unbiased")
POWERS = tuple(2**j for j in range(9))


def cell(config: Config, seeds: "Seeds") -> Result:
    """All errors of one rule, proved, divided by the mass."""
    from .worst_case_errors import Grid, analytic, reduced, smooth

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
    from .polylog_errors import above, below

    mean = found.mean
    return {
        "d": count,
        "nodes": found.size,
        "lower": below(found.lower),
        "adversary": below(found.adversary),
        "worst_lower": below(found.worst.lower),
        "worst_upper": above(found.worst.upper),
        "error": float((mean.lower + mean.upper) / 2),
        "error_lower": below(mean.lower),
        "error_upper": above(mean.upper),
        "upper": above(found.upper),
        "ordered": found.ordered,
        "path": "certified",
        "dps": int(max(e.prec for e in (found.worst, *found.typical)) * math.log10(2)),
    }


def _smooth(
    dim: int, side: int, degrees: Iterable[int], counts: Iterable[int], trials: int
) -> Iterator[Config]:
    for method, k, cells, trial in product(METHODS, degrees, counts, range(trials)):
        yield _config("smooth", method, dim, k, cells, side, trial)


def _analytic(dim: int, side: int, degrees: Iterable[int], trials: int) -> Iterator[Config]:
    for k, trial in product(degrees, range(trials)):
        yield _config("analytic", "plain", dim, k, 1, side, trial)


def _config(kind: str, method: str, m: int, k: int, cells: int, side: int, trial: int) -> Config:
    return Config.of(
        **{"class": kind}, method=method, m=m, k=k, cells=cells, side=side, trial=trial
    )


def _quick() -> Iterator[Config]:
    yield from _smooth(1, 512, (1, 2, 3), POWERS[1:6], 2)
    yield from _smooth(2, 64, (1, 2), POWERS[:4], 2)
    yield from _analytic(1, 1024, range(1, 13), 2)
    yield from _analytic(2, 128, range(4), 2)


def _default() -> Iterator[Config]:
    yield from _smooth(1, 512, (1, 2, 3), POWERS[1:6], 20)
    yield from _smooth(2, 64, (1, 2, 3), POWERS[:4], 10)
    yield from _analytic(1, 1024, range(1, 16), 10)
    yield from _analytic(2, 256, range(5), 5)


def _full() -> Iterator[Config]:
    yield from _smooth(1, 2048, range(1, 6), POWERS[1:8], 20)
    yield from _smooth(2, 128, range(1, 5), POWERS[:5], 20)
    yield from _analytic(1, 4096, range(1, 31), 20)
    yield from _analytic(2, 512, range(7), 10)


STUDY = Study(
    slug=SLUG,
    title="Worst case against typical case",
    about=(
        "Errors of rules for adversarial functions, for the worst of a class and for typical "
        "members, all proved, between lower bounds (T8, T4c) and upper bounds (T4b, T7d)."
    ),
    version=1,
    grids={"quick": _quick, "default": _default, "full": _full},
    columns=(
        Column("class", "smooth: |D^(k+1) g| <= 1; analytic: |g| <= 1 on E_3^m"),
        Column("method", "plain: any vertex; unbiased: E c' = c, cell by cell"),
        Column("m", "dimension"),
        Column("k", "degree up to which moments agree in each cell"),
        Column("cells", "cells along an axis"),
        Column("side", "nodes of the data along an axis"),
        Column("trial", "number of the reduction and of the typical functions"),
        Column("d", "nodes of the data"),
        Column("nodes", "nodes of the rule, d'"),
        Column("lower", "what no rule of d' nodes goes below (T4c, T8), rounded down"),
        Column(
            "adversary", "error of a member made for this rule, rounded down; all over the mass"
        ),
        Column("worst_lower", "a proved lower end of the supremum over the class"),
        Column("worst_upper", "a proved upper end of it"),
        Column("error", "mean |error| of 6 typical members"),
        Column("error_lower", "a proved lower end of it"),
        Column("error_upper", "a proved upper end of it"),
        Column("upper", "the theorem's bound (T4b, T7d), rounded up"),
        Column("ordered", "lower <= adversary <= worst <= upper and typical <= worst, exactly"),
        Column("path", "certified"),
        Column("dps", "digits of the balls"),
    ),
    cell=cell,
    summaries=summaries,
    figures=figures,
    findings=findings,
)
