import errno
import signal

import pytest

from tests.cli.running import Cli
from ucomp_verify.cli import errors
from ucomp_verify.cli.errors import Stop, explain_error
from ucomp_verify.cli.exit_codes import ExitCode
from ucomp_verify.kernel import MalformedCertificate, RejectedCertificate
from ucomp_verify.verdicts import ContradictoryEvidence


@pytest.mark.parametrize(
    ("error", "code", "text"),
    [
        (Stop(ExitCode.NOTHING, "nothing to run"), 5, "nothing to run"),
        (KeyboardInterrupt(), 130, "interrupted"),
        (MemoryError(), 6, "out of memory: use fewer nodes"),
        (OSError(errno.ENOSPC, "No space", "a.json"), 4, "a.json: the disk is full: free some"),
        (OSError(errno.EDQUOT, "Quota", "a.json"), 4, "a.json: the disk is full"),
        (FileNotFoundError(errno.ENOENT, "No such file", "p.csv"), 2, "p.csv: No such file"),
        (ModuleNotFoundError("No module named 'jax'"), 4, "'jax'; `ucomp-verify doctor` says"),
        (RejectedCertificate("moment (0,) is off"), 1, "moment (0,) is off"),
        (ContradictoryEvidence("both"), 1, "both"),
        (MalformedCertificate("no JSON"), 2, "no JSON"),
        (ZeroDivisionError("x"), 4, "internal error, ZeroDivisionError: x"),
    ],
)
def test_every_error_has_a_code_and_a_message_on_stderr(
    error: BaseException, code: int, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert explain_error(error) == code
    printed = capsys.readouterr()
    assert text in printed.err
    assert printed.err.startswith("ucomp-verify: ")
    assert printed.out == ""
    assert "Traceback" not in printed.err


def _fail() -> None:
    raise ZeroDivisionError("planted")


@pytest.fixture
def _broken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ucomp_verify.cli.doctor.requirements", _fail)


@pytest.mark.usefixtures("_broken")
def test_a_fault_of_the_program_shows_no_traceback(cli: Cli) -> None:
    ran = cli("doctor")
    assert ran.code == 4
    assert "set UCOMP_DEBUG=1 for the traceback" in ran.err
    assert "Traceback" not in ran.err


@pytest.mark.usefixtures("_broken")
def test_the_traceback_is_there_on_demand(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UCOMP_DEBUG", "1")
    assert "Traceback" in cli("doctor").err


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (["chekc"], "Did you mean 'check'"),
        (["check", "--profile", "slow"], "quick"),
        (["check", "-j", "0"], "-j"),
        (["check", "--timeout", "0"], "--timeout"),
        (["check", "--certificates", "nowhere"], "does not exist"),
        (["graph", "--format", "png"], "svg"),
        (["cert", "make", "p.npy"], "Missing"),
        (["explain"], "Missing argument"),
        (["replay", "no.json"], "no.json: No such file"),
        (["cert", "show", "no.json"], "no.json: No such file"),
    ],
)
def test_wrong_arguments_exit_with_2_and_name_the_cure(
    cli: Cli, arguments: list[str], text: str
) -> None:
    ran = cli(*arguments)
    assert ran.code == 2
    assert text in ran.err
    assert ran.out == ""


def test_say_goes_to_stderr(capsys: pytest.CaptureFixture[str]) -> None:
    errors.say("hello")
    assert capsys.readouterr() == ("", "hello\n")


def test_sigterm_is_as_before_after_a_command(cli: Cli) -> None:
    before = signal.getsignal(signal.SIGTERM)
    assert cli("--version").code == 0
    assert signal.getsignal(signal.SIGTERM) is before
