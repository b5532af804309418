import json
import os
import re
import signal
import sys
import time
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.cli.running import Cli, command, start
from tests.testing import faulty
from ucomp_verify.testing import CHECKS

FAULTY = f"{faulty.__file__}"
FEW = ("--check", "core-uniform-2d", "--check", "core-light-weights", "--check", "core-d5-few")


def test_ours_conforms(cli: Cli) -> None:
    ran = cli("conform", "ucomp_verify.compressors:ExactReduction", *FEW)
    assert ran.code == 0, ran.out
    assert "ucomp_verify.compressors:ExactReduction conforms" in ran.out
    assert "passed   core-uniform-2d     nodes 15, most 15, defect 0" in ran.out


def test_the_control_does_not(cli: Cli) -> None:
    ran = cli("conform", "ucomp_verify.compressors:RandomSubset", *FEW)
    assert ran.code == 1
    assert "DOES NOT CONFORM" in ran.out
    assert "found a defect of" in ran.out
    assert 'find_check("core-uniform-2d")(compressor, seed=0)' in ran.out


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        ("drops_light_nodes", "expected at most 1.0e-10: the first moment"),
        ("clips_at_n", "expected at most 1.0e-10: the first moment"),
        ("off_by_one", "index 11 of the result is 12; expected 0 to 11"),
    ],
)
def test_planted_faults_are_refused_with_the_reason(cli: Cli, fault: str, reason: str) -> None:
    ran = cli("conform", f"{FAULTY}:{fault}", *FEW)
    assert ran.code == 1
    assert reason in " ".join(ran.out.split())


@pytest.mark.slow
@pytest.mark.parametrize("name", ["ExactReduction", "RandomSubset"])
def test_a_whole_level_in_processes(cli: Cli, name: str) -> None:
    ran = cli("conform", f"ucomp_verify.compressors:{name}", "--level", "core", "-j", "2")
    assert ran.code == (name == "RandomSubset")


def test_json_junit_and_a_written_test(cli: Cli, tmp_path: Path) -> None:
    files = ("--json", "c.json", "--junit", "c.xml", "--write-test", "test_failure.py")
    ran = cli("conform", f"{FAULTY}:drops_light_nodes", *FEW, *files)
    assert ran.code == 1
    document = json.loads((tmp_path / "c.json").read_text())
    assert (document["schema"], document["conforms"]) == ("ucomp-conformance/1", False)
    statuses = {r["name"]: r["status"] for r in document["results"]}
    assert statuses == {
        "core-uniform-2d": "passed",
        "core-light-weights": "failed",
        "core-d5-few": "passed",
    }
    suite = ElementTree.parse(tmp_path / "c.xml").getroot()
    assert (suite.get("tests"), suite.get("failures")) == ("3", "1")
    text = (tmp_path / "test_failure.py").read_text()
    assert "POINTS" in text
    space: dict[str, object] = {}
    exec(text, space)
    test = space["test_core_light_weights"]
    assert callable(test)
    with pytest.raises(AssertionError, match="found a defect of"):
        test()


def test_json_on_stdout_is_all_there_is(cli: Cli) -> None:
    ran = cli("conform", f"{FAULTY}:healthy", "--check", "core-one-point", "--json", "-")
    assert json.loads(ran.out)["results"][0]["status"] == "passed"


def test_expected_failures_from_a_file(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "e.toml").write_text('core-light-weights = "drops light nodes"\n')
    options = ("--expected-failures", "e.toml", "--check", "core-light-weights")
    ran = cli("conform", f"{FAULTY}:drops_light_nodes", *options)
    assert (ran.code, "xfail" in ran.out) == (0, True)
    healthy = cli("conform", f"{FAULTY}:healthy", *options)
    assert healthy.code == 1
    assert "expected it to fail (drops light nodes)" in healthy.out


@pytest.mark.parametrize("text", ['core-nonsense = "x"', "core-size = 3", "[", 'core-size = ""'])
def test_expected_failures_that_cannot_be_read(cli: Cli, tmp_path: Path, text: str) -> None:
    (tmp_path / "e.toml").write_text(text)
    ran = cli("conform", f"{FAULTY}:healthy", "--expected-failures", "e.toml")
    assert ran.code == 2
    assert "e.toml: " in ran.err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "expected either MODULE:CALLABLE or --cmd"),
        (("a:b", "--cmd", "prog {in} {out}"), "expected either MODULE:CALLABLE or --cmd"),
        (("nowhere:x",), "the module nowhere cannot be imported"),
        (("ucomp_verify.compressors:Exact",), "found no 'Exact' in"),
        (("missing.py:x",), "missing.py: no such file"),
        (("--cmd", "prog {in}"), "expected {in} and {out} in the command"),
        (("a:b", "--check", "core-sise"), "found the check 'core-sise'"),
    ],
)
def test_wrong_usage(cli: Cli, arguments: tuple[str, ...], message: str) -> None:
    ran = cli("conform", *arguments)
    assert ran.code == 2
    assert message in ran.err


