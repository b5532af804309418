"""Times of one reduction to N nodes, ours and other programs', in one run: a table and a plot.

`python -m benchmarks.quadrature` writes both to where the report finds them. Every result
is checked: sizes, signs, and for the exact ones the certificate by the kernel.
"""

import sys
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from benchmarks.peeling import peel
from benchmarks.peers import NEEDS, PEERS
from benchmarks.tables import write_table
from benchmarks.timing import Seconds, timed, timed_command
from ucomp_verify.algebra import num_monomials
from ucomp_verify.caratheodory import reduce_measure
from ucomp_verify.caratheodory.features import orthonormal_features
from ucomp_verify.caratheodory.reduction import Arithmetic
from ucomp_verify.measures import Compression, FloatMeasure
from ucomp_verify.measures.certificates import certificate_of
from ucomp_verify.writing import save

DPS = 50  # digits of the naive reduction
PEEL_REMOVALS = 100  # of it where all would take hours
LARGEST_FEATURES = 10**8  # values, 800 MB, that other programs get at once


@dataclass(frozen=True)
class Case:
    """d uniform points in [-1, 1]^dim with weight 1, all moments up to the degree."""

    nodes: int
    dim: int
    degree: int

    @property
    def count(self) -> int:
        return num_monomials(self.dim, self.degree)

    def __str__(self) -> str:
        return f"d = {self.nodes:,}, m = {self.dim}, k = {self.degree} (N = {self.count})"

    def points(self) -> Any:
        return np.random.default_rng(0).uniform(-1, 1, (self.nodes, self.dim))


TABLE = (
    Case(1000, 1, 20),
    Case(2000, 2, 4),
    Case(10_000, 3, 5),
    Case(10_000, 5, 3),
    Case(10_000, 5, 5),
    Case(100_000, 2, 5),
    Case(100_000, 3, 5),
    Case(1_000_000, 2, 6),
)
GROWTH = tuple(Case(d, 3, 5) for d in (1000, 3000, 10_000, 30_000, 100_000, 300_000))
COLUMNS = (
    "case",
    "support in float64",
    "certified in balls",
    "exact, certificate in a file",
    "the kernel's check of it",
    "goodpoints",
    "pyrecombine",
    "scipy nnls",
    "HiGHS simplex",
    f"mpmath peeling, {DPS} digits",
    "exact / nnls",
)


def main() -> None:
    """Measure all cases and write the table and the plot."""
    rows = [_row(case) for case in TABLE]
    growth = [(case, _ours(case), _nnls(case), _highs(case)) for case in GROWTH]
    write_table(
        "quadrature",
        title="One reduction to N nodes: CPU seconds on one core",
        note="Median [least, greatest] of up to three runs; uniform points in the cube, unit "
        "weights. Our times start from the array of points; those of nnls and of HiGHS are for the "
        "solver alone, on features made for it, in float64 and without a certificate; naive "
        "peeling was stopped after 100 of the d - N removals where marked, and extrapolated.",
        columns=COLUMNS,
        rows=rows,
        figure=_plot(growth),
    )


def _row(case: Case) -> list[str]:
    measure = FloatMeasure(case.points())
    chosen, selecting = timed(lambda: _reduced(measure, case, Arithmetic.FLOAT))
    balls, enclosing = timed(lambda: _reduced(measure, case, Arithmetic.BALLS))
    assert len(chosen) <= case.count and len(balls) <= case.count
    exact, checking = _with_certificate(measure, case)
    nnls, others = _nnls(case), [_peer(name, case) for name in ("goodpoints", "pyrecombine")]
    ratio = "" if nnls is None else f"{exact.median / nnls.median:.2g}"
    cells = [selecting, enclosing, exact, checking, *others, nnls, _highs(case)]
    _say(f"{case}: {[str(cell) for cell in cells]}")
    return [str(case), *(str(cell or "") for cell in cells), _peeling(case), ratio]


def _reduced(measure: FloatMeasure, case: Case, arithmetic: Arithmetic) -> Compression:
    return reduce_measure(measure, case.degree, arithmetic=arithmetic)


