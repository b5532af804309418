"""Two tables differ where a cell is missing or a bit of its reproducible part is another."""

from dataclasses import replace

from tests.studies.running import row
from tests.studies.toys import quick
from ucomp_verify.studies import Status, Table
from ucomp_verify.studies.comparison import differences

CELLS = quick()
ROWS = tuple(row(cell, error=0.1 + n, size=n) for n, cell in enumerate(CELLS))
TABLE = Table("toys", ROWS)


def test_times_hosts_and_order_do_not_count() -> None:
    other = (replace(r, measured={"seconds": 9.0}, run={"host": "there"}) for r in ROWS[::-1])
    found = differences(TABLE, Table("toys", tuple(other)))
    assert not found and found.same == len(CELLS)


def test_missing_extra_and_different_cells_are_named() -> None:
    changed = replace(ROWS[1], found={"error": 1.1 + 2**-52, "size": 1.0, "new": 3})
    ended = replace(ROWS[2], status=Status.FAILED, found={}, problem="no luck")
    found = differences(Table("toys", ROWS[:3]), Table("toys", (changed, ended, ROWS[3])))
    assert found
    assert (found.missing, found.extra, found.same) == ((CELLS[0],), (CELLS[3],), 0)
    first, second = found.different
    assert first.names == ("error", "size", "new")  # 1 and 1.0 are two things
    assert second.names == ("error", "size", "status", "problem")
    assert (first.first, first.second) == (ROWS[1], changed)


def test_a_signed_zero_and_another_seed_are_differences() -> None:
    zero = replace(ROWS[0], found={"error": 0.0})
    for other, names in (
        (replace(zero, found={"error": -0.0}), ("error",)),
        (replace(zero, seed="0"), ("seed",)),
    ):
        found = differences(Table("toys", (zero,)), Table("toys", (other,)))
        assert [d.names for d in found.different] == [names]
