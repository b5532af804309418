"""Rows in files: nothing is lost in JSON lines, and CSV and Parquet say the same."""

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.optional import require_module
from tests.studies.rows import row, table
from ucomp_verify.studies import Config, Row, Status, Table
from ucomp_verify.studies.config import canonical
from ucomp_verify.studies.files import (
    RowsKind,
    UnreadableRows,
    read_lines,
    read_table,
    to_text,
    write_rows,
)
from ucomp_verify.studies.flat import flatten

NAMES = st.text(min_size=1, max_size=8)
SCALARS = st.one_of(
    st.text(max_size=20),
    st.integers(),
    st.booleans(),
    st.floats(allow_nan=False, allow_infinity=False),
)
GROUPS = st.dictionaries(NAMES, st.one_of(SCALARS, st.none()), max_size=4)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """Tables with any settings and findings that JSON has."""
    given_settings = st.dictionaries(NAMES, SCALARS, max_size=3)
    settings = draw(st.lists(given_settings, max_size=4, unique_by=canonical))
    rows = (
        Row(
            "made-up",
            Config(tuple(sorted(chosen.items()))),
            draw(st.text(max_size=5)),
            draw(st.sampled_from(Status)),
            draw(GROUPS),
            draw(st.text(max_size=9)),
            draw(GROUPS),
            draw(GROUPS),
        )
        for chosen in settings
    )
    return Table("made-up", tuple(rows))


def _same(one: Table, other: Table) -> bool:
    """Equal with types: 1, 1.0 and True are three things; the order of names is none."""
    return to_text(one, RowsKind.JSONL) == to_text(other, RowsKind.JSONL)


@given(tables())
def test_json_lines_give_back_every_bit(table: Table) -> None:
    text = to_text(table, RowsKind.JSONL)
    assert _same(read_lines(io.StringIO(text, newline=""), Path("rows")), table)


@given(tables())
def test_a_flat_table_has_a_column_for_every_name_and_no_name_twice(table: Table) -> None:
    flat = flatten(table)
    assert len(set(flat.names)) == len(flat.names)
    for one, values in zip(table, flat.rows, strict=True):
        groups = (dict(one.config.settings), one.found, one.measured, one.run)
        kept = sum(v is not None for group in groups for v in group.values())
        assert sum(v is not None for v in values[4:]) == kept


@given(tables())
def test_csv_has_a_line_for_every_row(table: Table) -> None:
    lines = list(csv.reader(io.StringIO(to_text(table, RowsKind.CSV), newline="")))
    assert len(lines) == len(table) + 1
    assert {len(line) for line in lines} == {len(lines[0])}
    assert [line[3] for line in lines[1:]] == [one.problem for one in table]


def test_a_lone_carriage_return_in_a_text_splits_no_line_of_csv() -> None:
    text = to_text(table(row(1, problem="a\rb")), RowsKind.CSV)
    (line,) = csv.DictReader(io.StringIO(text, newline=""))
    assert (line["problem"], line["k"]) == ("a\rb", "1")


def test_csv_shows_numbers_with_all_digits_and_nothing_as_nothing() -> None:
    rows = table(row(1, error=0.1 + 0.2), row(2, status=Status.FAILED, problem='a, "b"\nc'))
    one, two = csv.DictReader(io.StringIO(to_text(rows, RowsKind.CSV)))
    assert (one["error"], one["k"], one["seconds"]) == ("0.30000000000000004", "1", "1.0")
    assert (two["error"], two["status"], two["problem"]) == ("", "failed", 'a, "b"\nc')


def test_a_name_in_two_groups_is_two_columns() -> None:
    both = replace(row(1), measured={"k": 7, "seed": 8})
    flat = flatten(table(both))
    assert flat.column("k") == [1]
    assert flat.column("measured.k") == [7]
    assert flat.column("measured.seed") == [8]


def test_parquet_keeps_types(tmp_path: Path) -> None:
    parquet = require_module("pyarrow.parquet")
    large = replace(row(2, error="1e-40"), measured={"seconds": 2, "bytes": 2**70})
    write_rows(table(row(1), large), tmp_path / "rows.parquet", "parquet")
    read = parquet.read_table(tmp_path / "rows.parquet")
    columns = read.to_pydict()
    assert columns["k"] == [1, 2]
    assert columns["error"] == ["0.5", "1e-40"]
    assert columns["seconds"] == [1.0, 2.0]
    assert columns["bytes"] == [None, str(2**70)]
    assert read.schema.metadata[b"study"] == b"made-up"


def test_streams_and_paths_get_the_same(tmp_path: Path) -> None:
    rows = table(row(1), row(2, problem="ä"))
    text, data = io.StringIO(), io.BytesIO()
    write_rows(rows, text, "jsonl")
    write_rows(rows, data, "jsonl")
    write_rows(rows, tmp_path / "rows.jsonl", "jsonl")
    written = (tmp_path / "rows.jsonl").read_bytes()
    assert written == data.getvalue() == text.getvalue().encode()
    assert _same(read_table(tmp_path / "rows.jsonl"), rows)


HEAD = '{"format":"ucomp-study-rows 1","rows":1,"study":"made-up"}\n'
GOOD = to_text(table(row(1)), RowsKind.JSONL).splitlines()[1]


def _changed(**changes: object) -> str:
    return HEAD + json.dumps({**json.loads(GOOD), **changes})


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", r"found '' in line 1; expected a store of `study run`, or what `study export"),
        ("k,error\n1,2\n", "found 'k,error"),
        ('{"format":"ucomp-study-rows 2"}', "the format 'ucomp-study-rows 2' in line 1"),
        (HEAD, "found 0 rows, and 1 according to line 1; the file was cut off"),
        (HEAD + GOOD + "\n" + GOOD, "found 2 rows, and 1 according to line 1"),
        (HEAD.replace("1,", "2,") + GOOD + "\n" + GOOD, "found two rows of one cell"),
        (HEAD + GOOD[:-9], "in line 2"),
        (HEAD + "[]", r"found '\[\]' in line 2"),
        (HEAD + "{}", "the names  in line 2"),
        (_changed(status="good"), "no row in line 2 .*good"),
        (_changed(seed=1), "found 1; expected a text"),
        (_changed(config=[1]), r"found \[1\]; expected an object"),
        (_changed(found={"error": [1]}), r"found \[1\]; expected a text or a number"),
        (_changed(found={"error": float("nan")}), "in line 2"),
        (HEAD + GOOD.replace("0.5", "1e999"), "not finite"),
        (HEAD + "[" * 100000, "in line 2"),
    ],
)
def test_what_is_no_row_is_refused(tmp_path: Path, text: str, found: str) -> None:
    (tmp_path / "rows.jsonl").write_text(text)
    with pytest.raises(UnreadableRows, match=found):
        read_table(tmp_path / "rows.jsonl")


def test_bytes_are_refused(tmp_path: Path) -> None:
    (tmp_path / "rows.jsonl").write_bytes(b"\x93NUMPY\xff")
    with pytest.raises(UnreadableRows, match="bytes that are no text"):
        read_table(tmp_path / "rows.jsonl")


def test_a_number_that_json_lacks_is_not_written() -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        to_text(table(row(1, error=float("inf"))), RowsKind.JSONL)


def test_parquet_is_no_text() -> None:
    with pytest.raises(ValueError, match="parquet, which is no text; expected jsonl or csv"):
        to_text(table(), RowsKind.PARQUET)
