"""The commands on studies that run nothing: list, export, plot, diff, fit, and their help."""

import csv
import io
import json
import math
import re
import subprocess
import sys
from contextlib import redirect_stdout
from pathlib import Path

import pytest
from typer.core import TyperGroup
from typer.main import get_command

from tests.cli.running import Cli
from tests.optional import require_module
from tests.studies.sample import STUDY
from ucomp_verify.cli import study
from ucomp_verify.studies import Config, Row, Seeds, Status, Table, slugs
from ucomp_verify.studies.files import write_rows

PLACE = "tests.studies.sample:STUDY"
OURS = ("--study", PLACE)


def _row(config: Config) -> Row:
    seeds = Seeds("sample", 1)
    if config.get("how") == "fail":
        return Row("sample", config, seeds.of_cell(config), Status.FAILED, {}, "\x1b[31mno")
    with redirect_stdout(io.StringIO()):
        result = STUDY.cell(config, seeds)
    seed = seeds.of_cell(config)
    return Row("sample", config, seed, Status.DONE, result.found, "", {"seconds": 1.0}, {})


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    """The rows of the quick grid, with one cell that failed."""
    cells = (*STUDY.cells("quick"), Config.of(k=9, trial=0, how="fail"))
    write_rows(Table("sample", tuple(map(_row, cells))), tmp_path / "rows.jsonl", "jsonl")
    return tmp_path / "rows.jsonl"


def test_list_names_every_study_with_its_grids(cli: Cli) -> None:
    ran = cli("study", "list")
    assert all(f"{slug}\n" in ran.out for slug in slugs())
    assert (ran.code, ran.err) == (0, "")
    document = json.loads(cli("study", "list", "--json").out)
    assert [s["slug"] for s in document["studies"]] == list(slugs())
    assert all(g["cells"] for s in document["studies"] for g in s["grids"].values())


def test_list_of_one_tells_settings_and_columns(cli: Cli) -> None:
    ran = cli("study", "list", PLACE)
    assert ran.code == 0
    assert "grid quick: 6 cells" in ran.out
    assert re.search(r"k +1, 2, 3\n", ran.out)
    assert "the mean of 100 normal numbers" in ran.out
    assert f"study run {PLACE} --grid quick" in ran.out
    (one,) = json.loads(cli("study", "list", PLACE, "--json").out)["studies"]
    assert one["grids"]["quick"] == {"cells": 6, "settings": {"k": [1, 2, 3], "trial": [0, 1]}}


def test_list_and_help_load_nothing_heavy(tmp_path: Path) -> None:
    code = "from ucomp_verify.cli import main; main(['study', 'list']); main(['study', '-h']); "
    code += "import sys; print(*sorted(m.split('.')[0] for m in sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    loaded = set(done.stdout.splitlines()[-1].split())
    heavy = {"numpy", "scipy", "flint", "mpmath", "sympy", "pebble", "distributed"}
    assert not loaded & heavy
    assert "ucomp_verify" in loaded


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("error-scalin", "found no study 'error-scalin'; expected one of error-scaling, .* or MOD"),
        ("no_such:STUDY", "No module named 'no_such'; expected MODULE:STUDY"),
        ("json:loads", "json:loads: found function; expected a Study"),
        ("broken_study:STUDY", "broken_study:STUDY: SyntaxError"),
    ],
)
def test_an_unknown_study_is_refused(cli: Cli, tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / "broken_study.py").write_text("def")
    ran = cli("study", "list", name)
    assert ran.code == 2
    assert re.search(text, ran.err)


def test_the_commands_in_the_help_exist_with_their_options() -> None:
    lines = re.findall(r"^  ucomp-verify study (.*)$", study.HELP, re.MULTILINE)
    group = get_command(study.app)
    assert isinstance(group, TyperGroup)
    assert {line.split()[0] for line in lines} == set(group.commands)
    for line in lines:
        known = {o for p in group.commands[line.split()[0]].params for o in p.opts}
        assert set(re.findall(r" (--?[a-z][a-z-]*)", line)) <= known, line


def test_export_writes_the_rows_in_one_step(cli: Cli, tmp_path: Path, rows: Path) -> None:
    ran = cli("study", "export", rows, "--to", "csv", "-o", tmp_path / "new" / "rows.csv")
    assert (ran.code, ran.out) == (0, "")
    assert "rows.csv: 7 rows" in ran.err
    written = (tmp_path / "new" / "rows.csv").read_text()
    assert [line["k"] for line in csv.DictReader(io.StringIO(written))] == list("1122339")
    assert [p.name for p in (tmp_path / "new").iterdir()] == ["rows.csv"]


def test_export_to_stdout_is_the_rows_and_nothing_else(cli: Cli, rows: Path) -> None:
    ran = cli("study", "export", rows, "-o", "-")
    assert (ran.code, ran.err, ran.out) == (0, "", rows.read_text())
    ran = cli("study", "export", rows, "--to", "parquet", "-o", "-")
    assert ran.code == 2
    assert "name a file with -o" in ran.err


