"""The study of Figure 4: arms on the same batches, rates, floors, and sentences from numbers."""

from collections.abc import Callable, Iterator
from math import isclose, pi
from typing import Any

import numpy as np
import pytest

from ucomp_verify.dynamics.batches import Batch
from ucomp_verify.dynamics.controls import random_subset
from ucomp_verify.dynamics.initialisation import mean_field_two_layer
from ucomp_verify.dynamics.optimisers import SGD, Adam
from ucomp_verify.dynamics.training import whole
from ucomp_verify.studies import Config, Row, Seeds, Status, Table, load, place_of
from ucomp_verify.studies.lottery_ticket import STUDY
from ucomp_verify.studies.lottery_ticket.cells import cell
from ucomp_verify.studies.lottery_ticket.comparing import Factor, Interval, loss_sentence, told
from ucomp_verify.studies.lottery_ticket.estimates import LARGEST, OVER_DESCENT, SLOPE
from ucomp_verify.studies.lottery_ticket.problems import harmonic, problem_of
from ucomp_verify.studies.lottery_ticket.rates import fits_of, floors_of
from ucomp_verify.studies.lottery_ticket.runs import (
    Diverged,
    Rescaled,
    checkpoints,
    follow,
    found_in,
)
from ucomp_verify.studies.model import Value, canonical

SEEDS = Seeds(STUDY.slug, STUDY.version)
TINY = {
    "experiment": "figure", "optimiser": "Adam", "rate": 1e-3, "eps": 1e-8, "activation": "relu",
    "width": 80, "size": 30, "k": 1, "steps": 12, "samples": 100, "batch": 16, "trial": 0,
}  # fmt: skip
DESCENT = {
    "experiment": "mean-field", "optimiser": "SGD", "rate": 0.3, "eps": 0.0, "activation": "tanh",
    "width": 16_384, "size": 2048, "k": 3, "steps": 10, "samples": 32, "batch": 32, "trial": 0,
}  # fmt: skip


def _config(base: dict[str, Any], **settings: Any) -> Config:
    return Config.of(**(base | settings))


def _row(base: dict[str, Any], **settings: Any) -> Row:
    config = _config(base, **settings)
    result = cell(config, SEEDS)
    return Row(STUDY.slug, config, "", Status.DONE, result.found, measured=result.measured)


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"optimiser": "momentum", "activation": "tanh"},
        {"optimiser": "RMSprop"},
        {"optimiser": "AdamW", "experiment": "orders"},
        {"experiment": "mean-field", "optimiser": "sign", "activation": "tanh"},
    ],
)
def test_a_cell_finds_the_same_bits_again(settings: dict[str, Any]) -> None:
    first, second = (canonical(cell(_config(TINY, **settings), SEEDS).found) for _ in range(2))
    assert first == second
    assert canonical(cell(_config(TINY, **settings, trial=1), SEEDS).found) != first


def test_the_found_columns_are_described() -> None:
    row = _row(TINY)
    known = {column.name for column in STUDY.columns}
    arms = {"original", "compressed", "fair", "paper", "narrow"}
    for name in {**row.found, **row.measured, **dict(row.config.settings)}:
        general = "_".join("ARM" if part in arms else part for part in name.split("_"))
        general = general.rsplit("_at_", 1)[0] + ("_at_T" if "_at_" in general else "")
        assert general in known, name
    assert row["nodes"] <= 30 and row["residual"] < 1e-12 and row["dps"] == 7


def test_all_arms_see_the_same_batches() -> None:
    problem = problem_of(_config(TINY), SEEDS)
    one, other = (np.concatenate([np.asarray(p) for p in problem.order()]) for _ in range(2))
    assert len(one) > 12 * 8 and np.array_equal(one, other)
    again = problem_of(_config(TINY, optimiser="momentum", size=10, k=2), SEEDS)
    assert np.array_equal(again.data.targets, problem.data.targets)
    assert np.array_equal(again.network.outer, problem.network.outer)


def _descent_of(width: int, rate: float, steps: int) -> Any:
    problem = problem_of(_config(DESCENT, width=width, steps=steps, rate=rate), SEEDS)
    return problem, follow(
        problem.network, problem.optimiser, problem.data, whole(steps), problem.inputs, steps
    )


