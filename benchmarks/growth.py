"""How one reduction grows with N and with the digits, and what files of 10^7 points take.

`python -m benchmarks.growth` writes a table and a plot to where the report finds them.
"""

import sys
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from benchmarks.quadrature import Case
from benchmarks.tables import write_table
from benchmarks.test_scale import run
from benchmarks.timing import timed, timed_command
from ucomp_verify.caratheodory import Arithmetic, reduce_measure
from ucomp_verify.measures import BallWeights, ExactWeights, FloatMeasure

DEGREES = (2, 4, 6, 8, 10, 12, 14, 18, 22, 26, 30, 36)
MOST_EXACT = 153  # monomials up to which rational weights are solved for here
DIGITS = (30, 60, 120, 250, 500, 1000)
FILES = (Case(10**5, 3, 5), Case(10**6, 2, 6), Case(10**7, 2, 6), Case(10**7, 3, 4))
MOST_FOR_KERNEL = 10**6  # points: more take the kernel gigabytes
COLUMNS = (
    "points in a file",
    "CPU seconds",
    "memory, MB",
    "certificate, kB",
    "kernel, CPU seconds",
)


def main() -> None:
    """Measure, and write the table and the plot."""
    with TemporaryDirectory() as folder:
        rows = [_row(case, Path(folder)) for case in FILES]
    write_table(
        "scale",
        title="From a file of points to a file with the exact certificate",
        note="ucomp-verify compress --digest in a process of its own, the interpreter included; "
        "the largest resident memory, which a memory-mapped file need not raise. The kernel "
        "reads all points again. Plots: d = 4000 points in the plane, and the same with k = 10 "
        "(N = 66).",
        columns=COLUMNS,
        rows=rows,
        figure=_plot(_by_monomials(), _by_digits()),
        command="python -m benchmarks.growth",
    )


def _row(case: Case, folder: Path) -> list[str]:
    data, file = folder / f"{case.nodes}-{case.dim}.npy", folder / "certificate.json"
    if not data.exists():
        np.save(data, case.points())
    degree = str(case.degree)
    ran = run(
        folder,
        *("compress", str(data), "-k", degree, "--digest", "-o", "small.npz", "--force"),
        *("--certificate", str(file)),
    )
    size = file.stat().st_size / 1000
    _say(f"{case}: {ran.seconds:.1f} s, {ran.megabytes:.0f} MB")
    kernel = _kernel(data, file) if case.nodes <= MOST_FOR_KERNEL else ""
    return [str(case), f"{ran.seconds:.2g}", f"{ran.megabytes:.0f}", f"{size:.0f}", kernel]


def _kernel(data: Path, file: Path) -> str:
    command = [sys.executable, "-I", "-m", "ucomp_verify.kernel", "--require=exact"]
    done, seconds = timed_command([*command, f"--data={data}", str(file)])
    assert done.returncode == 0, done.stdout
    return str(seconds)


Points = list[tuple[int, float]]


def _by_monomials() -> dict[str, Points]:
    """CPU seconds by N: in balls with 30 digits, and exact."""
    found: dict[str, Points] = {"in balls, 30 digits": [], "exact": []}
    for degree in DEGREES:
        case = Case(4000, 2, degree)
        measure = FloatMeasure(case.points())
        found["in balls, 30 digits"].append((case.count, _balls(measure, degree, 30)))
        if case.count <= MOST_EXACT:
            after, seconds = timed(lambda m=measure, k=degree: reduce_measure(m, k))
            assert isinstance(after.weights, ExactWeights)
            found["exact"].append((case.count, seconds.median))
    return found


def _by_digits() -> dict[str, Points]:
    """CPU seconds by the digits of the balls."""
    case = Case(4000, 2, 10)
    measure = FloatMeasure(case.points())
    return {"in balls": [(n, _balls(measure, case.degree, n)) for n in DIGITS]}


def _balls(measure: FloatMeasure, degree: int, digits: int) -> float:
    after, seconds = timed(
        lambda: reduce_measure(measure, degree, arithmetic=Arithmetic.BALLS, digits=digits)
    )
    assert isinstance(after.weights, BallWeights)
    _say(f"k = {degree}, {digits} digits: {seconds} s")
    return seconds.median


def _plot(by_monomials: dict[str, Points], by_digits: dict[str, Points]) -> Any:
    """CPU time against N and against the digits, on logarithmic axes."""
    matplotlib: Any = import_module("matplotlib")
    matplotlib.use("svg")
    matplotlib.rcParams["svg.hashsalt"] = "scale"
    pyplot: Any = import_module("matplotlib.pyplot")
    figure, panels = pyplot.subplots(1, 2, figsize=(10, 3.6), sharey=True)
    names = ("number N of monomials", "digits of the weights")
    for axes, name, curves in zip(panels, names, (by_monomials, by_digits), strict=True):
        for label, points in curves.items():
            axes.loglog(*zip(*points, strict=True), marker="o", label=label)
        axes.set(xlabel=name)
        axes.grid(visible=True, which="both", alpha=0.25)
        axes.legend()
    panels[0].set(ylabel="CPU seconds")
    return figure


def _say(text: str) -> None:
    sys.stderr.write(f"{text}\n")


if __name__ == "__main__":
    main()