def test_export_overwrites_neither_its_source_nor_a_store(
    cli: Cli, tmp_path: Path, rows: Path
) -> None:
    before = rows.read_text()
    (tmp_path / "s.db").write_bytes(b"SQLite format 3\0" + bytes(100))
    (tmp_path / "link").symlink_to(rows)
    for output, text in (
        (rows, "holds the rows that are read; name another"),
        (tmp_path / "link", "holds the rows that are read"),
        (tmp_path / "s.db", "is a store, which nothing overwrites; name another"),
    ):
        ran = cli("study", "export", rows, "-o", output)
        assert ran.code == 2
        assert text in ran.err
        ran = cli("study", "plot", rows, "-o", output, *OURS)
        assert (ran.code, text in ran.err) == (2, True)
    assert rows.read_text() == before


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (None, "no such file; expected a store, as `study run --store` makes it"),
        (b"k,mean\n1,2\n", "found 'k,mean.*expected a store of `study run`"),
        (b"\xff\xfe", "bytes that are no text"),
    ],
)
@pytest.mark.parametrize("command", ["export", "fit", "plot", "diff"])
def test_what_holds_no_rows_is_refused(
    cli: Cli, tmp_path: Path, command: str, content: bytes | None, text: str
) -> None:
    path = tmp_path / "rows.jsonl"
    if content is not None:
        path.write_bytes(content)
    more = {"export": ("-o", "out"), "plot": ("-o", "out"), "diff": (path,)}.get(command, ())
    ran = cli("study", command, path, *more)
    assert ran.code == 2
    assert re.search(text, ran.err)
    assert not (tmp_path / "out").exists()


def test_fit_shows_the_tables(cli: Cli, rows: Path) -> None:
    ran = cli("study", "fit", rows, *OURS)
    assert ran.code == 0
    assert re.search(r"^Means\n +k +mean\n +1 +-?0\.\d{6}\n", ran.out)
    assert ran.out.endswith("sample: 6 cells done; 1 cell ended badly and is in no table\n")
    document = json.loads(cli("study", "fit", rows, *OURS, "--json").out)
    assert document["summaries"][0]["columns"] == ["k", "mean"]
    assert len(document["summaries"][0]["rows"]) == 6


