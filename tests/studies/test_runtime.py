"""Times are measured of what was asked for, and planted laws of growth are found again."""

from dataclasses import replace
from itertools import product

import pytest

from ucomp_verify.algebra import num_monomials
from ucomp_verify.findings import Estimate
from ucomp_verify.studies.model import Config, Row, Status, Table, canonical
from ucomp_verify.studies.references import UnreadableReference
from ucomp_verify.studies.runtime import STUDY, cell
from ucomp_verify.studies.runtime.views import METHODS, drawn_beside
from ucomp_verify.studies.seeds import Seeds

SEEDS = Seeds("runtime", 1)


def _config(method: str, what: str = "time", **settings: int) -> Config:
    return Config.of(method=method, what=what, **{"m": 2, "k": 2, "d": 300, "trial": 0} | settings)


@pytest.mark.parametrize("method", METHODS)
def test_a_cell_keeps_a_tenth_of_the_nodes_and_says_what_it_took(method: str) -> None:
    found = cell(_config(method), SEEDS)
    nodes, degree = found.found["nodes"], found.found["degree"]
    assert isinstance(nodes, int) and isinstance(degree, int)
    most = num_monomials(2, 2) if method == "exact-reduction" else 30
    assert num_monomials(2, 2) <= nodes <= most and degree >= 2
    seconds = [float(str(found.measured[f"cpu_{n}"])) for n in ("least", "seconds", "most")]
    assert seconds == sorted(seconds) and seconds[0] >= 0
    assert "peak_bytes" not in found.measured


def test_what_was_found_is_the_same_again_and_does_not_depend_on_what_was_measured() -> None:
    first, memory = cell(_config("hybrid"), SEEDS), cell(_config("hybrid", "memory"), SEEDS)
    assert canonical(first.found) == canonical(cell(_config("hybrid"), SEEDS).found)
    assert first.found == memory.found
    assert set(memory.measured) == {"peak_bytes"}
    assert int(str(memory.measured["peak_bytes"])) > 300 * 2 * 8 / 10


def test_few_points_keep_as_many_nodes_as_there_are_monomials() -> None:
    assert cell(_config("greedy", d=40), SEEDS).found["nodes"] == 6


def test_bad_settings_are_refused() -> None:
    with pytest.raises(ValueError, match="found the method 'fast'; expected one of cells-float"):
        cell(_config("fast"), SEEDS)
    with pytest.raises(ValueError, match="found what = 'luck'; expected one of time, memory"):
        cell(_config("greedy", "luck"), SEEDS)


@pytest.mark.parametrize("grid", STUDY.grids)
def test_grids_ask_for_known_methods_and_for_the_papers_order(grid: str) -> None:
    cells = STUDY.cells(grid)
    assert {c["method"] for c in cells} == set(METHODS)
    assert {(c["m"], c["k"]) for c in cells} >= {(1, 5), (2, 5), (3, 5)}
    assert len(cells) > 100


def _row(config: Config, **measured: float) -> Row:
    return Row("runtime", config, "", Status.DONE, {"nodes": 1, "degree": 5}, "", measured)


def _planted(exponent: float, ratio: float, *, methods: tuple[str, ...] = ("greedy",)) -> Table:
    rows: list[Row] = []
    for method, m, d, trial in product(methods, (1, 2, 3), (1000, 2000, 4000, 8000), range(3)):
        seconds = 1e-3 * d**exponent * ratio**m * (1 + 0.01 * trial)
        times = {"cpu_seconds": seconds, "cpu_least": seconds, "cpu_most": seconds}
        rows.append(_row(_config(method, k=5, m=m, d=d, trial=trial), **times))
        rows.append(_row(_config(method, "memory", k=5, m=m, d=d, trial=trial), peak_bytes=8.0 * d))
    return Table("runtime", tuple(rows))


def _estimates(table: Table, quantity: str) -> list[Estimate]:
    return [e for e in STUDY.findings(table) if e.quantity == quantity]


def test_planted_exponents_and_ratios_are_found() -> None:
    table = _planted(1.25, 3.0)
    exponents = _estimates(table, "time exponent")
    assert [e.parameters for e in exponents] == [
        (("method", "greedy"), ("m", str(m)), ("k", "5")) for m in (1, 2, 3)
    ]
    assert [e.value for e in exponents] == pytest.approx([1.25] * 3)
    assert [e.value for e in _estimates(table, "time ratio to m - 1")] == pytest.approx([3.0, 3.0])


def test_another_planted_law_is_not_taken_for_the_first() -> None:
    for exponent, ratio in ((1.2, 3.0), (-1.25, 3.0), (1.25, 1 / 3)):
        table = _planted(exponent, ratio)
        values = [e.value for e in STUDY.findings(table)]
        assert values != pytest.approx([1.25, 1.25, 1.25, 3.0, 3.0], abs=0.01)


def test_tables_show_time_memory_and_dimension() -> None:
    growth, by_dimension = STUDY.summaries(_planted(1.0, 2.0, methods=("hybrid", "greedy")))
    assert [row[0] for row in growth.rows] == ["hybrid"] * 3 + ["greedy"] * 3
    assert growth.rows[0][3] == "1.00 +- 0.00" and growth.rows[0][8] == "1.00 +- 0.00"
    assert growth.rows[0][5:8] == ("8000", "16.2", "0.064 at 8000")
    assert by_dimension.rows[0] == ("hybrid", "5", "8000", "16.2", "32.3", "64.6")
    assert any("4 sizes from 1000 to 8000, 3 trials each" in note for note in growth.notes)


def test_orders_have_a_table_and_a_panel() -> None:
    times = {"cpu_seconds": 1.0, "cpu_least": 1.0, "cpu_most": 1.0}
    rows = tuple(_row(_config("hp", k=k, d=4000), **times) for k in (1, 2, 3))
    table = Table("runtime", rows)
    assert STUDY.summaries(table)[-1].columns == ("method", "m", "d", "k = 1", "k = 2", "k = 3")
    assert STUDY.figures(table)[-1].panels[0].curves[0].x == (1.0, 2.0, 3.0)


def test_figures_have_every_method_in_every_dimension() -> None:
    table = _planted(1.0, 2.0, methods=METHODS)
    seconds, memory = STUDY.figures(table)
    assert [panel.title for panel in seconds.panels] == ["m = 1", "m = 2", "m = 3"]
    for panel in (*seconds.panels, *memory.panels):
        assert {c.label for c in panel.curves} - {"~ d"} == set(METHODS)


def test_published_times_are_drawn_beside() -> None:
    figure = STUDY.figures(_planted(1.0, 2.0))[0]
    rows = [{"m": 2, "k": 5, "d": 1000.0, "runtime": t} for t in (1.0, 5.0, 2.0)]
    beside = drawn_beside(figure, rows)
    assert [len(panel.curves) for panel in beside.panels] == [2, 3, 2]
    published = beside.panels[1].curves[-1]
    assert (published.x, published.y, published.hue) == ((1000.0,), (2.0,), -1)
    with pytest.raises(UnreadableReference, match="expected d, runtime as well"):
        drawn_beside(figure, [{"m": 2}])


def test_cells_that_failed_and_empty_tables_estimate_nothing() -> None:
    failed = tuple(replace(row, status=Status.FAILED) for row in _planted(1.0, 2.0))
    for table in (Table("runtime", ()), Table("runtime", failed)):
        assert STUDY.findings(table) == STUDY.summaries(table) == STUDY.figures(table) == ()
