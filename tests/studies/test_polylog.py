"""The study of Fig. 8: its certified errors, its bounds, and what it says of float64."""

import itertools
import subprocess
import sys
from fractions import Fraction
from math import exp, prod
from typing import Any

import numpy as np
import pytest

from ucomp_verify.studies import Config, Row, Seeds, Status, Table
from ucomp_verify.studies.polylog import STUDY
from ucomp_verify.studies.polylog.errors import (
    Interval,
    certified_error,
    first_digits,
)
from ucomp_verify.studies.polylog.findings import FLOOR, FROM, LARGEST, RATE, ROUNDING
from ucomp_verify.studies.polylog.float_weights import (
    WEIGHERS,
    float_rule,
    monomial_weights,
    rounding_of_value,
)
from ucomp_verify.studies.polylog.function import SHIFT, Reciprocals
from ucomp_verify.studies.polylog.rules import cells_of, size_of
from ucomp_verify.studies.polylog.tables import by_trial, stop
from ucomp_verify.studies.references import UnreadableReference

SEEDS = Seeds("polylog", 1)


def _data(count: int, vectors: int = 3) -> tuple[Any, Reciprocals]:
    draws = np.random.default_rng(count)
    g = Reciprocals.of(draws.uniform(-1, 1, (vectors, 1)))
    return draws.uniform(-1, 1, (count, 1)), g


def _remainder(nodes: Any, support: Any, g: Reciprocals) -> Fraction:
    """int g over the nodes minus that under the interpolatory weights: Hermite's remainder.

    1/(p - w) minus its interpolant on S is the product over s of (w - s)/(p - s), over p - w.
    """
    kept = [Fraction(s) for s in support]
    total = Fraction(0)
    for slope in g.slopes:
        at_pole = prod((-SHIFT / slope - s for s in kept), start=Fraction(1))
        for w in map(Fraction, nodes):
            total += prod((w - s for s in kept), start=Fraction(1)) / at_pole / (SHIFT + slope * w)
    return total / len(g.slopes)


@pytest.mark.parametrize(("degree", "size"), [(3, 4), (5, 18), (12, 13)])
def test_the_error_is_that_of_hermites_remainder(degree: int, size: int) -> None:
    points, g = _data(60)
    cells = cells_of(points, degree=degree, size=size, seed=0)
    found = certified_error(cells, points, g, digits=30)
    parts = [
        _remainder(cell.part.nodes[:, 0].tolist(), cell.part.nodes[list(rule.indices), 0], g)
        for cell, rule in zip(cells, found.rules, strict=True)
    ]
    exact = abs(sum(parts, Fraction(0))) / len(points)
    wrong = abs(sum(parts, Fraction(0)) - parts[0] / 100) / len(points)
    assert found.error.lower <= exact <= found.error.upper
    assert not found.error.lower <= wrong <= found.error.upper


def test_digits_are_raised_until_the_error_is_clear() -> None:
    points, _ = _data(80)
    g = Reciprocals((Fraction(1, 3),))
    cells = cells_of(points, degree=25, size=26, seed=0)
    poor, rich = (certified_error(cells, points, g, digits=d) for d in (2, 60))
    assert poor.digits > 2
    assert rich.digits == 60
    assert poor.error.is_clear
    assert poor.error.lower <= rich.error.lower <= rich.error.upper <= poor.error.upper


def test_an_interval_of_a_fifth_is_not_clear() -> None:
    assert Interval(Fraction(10), Fraction(12)).is_clear
    assert not Interval(Fraction(9), Fraction(12)).is_clear


@pytest.mark.parametrize("degree", [0, 3, 30])
@pytest.mark.parametrize(("low", "high"), [(-1, 1), (-1, Fraction(-9, 10)), (0, 1)])
def test_the_bound_is_twice_the_distance_from_polynomials(
    degree: int, low: Fraction, high: Fraction
) -> None:
    """The interpolant at Chebyshev's nodes is by 1 + Lebesgue's constant worse than the best."""
    _, g = _data(5)
    bound = g.bound_on(Fraction(low), Fraction(high), mass=Fraction(1), degree=degree)
    centre, half = float(low + high) / 2, float(high - low) / 2
    angles = (2 * np.arange(degree + 1) + 1) * np.pi / (2 * degree + 2)
    nodes = centre + half * np.cos(angles)
    places = np.linspace(float(low), float(high), 41)
    worst = max(abs(_remainder([w], nodes, g)) for w in places)
    assert worst <= bound / 2 * Fraction(2 + np.log(degree + 1))
    assert worst > bound / 10**4


