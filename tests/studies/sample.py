"""A made-up study for tests: mean values of random numbers, and cells that misbehave."""

import os
import signal
import sys
import time
from collections.abc import Iterable

from ucomp_verify.findings import Estimate
from ucomp_verify.studies import (
    Column,
    Config,
    Curve,
    Figure,
    Panel,
    Result,
    Seeds,
    Study,
    Summary,
    Table,
)


def _means(count: int, **more: str | float) -> Iterable[Config]:
    return [Config.of(k=k, trial=t, **more) for k in range(1, count + 1) for t in range(2)]


def cell(config: Config, seeds: Seeds) -> Result:
    """The mean of a few random numbers; `how` says what else happens."""
    sys.stdout.write("noise of a cell\n")
    how = config.get("how", "well")
    if how == "slow":
        time.sleep(config.get("seconds", 0.3))
    elif how == "hang":
        time.sleep(3600)
    elif how == "crash":
        os.kill(os.getpid(), signal.SIGKILL)
    elif how == "murder" and os.environ.get("UCOMP_TEST_WORKER"):  # of a worker, not of a test
        os.kill(os.getppid(), signal.SIGKILL)
        time.sleep(60)
    elif how == "fail":
        raise ArithmeticError(f"k = {config['k']} is too much\x1b[31m")
    elif how == "hoard":
        return Result({"size": len(bytearray(1 << 34))})
    numbers = seeds.generator("numbers", k=config["k"], trial=config["trial"]).normal(size=100)
    return Result({"mean": float(numbers.mean()), "path": "float64"}, {"pid": os.getpid()})


def _bad() -> Iterable[Config]:
    return [Config.of(how=how, k=k, trial=0) for k in (1, 2) for how in ("fail", "well")]


def _summaries(table: Table) -> tuple[Summary, ...]:
    rows = tuple((str(r.config["k"]), f"{r['mean']:.6f}") for r in table.done)
    notes = (f"{len(table.done)} of {len(table)} cells are done.",)
    return (Summary("Means", ("k", "mean"), rows, notes),)


def _figures(table: Table) -> tuple[Figure, ...]:
    points = [(float(r.config["k"]), abs(r["mean"])) for r in table.done]
    if not points:
        return ()
    panel = Panel("means", "k", "mean", (Curve.of("mean", points, hue=0),))
    return (Figure("means", "Means", (panel,)), Figure("again", "Means again", (panel,)))


def _findings(table: Table) -> tuple[Estimate, ...]:
    del table
    return ()


STUDY = Study(
    slug="sample",
    title="Means of random numbers",
    about="A study for tests.\n\nIt means nothing.",
    version=1,
    grids={
        "quick": lambda: _means(3),
        "slow": lambda: _means(12, how="slow"),
        "bad": _bad,
        "hang": lambda: [Config.of(how=how, k=1, trial=0) for how in ("hang", "well")],
        "crash": lambda: [Config.of(how=how, k=1, trial=0) for how in ("crash", "well")],
        "murder": lambda: [Config.of(how=how, k=1, trial=0) for how in ("murder", "well")],
        "hoard": lambda: [Config.of(how=how, k=1, trial=0) for how in ("hoard", "well")],
        "empty": lambda: (),
    },
    columns=(Column("mean", "the mean of 100 normal numbers"), Column("path", "how")),
    cell=cell,
    summaries=_summaries,
    figures=_figures,
    findings=_findings,
)
