"""Results go to stdout whole, and to files whole or not at all."""

import errno
import os
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import cast

from ucomp_verify.cli.errors import refuse


def emit(text: str) -> None:
    """Print a result on stdout; a reader that has gone away is no error.

    What the terminal's encoding lacks is shown as a question mark. With stdout closed from
    the start nothing is printed.
    """
    if cast("object", sys.stdout) is None:
        return
    encoding = sys.stdout.encoding or "utf-8"
    shown = text.encode(encoding, "replace").decode(encoding)
    try:
        sys.stdout.write(shown if shown.endswith("\n") else shown + "\n")
        sys.stdout.flush()
    except OSError as error:
        # Whatever is still buffered must not fail again when the interpreter ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):
            raise


def _is_special(path: Path) -> bool:
    """Whether the path is a device or a pipe, which is written to and not replaced."""
    return path.exists() and not path.is_file()


def _beside(path: Path) -> Path:
    return path.with_name(f".{path.name[:100]}.{os.getpid()}.tmp")


def prepare(path: Path) -> None:
    """Make sure, before any work, that the file can be written; nothing is left behind."""
    target = path.resolve()
    if target.is_dir():
        refuse(f"{path}: is a folder; name a file to write to")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.exists() and not os.access(target, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        if not _is_special(target):
            _beside(target).touch()
            _beside(target).unlink()
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise
        refuse(f"{path}: cannot be written ({error.strerror}); name another file")


@contextmanager
def replacing(path: Path) -> Generator[Path]:
    """A new file that takes the place of `path` when the block ends without an error.

    Folders are made, links are followed; on an error the old file stays as it was.
    """
    target = path.resolve()
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = _beside(target)
    try:
        yield temporary
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)


def write(path: Path, content: str | bytes) -> None:
    """Replace the file by the content in one step; the old one stays if this fails."""
    data = content.encode() if isinstance(content, str) else content
    if _is_special(path):
        path.write_bytes(data)
        return
    with replacing(path) as temporary:
        temporary.write_bytes(data)
