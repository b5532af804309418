"""What can be wrong with a store, and what to do then."""

import sqlite3
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path


class StoreRefused(Exception):
    """The file is no store, or not one for this study and code; it was left as it is."""

    def __init__(self, path: Path, *, found: str, expected: str, cure: str) -> None:
        super().__init__(f"{path}: found {found}; expected {expected}; {cure}")
        self.found, self.expected, self.cure = found, expected, cure


class NotReproducible(Exception):
    """A cell was run twice by the same code, with two results."""


class DiskFull(OSError):
    """A row could not be written; all rows before it are kept."""


@contextmanager
def explained(path: Path) -> Generator[None, None, None]:
    """Within, errors of SQLite about room, rights and broken files become ours."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        raise _explained(path, code, error) from error


def _explained(path: Path, code: int, error: sqlite3.Error) -> Exception:
    if code in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR):
        return DiskFull(
            f"{path}: could not write a row ({error}); all rows before it are kept; "
            "make room, then run the same command again"
        )
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_CANTOPEN):
        return StoreRefused(
            path,
            found=f"a file that cannot be written ({error})",
            expected="a store in a folder that can be written",
            cure="change its rights, or copy it and use the copy",
        )
    if code in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
        return StoreRefused(
            path,
            found=f"a file that SQLite cannot read ({error})",
            expected="a store",
            cure="give the path of a new file; this one was not changed",
        )
    return error
