"""A store keeps rows as they are, refuses what is no store of theirs, and leases each cell."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.studies.running import CODE, opened, row
from tests.studies.toys import config, quick
from ucomp_verify.studies import Config, Status
from ucomp_verify.studies.store import (
    DiskFull,
    NotReproducible,
    Store,
    StoreRefused,
    new_owner,
    schema,
)

CELLS = quick()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "toys.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with opened(path) as found:
        yield found


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with opened(tmp_path_factory.mktemp("many") / "toys.db") as found:
        yield found


numbers = st.floats(allow_nan=False, allow_infinity=False)


@given(found=st.dictionaries(st.text(max_size=3), numbers | st.integers() | st.text() | st.none()))
def test_a_row_is_read_as_it_was_written(many: Store, found: dict[str, Any]) -> None:
    cell = config("draw", len(many.cells()))
    many.enrol([cell])
    written = row(cell, **found)
    many.finish(written)
    assert [r.fixed for r in many.table() if r.config == cell] == [written.fixed]


def test_rows_are_in_the_order_of_their_settings_and_not_of_their_texts(store: Store) -> None:
    cells = [Config.of(method=m, d=d) for d in (1000, 200, 30) for m in ("b", "a")]
    store.enrol(cells)
    for cell in cells:
        store.finish(row(cell))
    found = [(r["d"], r["method"]) for r in store.table()]
    assert found == [(d, m) for d in (30, 200, 1000) for m in ("a", "b")]
    assert store.cells() == tuple(r.config for r in store.table())


def test_the_file_is_synchronised_and_has_a_write_ahead_log(store: Store, path: Path) -> None:
    with sqlite3.connect(path) as other:
        assert other.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    other.close()
    assert path.with_name("toys.db-wal").exists()
    assert store.study == "toys" and store.code == CODE and store.version == 1


def sqlite_file(path: Path, *commands: str) -> None:
    connection = sqlite3.connect(path)
    for command in commands:
        connection.execute(command)
    connection.commit()
    connection.close()


@pytest.mark.parametrize(
    "start", [b"my thesis", b"SQLite format 3", b"\x00", b"SQLite format 3\0 "]
)
def test_a_file_of_something_else_is_refused_and_left_alone(path: Path, start: bytes) -> None:
    path.write_bytes(start)
    for attempt in (lambda: opened(path), lambda: Store.read(path)):
        with pytest.raises(StoreRefused, match=r"found .*expected a store.*not changed"):
            attempt()
    assert path.read_bytes() == start
    assert [p.name for p in path.parent.iterdir()] == ["toys.db"]


@pytest.mark.parametrize("table", ["CREATE TABLE birds (n)", "CREATE TABLE meta (colour TEXT)"])
def test_another_sqlite_file_is_refused_and_keeps_its_content(path: Path, table: str) -> None:
    sqlite_file(path, table)
    for attempt in (lambda: opened(path), lambda: Store.read(path)):
        with pytest.raises(StoreRefused, match="found an SQLite file with"):
            attempt()
    with sqlite3.connect(path) as other:
        assert other.execute("SELECT sql FROM sqlite_master").fetchall() == [(table,)]
    other.close()


def test_a_folder_and_a_path_in_no_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreRefused, match="found a folder"):
        opened(tmp_path)
    with pytest.raises(StoreRefused, match="found no folder"):
        opened(tmp_path / "none" / "s.db")
    with pytest.raises(FileNotFoundError, match="found no file; expected a store"):
        Store.read(tmp_path / "none.db")
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_was_just_begun_becomes_a_store(path: Path) -> None:
    path.touch()
    opened(path).close()
    path.unlink()
    sqlite_file(path, "PRAGMA journal_mode=WAL")
    with opened(path) as store:
        assert store.enrol(CELLS) == len(CELLS)


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ({"format": "ucomp-study-store 2"}, "found the format 'ucomp-study-store 2'.*use the vers"),
        ({"study": "birds"}, "found rows of the study 'birds'; expected rows of 'toys'; give each"),
        ({"code": "0" * 64}, "found rows of the code 0{12}, version 1; .*`study export`"),
        ({"version": "2"}, "version 2; expected rows of the code .*version 1; give a new file"),
    ],
)
def test_rows_of_another_format_study_or_code_are_refused(
    path: Path, content: dict[str, str], text: str
) -> None:
    with opened(path) as store:
        store.enrol(CELLS)
        store.finish(row(CELLS[0], n=1))
    for name, value in content.items():
        sqlite_file(path, f"UPDATE meta SET content = '{value}' WHERE name = '{name}'")
    before = path.read_bytes()
    with pytest.raises(StoreRefused, match=text):
        opened(path)
    assert path.read_bytes() == before
    if "format" not in content:  # and can still be exported
        with Store.read(path) as old:
            assert len(old.table()) == 1


def test_a_broken_file_is_refused(path: Path) -> None:
    with opened(path) as store:
        store.enrol(CELLS)
    path.write_bytes(path.read_bytes()[:4096] + b"\xff" * 4096)
    with pytest.raises(StoreRefused, match="cannot read"):
        opened(path)


def test_a_reader_changes_nothing_and_sees_what_is_written(store: Store, path: Path) -> None:
    store.enrol(CELLS)
    store.finish(row(CELLS[0], n=1))
    with Store.read(path) as reader:
        assert reader.counts().done == 1 and reader.counts().total == len(CELLS)
        store.finish(row(CELLS[1], n=1))
        assert len(reader.table()) == 2
        with pytest.raises(StoreRefused, match="cannot be written"):
            reader.finish(row(CELLS[2], n=1))
    store.close()
    before = {p.name: p.read_bytes() for p in path.parent.iterdir()}
    assert list(before) == ["toys.db"]
    with Store.read(path) as reader:
        assert len(reader.table()) == 2
        assert {p.name: p.read_bytes() for p in path.parent.iterdir()} == before


@pytest.mark.skipif(not hasattr(os, "seteuid"), reason="rights are of POSIX")
def test_a_store_that_cannot_be_written_is_refused_but_read() -> None:
    folder = Path(tempfile.mkdtemp())
    path, user = folder / "toys.db", os.geteuid()
    try:
        with opened(path) as store:
            store.enrol(CELLS)
            store.finish(row(CELLS[0], n=1))
        path.chmod(0o444)
        folder.chmod(0o555)
        os.seteuid(user or 65534)  # no file is read-only for root
        with pytest.raises(StoreRefused, match="cannot be written"):
            opened(path)
        with Store.read(path) as reader:
            assert len(reader.table()) == 1
    finally:
        os.seteuid(user)
        folder.chmod(0o755)
        shutil.rmtree(folder)


def test_each_cell_is_leased_once_in_the_order_enrolled(store: Store, path: Path) -> None:
    order = CELLS[::-1]
    assert store.enrol(order) == 8 and store.enrol(order[:5]) == 0
    with opened(path) as other:
        other.enrol(order)
        first = store.lease("one", limit=3, seconds=60)
        second = other.lease("two", limit=9, seconds=60)
        assert first + second == tuple(order)  # the first was asked for five, this for all
        assert other.lease("three", limit=9, seconds=60) == ()
        assert other.counts().leased == 8 and other.counts().waiting == 0
        other.release("two")
        assert store.lease("one", limit=9, seconds=60) == tuple(order[3:5])


def test_a_lease_ends_by_itself_unless_it_is_renewed(store: Store) -> None:
    store.enrol(CELLS[:2])
    assert len(store.lease("one", limit=1, seconds=-1)) == 1
    assert len(store.lease("two", limit=2, seconds=-1)) == 2
    store.renew("two", seconds=60)
    assert store.lease("three", limit=2, seconds=60) == ()


def test_a_lease_ends_with_its_owner(store: Store) -> None:
    store.enrol(CELLS[:3])
    command = "from ucomp_verify.studies.store import new_owner; print(new_owner())"
    gone = subprocess.run([sys.executable, "-c", command], capture_output=True, check=True)
    live, dead = new_owner(), gone.stdout.decode().strip()
    reused = live.replace(live.split(":")[2], "1")  # our number, of a process that began before
    for owner, cells in ((live, 1), (dead, 1), (reused, 1)):
        assert len(store.lease(owner, limit=cells, seconds=60)) == 1
    elsewhere = dead.replace(dead.split(":")[0], "another-host")
    ended = 2 if live.split(":")[2] else 1
    assert len(store.lease(elsewhere, limit=3, seconds=60)) == ended
    assert store.lease(new_owner(), limit=3, seconds=60) == ()  # the dead are not known elsewhere


def test_a_finished_cell_is_leased_no_more(store: Store) -> None:
    store.enrol(CELLS[:2])
    (cell,) = store.lease("one", limit=1, seconds=-1)
    store.finish(row(cell, n=1))
    assert store.lease("two", limit=2, seconds=60) == (CELLS[1],)


def test_a_second_result_must_have_the_same_bits(store: Store) -> None:
    store.enrol(CELLS[:1])
    store.finish(row(CELLS[0], error=0.1, size=3))
    store.finish(row(CELLS[0], error=0.1, size=3))
    with pytest.raises(NotReproducible, match="other values of error; expected the same bits"):
        store.finish(row(CELLS[0], error=0.1 + 2**-56, size=3))
    assert [r["error"] for r in store.table()] == [0.1]
    (kept,) = store.disputes()
    assert json.loads(kept)["found"]["error"] == 0.1 + 2**-56


def test_a_bad_end_is_replaced_by_a_good_one_and_not_the_other_way(store: Store) -> None:
    store.enrol(CELLS[:1])
    store.finish(row(CELLS[0], status=Status.CRASHED))
    store.finish(row(CELLS[0], n=1))
    store.finish(row(CELLS[0], status=Status.TIMEOUT))
    assert [r.status for r in store.table()] == [Status.DONE]
    assert store.disputes() == ()


def test_failed_cells_are_forgotten_only_among_those_enrolled(store: Store) -> None:
    store.enrol(CELLS[:4])
    for cell, status in zip(CELLS, (*[Status.FAILED] * 3, Status.DONE), strict=False):
        store.finish(row(cell, status=status))
    store.enrol(CELLS[:2] + CELLS[3:4])
    assert store.forget_failed() == 2
    assert [r.config for r in store.table()] == [CELLS[2], CELLS[3]]
    assert store.counts().waiting == 2


def test_several_grids_may_go_to_one_store(store: Store) -> None:
    store.enrol(CELLS[:2])
    store.finish(row(CELLS[0], n=1))
    other = [config("state"), CELLS[0]]
    assert store.enrol(other) == 1
    assert store.counts().total == 2 and store.counts().done == 1
    assert store.lease("one", limit=9, seconds=60) == (other[0],)


def test_what_was_not_enrolled_and_rows_of_others_are_refused(store: Store) -> None:
    with pytest.raises(KeyError, match="found no cell"):
        store.finish(row(CELLS[0]))
    with pytest.raises(ValueError, match="found a row of 'birds'; expected one of 'toys'"):
        store.finish(type(row(CELLS[0]))("birds", CELLS[0], "", Status.DONE, {}))


def finished(store: Store, cells: list[Config]) -> Iterator[Config]:
    for cell in cells:
        store.finish(replace(row(cell), found={f"long name {n}": n / 7 for n in range(20)}))
        yield cell


def test_a_full_disk_keeps_all_rows_before(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    connect = sqlite3.connect

    def small(*given: Any, **options: Any) -> sqlite3.Connection:
        connection = connect(*given, **options)
        connection.execute("PRAGMA max_page_count = 20")
        return connection

    cells = [config("draw", trial) for trial in range(200)]
    monkeypatch.setattr(schema.sqlite3, "connect", small)
    with opened(path) as store:
        store.enrol(cells)
        written: list[Config] = []
        with pytest.raises(DiskFull, match="all rows before it are kept; make room"):
            written.extend(finished(store, cells))
        assert written == [r.config for r in store.table()] != []
    monkeypatch.undo()
    with opened(path) as store:
        store.enrol(cells)
        assert store.counts().done == len(written)
        store.finish(row(cells[len(written)], n=1))
