"""What a study is: a grid of cells, what one cell finds, and what is estimated from all.

A study judges nothing. Its cells can be run in any order, on any machine, and again.
"""

import enum
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias, cast

from ucomp_verify.findings import Estimate

from .figures import Figure

if TYPE_CHECKING:
    from .seeds import Seeds

Scalar: TypeAlias = str | int | float | bool
Value: TypeAlias = Scalar | None


@dataclass(frozen=True)
class Config:
    """The settings of one cell, by name; the order in which they were given does not count.

    >>> Config.of(m=2, d=1000) == Config.of(d=1000, m=2), Config.of(m=2)["m"]
    (True, 2)
    """

    settings: tuple[tuple[str, Scalar], ...]

    @classmethod
    def of(cls, **settings: Scalar) -> "Config":
        """The configuration with these settings."""
        return cls(tuple(sorted(settings.items())))

    @classmethod
    def read(cls, text: str) -> "Config":
        """The configuration that has this `text`; ValueError if it is none."""
        found: Any = json.loads(text)
        if not isinstance(found, dict):
            raise ValueError(f"found {text[:60]!r}; expected a JSON object of settings")
        return cls.of(**cast("dict[str, Scalar]", found))

    @property
    def text(self) -> str:
        """The settings as JSON, always the same for the same settings."""
        return canonical(dict(self.settings))

    def __getitem__(self, name: str) -> Any:
        """The setting; KeyError if there is none of this name."""
        return dict(self.settings)[name]

    def get(self, name: str, default: Any = None) -> Any:
        """The setting, or the default."""
        return dict(self.settings).get(name, default)


def canonical(content: Mapping[str, Any]) -> str:
    """The one JSON text of a mapping; ValueError for numbers that are not finite."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), allow_nan=False)


@dataclass(frozen=True)
class Result:
    """What a cell found, and what it measured of itself, which is another thing every time.

    `found` depends on the configuration, the seeds and the code alone: the same bits on a
    second run. `measured` holds seconds, bytes and the like.
    """

    found: Mapping[str, Value]
    measured: Mapping[str, Value] = field(default_factory=dict[str, Value])


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
    or not; `findings` are for the claims named.
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

    def cells(self, grid: str) -> tuple[Config, ...]:
        """The cells of a grid, each once; ValueError with the names for an unknown one."""
        if grid not in self.grids:
            known = ", ".join(self.grids)
            raise ValueError(f"{self.slug}: found the grid {grid!r}; expected one of {known}")
        return tuple(dict.fromkeys(self.grids[grid]()))
