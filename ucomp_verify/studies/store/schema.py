"""The format of a store, and how a file is opened that may be none."""

import sqlite3
import time
from dataclasses import dataclass
from pathlib import Path

from .errors import StoreRefused, explained

FORMAT = "ucomp-study-store 1"
MAGIC = b"SQLite format 3\x00"
PATIENCE = 60.0  # seconds to wait for another coordinator's commit
TABLES = (
    "CREATE TABLE meta (name TEXT PRIMARY KEY, content TEXT NOT NULL) WITHOUT ROWID",
    """CREATE TABLE cells (
        cell INTEGER PRIMARY KEY, config TEXT NOT NULL UNIQUE,
        attempts INTEGER NOT NULL DEFAULT 0, owner TEXT, expires REAL NOT NULL DEFAULT 0)""",
    "CREATE INDEX held ON cells (owner) WHERE owner IS NOT NULL",
    """CREATE TABLE rows (
        cell INTEGER PRIMARY KEY REFERENCES cells, seed TEXT NOT NULL, status TEXT NOT NULL,
        found TEXT NOT NULL, problem TEXT NOT NULL, measured TEXT NOT NULL, run TEXT NOT NULL)""",
    """CREATE TABLE disputes (
        cell INTEGER NOT NULL REFERENCES cells, found TEXT NOT NULL, run TEXT NOT NULL)""",
)


@dataclass(frozen=True)
class Identity:
    """What the rows of a store are rows of."""

    study: str
    code: str
    version: int


def open_to_write(path: Path, wanted: Identity) -> sqlite3.Connection:
    """A connection to the store of this identity, made if there is none yet."""
    _refuse_other_files(path)
    with explained(path):
        connection = _connect(str(path))
        try:
            _use_wal(connection)
            connection.execute("BEGIN IMMEDIATE")
            if _tables(connection):
                _refuse_others(path, identity(path, connection), wanted)
            else:
                _create(connection, wanted)
            connection.execute("COMMIT")
        except BaseException:
            connection.close()
            raise
    return connection


def open_to_read(path: Path) -> sqlite3.Connection:
    """A connection that cannot write; a file that nobody writes needs no rights to write."""
    _refuse_other_files(path)
    if not path.is_file():
        raise FileNotFoundError(f"{path}: found no file; expected a store")
    unused = not path.with_name(path.name + "-wal").exists()
    with explained(path):
        options = "mode=ro&immutable=1" if unused else "mode=ro"
        connection = _connect(f"{path.absolute().as_uri()}?{options}", uri=True)
        try:
            identity(path, connection)
        except BaseException:
            connection.close()
            raise
    return connection


def identity(path: Path, connection: sqlite3.Connection) -> Identity:
    """What the store says that it holds; StoreRefused if it is none or of another format."""
    if "meta" not in _tables(connection):
        raise _no_store(path, "an SQLite file without the tables of a store")
    try:
        meta = dict(connection.execute("SELECT name, content FROM meta"))
    except sqlite3.OperationalError as error:  # a table of this name with other columns
        raise _no_store(path, f"an SQLite file with another table meta ({error})") from None
    if meta.get("format") != FORMAT:
        found = f"the format {meta['format']!r}" if "format" in meta else "no format"
        raise StoreRefused(
            path,
            found=found,
            expected=f"the format {FORMAT!r}",
            cure="use the version that wrote it to run `study export`, and give a new file here",
        )
    return Identity(meta["study"], meta["code"], int(meta["version"]))


def _no_store(path: Path, found: str) -> StoreRefused:
    return StoreRefused(
        path,
        found=found,
        expected="a store, or no file yet",
        cure="give another path; this file was not changed",
    )


def _refuse_other_files(path: Path) -> None:
    """An empty file is what is left of a run that ended before it wrote anything."""
    if path.is_dir():
        raise _no_store(path, "a folder")
    if not path.exists():
        if not path.absolute().parent.is_dir():
            raise _no_store(path, f"no folder {path.absolute().parent}")
        return
    if not path.is_file():
        raise _no_store(path, "something that is no file")
    with path.open("rb") as file:
        start = file.read(len(MAGIC))
    if start not in (b"", MAGIC):
        raise _no_store(path, f"a file that starts with {start!r}")


def _refuse_others(path: Path, found: Identity, wanted: Identity) -> None:
    if found.study != wanted.study:
        raise StoreRefused(
            path,
            found=f"rows of the study {found.study!r}",
            expected=f"rows of {wanted.study!r}",
            cure="give each study a file of its own",
        )
    if found.code != wanted.code or found.version != wanted.version:
        raise StoreRefused(
            path,
            found=f"rows of the code {found.code[:12]}, version {found.version}",
            expected=f"rows of the code {wanted.code[:12]}, version {wanted.version}",
            cure="give a new file; `study export` still writes the rows of the old one",
        )


def _connect(address: str, *, uri: bool = False) -> sqlite3.Connection:
    connection = sqlite3.connect(address, timeout=PATIENCE, isolation_level=None, uri=uri)
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA temp_store=MEMORY")
    return connection


def _use_wal(connection: sqlite3.Connection) -> None:
    """The change of the mode needs the file for itself; another coordinator may just do it."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL").fetchone()
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > end:
                raise
            time.sleep(0.05)


def _tables(connection: sqlite3.Connection) -> set[str]:
    return {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}


def _create(connection: sqlite3.Connection, wanted: Identity) -> None:
    for table in TABLES:
        connection.execute(table)
    meta = {
        "format": FORMAT,
        "study": wanted.study,
        "code": wanted.code,
        "version": str(wanted.version),
    }
    connection.executemany("INSERT INTO meta VALUES (?, ?)", meta.items())