def test_gaps_are_those_of_outputs() -> None:
    problem, run = _descent_of(50, 0.3, 5)
    same = found_in({"original": run, "twin": run}, problem.targets, ("twin",))
    assert same["largest_twin"] == same["gap_twin_at_5"] == same["rms_twin_at_3"] == 0
    assert same["moved"] > 0 and same["loss_twin_at_5"] == same["loss_original_at_5"]
    part = random_subset(problem.network, 25, seed=0, weighted=True)
    other = follow(part, problem.optimiser, problem.data, whole(5), problem.inputs, 5)
    found = found_in({"original": run, "part": other}, problem.targets, ("part",))
    gap = float(np.abs(run.outputs[5] - other.outputs[5]).max())
    assert found["gap_part_at_5"] == gap > found["rms_part_at_5"] > 0
    assert found["end_part"] == gap / found["moved"] <= found["largest_part"]


def test_a_run_is_that_of_gradient_descent_by_mass() -> None:
    """Twice the width with every neuron doubled: the same outputs, as rates are by mass."""
    network = mean_field_two_layer(40, 1, seed=0)
    data = Batch(np.linspace(-1, 1, 9)[:, None], np.ones((9, 1)))
    twice = network.with_weights((np.full(40, 2.0),)).original()
    assert twice.width == 80
    halved = type(twice)(twice.inner, None, twice.outer, scale=1 / 80)
    runs = [
        follow(one, Rescaled(SGD(0.1), one.width), data, whole(6), data.inputs, 6)
        for one in (network, halved)
    ]
    assert np.abs(runs[0].outputs[6] - runs[1].outputs[6]).max() < 1e-14
    wrong = follow(halved, Rescaled(SGD(0.1), 40), data, whole(6), data.inputs, 6)
    assert np.abs(runs[0].outputs[6] - wrong.outputs[6]).max() > 1e-3


def test_rescaled_keeps_the_optimiser() -> None:
    assert Rescaled(Adam(), 3.0).name == "Adam"
    assert Rescaled(SGD(0.1, 0.9), 3.0).family is SGD().family


def test_a_run_that_diverges_is_refused() -> None:
    with np.errstate(all="ignore"), pytest.raises(Diverged, match="lower the rate"):
        _descent_of(20, 1e200, 10)


@pytest.mark.parametrize(
    ("settings", "text"),
    [
        ({"experiment": "other"}, "the experiment 'other'; expected figure, orders or mean-field"),
        ({"optimiser": "Newton"}, "the optimiser 'Newton'; expected SGD, momentum, Adam"),
        ({"activation": "sine"}, "'sine' is not a valid Activation"),
    ],
)
def test_other_settings_are_refused(settings: dict[str, Any], text: str) -> None:
    with pytest.raises(ValueError, match=text):
        cell(_config(TINY, **settings), SEEDS)


def test_the_target_is_a_cylindrical_harmonic() -> None:
    points = np.random.default_rng(0).uniform(-1, 1, (20, 2))
    angle = pi / 3
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    values = harmonic(points, 6, 20.0)
    assert values.shape == (20, 1)
    assert np.abs(harmonic(points @ turn, 6, 20.0) - values).max() < 1e-12
    assert np.abs(harmonic(points, 5, 20.0) - values).max() > 0.1
    assert isclose(harmonic(np.array([[0.5, 0.0]]), 6, 20.0)[0, 0], -0.01445884, abs_tol=1e-7)


def test_checkpoints_have_both_ends() -> None:
    assert checkpoints(1) == (0, 1) and checkpoints(6000)[-1] == 6000
    assert 15 < len(checkpoints(588_000)) < 25 and {1, 10, 100} <= set(checkpoints(100))


@pytest.mark.parametrize("name", ["quick", "default", "full"])
def test_grids_are_of_cells_that_exist(name: str) -> None:
    configs = STUDY.cells(name)
    assert len(set(configs)) == len(configs) == len(list(STUDY.grids[name]()))
    assert all(config["size"] < config["width"] for config in configs)
    assert load(place_of("lottery-ticket")) is STUDY


def _noise(config: Config, purpose: str) -> float:
    return float(np.exp(0.1 * SEEDS.generator(purpose, **dict(config.settings)).normal()))