def test_the_bound_is_for_the_size_on_an_ellipse_without_poles() -> None:
    _, g = _data(5)
    bound = g.bound_on(Fraction(-1), Fraction(1), mass=Fraction(1), degree=20)
    values: list[float] = []
    for rho in np.linspace(1.01, exp(g.pole_rate(Fraction(-1), Fraction(1))) - 1e-9, 200):
        z = rho * np.exp(1j * np.linspace(0, 2 * np.pi, 400))
        z = (z + 1 / z) / 2
        size = abs(np.mean([1 / (1.05 + float(x) * z) for x in g.slopes], axis=0)).max()
        values.append(4 * size * rho**-20 / (rho - 1))
    assert min(values) <= float(bound) <= 2 * min(values)


def test_the_rate_belongs_to_the_nearest_pole() -> None:
    g = Reciprocals((Fraction(1, 2), Fraction(-1)))
    rho = exp(g.pole_rate(Fraction(-1), Fraction(1)))
    assert (rho + 1 / rho) / 2 == pytest.approx(1.05)


def test_errors_of_all_rules_are_below_the_bound() -> None:
    points, g = _data(300)
    for degree, size in [(4, 60), (9, 10), (20, 63)]:
        cells = cells_of(points, degree=degree, size=size, seed=1)
        bound = sum((cell.bound(g) for cell in cells), Fraction(0)) / len(points)
        error = certified_error(cells, points, g, digits=first_digits(bound)).error
        assert 0 < error.lower <= error.upper < bound < error.upper * 10**12


def test_cells_are_neighbours_with_all_points() -> None:
    points, _ = _data(100)
    cells = cells_of(points, degree=3, size=20, seed=0)
    assert [len(cell.part) for cell in cells] == [20] * 5
    ends = [(cell.part.nodes.min(), cell.part.nodes.max()) for cell in cells]
    assert all(a[1] < b[0] for a, b in itertools.pairwise(ends))


@pytest.mark.parametrize(("degree", "size"), [(10, 10), (3, 101)])
def test_sizes_without_room_are_refused(degree: int, size: int) -> None:
    points, _ = _data(100)
    with pytest.raises(ValueError, match=f"found the size {size} for the degree {degree}"):
        cells_of(points, degree=degree, size=size, seed=0)


def test_unknown_sizes_are_refused() -> None:
    with pytest.raises(ValueError, match="found the size 'd / 10'; expected one of 120 ln d"):
        size_of("d / 10", 1000, 3)


def test_float64_weights_err_by_rounding_and_exact_ones_do_not() -> None:
    points, g = _data(600, 10)
    cells = cells_of(points, degree=20, size=500, seed=0)
    found = certified_error(cells, points, g, digits=40)
    rules = {n: float_rule(w, cells, found, g, len(points)) for n, w in WEIGHERS.items()}
    errors = {name: rule.error.middle for name, rule in rules.items() if rule is not None}
    assert found.error.upper < Fraction(1, 10**17)
    assert errors["monomial"] > 100 * found.error.upper
    assert errors["legendre"] < 1e-15
    assert rounding_of_value(found, points, g).middle < 1e-15


def test_float64_weights_of_low_degree_are_the_exact_ones() -> None:
    points, g = _data(200)
    (cell,) = cells_of(points, degree=3, size=4, seed=0)
    found = certified_error([cell], points, g, digits=30)
    (rule,) = found.rules
    support = cell.part.nodes[list(rule.indices), 0]
    for weigher in WEIGHERS.values():
        weights = weigher(cell.part.nodes[:, 0], support, 3)
        assert weights == pytest.approx([float(v) for v in rule.weights.values], rel=1e-9)
    wrong = monomial_weights(cell.part.nodes[1:, 0], support, 3)
    assert wrong != pytest.approx([float(v) for v in rule.weights.values], rel=1e-5)


def test_a_cell_finds_the_same_bits_again() -> None:
    config = Config.of(m=1, d=400, k=12, trial=0, size="k + 1")
    first, second = (STUDY.cell(config, SEEDS).found for _ in range(2))
    assert first == second
    assert first["within_bound"] is True
    assert Fraction(str(first["error_lower"])) <= Fraction(str(first["error_upper"]))
    names = {column.name for column in STUDY.columns}
    assert set(first) <= names
    assert {"error", "bound", "log10_over_monomial"} <= set(first)


@pytest.mark.slow
def test_the_error_falls_to_1e_60_at_d_of_100_000() -> None:
    config = Config.of(m=1, d=100_000, k=140, trial=0, size="k + 1")
    found = STUDY.cell(config, SEEDS).found
    assert Fraction(str(found["error_upper"])) < Fraction(1, 10**60)
    assert Fraction(str(found["error_upper"])) < Fraction(str(found["bound"]))


