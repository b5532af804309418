"""Errors and times of compressions to a tenth of the nodes, against the paper's own: a table.

`python -m benchmarks.compression` writes it, with a plot, to where the report finds it. All
weights are certified; errors are evaluated in balls, on draws of our own of the same kind.
"""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from importlib import import_module
from typing import Any

import numpy as np

from benchmarks.figure_two import PUBLISHED, PUBLISHED_SECONDS, Array, draw, errors
from benchmarks.tables import write_table
from benchmarks.timing import Seconds, timed
from ucomp_verify.bounds import RidgeMixture, Sigmoid
from ucomp_verify.caratheodory import Arithmetic
from ucomp_verify.compressors import (
    AbstractCompressor,
    BalancedCells,
    Cells,
    HpCells,
    Hybrid,
    UnbiasedReduction,
)
from ucomp_verify.measures import BallWeights, Compression, ExactWeights, FloatMeasure

BALLS = Arithmetic.BALLS
SEEDS = 10
CASES = ((2, 5, 16_000), (3, 5, 16_000))
HARDEST = (5, 5, 128_000)
COLUMNS = (
    "case",
    "compressor",
    "nodes",
    "degree",
    "mean |change of f|",
    "[least, greatest]",
    "published / ours",
    "CPU seconds",
)

Made = Callable[[Array], AbstractCompressor]


@dataclass(frozen=True)
class Runs:
    """The compressions of one case by one compressor, a draw each, and |f' - f|."""

    results: tuple[Compression, ...]
    errors: tuple[float, ...]
    seconds: Seconds


def hp(vectors: Array) -> AbstractCompressor:
    """The degree and cells for the smallest proved bound of this very f."""
    return HpCells(RidgeMixture.over(Sigmoid(), vectors.tolist()), arithmetic=BALLS)


def fixed(compressor: AbstractCompressor) -> Made:
    """The same for every draw."""
    return lambda vectors: compressor


COMPRESSORS: dict[str, Made] = {
    "hp: degree and cells by the bound": hp,
    "hybrid, polished": fixed(Hybrid(arithmetic=BALLS)),
    "hybrid": fixed(Hybrid(polish=False, arithmetic=BALLS)),
    "k-d cells, balanced": fixed(BalancedCells(arithmetic=BALLS)),
    "k-d cells": fixed(Cells(arithmetic=BALLS)),
    "k-d cells, unbiased": fixed(UnbiasedReduction(arithmetic=BALLS)),
}


def main() -> None:
    """Measure all cases and write the table and the plot."""
    measured = {(c, n): _runs(c, made) for c in CASES for n, made in COMPRESSORS.items()}
    rows = [_row(case, name, runs) for (case, name), runs in measured.items()]
    write_table(
        "compression",
        title="Compression to a tenth of the nodes: the change of Figure 2's function",
        note=f"Mean of |f' - f| over {SEEDS} draws of uniform points in the cube and of the 10 "
        "vectors; every weight certified positive; errors in balls. 'Published' are the authors' "
        "mean error, from their data, at the same sizes and degree 5, and their time on an "
        "Apple M4 Pro.",
        columns=COLUMNS,
        rows=[*rows, _hardest()],
        figure=_plot(measured),
    )


def _runs(case: tuple[int, int, int], made: Made) -> Runs:
    results, changes, spent = list[Compression](), list[float](), list[float]()
    for seed in range(SEEDS):
        points, vectors = draw(case[0], case[2], seed)
        compressor, measure = made(vectors), FloatMeasure(points)
        after, seconds = timed(lambda c=compressor, m=measure: _compress(c, m, case), repeats=1)
        results.append(after)
        spent.append(seconds.median)
        changes.append(abs(float(np.mean(errors(after, vectors)))))
    sys.stderr.write(f"{case} {made}: {np.mean(changes):.2e} {np.median(spent):.2f} s\n")
    return Runs(tuple(results), tuple(changes), Seconds(tuple(spent)))


def _compress(
    compressor: AbstractCompressor, measure: FloatMeasure, case: tuple[int, int, int]
) -> Compression:
    after = compressor.compress(measure, degree=case[1], size=case[2] // 10)
    assert len(after) <= case[2] // 10
    assert isinstance(after.weights, BallWeights | ExactWeights)
    assert min(after.weights.values) > 0
    return after


def _row(case: tuple[int, int, int], name: str, runs: Runs) -> list[str]:
    mean = float(np.mean(runs.errors))
    sizes, degrees = [len(a) for a in runs.results], [a.degree for a in runs.results]
    return [
        f"m = {case[0]}, d = {case[2]:,}",
        name,
        _range(sizes),
        _range(degrees),
        f"{mean:.1e}",
        f"[{min(runs.errors):.1e}, {max(runs.errors):.1e}]",
        f"{PUBLISHED[case] / mean:.2g}",
        str(runs.seconds),
    ]


def _range(numbers: list[int]) -> str:
    low, high = min(numbers), max(numbers)
    return str(low) if low == high else f"{low} to {high}"


def _hardest() -> list[str]:
    """The case of Figure 6 that took the authors longest, in cells, every weight in a ball."""
    dim, degree, count = HARDEST
    points, _ = draw(dim, count, 0)
    after, seconds = timed(
        lambda: _compress(Cells(arithmetic=BALLS), FloatMeasure(points), HARDEST), repeats=3
    )
    off = abs(sum(after.weights.values, Fraction(0)) - count)
    assert isinstance(after.weights, BallWeights) and off <= sum(after.weights.radii)
    faster = PUBLISHED_SECONDS[HARDEST] / seconds.median
    return [
        f"m = {dim}, d = {count:,}",
        f"k-d cells ({len(after.cells)})",
        str(len(after)),
        str(degree),
        "",
        "",
        "",
        f"{seconds}; published: {PUBLISHED_SECONDS[HARDEST]:,}, {faster:,.0f} times",
    ]


def _plot(measured: dict[tuple[tuple[int, int, int], str], Runs]) -> Any:
    """The error of every draw, one line of points a compressor."""
    matplotlib: Any = import_module("matplotlib")
    matplotlib.use("svg")
    matplotlib.rcParams["svg.hashsalt"] = "compression"
    pyplot: Any = import_module("matplotlib.pyplot")
    figure, panels = pyplot.subplots(1, len(CASES), figsize=(10, 3.2), sharey=True)
    for axes, case in zip(panels, CASES, strict=True):
        for height, name in enumerate(reversed(COMPRESSORS)):
            found = measured[case, name].errors
            axes.semilogx(found, [height] * len(found), "o", alpha=0.5)
            axes.semilogx([float(np.mean(found))], [height], "k|", markersize=14)
        axes.axvline(PUBLISHED[case], color="0.4", linestyle="--")
        axes.set_yticks(range(len(COMPRESSORS)), list(reversed(COMPRESSORS)))
        axes.set(xlabel="|change of f|", title=f"m = {case[0]}; dashed: the paper's mean error")
        axes.grid(visible=True, axis="x", alpha=0.25)
    return figure


if __name__ == "__main__":
    main()
