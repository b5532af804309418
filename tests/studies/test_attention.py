"""The study of Figure 7: heads in several coordinates beside controls of the same size."""

from typing import Any

import numpy as np
import pytest

from ucomp_verify.dynamics.attention import Attention
from ucomp_verify.studies import Config, Row, Seeds, Status, Table, load, place_of
from ucomp_verify.studies.attention import STUDY
from ucomp_verify.studies.attention.cells import cell
from ucomp_verify.studies.attention.sequences import attended, examples, layer
from ucomp_verify.studies.attention.views import ARMS, GAP_AT_END, LIMIT
from ucomp_verify.studies.model import canonical

SEEDS = Seeds(STUDY.slug, STUDY.version)
TINY = {
    "task": "attending", "heads": 60, "size": 30, "k": 1, "steps": 4, "rate": 1e-3,
    "sequences": 6, "tokens": 5, "trial": 0,
}  # fmt: skip


def _row(**settings: Any) -> Row:
    config = Config.of(**(TINY | settings))
    result = cell(config, SEEDS)
    return Row(STUDY.slug, config, "", Status.DONE, result.found, measured=result.measured)


@pytest.mark.parametrize("task", ["attending", "product"])
def test_a_cell_finds_the_same_bits_again(task: str) -> None:
    first, second = (canonical(_row(task=task).found) for _ in range(2))
    assert first == second != canonical(_row(task=task, trial=1).found)


def test_the_found_columns_are_described() -> None:
    row = _row()
    known = {column.name for column in STUDY.columns}
    for name in {**row.found, **row.measured, **dict(row.config.settings)}:
        general = "_".join("ARM" if p in (*ARMS, "original") else p for p in name.split("_"))
        general = general.rsplit("_at_", 1)[0] + ("_at_T" if "_at_" in general else "")
        assert general in known, name
    assert row["nodes"] == max(row[f"nodes_{arm}"] for arm in ("output", "gradient", "all")) <= 30


def test_what_is_learnt_is_what_heads_can_do() -> None:
    inputs = np.random.default_rng(0).normal(size=(7, 5))
    head = Attention(*(np.array([[b]]) for b in (2.0, 1.0, 1.0, 1.0)))
    assert np.abs(head.outputs(inputs)[:, 0] - attended(inputs, 2.0)).max() < 1e-14
    assert np.abs(head.outputs(inputs)[:, 0] - attended(inputs, 2.1)).max() > 1e-3


def test_data_depend_on_what_they_should() -> None:
    one, other = (examples(SEEDS, "product", (6, 5), 0, purpose=p) for p in ("examples", "tests"))
    assert not np.array_equal(one.inputs, other.inputs)
    noisy = examples(SEEDS, "attending", (6, 5), 0, purpose="examples")
    assert np.array_equal(noisy.inputs, one.inputs)
    clean = attended(noisy.inputs, 2.0) - 0.5 * attended(noisy.inputs, -1.0)
    assert 0.05 < np.abs(noisy.targets[:, 0] - clean).max() < 3
    assert layer(SEEDS, 60, 2, 0).heads == 60
    with pytest.raises(ValueError, match="found the task 'other'; expected attending or product"):
        examples(SEEDS, "other", (6, 5), 0, purpose="tests")


@pytest.mark.parametrize("name", ["quick", "default", "full"])
def test_grids_are_of_cells_that_exist(name: str) -> None:
    configs = STUDY.cells(name)
    assert len(set(configs)) == len(configs) == len(list(STUDY.grids[name]()))
    assert load(place_of("attention")) is STUDY


def test_views_of_tiny_runs() -> None:
    table = Table(STUDY.slug, tuple(_row(trial=trial) for trial in range(2)))
    (summary,) = STUDY.summaries(table)
    assert [row[1] for row in summary.rows] == list(ARMS.values())
    assert any("rms gap at the end" in note for note in summary.notes)
    assert [figure.slug for figure in STUDY.figures(table)] == [
        "attention-losses",
        "attention-gaps",
    ]
    found = [e for e in STUDY.findings(table) if e.quantity == GAP_AT_END]
    assert len(found) == len(ARMS) and all(e.value > 0 and e.trials == 2 for e in found)
    assert STUDY.findings(Table(STUDY.slug, table.rows[:1])) == ()
    assert STUDY.summaries(Table(STUDY.slug, ())) == STUDY.figures(Table(STUDY.slug, ())) == ()


def _told(end: float, fair: float) -> str:
    rows: list[Row] = []
    for trial in range(4):
        row = _row()
        found = dict(row.found)
        found |= {f"rms_{arm}_at_4": end + trial * 1e-4 for arm in ("output", "gradient", "all")}
        found |= {f"rms_{arm}_at_4": fair + trial * 1e-4 for arm in ("fair", "paper")}
        rows.append(Row(row.study, row.config, "", row.status, found))
    (summary,) = STUDY.summaries(Table(STUDY.slug, tuple(rows)))
    return "\n".join(summary.notes)


def test_notes_follow_from_the_numbers() -> None:
    text = _told(LIMIT / 5, LIMIT * 5)
    assert f"below {LIMIT} for compressed, 2" in text and f"above {LIMIT} for fair" in text
    assert "evidence for moment matching" in text
    text = _told(LIMIT, LIMIT)
    assert f"not told apart from {LIMIT} for compressed, 2" in text
    assert "not told apart on these trials" in text


@pytest.mark.slow
def test_compressed_heads_follow_and_random_ones_do_not() -> None:
    big = {"heads": 4000, "size": 800, "k": 3, "steps": 250, "sequences": 64, "tokens": 16}
    rows = [_row(**big, task="product", trial=trial) for trial in range(3)]
    ends = {arm: [row[f"rms_{arm}_at_250"] for row in rows] for arm in ARMS}
    assert max(ends["output"]) < LIMIT < sum(ends["fair"]) / 3 < sum(ends["paper"]) / 3
    assert all(one < other for one, other in zip(ends["gradient"], ends["fair"], strict=True))
    assert all(row["rms_output_at_0"] < 1e-3 and row["rms_fair_at_0"] > 0.05 for row in rows)