def _gaps(exponent: Callable[[int], float]) -> Table:
    """Rows of the mean-field experiment whose gaps follow a law, about."""

    def found(config: Config) -> dict[str, Value]:
        gap = config["size"] ** -exponent(config["k"]) * _noise(config, "gap")
        fair = config["size"] ** -0.5 * _noise(config, "fair")
        steps = {"gap_compressed_at_10": gap, "gap_fair_at_10": fair, "gap_paper_at_10": 0.5}
        return {**steps, "nodes": config["size"], "loss_original_at_10": 1.0}

    rows = [
        Row(STUDY.slug, config, "", Status.DONE, found(config))
        for k in (1, 3)
        for size in (256, 512, 1024, 2048)
        for trial in range(6)
        for config in (_config(DESCENT, k=k, size=size, trial=trial),)
    ]
    return Table(STUDY.slug, tuple(rows))


def test_slopes_are_found_and_false_ones_are_told() -> None:
    table = _gaps(lambda k: (k + 1) / 2)
    slopes = {(key.arm, key.k): fit for key, fit in fits_of(table)}
    for k in (1, 3):
        fit = slopes["compressed", k]
        assert fit is not None and abs(fit.exponent - (k + 1) / 2) < 0.1
    (summary,) = STUDY.summaries(table)
    holds = summary.columns.index("holds")
    assert [row[holds] for row in summary.rows] == ["yes", "yes", "-"]
    (slow,) = STUDY.summaries(_gaps(lambda _: 0.5))
    assert [row[holds] for row in slow.rows][:2] == ["yes", "no"]
    found = {dict(e.parameters).get("k"): e for e in STUDY.findings(table) if e.quantity == SLOPE}
    assert abs(found["3"].value + 2) < 0.1 and found["3"].trials == 24
    (figure,) = STUDY.figures(table)
    assert [panel.title for panel in figure.panels] == ["T = 10"]
    assert [c.label for c in figure.panels[0].curves if c.label] == [
        "k = 1",
        "k = 3",
        "fair",
    ]


def _pairs(factor: float, spread: float) -> tuple[list[float], list[float]]:
    random = np.random.default_rng(1)
    small = list(map(float, random.uniform(1, 2, 6)))
    return [factor * s * float(np.exp(spread * random.normal())) for s in small], small


@pytest.mark.parametrize(
    ("factor", "text"),
    [
        (5.0, "evidence for moment matching"),
        (1.0, "not told apart"),
        (0.2, "the fair control is closer"),
    ],
)
def test_sentences_follow_from_the_intervals(factor: float, text: str) -> None:
    assert text in told("run", "gap", *_pairs(factor, 0.2))
    assert "no statement on one trial" in told("run", "gap", [factor], [1.0])


def _losses(**ends: float) -> Row:
    found = {f"loss_{arm}_at_9": 1 + off for arm, off in ends.items()}
    return Row(STUDY.slug, _config(TINY), "", Status.DONE, found | {"loss_original_at_9": 1.0})


@pytest.mark.parametrize(
    ("offs", "text"),
    [
        ((0.01, 0.01, 0.01), "shows nothing of moments"),
        ((0.01, -0.02, 0.5), "the weights are enough"),
        ((0.01, 0.2, 0.5), "only the compressed run follows"),
        ((0.4, 0.2, 0.5), "none is sure"),
    ],
)
def test_what_the_loss_curves_show(offs: tuple[float, float, float], text: str) -> None:
    arms = {"compressed": "compressed", "fair": "fair", "paper": "paper's"}
    row = _losses(**dict(zip(arms, offs, strict=True)))
    assert text in loss_sentence("run", [row], arms, 9)
    wide = [row, _losses(compressed=0.3, fair=-0.4, paper=0.6)]
    assert "none is sure" in loss_sentence("run", wide, arms, 9)


def test_intervals_cover_the_mean_as_often_as_they_say() -> None:
    draws = np.random.default_rng(0).normal(size=(2000, 4)) + 3
    ends = [Interval.of(list(map(float, row))).ends for row in draws]
    inside = sum(e is not None and e[0] <= 3 <= e[1] for e in ends)
    assert 0.93 < inside / 2000 < 0.97
    assert Interval.of([2.0]).ends is None and Interval.of([2.0]).text == "2"
    with pytest.raises(ValueError, match="expected one a trial"):
        Interval.of([])
    wide = Interval.geometric([1.0, 100.0])
    assert isclose(wide.mean, 10) and wide.ends is not None and wide.ends[0] > 0
    factor = Factor.of([4.0, 1.0], [1.0, 1.0])
    assert (
        isclose(factor.value, 2) and factor.ends is not None and factor.ends[0] < 1 < factor.ends[1]
    )