def _with_certificate(measure: FloatMeasure, case: Case) -> tuple[Seconds, Seconds]:
    """The time from the points to the file, and of the kernel that reads it."""
    with TemporaryDirectory() as folder:
        data, file = Path(folder) / "points.npy", Path(folder) / "certificate.json"
        np.save(data, measure.nodes)

        def certify() -> Compression:
            after = _reduced(measure, case, Arithmetic.EXACT)
            save(certificate_of(after, digest=True), file)
            return after

        after, seconds = timed(certify)
        assert len(after) == case.count and min(after.weights.values) > 0
        kernel = [sys.executable, "-I", "-m", "ucomp_verify.kernel", "--require=exact"]
        done, checking = timed_command([*kernel, f"--data={data}", str(file)])
    assert done.returncode == 0, done.stdout + done.stderr
    return seconds, checking


def _ours(case: Case) -> Seconds:
    measure = FloatMeasure(case.points())
    return timed(lambda: _reduced(measure, case, Arithmetic.EXACT))[1]


def _peer(name: str, case: Case) -> Seconds | None:
    """The time of another program from the points to the rule, where it is installed."""
    if find_spec(NEEDS[name]) is None or case.nodes > 100_000:
        return None
    points = case.points()
    (places, weights), seconds = timed(lambda: PEERS[name](points, case.degree))
    assert len(places) <= case.count and min(weights) > 0
    return seconds


def _features(case: Case) -> Any:
    """Orthonormal over the points, as many rows as monomials; None if they are too many."""
    if case.nodes * case.count > LARGEST_FEATURES:
        return None
    return orthonormal_features(case.points(), case.degree)


def _nnls(case: Case) -> Seconds | None:
    """The non-negative least-squares solution, which has N nodes at most."""
    optimize: Any = import_module("scipy.optimize")
    features = _features(case)
    if features is None:
        return None
    (weights, residual), seconds = timed(lambda: optimize.nnls(features, features.sum(axis=1)))
    assert np.count_nonzero(weights) <= case.count and residual < 1e-8 * case.nodes
    return seconds


def _highs(case: Case) -> Seconds | None:
    """A vertex of the feasible weights, for no objective."""
    optimize: Any = import_module("scipy.optimize")
    features = _features(case)
    if features is None or case.nodes > 100_000:
        return None
    costs, sums = np.zeros(case.nodes), features.sum(axis=1)
    found, seconds = timed(
        lambda: optimize.linprog(costs, A_eq=features, b_eq=sums, method="highs-ds"), repeats=1
    )
    assert found.status == 0 and np.count_nonzero(found.x) <= case.count
    return seconds


def _peeling(case: Case) -> str:
    """The time of naive peeling, extrapolated from some removals where it would take hours."""
    if case.nodes > 10_000 or case.count > 60:
        return ""
    steps, full = case.nodes - case.count, case.nodes <= 2000
    removals = steps if full else PEEL_REMOVALS
    points = case.points().tolist()
    (_, weights), seconds = timed(
        lambda: peel(points, case.degree, dps=DPS, removals=removals), repeats=1
    )
    assert min(weights) > 0
    estimate = seconds.median * steps / removals
    return f"{estimate:.3g}" if full else f"{estimate:.3g} (extrapolated)"


Growth = tuple[Case, Seconds, Seconds | None, Seconds | None]


def _plot(growth: list[Growth]) -> Any:
    """CPU time against the number of points, on logarithmic axes."""
    matplotlib: Any = import_module("matplotlib")
    matplotlib.use("svg")
    matplotlib.rcParams["svg.hashsalt"] = "quadrature"
    pyplot: Any = import_module("matplotlib.pyplot")
    figure, axes = pyplot.subplots(figsize=(7, 4))
    names = ("exact weights (ours)", "scipy nnls, float64", "HiGHS simplex, float64")
    for column, (name, marker) in enumerate(zip(names, "os^", strict=True), start=1):
        known = [(row[0].nodes, row[column]) for row in growth if row[column] is not None]
        axes.loglog(
            [d for d, _ in known], [_median(t) for _, t in known], marker=marker, label=name
        )
    axes.set(xlabel="number of points d", ylabel="CPU seconds", title="m = 3, k = 5, N = 56")
    axes.grid(visible=True, which="both", alpha=0.25)
    axes.legend()
    return figure


def _median(seconds: Any) -> float:
    return seconds.median


def _say(text: str) -> None:
    sys.stderr.write(f"{text}\n")


if __name__ == "__main__":
    main()