def test_a_program_in_another_language(cli: Cli, tmp_path: Path) -> None:
    text = "import sys; open(sys.argv[2], 'w').write('0,0.75\\n')\n"
    (tmp_path / "program.py").write_text(text)
    command = f"{sys.executable} program.py {{in}} {{out}} {{k}}"
    right = cli("conform", "--cmd", command, "--check", "core-one-point")
    assert right.code == 0, right.out
    wrong = cli("conform", "--cmd", command, "--check", "core-d5-few", "--write-test", "t.py")
    assert wrong.code == 1
    assert "Program(" in (tmp_path / "t.py").read_text()


def test_the_list_says_what_each_check_asks(cli: Cli) -> None:
    ran = cli("conform", "--list")
    assert ran.code == 0
    assert all(check.name in ran.out for check in CHECKS)
    assert "2000 nodes on a line of the plane" in ran.out


# What ends, prints or hides


def _file(name: str, body: str) -> str:
    Path("mine.py").write_text(
        f"import sys, time\ndef {name}(points, weights, degree):\n    {body}\n"
    )
    return f"mine.py:{name}"


@pytest.mark.parametrize("body", ["sys.exit(0)", "raise KeyboardInterrupt"])
def test_a_compressor_that_ends_the_process_does_not_conform(cli: Cli, body: str) -> None:
    ran = cli("conform", _file("ends", body), "--check", "core-one-point")
    assert ran.code == 1
    text = " ".join(ran.out.split())
    assert re.search("it raised (SystemExit: 0|KeyboardInterrupt); expected a result", text)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("import sys; sys.exit(5)", "mine.py: SystemExit: 5"),
        ("class f:\n def __init__(self): raise OSError('no licence')", "OSError: no licence"),
        ("f = 3", "found a value of type int; expected a function or a compressor"),
    ],
)
def test_a_file_that_cannot_be_loaded(cli: Cli, text: str, message: str) -> None:
    Path("mine.py").write_text(text)
    ran = cli("conform", "mine.py:f", "--check", "core-one-point")
    assert ran.code == 2
    assert message in ran.err


def test_what_a_compressor_prints_is_no_part_of_the_result(tmp_path: Path) -> None:
    place = _file("prints", "print('hello'); return [0], [weights.sum()]")
    ran = command("conform", place, "--check", "core-one-point", "--json", "-", cwd=tmp_path)
    assert json.loads(ran.out)["conforms"] is True
    assert "hello" in ran.err


@pytest.mark.parametrize(
    ("options", "text"),
    [
        (["--files", "csv"], "--files: goes with --cmd alone"),
        (["--check", "core-size", "--level", "robust"], "found core-size, which is not of"),
        (["--json", "mine.py"], "mine.py: is an input"),
        (["--json", "a", "--junit", "./a"], "two results would go to one file"),
        (["--junit", "-"], "only --json writes to stdout"),
        (["--write-test", "work.py"], "work.py: exists and is no test of a failure"),
    ],
)
def test_options_that_do_not_fit(cli: Cli, options: list[str], text: str) -> None:
    Path("work.py").write_text("years = 3")
    place = _file("keeps", "return points, weights")
    before = {p.name: p.read_bytes() for p in Path().iterdir() if p.is_file()}
    ran = cli("conform", place, *options)
    assert ran.code == 2
    assert text in ran.err
    assert {p.name: p.read_bytes() for p in Path().iterdir() if p.is_file()} == before


@pytest.mark.parametrize(
    ("program", "text"),
    [
        ("no_such_program {in} {out}", "found no program 'no_such_program'"),
        ("sh {in} {out} {K}", "expected {k}"),
        ("sh '{in} {out}", "No closing quotation; close it"),
    ],
)
def test_programs_that_cannot_be_run(cli: Cli, program: str, text: str) -> None:
    ran = cli("conform", "--cmd", program, "--check", "core-one-point")
    assert ran.code == 2
    assert text in ran.err


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="the process is looked up in /proc")
def test_ctrl_c_prints_what_is_there_and_ends_programs(tmp_path: Path) -> None:
    program = (
        "sh -c 'sleep 300 & echo $! > pid; wait' {in} {out}",
        *("--check", "core-one-point", "--json", "out.json"),
    )
    with start("conform", "--cmd", *program, cwd=tmp_path) as process:
        end = time.monotonic() + 60
        while not Path("pid").is_file() or not Path("pid").read_text():
            assert time.monotonic() < end
            time.sleep(0.05)
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does
        out, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "was not judged" in out
    assert err == "ucomp-verify: interrupted after 0 of 1 checks\n"
    assert not Path("out.json").exists()
    state = Path(f"/proc/{Path('pid').read_text().strip()}/stat")
    assert not state.exists() or state.read_text().rpartition(") ")[2].startswith("Z")