def test_views_of_a_tiny_run() -> None:
    rows = [_row(TINY, trial=trial) for trial in range(2)]
    rows += [_row(TINY, experiment="orders", k=k, optimiser="SGD") for k in (1, 2)]
    table = Table(STUDY.slug, tuple(rows))
    arms, orders = STUDY.summaries(table)
    assert [row[1] for row in arms.rows] == [
        "compressed", "fair control", "paper's control", "narrow network"
    ]  # fmt: skip
    assert any("fair control / compressed" in note for note in arms.notes)
    assert [row[0] for row in orders.rows][:2] == ["compressed, k = 1", "compressed, k = 2"]
    slugs = [figure.slug.removeprefix("lottery-ticket-") for figure in STUDY.figures(table)]
    assert slugs == ["losses", "gaps", "orders"]
    found = [e for e in STUDY.findings(table) if e.quantity == LARGEST]
    assert {dict(e.parameters)["method"] for e in found} == {
        "compressed",
        "fair",
        "paper",
        "narrow",
    }
    assert STUDY.summaries(Table(STUDY.slug, ())) == STUDY.figures(Table(STUDY.slug, ())) == ()


def _slope_rows() -> Iterator[Row]:
    for k in (1, 2, 3, 5):
        for size in (256, 512, 1024, 2048):
            for trial in range(3):
                yield _row(DESCENT, k=k, size=size, trial=trial)


@pytest.mark.slow
def test_the_gap_falls_with_the_width_as_the_order_says() -> None:
    table = Table(STUDY.slug, tuple(_slope_rows()))
    for key, fit in fits_of(table):
        assert fit is not None
        if key.k is not None:
            assert -fit.exponent <= -(key.k + 1) / 2 + 0.6, key
        elif key.arm == "fair":
            assert abs(fit.exponent - 0.5) < 0.25, key


@pytest.mark.slow
def test_adam_has_a_floor_that_no_order_lowers() -> None:
    rows = [_row(DESCENT, k=k, trial=trial) for k in (5, 7) for trial in range(3)]
    for eps in (1e-8, 0.1):
        rows += [
            _row(DESCENT, k=k, trial=trial, optimiser="Adam", rate=0.01, eps=eps)
            for k in (5, 7)
            for trial in range(3)
        ]
    floors = {(f.eps, f.k): f for f in floors_of(Table(STUDY.slug, tuple(rows))) if f.step == 1}
    sharp, smooth = floors[1e-8, 5], floors[0.1, 5]
    assert sharp.factor.value > 20 and sharp.gap.mean > 3 * smooth.gap.mean
    higher = floors[1e-8, 7]
    assert higher.from_lower is not None and higher.from_lower.value > 0.3
    assert higher.gap.mean > 1e-8
    every = STUDY.findings(Table(STUDY.slug, tuple(rows)))
    assert any(e.quantity == OVER_DESCENT and e.value > 20 for e in every)


@pytest.mark.slow
def test_the_paper_net_by_order() -> None:
    base = {
        "experiment": "orders", "optimiser": "momentum", "rate": 4e-4, "eps": 0.0,
        "activation": "tanh", "width": 10_000, "size": 2000, "steps": 150, "samples": 10_000,
        "batch": 128, "trial": 0,
    }  # fmt: skip
    found = {k: _row(base, k=k) for k in (1, 2, 3, 5)}
    gaps = [found[k]["largest_compressed"] for k in (1, 2, 3)]
    assert gaps[0] > gaps[1] > gaps[2] > found[5]["largest_compressed"]
    assert found[5]["largest_compressed"] < 0.01 and found[5]["largest_fair"] > 1


@pytest.mark.slow
def test_a_compressed_network_trains_like_the_original() -> None:
    row = _row(TINY, width=4096, size=512, k=4, steps=1500, samples=20_000, batch=256)
    assert abs(row["loss_compressed_at_1500"] / row["loss_original_at_1500"] - 1) < 0.1
    assert row["largest_compressed"] < row["largest_fair"] / 2
    assert row["largest_compressed"] < row["largest_paper"]
