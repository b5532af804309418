"""The store: cells with their leases, and one committed row for each that has ended."""

import json
import sqlite3
import time
from collections.abc import Generator, Iterable, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from ucomp_verify.studies.model import Config, Row, Status, Table, canonical

from .errors import NotReproducible, explained
from .leases import is_dead
from .schema import Identity, identity, open_to_read, open_to_write

UNENDED = "NOT EXISTS (SELECT 1 FROM rows WHERE rows.cell = cells.cell)"


@dataclass(frozen=True)
class Counts:
    """How many cells there are, have ended, and are held by some coordinator."""

    total: int
    by_status: Mapping[Status, int]
    leased: int

    @property
    def done(self) -> int:
        """Cells that ended well."""
        return self.by_status.get(Status.DONE, 0)

    @property
    def failed(self) -> int:
        """Cells that ended in another way, after all attempts."""
        return sum(self.by_status.values()) - self.done

    @property
    def waiting(self) -> int:
        """Cells that have not ended and that nobody holds."""
        return self.total - self.done - self.failed - self.leased


class Store:
    """The rows of one study, version and code in one SQLite file.

    Each row is committed by itself and synchronised to the disk: what ends a run loses the
    cells that were running and nothing else. Several coordinators may have it open at once,
    each in one thread.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection, *, writable: bool) -> None:
        self.path = path
        self._connection = connection
        self._identity: Identity = identity(path, connection)
        if writable:
            connection.execute("CREATE TEMP TABLE wanted (place INTEGER PRIMARY KEY, cell INTEGER)")

    @classmethod
    def open(cls, path: Path | str, *, study: str, code: str, version: int = 1) -> "Store":
        """The store in this file, made if there is none.

        Raises StoreRefused if the file is something else, cannot be written, or has rows of
        another study, version or code; DiskFull. The file is then as it was.
        """
        place = Path(path)
        connection = open_to_write(place, Identity(study, code, version))
        return cls(place, connection, writable=True)

    @classmethod
    def read(cls, path: Path | str) -> "Store":
        """The store in this file, of any study and code, to be read only.

        Raises FileNotFoundError, or StoreRefused if the file is no store.
        """
        place = Path(path)
        with explained(place):
            return cls(place, open_to_read(place), writable=False)

    @property
    def study(self) -> str:
        """The slug of the study."""
        return self._identity.study

    @property
    def code(self) -> str:
        """The hash of the code that found the rows."""
        return self._identity.code

    @property
    def version(self) -> int:
        """The version of the study, that its seeds depend on."""
        return self._identity.version

    def close(self) -> None:
        """Close the file; its rows are in it already."""
        self._connection.close()

    def __enter__(self) -> "Store":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def enrol(self, configs: Iterable[Config]) -> int:
        """These cells, and no others, are leased from now on; the answer is how many are new."""
        texts = [(config.text,) for config in configs]
        with self._transaction() as connection:
            before = self._count("SELECT count(*) FROM cells")
            connection.executemany("INSERT OR IGNORE INTO cells (config) VALUES (?)", texts)
            connection.execute("DELETE FROM wanted")
            connection.executemany(
                "INSERT INTO wanted (cell) SELECT cell FROM cells WHERE config = ?", texts
            )
            return self._count("SELECT count(*) FROM cells") - before

    def forget_failed(self) -> int:
        """Take away the rows of enrolled cells that ended badly, so that they are run again."""
        with self._transaction() as connection:
            chosen = "SELECT cell FROM rows WHERE status != ? AND cell IN (SELECT cell FROM wanted)"
            connection.execute(
                f"UPDATE cells SET attempts = 0 WHERE cell IN ({chosen})",  # noqa: S608
                (Status.DONE.value,),
            )
            gone = connection.execute(
                f"DELETE FROM rows WHERE cell IN ({chosen})",  # noqa: S608
                (Status.DONE.value,),
            )
            return gone.rowcount

    def lease(self, owner: str, *, limit: int, seconds: float) -> tuple[Config, ...]:
        """At most `limit` enrolled cells to run, in the order enrolled; held for `seconds`.

        Cells are free that have no row, and no lease or one that has expired or whose owner
        was a process of this machine that has ended.
        """
        now = time.time()
        if limit < 1:
            return ()
        with self._transaction() as connection:
            dead = [(o,) for o in self._owners() if o != owner and is_dead(o)]
            connection.executemany("UPDATE cells SET owner = NULL WHERE owner = ?", dead)
            free = connection.execute(
                "SELECT cells.cell, config FROM wanted JOIN cells ON cells.cell = wanted.cell "  # noqa: S608
                f"WHERE (owner IS NULL OR expires < ?) AND {UNENDED} ORDER BY place LIMIT ?",
                (now, limit),
            ).fetchall()
            connection.executemany(
                "UPDATE cells SET owner = ?, expires = ? WHERE cell = ?",
                [(owner, now + seconds, cell) for cell, _ in free],
            )
        return tuple(Config.read(text) for _, text in free)

    def renew(self, owner: str, *, seconds: float) -> None:
        """All that the owner holds is held for so many seconds from now on."""
        with self._transaction() as connection:
            connection.execute(
                "UPDATE cells SET expires = ? WHERE owner = ?", (time.time() + seconds, owner)
            )

    def release(self, owner: str, config: Config | None = None) -> None:
        """The owner holds this cell no more, or none at all."""
        with self._transaction() as connection:
            connection.execute(
                "UPDATE cells SET owner = NULL WHERE owner = ? AND (? IS NULL OR config = ?)",
                (owner, config and config.text, config and config.text),
            )

    def count_attempt(self, config: Config) -> int:
        """How often the cell has ended badly, with this time."""
        with self._transaction() as connection:
            connection.execute(
                "UPDATE cells SET attempts = attempts + 1 WHERE config = ?", (config.text,)
            )
            return self._count("SELECT attempts FROM cells WHERE config = ?", config.text)

    def finish(self, row: Row) -> None:
        """The row is on the disk, and nobody holds its cell.

        A cell that ended well keeps its row: NotReproducible if this one ended well with
        other `fixed` content, which is kept beside it. A row of another status is replaced.
        """
        if row.study != self.study:
            raise ValueError(f"found a row of {row.study!r}; expected one of {self.study!r}")
        with self._transaction() as connection:
            cell = self._count("SELECT cell FROM cells WHERE config = ?", row.config.text)
            connection.execute("UPDATE cells SET owner = NULL WHERE cell = ?", (cell,))
            before = self._row(cell)
            kept = before is not None and before.status is Status.DONE
            if not kept:
                connection.execute(
                    "INSERT OR REPLACE INTO rows VALUES (?, ?, ?, ?, ?, ?, ?)", (cell, *_texts(row))
                )
            elif row.status is Status.DONE and before is not None and row.fixed != before.fixed:
                connection.execute(
                    "INSERT INTO disputes VALUES (?, ?, ?)",
                    (cell, row.fixed, canonical(row.run)),
                )
            else:
                return
        if kept and before is not None:
            raise NotReproducible(_dispute(before, row))

    def counts(self) -> Counts:
        """How many of the enrolled cells have ended; of all cells, if none was enrolled."""
        chosen = self._chosen()
        with explained(self.path):
            total = self._count(f"SELECT count(*) FROM cells WHERE {chosen}")  # noqa: S608
            found = self._connection.execute(
                f"SELECT status, count(*) FROM rows WHERE {chosen} GROUP BY status"  # noqa: S608
            ).fetchall()
            leased = self._count(
                f"SELECT count(*) FROM cells WHERE {chosen} AND owner IS NOT NULL "  # noqa: S608
                f"AND expires >= ? AND {UNENDED}",
                time.time(),
            )
        return Counts(total, {Status(status): count for status, count in found}, leased)

    def cells(self) -> tuple[Config, ...]:
        """All cells that were ever enrolled, ended or not, in their own order."""
        with explained(self.path):
            found = self._connection.execute("SELECT config FROM cells").fetchall()
        return tuple(sorted((Config.read(text) for (text,) in found), key=order))

    def table(self) -> Table:
        """All rows, in the order of their configurations: settings by name, then by value."""
        with explained(self.path):
            found = self._connection.execute(f"{SELECTION}").fetchall()
        rows = sorted((self._decoded(*parts) for parts in found), key=lambda row: order(row.config))
        return Table(self.study, tuple(rows))

    def disputes(self) -> tuple[str, ...]:
        """The `fixed` contents of second results that differ from the rows."""
        with explained(self.path):
            found = self._connection.execute("SELECT found FROM disputes").fetchall()
        return tuple(text for (text,) in found)

    @contextmanager
    def _transaction(self) -> Generator[sqlite3.Connection, None, None]:
        with explained(self.path):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    def _count(self, query: str, *given: str | float) -> int:
        found = self._connection.execute(query, given).fetchone()
        if found is None:
            raise KeyError(f"found no cell {given}; expected one that was enrolled")
        return int(found[0])

    def _owners(self) -> Sequence[str]:
        query = "SELECT DISTINCT owner FROM cells WHERE owner IS NOT NULL"
        return [owner for (owner,) in self._connection.execute(query)]

    def _chosen(self) -> str:
        query = "SELECT name FROM sqlite_temp_master WHERE name = 'wanted'"
        writable = self._connection.execute(query).fetchone() is not None
        some = writable and self._count("SELECT count(*) FROM wanted") > 0
        return "cell IN (SELECT cell FROM wanted)" if some else "1"

    def _row(self, cell: int) -> Row | None:
        query = f"{SELECTION} WHERE rows.cell = ?"
        found = self._connection.execute(query, (cell,)).fetchone()
        return None if found is None else self._decoded(*found)

    def _decoded(
        self, config: str, seed: str, status: str, found: str, problem: str, *rest: str
    ) -> Row:
        measured, run = (json.loads(text) for text in rest)
        return Row(
            self.study,
            Config.read(config),
            seed,
            Status(status),
            json.loads(found),
            problem,
            measured,
            run,
        )


SELECTION = (
    "SELECT config, seed, status, found, problem, measured, run "
    "FROM rows JOIN cells ON cells.cell = rows.cell"
)


def order(config: Config) -> list[tuple[str, bool, Any]]:
    """A key to sort configurations by: numbers as numbers, and before texts."""
    return [(name, isinstance(value, str), value) for name, value in config.settings]


def _texts(row: Row) -> tuple[str, ...]:
    return (
        row.seed,
        row.status.value,
        canonical(row.found),
        row.problem,
        canonical(row.measured),
        canonical(row.run),
    )


def _dispute(before: Row, after: Row) -> str:
    names = sorted({*before.found, *after.found})
    other = [n for n in names if before.found.get(n) != after.found.get(n)] or ["seed"]
    return (
        f"{before.config.text}: a second run found other values of {', '.join(other)}; expected "
        "the same bits; look for random numbers that do not come from the seeds, for times "
        "among what was found, or for another machine; both results are kept"
    )
