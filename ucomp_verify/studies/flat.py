"""A table of rows as one rectangle: a column for every name, for spreadsheets and data frames."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any, TypeAlias

from .model import Row, Table, Value, canonical

FIRST = ("study", "seed", "status", "problem")
GROUPS = ("config", "found", "measured", "run")
Cell: TypeAlias = tuple[str, str]  # the group and the name in it


@dataclass(frozen=True)
class Flat:
    """Names of columns, and for each row a value in each; None where the row has none."""

    names: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]

    def column(self, name: str) -> list[Value]:
        """All values under a name."""
        place = self.names.index(name)
        return [row[place] for row in self.rows]


def flatten(table: Table) -> Flat:
    """One line for each row: settings, what was found, what was measured, and the run.

    A column has the name that the value has in the row. A name that two groups share is the
    first one's; the other column is called group.name.
    """
    cells = _cells(table)
    names = (*FIRST, *_names(cells))
    return Flat(names, tuple((*_first(row), *_values(row, cells)) for row in table))


def _groups(row: Row) -> dict[str, Mapping[str, Value]]:
    config = dict(row.config.settings)
    return {"config": config, "found": row.found, "measured": row.measured, "run": row.run}


def _cells(table: Table) -> list[Cell]:
    """Every group and name that some row has, group by group."""
    found = dict.fromkeys(
        (group, name) for row in table for group, part in _groups(row).items() for name in part
    )
    return sorted(found, key=lambda cell: GROUPS.index(cell[0]))


def _names(cells: Iterable[Cell]) -> list[str]:
    taken, names = set[str](FIRST), list[str]()
    for group, name in cells:
        chosen = name
        while chosen in taken:
            chosen = f"{group}.{chosen}"
        taken.add(chosen)
        names.append(chosen)
    return names


def _first(row: Row) -> tuple[Value, ...]:
    return (row.study, row.seed, row.status.value, row.problem)


def _values(row: Row, cells: Iterable[Cell]) -> Iterable[Value]:
    groups = _groups(row)
    return (groups[group].get(name) for group, name in cells)


def arrow_table(flat: Flat, metadata: Mapping[str, str]) -> Any:
    """The columns as a table of pyarrow; where all values of one are numbers, it has numbers."""
    pyarrow: Any = import_module("pyarrow")
    columns = [_typed(flat.column(name)) for name in flat.names]
    arrays = [pyarrow.array(column, type=kind) for column, kind in columns]
    table = pyarrow.Table.from_arrays(arrays, names=list(flat.names))
    return table.replace_schema_metadata(dict(metadata))


def _typed(column: Sequence[Value]) -> tuple[list[Value], Any]:
    """The values of one column, with the narrowest type that keeps all of them exactly."""
    pyarrow: Any = import_module("pyarrow")
    kinds = {type(value) for value in column if value is not None}
    whole = [v for v in column if isinstance(v, int)]
    if kinds == {bool}:
        return list(column), pyarrow.bool_()
    if kinds == {int} and all(-(2**63) <= v < 2**63 for v in whole):
        return list(column), pyarrow.int64()
    if kinds <= {int, float} and kinds and all(abs(v) <= 2**53 for v in whole):
        return [None if v is None else float(v) for v in column], pyarrow.float64()
    return [None if v is None else _text(v) for v in column], pyarrow.string()


def _text(value: Value) -> str:
    return value if isinstance(value, str) else canonical({"": value})[4:-1]
