"""What a study is: a grid of cells, what one cell finds, and what is estimated from all.

A study judges nothing. Its cells can be run in any order, on any machine, and again.
"""

import enum
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

from ucomp_verify.findings import Estimate

from .config import Config as Config
from .config import Result as Result
from .config import Scalar as Scalar
from .config import Value as Value
from .config import canonical as canonical
from .figures import Figure
from .grids import require_cells

if TYPE_CHECKING:
    from .seeds import Seeds


class Status(enum.StrEnum):
    """How a cell ended."""

    DONE = "done"
    FAILED = "failed"  # it raised an error
    CRASHED = "crashed"  # its process ended
    TIMEOUT = "timeout"
    MEMORY = "memory"


@dataclass(frozen=True)
class Row:
    """One cell that has ended.

    `fixed` is all that must be the same, bit for bit, when the cell is run again: `seed`,
    `status`, `found`, and what went wrong. `measured` has "seconds" and what the cell
    measured, `run` the host, versions, hash of the code and time.
    """

    study: str
    config: Config
    seed: str
    status: Status
    found: Mapping[str, Value]
    problem: str = ""
    measured: Mapping[str, Value] = field(default_factory=dict[str, Value])
    run: Mapping[str, Value] = field(default_factory=dict[str, Value])

    @property
    def fixed(self) -> str:
        """The reproducible part, as canonical JSON."""
        return canonical(
            {
                "study": self.study,
                "config": dict(self.config.settings),
                "seed": self.seed,
                "status": self.status.value,
                "found": dict(self.found),
                "problem": self.problem,
            }
        )

    def __getitem__(self, name: str) -> Any:
        """A setting, or what was found or measured under this name; KeyError if nothing."""
        for where in (dict(self.config.settings), self.found, self.measured, self.run):
            if name in where:
                return where[name]
        raise KeyError(name)


@dataclass(frozen=True)
class Table:
    """The rows of one study, in the order of their configurations."""

    study: str
    rows: tuple[Row, ...]

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def done(self) -> "Table":
        """The rows of cells that ended well."""
        return Table(self.study, tuple(row for row in self.rows if row.status is Status.DONE))

    def where(self, **settings: Scalar) -> "Table":
        """The rows whose configuration has these settings."""
        wanted = settings.items()
        rows = (row for row in self.rows if all(row.config.get(k) == v for k, v in wanted))
        return Table(self.study, tuple(rows))

    def values(self, name: str) -> list[Any]:
        """A setting of each configuration, each value once, in increasing order."""
        return sorted({row.config[name] for row in self.rows})


@dataclass(frozen=True)
class Column:
    """What stands under a name in rows, with its unit or scale."""

    name: str
    meaning: str


@dataclass(frozen=True)
class Summary:
    """A table estimated from rows, as text, and below it what was excluded and why."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row) != len(self.columns):
                raise ValueError(
                    f"{self.title}: found a row of {len(row)}; expected {len(self.columns)}"
                )


Grid: TypeAlias = Callable[[], Iterable[Config]]


@dataclass(frozen=True)
class Study:
    """Grids of cells, what a cell does, and what is made of a table of rows.

    `version` is part of every seed: a higher one draws other data. `cell` is called in a
    process of its own. `summaries`, `figures` and `findings` see a table as it is, complete
    or not; `findings` are for the claims named. `beside` draws what others published, the
    rows of their table as `references.published_rows` reads it, into a figure; `compared` makes
    a table of what is estimated from both.
    """

    slug: str
    title: str
    about: str
    version: int
    grids: Mapping[str, Grid]
    columns: tuple[Column, ...]
    cell: "Callable[[Config, Seeds], Result]"
    summaries: Callable[[Table], tuple[Summary, ...]]
    figures: Callable[[Table], tuple[Figure, ...]]
    findings: Callable[[Table], tuple[Estimate, ...]]
    claims: tuple[str, ...] = ()
    beside: Callable[[Figure, Sequence[Mapping[str, float]]], Figure] | None = None
    compared: Callable[[Table, Sequence[Mapping[str, float]]], Summary] | None = None

    def cells(self, grid: str) -> tuple[Config, ...]:
        """The cells of a grid, each once.

        ValueError with the names for an unknown grid, BadGrid for what can be no cell.
        """
        if grid not in self.grids:
            known = ", ".join(self.grids)
            raise ValueError(f"{self.slug}: found the grid {grid!r}; expected one of {known}")
        found = tuple(self.grids[grid]())
        require_cells(found)
        return tuple(dict.fromkeys(found))
