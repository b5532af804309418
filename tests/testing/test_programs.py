import sys
from pathlib import Path
from typing import Any

import pytest

from ucomp_verify.testing import Program, Status, check_compressor, find_check
from ucomp_verify.testing.running import run_check

CSV = """
import sys
import numpy as np
from tests.testing.faulty import healthy
table = np.loadtxt(sys.argv[1], delimiter=",", ndmin=2)
try:
    indices, weights = healthy(table[:, :-1], table[:, -1], int(sys.argv[3]))
except ValueError as error:
    sys.exit(f"refused: {error}")
np.savetxt(sys.argv[2], np.column_stack([indices, weights]), delimiter=",", fmt="%.17g")
"""
NPY = """
import sys
import numpy as np
from tests.testing.faulty import healthy
points, weights = np.load(sys.argv[1]), np.load(sys.argv[2])
indices, kept = healthy(points, weights, int(sys.argv[4]))
np.savez(sys.argv[3], points=points[indices], weights=kept)
"""
ROOT = Path(__file__).parents[2]


def script(folder: Path, text: str) -> str:
    path = folder / "program.py"
    path.write_text(f"import sys\nsys.path.insert(0, {str(ROOT)!r})\n{text}")
    return f"{sys.executable} {path}"


@pytest.mark.parametrize("name", ["core-exponential-weights", "robust-nan-weight"])
def test_a_program_that_reads_and_writes_tables(tmp_path: Path, name: str) -> None:
    program = Program(script(tmp_path, CSV) + " {in} {out} {k}").adapter()
    result = run_check(program, find_check(name))
    assert result.status is Status.PASSED, result.message


def test_a_program_that_reads_and_writes_arrays(tmp_path: Path) -> None:
    command = script(tmp_path, NPY) + " {in} {weights} {out} {k}"
    result = run_check(Program(command, "npy").adapter(), find_check("core-uniform-2d"))
    assert result.status is Status.PASSED, result.message
    bad = run_check(Program(command, "npy").adapter(), find_check("robust-nan-in-points"))
    assert bad.status is Status.PASSED  # the traceback of a ValueError says what is wrong
    types = run_check(Program(command, "npy").adapter(), find_check("robust-float32"))
    assert types.status is Status.SKIPPED


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("sys.exit(0)", "exit code 0 and left no result"),
        ("sys.exit('no')", "ProgramRefused: no; expected a result"),
        ("[][1]", "ended with the traceback of IndexError"),
        ("import os; os.kill(os.getpid(), 11)", "ended by the signal 11"),
        ("import time; time.sleep(60)", "no answer within 1 s"),
        ("open(sys.argv[2], 'w').write('x,y')", "a result that cannot be read"),
        ("open(sys.argv[2], 'w').write('1,2,3,4,5')", "a table of 5 columns; expected 1, 2 or 3"),
    ],
)
def test_programs_that_fail(tmp_path: Path, text: str, message: str) -> None:
    program = Program(script(tmp_path, text) + " {in} {out} {k}", timeout=1.0).adapter()
    result = run_check(program, find_check("core-one-point"))
    assert result.status is Status.ERROR
    assert message in result.message


def test_results_as_points_and_as_dense_weights(tmp_path: Path) -> None:
    dense = (
        "t = np.loadtxt(sys.argv[1], delimiter=',', ndmin=2)\nnp.savetxt(sys.argv[2], t[:, -1:])"
    )
    points = (
        "t = np.loadtxt(sys.argv[1], delimiter=',', ndmin=2)\n"
        "np.savetxt(sys.argv[2], t, delimiter=',', fmt='%.17g')"
    )
    for text in (dense, points):
        program = Program(script(tmp_path, f"import numpy as np\n{text}") + " {in} {out}")
        result = run_check(program.adapter(), find_check("core-d5-few"))
        assert result.status is Status.PASSED, result.message


@pytest.mark.parametrize(
    ("command", "files", "message"),
    [
        ("prog {in}", "csv", r"expected \{in\} and \{out\} in the command"),
        ("prog {in} {out}", "xml", "found files='xml'; expected one of csv, npy"),
    ],
)
def test_commands_that_cannot_be(command: str, files: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Program(command, files)


def test_a_program_that_is_not_there() -> None:
    program = Program("no-such-program {in} {out}").adapter()
    results = check_compressor(program, on_fail=None, levels=("core",))
    assert all("no-such-program cannot be run: No such file" in r.message for r in results[:5])


def test_an_array_that_is_no_archive_is_no_refusal() -> None:
    """A fault of reading must not be taken for a TypeError of the program."""
    adapter = Program("cp {in} {out} ", "npy").adapter()
    result = run_check(adapter, find_check("robust-nan-weight"))
    assert result.status is Status.FAILED
    assert "ProgramFailed: left a result that cannot be read" in result.message


@pytest.mark.parametrize("form", ["auto", "points"])
def test_an_empty_file_is_an_empty_rule(form: str) -> None:
    adapter = Program("sh -c 'true > {out}' {in}", result=form).adapter()
    assert run_check(adapter, find_check("robust-no-mass")).status is Status.PASSED
    assert run_check(adapter, find_check("core-uniform-2d")).kind == "mass"


def test_what_a_program_started_ends_with_it(tmp_path: Path) -> None:
    pid = tmp_path / "pid"
    command = f"sh -c '(sleep 300 & echo $! > {pid}; wait)' {{in}} {{out}}"
    result = run_check(Program(command, timeout=1).adapter(), find_check("core-one-point"))
    assert "no answer within 1 s" in result.message
    state = Path(f"/proc/{pid.read_text().strip()}/stat")
    assert not state.exists() or state.read_text().rpartition(") ")[2].startswith("Z")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"result": "sparse"}, "found result='sparse'; expected one of auto"),
        ({"timeout": 0}, "found timeout=0; expected seconds > 0"),
    ],
)
def test_programs_with_settings_that_cannot_be(options: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Program("sh {in} {out}", **options)
