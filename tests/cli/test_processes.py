"""The real command in a process of its own: signals, terminals, limits, streams."""

import json
import os
import pty
import re
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.running import command, start
from ucomp_verify.cli.terminal import PATIENCE
from ucomp_verify.kernel.certificates import Packing
from ucomp_verify.selftest import samples
from ucomp_verify.writing import points, save

ESCAPE = re.compile(r"\x1b\[")


@pytest.fixture
def slow(tmp_path: Path) -> Path:
    """A folder with a right certificate that takes some ten seconds to check."""
    nodes = [(i * i % 97, i) for i in range(26)]
    save(Packing(points(nodes), 6), tmp_path / "slow" / "sphere-packing" / "slow.json")
    return tmp_path / "slow"


def _stat(pid: int) -> tuple[str, int]:
    """The state of a process and its parent; of one that is gone, X and 0."""
    try:
        state, parent, *_ = Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()
    except OSError:
        return "X", 0
    return state, int(parent)


def _children(pid: int) -> list[int]:
    processes = [int(p.name) for p in Path("/proc").iterdir() if p.name.isdecimal()]
    return [p for p in processes if _stat(p)[1] == pid]


def _alive(pids: list[int], *, patience: float) -> list[int]:
    """Those that still run after some seconds; one that nobody has buried yet does not run."""
    end = time.monotonic() + patience
    while pids and time.monotonic() < end:
        pids = [pid for pid in pids if _stat(pid)[0] not in "XZ"]
        time.sleep(0.05)
    return pids


def _wait_for_workers(process: subprocess.Popen[str]) -> None:
    """Until processes that check evidence are there, and busy."""
    for _ in range(200):
        if len(_children(process.pid)) >= 2:
            time.sleep(1)
            return
        time.sleep(0.05)
    pytest.fail("no worker was started")


@pytest.mark.skipif(sys.platform != "linux", reason="the processes are looked up in /proc")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_check_prints_what_is_there_and_leaves_no_process(
    tmp_path: Path, slow: Path, number: signal.Signals
) -> None:
    process = start("check", "sphere-packing", "--certificates", slow, cwd=tmp_path)
    with process:
        _wait_for_workers(process)
        children = _children(process.pid)
        process.send_signal(number)
        out, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "sphere-packing" in out
    assert "interrupted" in err
    assert "Traceback" not in err
    assert not _alive(children, patience=10)


def test_a_time_limit_ends_one_piece_of_evidence_and_exits_with_6(
    tmp_path: Path, slow: Path
) -> None:
    options = ("--certificates", slow, "--timeout", "1.5", "--no-baseline", "--json", "-")
    ran = command("check", "sphere-packing", *options, cwd=tmp_path)
    document = json.loads(ran.out)
    (problem,) = document["problems"]
    assert problem["trouble"] == "time limit"
    assert document["claims"][0]["status"] == "refuted"  # the others were checked
    assert ran.code == 1  # refuted goes before the limit
    assert command("check", "sphere-packing", *options[:4], cwd=tmp_path).code == 6


def test_json_on_stdout_is_one_document_and_nothing_else(tmp_path: Path) -> None:
    ran = command("check", "--json", "-", "levelset-remez", cwd=tmp_path)
    assert ran.code == 0
    document = json.loads(ran.out)
    assert document["claims"][0]["status"] == "refuted"
    assert document["claims"][0]["authority"] == "formal"
    assert ran.err == ""


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["check", "--no-baseline", "levelset-remez"], 1),
        (["check", "levelset-remez"], 0),
        (["check", "levelset"], 2),
        (["--version"], 0),
        (["nonsense"], 2),
    ],
)
def test_exit_codes_of_the_real_command(tmp_path: Path, arguments: list[str], code: int) -> None:
    assert command(*arguments, cwd=tmp_path).code == code


