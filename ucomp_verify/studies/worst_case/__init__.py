"""Adversarial functions against typical ones, between the bounds: T8, T4c, T4b and T7d.

Two classes: "smooth" has |D^(k+1) g| <= 1 on [-1, 1]^m, and one reduction of degree k in each
of cells^m equal cubes; "analytic" has |g| <= 1 on E_rho^m, and one reduction of degree k.
Typical members are sigmoids of affine functions, scaled to the rim of the class.
"""

from collections.abc import Iterable, Iterator
from itertools import product

from ucomp_verify.studies.model import Column, Config, Study

from .cells import METHODS, cell
from .views import figures, findings, summaries

SLUG = "worst-case"
POWERS = tuple(2**j for j in range(9))


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
    yield from _smooth(2, 64, (1, 2), POWERS[:4], 10)
    yield from _smooth(2, 64, (3,), POWERS[:3], 10)  # more: one node a cube, far from the mean
    yield from _analytic(1, 1024, range(1, 16), 10)
    yield from _analytic(2, 256, range(5), 5)


def _full() -> Iterator[Config]:
    yield from _smooth(1, 2048, range(1, 6), POWERS[1:8], 20)
    yield from _smooth(2, 256, range(1, 5), POWERS[:5], 20)
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
