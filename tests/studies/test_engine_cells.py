"""A cell starts in a known state, changes nothing for the next, and returns what a row holds."""

import decimal
import os
import random
import warnings
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import flint
import mpmath
import numpy as np
import pytest

from tests.studies.running import CODE, opened, performed, row
from tests.studies.toys import PLACE, config
from ucomp_verify.studies import Status
from ucomp_verify.studies.engine import CannotStart, Task, perform
from ucomp_verify.studies.engine.surroundings import versions

MP = cast("Any", mpmath).mp


def spoil() -> None:
    """Another state of everything, as a program may have it that runs cells."""
    MP.dps, flint.ctx.prec, decimal.getcontext().prec = 77, 222, 9
    random.seed(5)
    np.random.seed(5)  # noqa: NPY002
    np.seterr(all="ignore")


@pytest.fixture(autouse=True)
def put_back() -> Any:  # the tests beside this one keep their state
    folder, context, states = Path.cwd(), decimal.getcontext().copy(), random.getstate()
    with np.errstate():
        yield
    os.chdir(folder)
    decimal.setcontext(context)
    random.setstate(states)
    MP.dps, flint.ctx.prec = 15, 53


def global_state() -> tuple[Any, ...]:
    return (
        MP.prec,
        flint.ctx.prec,
        decimal.getcontext().prec,
        random.getstate(),
        str(np.random.get_state()),  # noqa: NPY002
        np.geterr(),
        warnings.filters[:],
        Path.cwd(),
        dict(os.environ),
    )


def test_a_cell_that_changes_the_state_changes_no_other() -> None:
    first = performed(config("state"))
    assert first.status is Status.DONE, first.problem
    assert performed(config("change")).status is Status.DONE
    spoil()
    assert performed(config("state")).found == first.found
    assert performed(config("state", trial=1)).found["random"] != first.found["random"]
    assert first.found["mpmath"] == "0.333333333333333"
    assert len(str(first.found["decimal"])) == 30


def test_the_caller_has_its_state_again() -> None:
    spoil()
    before = global_state()
    assert performed(config("change")).status is Status.DONE
    assert performed(config("raise", kind="ValueError")).status is Status.FAILED
    assert global_state() == before


def test_a_row_says_where_and_with_what_it_was_found() -> None:
    ended = performed(config("draw"))
    assert ended.run["code"] == CODE
    assert ended.run["numpy"] == np.__version__ == versions()["numpy"]
    assert ended.run["python-flint"] == flint.__version__
    assert ended.run["host"] and ended.run["at"] and ended.run["pid"] == os.getpid()
    assert cast("float", ended.measured["seconds"]) > 0
    assert 10 < cast("float", ended.measured["peak_mib"]) < 100_000
    assert ended.measured["size"] == 3  # what the cell measured itself


def test_what_a_cell_prints_is_not_on_stdout(capfd: pytest.CaptureFixture[str]) -> None:
    assert performed(config("print")).status is Status.DONE
    os.write(1, b"after\n")
    out, err = capfd.readouterr()
    assert out == "after\n"
    assert err.count("NOISE") == 3


@pytest.mark.parametrize(
    ("what", "text"),
    [
        ("nan", "error: found nan among what was found; expected a finite number"),
        ("infinity", "seconds: found inf among what was measured; expected a finite number"),
        ("function", "f: found a builtins.function among what was found; expected a text, int"),
        ("nothing", "found a NoneType; expected the cell to return a Result"),
        ("integer of NumPy", "n: found a numpy.int64 among what was found"),
        ("no name", "found the name 3 among what was found; expected a text"),
    ],
)
def test_what_no_row_can_hold_is_a_failure(what: str, text: str) -> None:
    ended = performed(config("return", what=what))
    assert ended.status is Status.FAILED and ended.found == {}
    assert text in ended.problem


@pytest.mark.parametrize("kind", ["ValueError", "SystemExit"])
def test_an_error_is_told_without_addresses_and_with_its_trace(kind: str) -> None:
    first, second = (performed(config("raise", kind=kind)) for _ in range(2))
    assert first.status is Status.FAILED
    assert first.problem == f"{kind}: no luck with <object object at 0x...>" == second.problem
    assert "toys.py" in str(first.run["traceback"])


def test_an_error_of_any_text_can_be_a_row(tmp_path: Path) -> None:
    cell = config("raise", kind="ValueError", more="\ud800\0\U0001f600" + "x" * 9000)
    ended = performed(cell)
    assert len(ended.problem) < 2000
    with opened(tmp_path / "s.db") as store:
        store.enrol([cell])
        store.finish(replace(row(cell, status=ended.status), problem=ended.problem))
        assert [r.problem for r in store.table()] == [ended.problem]


def test_ctrl_c_in_this_process_is_the_callers() -> None:
    with pytest.raises(KeyboardInterrupt):
        performed(config("raise", kind="KeyboardInterrupt"))


def test_without_the_study_no_cell_begins() -> None:
    for place in ("tests.studies.toys:NONE", "tests.studies.none:STUDY", "tests.studies.toys:cell"):
        with pytest.raises(CannotStart, match="cannot load the study"):
            perform(Task(place, config("draw").text))
    assert perform(Task(PLACE, config("draw").text)).status is Status.DONE
