"""Exponents before and after compression, and what fair controls already have."""

import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pytest

from ucomp_verify.studies import Config, Row, Seeds, Status, Table, load, place_of
from ucomp_verify.studies.model import Value, canonical
from ucomp_verify.studies.scaling_laws import STUDY
from ucomp_verify.studies.scaling_laws.cells import budget, cell
from ucomp_verify.studies.scaling_laws.laws import difference, laws_of, ratio
from ucomp_verify.studies.scaling_laws.views import ARMS, conclusion
from ucomp_verify.studies.scaling_laws.widths import harmonic

SEEDS = Seeds(STUDY.slug, STUDY.version)
SIZES = (256, 1024, 4096, 16384)


def _row(**settings: Any) -> Row:
    config = Config.of(**settings)
    return Row(STUDY.slug, config, "", Status.DONE, cell(config, SEEDS).found)


def _made_up(
    losses: Callable[[str, int, int], float], trials: int, *, part: str = "width"
) -> Table:
    """Rows with losses by arm, d and trial."""
    rows: list[Row] = []
    for d in SIZES:
        for trial in range(trials):
            config = Config.of(part=part, d=d, k=4, trial=trial, steps=9, batch=2)
            found: dict[str, Value] = {"budget": budget(d)}
            found |= {f"{arm}_loss": losses(arm, d, trial) for arm in ARMS[part]}
            rows.append(Row(STUDY.slug, config, "", Status.DONE, found))
    return Table(STUDY.slug, tuple(rows))


def _noisy(exponents: dict[str, float]) -> Callable[[str, int, int], float]:
    """Powers of d with noise that the arms of a trial share, and a little of their own."""

    def loss(arm: str, d: int, trial: int) -> float:
        shared = np.random.default_rng([d, trial]).normal()
        own = np.random.default_rng([d, trial, len(arm)]).normal()
        return float(d ** -exponents.get(arm, 0.25) * math.exp(0.2 * shared + 0.01 * own))

    return loss


def test_the_budget_is_that_of_the_paper() -> None:
    published = {256: 256, 512: 362, 2048: 724, 32768: 2896, 131072: 5792, 524288: 11585}
    assert {d: budget(d) for d in published} == published and budget(100) == 100


def test_cells_of_data_sets() -> None:
    settings = {"part": "data", "k": 2, "trial": 0, "steps": 12, "batch": 64}
    small, one, other = (_row(**settings, d=d) for d in (128, 512, 512))
    assert canonical(one.found) == canonical(other.found)
    assert len({small[f"{arm}_loss"] for arm in ARMS["data"]}) == 1
    assert len({one[f"{arm}_loss"] for arm in ARMS["data"]}) == 5
    assert one["original_nodes"] == 512 and one["random_nodes"] == one["budget"] == 362
    assert set(one.found) <= {column.name for column in STUDY.columns}


def test_cells_of_widths() -> None:
    settings = {"part": "width", "k": 1, "trial": 0, "steps": 5, "batch": 32}
    small, one, other = (_row(**settings, d=d) for d in (128, 512, 512))
    assert canonical(one.found) == canonical(other.found)
    assert len({small[f"{arm}_loss"] for arm in ARMS["width"]}) == 1
    gaps = {arm: abs(one[f"{arm}_loss"] - one["original_loss"]) for arm in ARMS["width"]}
    assert gaps["original"] == 0 < gaps["compressed"] < gaps["narrow"]
    assert len({one[f"{arm}_nodes"] for arm in ARMS["width"][1:]}) == 1
    assert set(one.found) <= {column.name for column in STUDY.columns}


def test_another_part_is_refused() -> None:
    with pytest.raises(ValueError, match="found the part 'depth'; expected one of data, width"):
        cell(Config.of(part="depth", d=256), SEEDS)


def test_the_harmonic_has_its_symmetry() -> None:
    radius, angles = 0.4, np.array([0.0, 0.3, 0.3 + math.pi / 3, 0.3 + math.pi / 6])
    values = harmonic(radius * np.stack([np.cos(angles), np.sin(angles)], axis=1))[:, 0]
    terms = ((-1) ** j * 4.0 ** (2 * j + 6) / math.factorial(j) / math.factorial(j + 6)
             for j in range(40))  # fmt: skip
    assert np.isclose(values[0], math.fsum(terms))  # J_6(8) by its series
    assert np.isclose(values[1], values[2]) and np.isclose(values[1], -values[3])
    assert np.isclose(values[1], values[0] * math.cos(1.8))


def test_the_same_losses_double_the_exponent() -> None:
    (laws,) = laws_of(_made_up(_noisy({}), 6), ARMS)
    found = laws.compared("compressed", "original", ratio)
    assert found.interval is not None and found.error is not None
    assert abs(found.value - 2) < 0.05 and found.interval[0] < 2 < found.interval[1]
    fit = laws.fit("original")
    assert fit is not None and fit.interval[0] < 0.25 < fit.interval[1]
    assert abs(fit.exponent - laws.compared("original", "compressed", _first).value) < 1e-12