def test_a_missing_part_is_named_with_what_installs_it(
    cli: Cli, rows: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for absent in ("pyarrow", "pyarrow.parquet", "matplotlib", "matplotlib.figure"):
        monkeypatch.setitem(sys.modules, absent, None)
    ran = cli("study", "export", rows, "--to", "parquet", "-o", "rows.parquet")
    assert (ran.code, "pip install 'ucomp-verify[parquet]'" in ran.err) == (4, True)
    ran = cli("study", "plot", rows, "-o", "f.svg", *OURS)
    assert (ran.code, "pip install 'ucomp-verify[report]'" in ran.err) == (4, True)
    assert [p.name for p in rows.parent.iterdir() if p.is_file()] == ["rows.jsonl"]


def test_rows_of_a_study_of_the_users_need_its_name(cli: Cli, rows: Path) -> None:
    ran = cli("study", "fit", rows)
    assert ran.code == 2
    assert "add --study MODULE:STUDY" in ran.err


def test_nothing_done_is_nothing_to_fit(cli: Cli, tmp_path: Path) -> None:
    write_rows(Table("sample", ()), tmp_path / "rows.jsonl", "jsonl")
    ran = cli("study", "fit", tmp_path / "rows.jsonl", *OURS)
    assert (ran.code, "no cell is done yet" in ran.err) == (5, True)
    ran = cli("study", "plot", tmp_path / "rows.jsonl", "-o", "f.svg", *OURS)
    assert (ran.code, "nothing to draw yet" in ran.err) == (5, True)


@pytest.mark.slow
def test_plot_draws_each_figure_into_a_file(cli: Cli, tmp_path: Path, rows: Path) -> None:
    require_module("matplotlib")
    ran = cli("study", "plot", rows, "-o", "new/f.svg", *OURS)
    assert (ran.code, ran.out) == (0, "")
    drawn = {p.name: p.read_bytes() for p in (tmp_path / "new").iterdir()}
    assert sorted(drawn) == ["f-again.svg", "f-means.svg"]
    assert all(b"<svg" in content for content in drawn.values())
    assert cli("study", "plot", rows, "-o", "f.svg", "--figure", "means", *OURS).code == 0
    assert (tmp_path / "f.svg").read_bytes() == drawn["f-means.svg"]
    ran = cli("study", "plot", rows, "-o", "f.svg", "--figure", "mean", *OURS)
    assert ran.code == 2
    assert "--figure: found 'mean'; expected one of means, again" in ran.err


def test_plot_writes_svg_alone_and_one_figure_to_stdout(
    cli: Cli, tmp_path: Path, rows: Path
) -> None:
    require_module("matplotlib")
    ran = cli("study", "plot", rows, "-o", "f.png", *OURS)
    assert ran.code == 2
    assert "expected a name that ends in .svg" in ran.err
    ran = cli("study", "plot", rows, "-o", "-", *OURS)
    assert ran.code == 2
    assert "found 2 figures; choose one of them by --figure: means, again" in ran.err
    ran = cli("study", "plot", rows, "-o", "-", "--figure", "means", *OURS)
    assert ran.code == 0
    assert ran.out.startswith("<?xml")
    assert ran.out.endswith("</svg>\n")
    assert not {"-", "f.png"} & {path.name for path in tmp_path.iterdir()}


PUBLISHED = """m,k,d,orig,comp
1,1,1000,0.5,0.5001
1,1,2000,0.5,0.50001
1,1,4000,0.5,0.500001
"""


def test_fit_compares_with_what_others_published(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "others.csv").write_text(PUBLISHED)
    ran = cli("study", "fit", "error-scaling", "--reference", tmp_path / "others.csv")
    _, table = ran.out.split("Exponents beside the published rows\n")
    assert re.search(r"greedy +1 +1 +float64 +3 from 1000 to 4000 ", table)
    assert f"{math.log2(10):.3f} +- 0.000" in table
    assert re.search(r"fewer than three sizes in common: .*greedy 2, 1, float64", table, re.DOTALL)
    document = json.loads(
        cli("study", "fit", "error-scaling", "--reference", tmp_path / "others.csv", "--json").out
    )
    assert document["summaries"][-1]["title"] == "Exponents beside the published rows"


def test_a_reference_that_cannot_be_used_is_refused(cli: Cli, tmp_path: Path, rows: Path) -> None:
    (tmp_path / "others.csv").write_text("m,k\n1,1\n2,2\n")
    ran = cli("study", "fit", "error-scaling", "--reference", tmp_path / "others.csv")
    assert ran.code == 2
    assert "--reference: found the columns m, k; expected comp, d, orig as well" in ran.err
    ran = cli("study", "fit", "error-scaling", "--reference", tmp_path / "none.csv")
    assert ran.code == 2
    assert "expected a CSV file with a header" in ran.err
    ran = cli("study", "fit", rows, *OURS, "--reference", tmp_path / "others.csv")
    assert ran.code == 2
    assert "--reference: sample has nothing to compare with published rows; leave it out" in ran.err


def _rewritten(path: Path, **changes: object) -> Path:
    """The rows with another first one, in a file beside it."""
    lines = path.read_text().splitlines()
    lines[1] = json.dumps({**json.loads(lines[1]), **changes})
    beside = path.with_name("other.jsonl")
    beside.write_text("\n".join(lines))
    return beside


def test_diff_says_what_differs(cli: Cli, tmp_path: Path, rows: Path) -> None:
    assert cli("study", "diff", rows, rows).out == "7 rows the same\n"
    assert cli("study", "diff", rows, rows).code == 0
    same = _rewritten(rows, measured={"seconds": 8.0}, run={"host": "there"})
    assert cli("study", "diff", rows, same).code == 0
    other = _rewritten(rows, found={"mean": 0.5, "path": "float64"})
    ran = cli("study", "diff", rows, other)
    assert ran.code == 1
    assert "6 rows the same\n1 row different\n  k=1, trial=0: mean is " in ran.out
    assert "0.5 in" in ran.out
    document = json.loads(cli("study", "diff", rows, other, "--json").out)
    assert document["different"][0]["config"] == {"k": 1, "trial": 0}


def test_diff_says_what_is_missing(cli: Cli, rows: Path) -> None:
    other = _rewritten(rows, config={"k": 77, "trial": 0})
    ran = cli("study", "diff", rows, other)
    assert ran.code == 3
    assert f"1 cell without a result in {other}, such as\n  k=1, trial=0" in ran.out
    assert f"1 cell without a result in {rows}, such as\n  k=77, trial=0" in ran.out


def test_diff_of_two_studies_is_refused(cli: Cli, tmp_path: Path, rows: Path) -> None:
    write_rows(Table("other", ()), tmp_path / "other.jsonl", "jsonl")
    ran = cli("study", "diff", rows, tmp_path / "other.jsonl")
    assert ran.code == 2
    assert "found rows of sample and of other; expected those of one study" in ran.err


def test_a_changed_seed_is_seen(cli: Cli, rows: Path) -> None:
    assert cli("study", "diff", rows, _rewritten(rows, seed="0")).code == 1


def test_control_characters_of_a_file_do_not_reach_the_terminal(
    cli: Cli, tmp_path: Path, rows: Path
) -> None:
    other = _rewritten(rows, problem="\x1b]0;title\x07", config={"k": 1, "trial": 0})
    ran = cli("study", "diff", rows, other)
    assert ran.code == 1
    assert "\x1b" not in ran.out
