"""Any error becomes a short message on stderr and an exit code, never a traceback."""

import errno
import os
import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import NoReturn, cast

from ucomp_verify.cli.exit_codes import ExitCode

_FULL = (errno.ENOSPC, errno.EDQUOT)


class Stop(Exception):
    """The command ends here, with this exit code and this message for the user."""

    def __init__(self, code: ExitCode, message: str) -> None:
        super().__init__(message)
        self.code = code


def refuse(message: str) -> NoReturn:
    """Stop because of an argument or an input: exit code 2."""
    raise Stop(ExitCode.USAGE, message)


def say(message: str) -> None:
    """A message for people, on stderr; stdout is for the result alone."""
    print(message, file=sys.stderr)


@contextmanager
def debuggable() -> Generator[None]:
    """Let errors through as they are when UCOMP_DEBUG=1 is set."""
    try:
        yield
    except Exception as error:
        if os.environ.get("UCOMP_DEBUG") == "1" and not isinstance(error, Stop):
            import traceback

            traceback.print_exc()
        raise


def explain_error(error: BaseException) -> ExitCode:
    """Say on stderr what went wrong and what to do, and give the exit code."""
    show = getattr(error, "show", None)  # option parsing has its own texts
    if callable(show):
        cast("Callable[[], None]", show)()
        return ExitCode.USAGE
    code, text = _judge(error)
    say(f"ucomp-verify: {text}")
    return code


def _judge(error: BaseException) -> tuple[ExitCode, str]:
    if isinstance(error, Stop):
        return error.code, str(error)
    if isinstance(error, KeyboardInterrupt):
        return ExitCode.INTERRUPTED, "interrupted"
    if type(error).__module__.startswith("ucomp_verify.studies."):
        return _judge_study(error)
    if isinstance(error, MemoryError):
        return ExitCode.LIMIT, "out of memory: use fewer nodes, a lower degree or -j 1"
    if isinstance(error, OSError):
        return _judge_system(error)
    if isinstance(error, ImportError):
        return ExitCode.MISSING, f"{error}; `ucomp-verify doctor` says what installs it"
    return _judge_input(error)


def _judge_system(error: OSError) -> tuple[ExitCode, str]:
    where = f"{error.filename}: " if error.filename else ""
    if error.errno in _FULL:
        return ExitCode.MISSING, f"{where}the disk is full: free some space and run again"
    return ExitCode.USAGE, f"{where}{error.strerror or error}"


def _judge_input(error: BaseException) -> tuple[ExitCode, str]:
    """Errors of our own tree; anything else is a fault of this program."""
    from ucomp_verify.kernel import RejectedCertificate
    from ucomp_verify.verdicts import ContradictoryEvidence

    if isinstance(error, RejectedCertificate | ContradictoryEvidence):
        return ExitCode.REFUTED, str(error)
    if isinstance(error, _unreadable()):
        return ExitCode.USAGE, str(error.args[0])  # str() of a KeyError puts it in quotes
    return (
        ExitCode.MISSING,
        f"internal error, {type(error).__name__}: {str(error)[:400]}\n"
        "This is a fault of ucomp-verify: set UCOMP_DEBUG=1 for the traceback and report it.",
    )


def _judge_study(error: BaseException) -> tuple[ExitCode, str]:
    """Errors of studies: of arguments and files, or of what is needed to run them."""
    from ucomp_verify.studies import UnknownStudy
    from ucomp_verify.studies.files import UnreadableRows
    from ucomp_verify.studies.store import NotReproducible, StoreRefused

    text = str(error.args[0])  # str() of a KeyError puts it in quotes
    if isinstance(error, UnknownStudy | UnreadableRows | StoreRefused):
        return ExitCode.USAGE, text
    return ExitCode.REFUTED if isinstance(error, NotReproducible) else ExitCode.MISSING, text


def _unreadable() -> tuple[type[Exception], ...]:
    """What says that an argument or a file of the user's is not as expected."""
    from ucomp_verify.claims.registry import UnknownClaim
    from ucomp_verify.kernel import MalformedCertificate
    from ucomp_verify.measures.files import UnreadableInput

    return UnknownClaim, UnreadableInput, MalformedCertificate