def _row(size: str, k: int, error: float, seen: float, **more: Any) -> Row:
    found = {
        "nodes": k + 1,
        "error": error,
        "bound": f"{10 * error:e}",
        "log10_error": np.log10(error),
        "log10_bound": np.log10(error) + 1,
        "within_bound": True,
        "pole_rate": 0.5,
        "dps": 30,
        "value_rounding": 1e-16,
    }
    for name in ("monomial", "nnls", "legendre"):
        found[f"seen_{name}"] = found[f"error_{name}"] = seen
        found[f"log10_over_{name}"] = np.log10(seen / error)
    config = Config.of(m=1, d=more.get("d", 1000), k=k, trial=more.get("trial", 0), size=size)
    return Row("polylog", config, "", Status.DONE, found)


def test_a_program_stops_before_the_first_rise() -> None:
    rows = [_row("120 ln d", k, 10.0**-k, s) for k, s in [(3, 1e-3), (5, 1e-5), (7, 2e-5)]]
    found = stop(rows)
    assert found is not None
    assert found["k"] == 5
    assert stop(rows[:2]) is None


def test_summaries_and_findings_come_from_the_rows() -> None:
    seen = {3: 1e-3, 5: 1e-5, 8: 1e-4}
    rows = [
        _row("120 ln d", k, 2.0 * 10.0**-k, s, trial=t) for k, s in seen.items() for t in range(2)
    ]
    rows += [_row("k + 1", k, exp(-0.6 * k), 1.0) for k in (5, 10, 20)]
    table = Table("polylog", tuple(rows))
    found = {estimate.quantity: estimate for estimate in STUDY.findings(table)}
    assert found[LARGEST].value == pytest.approx(2e-8)
    assert found[LARGEST].trials == 2
    assert found[ROUNDING].value == pytest.approx(-np.log10(2))
    assert found[RATE].value == pytest.approx(1.2)
    texts = {s.title: s for s in STUDY.summaries(table)}
    assert texts["Certified errors at the best degree"].rows[0][3:5] == ("8", "2 of 2")
    assert texts["Rate of the error in d' for one reduction"].rows[0][4] == "3 of 3"
    assert len(by_trial(table)) == 3


def test_rounding_begins_after_the_last_row_without_it() -> None:
    seen = {(4, 0): 2e-4, (6, 0): 1e-3, (6, 1): 2e-6, (8, 0): 1e-3, (8, 1): 3e-3}
    rows = [_row("120 ln d", k, 10.0**-k, s, trial=t) for (k, t), s in seen.items()]
    found = {estimate.quantity: estimate for estimate in STUDY.findings(Table("polylog", (*rows,)))}
    assert found[FROM].value == 8
    assert found[FLOOR].value == pytest.approx(2e-3)
    assert found[FLOOR].trials == 2


def test_a_row_above_its_bound_is_seen_in_the_summary() -> None:
    row = _row("120 ln d", 3, 1e-3, 1e-3)
    above_bound = Row(row.study, row.config, "", Status.DONE, {**row.found, "within_bound": False})
    (best, *_) = STUDY.summaries(Table("polylog", (above_bound,)))
    assert best.rows[0][-1] == "0 of 1"


def test_failed_cells_are_left_out_and_named() -> None:
    good = _row("120 ln d", 3, 1e-3, 1e-3)
    failed = Row(
        "polylog", Config.of(m=1, d=1000, k=4, trial=0, size="120 ln d"), "", Status.FAILED, {}
    )
    table = Table("polylog", (good, failed))
    assert "1 cells that did not end well are left out." in STUDY.summaries(table)[0].notes
    assert STUDY.summaries(Table("polylog", ())) == ()
    assert STUDY.figures(Table("polylog", ())) == ()
    assert STUDY.findings(Table("polylog", (failed,))) == ()


def test_published_errors_are_drawn_beside_the_best_ones() -> None:
    table = Table("polylog", tuple(_row("120 ln d", k, 10.0**-k, 1e-9) for k in (3, 5)))
    published = [{"d": 1000.0, "least_error": e} for e in (1e-12, 3e-12)]
    assert STUDY.beside is not None
    drawn = [STUDY.beside(figure, published) for figure in STUDY.figures(table)]
    curves = {figure.slug: figure.panels[0].curves for figure in drawn}
    assert curves["polylog-best"][-1].y == (3e-12,)
    assert not any("published" in curve.label for curve in curves["polylog-degree"])
    (best,) = (figure for figure in STUDY.figures(table) if figure.slug == "polylog-best")
    with pytest.raises(UnreadableReference, match="expected least_error as well"):
        STUDY.beside(best, [{"d": 1000.0}])


def test_grids_have_cells_that_fit_their_sizes() -> None:
    for name in STUDY.grids:
        for config in STUDY.cells(name):
            assert config["k"] + 1 <= size_of(config["size"], config["d"], config["k"])
            assert size_of(config["size"], config["d"], config["k"]) <= config["d"]


def test_the_study_is_loaded_without_numpy() -> None:
    code = "import sys, ucomp_verify.studies.polylog, ucomp_verify.studies.precision\n"
    code += "assert not {'numpy', 'flint', 'scipy'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)
