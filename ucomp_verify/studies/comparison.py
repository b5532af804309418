"""What differs between two tables of one study: their reproducible parts, cell by cell."""

from dataclasses import dataclass

from .model import Config, Row, Table


@dataclass(frozen=True)
class Difference:
    """A cell that has other content in the second table, and under which names."""

    config: Config
    names: tuple[str, ...]
    first: Row
    second: Row


@dataclass(frozen=True)
class Differences:
    """Cells that the second table misses, those that it has besides, and other contents."""

    missing: tuple[Config, ...]
    extra: tuple[Config, ...]
    different: tuple[Difference, ...]
    same: int

    def __bool__(self) -> bool:
        return bool(self.missing or self.extra or self.different)


def differences(first: Table, second: Table) -> Differences:
    """What differs in `Row.fixed`, bit for bit; times, hosts and versions do not count."""
    before = {row.config: row for row in first}
    after = {row.config: row for row in second}
    both = [(row, after[config]) for config, row in before.items() if config in after]
    changed = [(a, b) for a, b in both if a.fixed != b.fixed]
    return Differences(
        missing=tuple(config for config in before if config not in after),
        extra=tuple(config for config in after if config not in before),
        different=tuple(Difference(a.config, _names(a, b), a, b) for a, b in changed),
        same=len(both) - len(changed),
    )


def _names(first: Row, second: Row) -> tuple[str, ...]:
    """Keys of what was found with another value, and parts of the row that differ."""
    names = [*dict.fromkeys([*first.found, *second.found])]
    absent = object()
    found = [n for n in names if not _same(first.found.get(n, absent), second.found.get(n, absent))]
    parts = ("study", "seed", "status", "problem")
    return (*found, *(p for p in parts if getattr(first, p) != getattr(second, p)))


def _same(one: object, other: object) -> bool:
    """As JSON: 1, 1.0 and true are three things, and so are 0.0 and -0.0."""
    return type(one) is type(other) and repr(one) == repr(other)