def _first(one: Any, other: Any) -> Any:
    del other
    return one


@pytest.mark.parametrize(
    ("exponent", "text"),
    [
        (0.25, "the doubling is no evidence for moment matching: the fair control has the same"),
        (0.20, "more than a random subset gives"),
        (0.30, "no evidence for moment matching: the fair control has the larger"),
    ],
)
def test_what_follows_is_by_the_interval(exponent: float, text: str) -> None:
    (laws,) = laws_of(_made_up(_noisy({"weighted": exponent}), 10), ARMS)
    found = laws.compared("compressed", "weighted", difference)
    assert text in conclusion(found, "weighted")
    assert abs(found.value - 2 * (0.25 - exponent)) < 0.02
    # arms share the noise of a trial: the difference is known far better than the exponents
    assert ("higher moments are seen" in conclusion(found, "zeroth")) == (exponent < 0.25)
    fit = laws.fit("compressed")
    assert fit is not None and found.error is not None and found.error < fit.standard_error / 4


@pytest.mark.parametrize(("exponent", "seen"), [(0.25, False), (0.2, True)])
def test_few_trials_are_judged_by_the_line(exponent: float, seen: bool) -> None:
    (laws,) = laws_of(_made_up(_noisy({"weighted": exponent}), 3), ARMS)
    assert laws.compared("compressed", "weighted", difference).interval is None
    found = laws.apart("compressed", "weighted")
    assert found.interval is not None and ("more than" in conclusion(found, "weighted")) == seen
    assert np.isclose(found.value, laws.compared("compressed", "weighted", difference).value)


def test_trials_that_miss_a_size_are_left_out() -> None:
    table = _made_up(_noisy({}), 6)
    some = Table(table.study, tuple(row for row in table if (row["d"], row["trial"]) != (1024, 2)))
    assert laws_of(some, ARMS)[0].trials == (0, 1, 3, 4, 5)
    assert laws_of(Table(table.study, table.rows[:12]), ARMS) == ()  # two sizes


@pytest.mark.parametrize("part", ["data", "width"])
def test_views(part: str) -> None:
    table = _made_up(_noisy({}), 5, part=part)
    exponents, follows, losses = STUDY.summaries(table)
    assert [row[0] for row in exponents.rows] == list(ARMS[part])
    assert len(losses.rows) == len(SIZES) and all("same" in row[3] for row in follows.rows)
    (figure,) = STUDY.figures(table)
    labels = [curve.label for curve in figure.panels[0].curves]
    assert [label for label in labels if label] == list(ARMS[part])
    found = [e for e in STUDY.findings(table) if e.quantity == "exponent over that of the original"]
    assert [dict(e.parameters)["arm"] for e in found] == list(ARMS[part][1:])
    assert all(abs(e.value - 2) < 0.1 for e in found)
    empty = Table(STUDY.slug, ())
    assert STUDY.summaries(empty) == STUDY.figures(empty) == STUDY.findings(empty) == ()


def test_the_study_is_known() -> None:
    assert load(place_of("scaling-laws")) is STUDY
    names = [column.name for column in STUDY.columns]
    assert len(set(names)) == len(names)
    assert {c["part"] for c in STUDY.cells("quick")} == {"data", "width"}


def _means(rows: Sequence[Row], arm: str) -> float:
    return float(np.mean([row[f"{arm}_loss"] for row in rows]))


@pytest.mark.slow
def test_the_exponent_of_data_sets_doubles_with_zeroth_weights_as_well() -> None:
    rows = [
        _row(part="data", d=d, k=6, trial=trial, steps=2048, batch=512)
        for d in (256, 1024, 4096, 16384)
        for trial in range(3)
    ]
    (laws,) = laws_of(Table(STUDY.slug, tuple(rows)), ARMS)
    ratios = {arm: laws.compared(arm, "original", ratio).value for arm in ARMS["data"]}
    assert 1.6 < ratios["compressed"] < 2.2 and 1.6 < ratios["zeroth"] < 2.2
    assert ratios["random"] < ratios["compressed"] - 0.2


@pytest.mark.slow
def test_the_papers_control_is_unfair() -> None:
    rows = [
        _row(part="width", d=4096, k=4, trial=trial, steps=6000, batch=128) for trial in range(2)
    ]
    losses = {arm: _means(rows, arm) for arm in ARMS["width"]}
    assert losses["compressed"] < 1.15 * losses["original"]
    assert losses["weighted"] < 1.15 * losses["original"]
    assert losses["unweighted"] > 1.15 * losses["compressed"]
