"""The command line: the only layer that prints. Result on stdout, the rest on stderr."""

import signal
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command (default: that of `sys.argv`); its exit code, see `exit_codes`."""
    from ucomp_verify.cli.errors import debuggable, explain_error

    try:
        with _terminable(), debuggable():
            return _run(arguments)
    except (Exception, KeyboardInterrupt) as error:
        return explain_error(error)


def _run(arguments: Sequence[str] | None) -> int:
    import typer

    from ucomp_verify.cli.app import app
    from ucomp_verify.cli.exit_codes import ExitCode

    try:
        code = app(args=arguments, prog_name="ucomp-verify", standalone_mode=False)
    except typer.Abort:
        raise KeyboardInterrupt from None
    if not isinstance(code, ExitCode) and code == int(ExitCode.INTERRUPTED):
        raise KeyboardInterrupt  # typer swallows an interrupt that no command handled
    return int(code or 0)


@contextmanager
def _terminable() -> Generator[None]:
    """SIGTERM ends the block as an interrupt does, so that partial results are kept."""

    def interrupt(number: int, frame: FrameType | None) -> NoReturn:
        del number, frame
        raise KeyboardInterrupt

    try:
        before = signal.signal(signal.SIGTERM, interrupt)
    except ValueError:  # not in the main thread, where signals cannot be handled
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
