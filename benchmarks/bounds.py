"""What is promised, what is certified, and what happens: errors of exact reductions by degree.

For the class of all sigmoid(<x, w> + b) with |x|_1 <= 1, on uniform points in [-1, 1]^2.
"""

import sys
from dataclasses import dataclass
from fractions import Fraction
from importlib import import_module
from time import process_time
from typing import Any

import numpy as np

from benchmarks.tables import write_table
from ucomp_verify.bounds import nodes_for_error, sigmoid_class
from ucomp_verify.caratheodory import reduce_measure
from ucomp_verify.compressors.merge_reduce import MergeReduce
from ucomp_verify.errors.certified import posterior_bound
from ucomp_verify.errors.certified_values import enclosed_error
from ucomp_verify.functions import parse_function
from ucomp_verify.measures import FloatMeasure
from ucomp_verify.measures.rules import Rule

COUNT, DEGREES = 20_000, range(1, 20, 2)
LARGE, EPS = (10_000, 100_000, 1_000_000), Fraction(1, 10**8)
FUNCTIONS = 20  # of the class, drawn at random


@dataclass(frozen=True)
class Point:
    """What holds at a degree, and the largest error seen among some functions."""

    degree: int
    promised: float
    certified: float
    seen: float


def main() -> None:
    """Measure, and write the table and the figure."""
    rows = [_row(count) for count in LARGE]
    write_table(
        "bounds",
        title="Certified errors",
        note=(
            "Sum-normalised error of every sigmoid(<x, w> + b), |x|_1 <= 1, on uniform points in "
            "[-1, 1]^2 with weights 1, in an exact reduction whose weights are rounded to "
            "float64. For each number of points: the degree that is promised to be enough for "
            "1e-8, the bound from the enclosed mismatch of moments, and the largest enclosed "
            f"error among some random functions. CPU seconds on one core. The figure "
            f"shows {COUNT} points, by degree."
        ),
        columns=("points", "nodes", "degree", "promised", "certified", "seen", "reduce", "certify"),
        rows=rows,
        figure=_plot([_point(k) for k in DEGREES]),
    )


def _row(count: int) -> list[str]:
    functions = sigmoid_class(2)
    plan = nodes_for_error(functions, mass=Fraction(count), error=EPS)
    measure = _measure(count)
    start = process_time()
    after = MergeReduce().compress(measure, degree=plan.degree)
    middle = process_time()
    rule = Rule(after.indices, tuple(map(Fraction, after.rounded().tolist())))
    bound = posterior_bound(measure, rule, functions, degree=plan.degree).bound
    end = process_time()
    assert len(after) <= plan.nodes and bound.value <= EPS
    seen = _largest(measure, rule, 3 if count > COUNT else FUNCTIONS)
    _say(f"d = {count}: {middle - start:.1f} s and {end - middle:.1f} s")
    numbers = [f"{float(v):.1e}" for v in (plan.bound, bound, seen)]
    seconds = [f"{middle - start:.1f}", f"{end - middle:.1f}"]
    return [str(count), str(len(after)), str(plan.degree), *numbers, *seconds]


def _point(degree: int) -> Point:
    measure = _measure(COUNT)
    rule = reduce_measure(measure, degree).rule
    found = posterior_bound(measure, rule, sigmoid_class(2), degree=degree)
    seen = _largest(measure, rule, FUNCTIONS)
    _say(f"k = {degree}: {float(found.bound):.2e}, seen {seen:.2e}")
    return Point(degree, float(found.prior), float(found.bound), seen)


def _measure(count: int) -> FloatMeasure:
    return FloatMeasure(np.random.default_rng(0).uniform(-1, 1, (count, 2)))


def _largest(measure: FloatMeasure, rule: Rule, count: int) -> float:
    """The largest error among functions of the class, from enclosures."""
    rng = np.random.default_rng(1)
    found = list[float]()
    for _ in range(count):
        share, offset = int(rng.integers(0, 101)), int(rng.integers(-20, 21))
        sign = "+-"[int(rng.integers(0, 2))]
        text = f"sigmoid({share}/100*x1 {sign} {100 - share}/100*x2 + {offset}/10)"
        found.append(float(enclosed_error(parse_function(text, 2), measure, rule).upper))
    return max(found)


def _plot(points: list[Point]) -> Any:
    matplotlib: Any = import_module("matplotlib")
    matplotlib.use("svg")
    matplotlib.rcParams["svg.hashsalt"] = "bounds"
    pyplot: Any = import_module("matplotlib.pyplot")
    figure, axes = pyplot.subplots(figsize=(7, 3.8))
    degrees = [p.degree for p in points]
    curves = {
        "promised by the degree": [p.promised for p in points],
        "certified for the class": [p.certified for p in points],
        f"largest error of {FUNCTIONS} functions": [p.seen for p in points],
    }
    for label, values in curves.items():
        axes.semilogy(degrees, values, marker="o", label=label)
    axes.set(xlabel="degree of the moments that agree", ylabel="error, sum-normalised")
    axes.grid(visible=True, which="both", alpha=0.25)
    axes.legend()
    return figure


def _say(text: str) -> None:
    sys.stderr.write(f"{text}\n")


if __name__ == "__main__":
    main()
