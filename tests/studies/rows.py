"""Rows of made-up studies, for tests of what is done with rows."""

from ucomp_verify.studies import Config, Row, Status, Table
from ucomp_verify.studies.model import Value


def row(
    k: int,
    *,
    trial: int = 0,
    error: Value = 0.5,
    status: Status = Status.DONE,
    problem: str = "",
    seconds: float = 1.0,
) -> Row:
    """A cell with two settings, which found one number unless it ended badly."""
    found: dict[str, Value] = {"error": error} if status is Status.DONE else {}
    config = Config.of(k=k, trial=trial)
    run: dict[str, Value] = {"host": "here"}
    return Row("made-up", config, f"{k:04x}", status, found, problem, {"seconds": seconds}, run)


def table(*rows: Row) -> Table:
    """The rows as a table."""
    return Table("made-up", rows)
