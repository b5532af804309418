"""Committed measurements: read strictly, shown with where they come from, never as markup."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.reports.examples import small
from ucomp_verify.reports.html import html
from ucomp_verify.reports.measurements import FORMAT, Cell, Measurement, shipped_measurements

TABLE: dict[str, Any] = {
    "format": FORMAT,
    "title": "Times of <b>two</b> programs",
    "note": "One core.",
    "command": "python -m benchmarks.two",
    "machine": "a laptop",
    "versions": {"scipy": "1.17", "numpy": "2.4"},
    "columns": ["case", "ours", "theirs"],
    "rows": [["d = 10", "1 s", {"text": "fail", "tone": "bad", "detail": 'off by "1e-3"'}]],
}


def written(folder: Path, **changes: Any) -> tuple[Measurement, ...]:
    (folder / "two-programs.json").write_text(json.dumps(TABLE | changes))
    return shipped_measurements(folder)


def test_a_table_is_read(tmp_path: Path) -> None:
    (table,) = written(tmp_path)
    assert table.slug == "two-programs"
    assert table.versions == (("numpy", "2.4"), ("scipy", "1.17"))
    assert table.rows == ((Cell("d = 10"), Cell("1 s"), Cell("fail", "bad", 'off by "1e-3"')),)
    assert table.plot == ""


def test_the_report_shows_it_as_text_with_its_command(tmp_path: Path) -> None:
    (tmp_path / "two-programs.svg").write_text('<?xml version="1.0"?><svg id="plot"></svg>')
    page = html(small(), measurements=written(tmp_path))
    assert "Times of &lt;b&gt;two&lt;/b&gt; programs" in page
    assert '<td class="bad" title="off by &#34;1e-3&#34;">fail</td>' in page
    assert '<svg id="plot"></svg>' in page
    assert "<?xml" not in page
    section = re.sub(r"\s+", " ", page[page.index('id="measured-two-programs"') :])
    assert "<code>python -m benchmarks.two</code> on a laptop; numpy 2.4, scipy 1.17." in section


def test_without_measurements_there_is_no_section() -> None:
    assert 'id="measurements"' not in html(small())


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"format": "ucomp-measurement 2"}, "found the format 'ucomp-measurement 2'; expected"),
        ({"rows": [["d = 10", "1 s"]]}, "two-programs: found a row of 2 cells; expected 3"),
        ({"rows": [[{"text": "x", "tone": "loud"}, "", ""]]}, "found the tone 'loud'"),
    ],
)
def test_what_is_no_table_is_refused(tmp_path: Path, changes: Any, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        written(tmp_path, **changes)


def test_what_is_shipped_names_programs_that_exist() -> None:
    root = Path(__file__).parents[2]
    for table in shipped_measurements():
        module = table.command.removeprefix("python -m ").replace(".", "/")
        assert (root / f"{module}.py").is_file() or (root / module / "__main__.py").is_file()
        assert "<script" not in table.plot
        assert re.search(r"(href|src)=\"https?:", table.plot) is None