def _on_a_terminal(*arguments: str | Path, cwd: Path, **env: str) -> tuple[int, str, str]:
    """Exit code, stdout and stderr of a command that has a terminal for both."""
    masters = [pty.openpty() for _ in range(2)]
    process = subprocess.Popen(
        [sys.executable, "-m", "ucomp_verify", *map(str, arguments)],
        cwd=cwd,
        env={**os.environ, "XDG_CACHE_HOME": str(cwd / "cache"), "TERM": "xterm", **env},
        stdout=masters[0][1],
        stderr=masters[1][1],
    )
    for _, slave in masters:
        os.close(slave)
    texts = [_read_all(master) for master, _ in masters]
    return process.wait(60), texts[0], texts[1]


def _read_all(master: int) -> str:
    pieces = list[bytes]()
    try:
        while piece := os.read(master, 65536):
            pieces.append(piece)
    except OSError:  # how a terminal says that nobody writes any more
        pass
    finally:
        os.close(master)
    return b"".join(pieces).decode()


def test_colour_is_for_terminals_and_not_under_no_color(tmp_path: Path) -> None:
    check = ("check", "levelset-remez")
    assert ESCAPE.search(_on_a_terminal(*check, cwd=tmp_path)[1])
    assert not ESCAPE.search(_on_a_terminal(*check, cwd=tmp_path, NO_COLOR="1")[1])
    assert not ESCAPE.search(_on_a_terminal(*check, cwd=tmp_path, TERM="dumb")[1])
    assert not ESCAPE.search(command(*check, cwd=tmp_path).out)


def test_a_bar_appears_on_a_terminal_when_it_takes_long(tmp_path: Path, slow: Path) -> None:
    limit = str(PATIENCE + 1)
    check = ("check", "sphere-packing", "--certificates", slow, "--timeout", limit)
    code, out, err = _on_a_terminal(*check, cwd=tmp_path)
    assert code == 6
    assert "━" in err
    assert "sphere-packing" in out
    _, _, quiet = _on_a_terminal(*check, cwd=tmp_path, NO_COLOR="1")
    assert "━" not in quiet
    assert not ESCAPE.search(quiet)


def test_what_is_quick_shows_no_bar(tmp_path: Path) -> None:
    code, _, err = _on_a_terminal("check", "levelset-remez", cwd=tmp_path)
    assert (code, err) == (0, "")


def test_output_into_a_closed_pipe_keeps_the_exit_code(tmp_path: Path) -> None:
    script = f"{sys.executable} -m ucomp_verify check --no-baseline levelset-remez | true; "
    done = subprocess.run(
        ["bash", "-c", script + "exit ${PIPESTATUS[0]}"],
        cwd=tmp_path,
        env={**os.environ, "XDG_CACHE_HOME": str(tmp_path / "cache")},
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (1, b"")


def test_a_full_disk_exits_with_4(tmp_path: Path) -> None:
    ran = command("graph", "--format", "dot", "-o", "/dev/full", cwd=tmp_path)
    assert ran.code == 4
    assert "the disk is full" in ran.err


def test_a_full_disk_under_stdout_exits_with_4(tmp_path: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "ucomp_verify", "list"],
            cwd=tmp_path,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 4
    assert done.stderr == "ucomp-verify: the disk is full: free some space and run again\n"


def test_a_poor_encoding_of_the_terminal_is_no_failure(tmp_path: Path) -> None:
    check = ("check", "--no-baseline", "levelset-remez")
    ran = command(*check, cwd=tmp_path, env={"PYTHONIOENCODING": "ascii"})
    assert ran.code == 1
    assert "? levelset-remez" in ran.out


def test_the_kernel_alone_accepts_what_make_wrote(tmp_path: Path) -> None:
    save(samples.RULE, tmp_path / "c.json")
    done = subprocess.run(
        [sys.executable, "-I", "-m", "ucomp_verify.kernel", "c.json"], cwd=tmp_path, check=False
    )
    assert done.returncode == 0


def test_a_closed_stdout_is_no_internal_error() -> None:
    command = f"{shlex.quote(sys.executable)} -m ucomp_verify list >&-"
    ran = subprocess.run(command, shell=True, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, "")
