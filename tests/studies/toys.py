"""A study whose cells do what its settings say, good or bad; its children import it, too."""

import os
import re
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

from ucomp_verify.studies import Column, Config, Result, Seeds, Study, Table

PLACE = "tests.studies.toys:STUDY"


def quick() -> list[Config]:
    return [Config.of(do="draw", trial=trial) for trial in range(8)]


def config(do: str, trial: int = 0, **settings: Any) -> Config:
    return Config.of(do=do, trial=trial, **settings)


def cell(config: Config, seeds: Seeds) -> Result:
    return DEEDS[config["do"]](config, seeds)


def _draw(config: Config, seeds: Seeds) -> Result:
    """Random numbers from the seeds, after as long as `seconds` says; notes that it was begun."""
    if config.get("log"):
        with Path(config["log"]).open("a") as file:
            file.write(f"{config['trial']} {os.getpid()}\n")
    time.sleep(config.get("seconds", 0.0))
    drawn = seeds.generator("draw", trial=config["trial"]).standard_normal(3)
    return Result({"first": float(drawn[0]), "sum": float(drawn.sum())}, {"size": 3})


def _state(config: Config, seeds: Seeds) -> Result:
    """All that a cell before could have changed."""
    del config, seeds
    import decimal
    import random
    import warnings

    import flint
    import mpmath
    import numpy as np

    return Result(
        {
            "mpmath": str(cast("Any", mpmath).mpf(1) / 3),
            "flint": str(flint.arb(1) / 3),
            "decimal": str(decimal.Decimal(1) / 3),
            "random": random.random(),
            "numpy": float(np.random.random()),  # noqa: NPY002
            "errors": str(np.geterr()),
            "filters": str([f[:1] for f in warnings.filters]),
            "folder": str(Path.cwd()),
            "environment": os.environ.get("TOY", ""),
        }
    )


def _change_state(config: Config, seeds: Seeds) -> Result:
    del config, seeds
    import decimal
    import random
    import warnings

    import flint
    import mpmath
    import numpy as np

    mpmath.mp.dps = 60
    flint.ctx.prec = 400
    decimal.getcontext().prec = 5
    random.seed(1)
    np.random.seed(1)  # noqa: NPY002
    np.seterr(all="raise")
    warnings.simplefilter("error")
    os.chdir("/")
    os.environ["TOY"] = "changed"
    return Result({"changed": True})


def _print(config: Config, seeds: Seeds) -> Result:
    del config, seeds
    print("NOISE from Python")  # noqa: T201
    sys.stdout.write("NOISE without an end of line")
    os.write(1, b"NOISE from below\n")
    return Result({"printed": True})


def _hang(config: Config, seeds: Seeds) -> Result:
    del seeds
    if config.get("path"):
        Path(config["path"]).write_text(str(os.getpid()))
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    while True:
        time.sleep(60)


def _spin(config: Config, seeds: Seeds) -> Result:
    """Hangs and lets no other thread of its process run."""
    del seeds
    Path(config["path"]).write_text(str(os.getpid()))
    return Result({"never": re.match("(a+)+$", "a" * 99 + "b") is None})


def _exit(config: Config, seeds: Seeds) -> Result:
    del seeds
    os._exit(config["code"])


def _signal(config: Config, seeds: Seeds) -> Result:
    del seeds
    os.kill(os.getpid(), config["number"])
    time.sleep(60)
    return Result({})


def _raise(config: Config, seeds: Seeds) -> Result:
    del seeds
    kinds: dict[str, type[BaseException]] = {
        "ValueError": ValueError,
        "SystemExit": SystemExit,
        "KeyboardInterrupt": KeyboardInterrupt,
    }
    raise kinds[config["kind"]](f"no luck with {object()}{config.get('more', '')}")


def _eat(config: Config, seeds: Seeds) -> Result:
    del seeds
    return Result({"size": len(bytearray(config["bytes"]))})


def _return(config: Config, seeds: Seeds) -> Result:
    del seeds
    import numpy as np

    bad: dict[str, Any] = {
        "nan": Result({"error": float("nan")}),
        "infinity": Result({}, {"seconds": float("inf")}),
        "function": Result({"f": lambda: 0}),  # type: ignore[dict-item]
        "nothing": None,
        "integer of NumPy": Result({"n": np.int64(3)}),  # type: ignore[dict-item]
        "no name": Result({3: 3}),  # type: ignore[dict-item]
    }
    return bad[config["what"]]


def _once(config: Config, seeds: Seeds) -> Result:
    """Fails as long as a file is not there, and makes it."""
    path = Path(config["path"])
    if path.exists():
        return _draw(config, seeds)
    path.touch()
    raise OSError("the first time it fails")


def _vary(config: Config, seeds: Seeds) -> Result:
    del config, seeds
    return Result({"pid": os.getpid(), "same": 1})


def _start_other(config: Config, seeds: Seeds) -> Result:
    """Starts a program that outlives the cell, and hangs."""
    import subprocess

    other = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(120)"])
    Path(config["path"]).write_text(str(other.pid))
    return _hang(Config.of(), seeds)


DEEDS: dict[str, Callable[[Config, Seeds], Result]] = {
    "draw": _draw,
    "state": _state,
    "change": _change_state,
    "print": _print,
    "hang": _hang,
    "spin": _spin,
    "exit": _exit,
    "signal": _signal,
    "raise": _raise,
    "eat": _eat,
    "return": _return,
    "once": _once,
    "vary": _vary,
    "start": _start_other,
}


def nothing(table: Table) -> tuple[Any, ...]:
    del table
    return ()


STUDY = Study(
    slug="toys",
    title="Toys",
    about="Cells that do what their settings say.",
    version=1,
    grids={"quick": quick},
    columns=(Column("first", "the first number drawn"),),
    cell=cell,
    summaries=nothing,
    figures=nothing,
    findings=nothing,
)
