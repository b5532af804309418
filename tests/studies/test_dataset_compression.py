"""Training on fewer examples: what is compressed follows the original, subsets do not."""

import math
from dataclasses import replace
from itertools import islice
from typing import Any

import numpy as np
import pytest

from ucomp_verify.dynamics.activations import Activation
from ucomp_verify.dynamics.batches import Batch
from ucomp_verify.studies import Config, Row, Seeds, Status, Table, load, place_of
from ucomp_verify.studies.dataset_compression import STUDY
from ucomp_verify.studies.dataset_compression.cells import cell
from ucomp_verify.studies.dataset_compression.runs import OPTIMISERS, Plan, data_sets, student
from ucomp_verify.studies.dataset_compression.slope_views import expected_exponent
from ucomp_verify.studies.dataset_compression.teaching import Lesson, examples
from ucomp_verify.studies.dataset_compression.views import (
    ARMS,
    PARTS,
    REMARKED,
    mean_of,
    ratio_of,
)
from ucomp_verify.studies.model import Value, canonical

SEEDS = Seeds(STUDY.slug, STUDY.version)
TINY = {"test": "training", "optimiser": "SGD", "batch": 0, "d": 300, "size": 60, "k": 2}


def _row(**settings: Any) -> Row:
    config = Config.of(**settings)
    return Row(STUDY.slug, config, "", Status.DONE, cell(config, SEEDS).found)


def _made_up(trial: int, ratios: dict[str, float], *, batch: int = 0) -> Row:
    """A training whose end losses have these ratios to the original's, 1 for other arms."""
    found: dict[str, Value] = {f"{arm}_gap": 0.1 for arm in ARMS}
    for arm in ("original", *ARMS):
        found |= {f"{arm}_{part}": 2.0 * ratios.get(arm, 1.0) for part in range(PARTS + 1)}
    config = Config.of(**{**TINY, "trial": trial, "epochs": 400, "batch": batch})
    return Row(STUDY.slug, config, "", Status.DONE, found)


def test_a_cell_finds_the_same_again_and_its_arms_start_alike() -> None:
    one, other = (_row(**TINY, epochs=20, trial=0) for _ in range(2))
    assert canonical(one.found) == canonical(other.found)
    assert len({one[f"{arm}_0"] for arm in ("original", *ARMS)}) == 1
    assert len({one[f"{arm}_{PARTS}"] for arm in ("original", *ARMS)}) == 6
    assert one["original_nodes"] == 300 and all(one[f"{arm}_nodes"] <= 60 for arm in ARMS)
    assert one["original_gap"] == 0 < one["compressed_gap"] < one["naive_gap"]
    assert _row(**TINY, epochs=20, trial=1)["original_0"] != one["original_0"]


def test_mini_batches_take_the_same_steps_in_all_arms() -> None:
    row = _row(**{**TINY, "batch": 64, "optimiser": "AdamW"}, epochs=2, trial=0)
    assert all(math.isfinite(row[f"{arm}_{PARTS}"]) for arm in ARMS)
    plan = Plan(OPTIMISERS["SGD"], 7, 32, 5, 3)
    first, second = ([np.asarray(p).tolist() for p in plan.places(60)] for _ in range(2))
    assert first == second and len(first) == 7 and first[:2] != first[2:4]
    assert len(list(plan.places(300))) == 7


def test_slopes_have_a_gap_for_each_degree_and_size() -> None:
    row = _row(test="slopes", d=600, trial=0, steps=20, sizes="30 60", ks="0 1")
    assert {"k0_30", "k0_60", "k1_30", "k1_60", "random_30", "random_60"} <= set(row.found)
    assert row["k1_60"] < row["random_60"] and row["k1_60_nodes"] <= 60


@pytest.mark.parametrize("wrong", [{"test": "other"}, {"optimiser": "SDG"}])
def test_unknown_names_are_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="expected training or slopes, and one of SGD"):
        cell(Config.of(**{**TINY, **wrong}, epochs=1, trial=0), SEEDS)


def test_the_teacher_is_that_of_the_trial_and_has_the_signal() -> None:
    few, many = (examples(SEEDS, Lesson(), size=size, trial=0) for size in (100, 20_000))
    assert np.array_equal(few.test.targets, many.test.targets)
    assert np.isclose(np.mean(many.test.targets**2), 5.6)
    assert abs(np.mean(many.data.targets**2) - 5.6 - 9) < 0.5  # the noise is in the data alone
    other = examples(SEEDS, Lesson(), size=100, trial=1)
    assert not np.array_equal(few.test.targets, other.test.targets)


def test_each_arm_keeps_the_sums_it_says_and_no_others() -> None:
    data = examples(SEEDS, Lesson(), size=500, trial=0).data
    arms = data_sets(data, size=100, degree=2, seed=0)

    def off(arm: str, *powers: int) -> float:
        """How far the sum of x0^a x1^b y^c is off."""

        def total(batch: Batch) -> float:
            points = np.concatenate([batch.inputs, batch.targets], axis=1)
            return float(batch.weights @ np.prod(points ** np.array(powers), axis=1))

        whole = Batch(data.inputs, data.targets, np.ones(500))
        some = arms[arm]
        weights = np.full(len(some), 5.0) if some.weights is None else some.weights
        return abs(total(Batch(some.inputs, some.targets, weights)) - total(whole))

    for powers in ((0, 0, 0), (1, 1, 0), (0, 2, 1), (1, 1, 1)):
        assert off("compressed", *powers) < 1e-6
    assert off("naive", 1, 1, 0) > 1e-2 < off("naive", 0, 2, 1)
    assert off("isotropic", 0, 0, 2) < 1e-5 < 1e-2 < off("compressed", 0, 0, 2)
    assert off("isotropic", 0, 2, 1) > 1e-2  # of degree 3
    assert off("zeroth", 0, 0, 1) < 1e-6 < 1e-3 < off("zeroth", 1, 1, 1)


def test_equal_weights_change_no_mean() -> None:
    """So the naive subset is a fair control up to the choice of its examples."""
    data = examples(SEEDS, Lesson(), size=500, trial=0).data
    random = data_sets(data, size=100, degree=1, seed=0)["random"]
    plain = Batch(random.inputs, random.targets)
    assert random.weights is not None and np.all(random.weights == 5)
    start = student(20, Activation.RELU, seed=0)
    for one, other in zip(
        start.loss_and_gradient(random)[1], start.loss_and_gradient(plain)[1], strict=True
    ):
        assert np.allclose(one, other, rtol=1e-12, atol=1e-15)


def test_ratios_are_geometric_means_with_intervals() -> None:
    rows = [_made_up(t, {"naive": 2.0 ** (t + 1), "zeroth": 1.1}) for t in range(3)]
    naive = ratio_of(rows, "naive")
    assert np.isclose(naive.mean, 4) and naive.low < 2 and naive.high > 8
    # Student's 0.975 point for 2 degrees of freedom is 4.3027; the logarithms are log 2 apart.
    assert np.isclose(naive.high, 4 * math.exp(4.3027 * math.log(2) / 3**0.5), rtol=1e-3)
    assert np.isclose(ratio_of(rows, "zeroth").low, 1.1) and ratio_of(rows, "random").mean == 1
    assert math.isnan(mean_of([1.0]).low)


def test_views_of_trainings() -> None:
    table = Table(STUDY.slug, tuple(_made_up(t, {"naive": 3.0}) for t in range(4)))
    ratios, gaps = STUDY.summaries(table)
    assert len(ratios.rows) == len(ARMS) and len(gaps.rows) == 1
    assert ratios.rows[-1][5:9] == ("400", "4", "naive", "3.000 [3.000, 3.000]")
    (figure,) = STUDY.figures(table)
    assert [c.label for c in figure.panels[0].curves] == ["original", *ARMS]
    assert figure.panels[0].curves[0].x[-1] == 400
    estimates = [e for e in STUDY.findings(table) if dict(e.parameters)["arm"] == "naive"]
    assert [round(e.value, 9) for e in estimates] == [3.0, 0.1] and estimates[0].trials == 4
    assert STUDY.findings(Table(STUDY.slug, table.rows[:1])) == ()


def test_exponents_of_gaps_are_found() -> None:
    """From made-up gaps that are powers of the size."""
    rows: list[Row] = []
    for trial in range(5):
        config = Config.of(test="slopes", d=900, trial=trial, steps=1, sizes="10 20 40", ks="1")
        found = {f"k1_{d}": (1 + trial) * d**-1.25 for d in (10, 20, 40)}
        found |= {f"random_{d}": d**-0.5 for d in (10, 20, 40)}
        rows.append(Row(STUDY.slug, config, "", Status.DONE, found))
    table = Table(STUDY.slug, tuple(rows))
    found = {dict(e.parameters)["arm"]: e.value for e in STUDY.findings(table)}
    assert np.isclose(found["k1"], 1.25) and np.isclose(found["random"], 0.5)
    (summary,) = STUDY.summaries(table)
    assert [row[3] for row in summary.rows] == ["1", "0.5"]
    assert [c.label for c in STUDY.figures(table)[0].panels[0].curves] == [
        "K = 1",
        "",
        "random",
        "",
    ]


def test_the_study_is_known_and_its_columns_are_those_found() -> None:
    assert load(place_of("dataset-compression")) is STUDY
    names = [column.name for column in STUDY.columns]
    assert len(set(names)) == len(names)
    assert set(_row(**TINY, epochs=10, trial=0).found) <= set(names)
    assert {c["test"] for c in islice(STUDY.cells("quick"), 100)} == {"training", "slopes"}


@pytest.mark.slow
def test_figure_3_at_full_size() -> None:
    settings = {**TINY, "d": 10_000, "size": 1000, "k": 5, "epochs": 400}
    rows = [_row(**settings, trial=trial) for trial in range(5)]
    compressed, naive = ratio_of(rows, "compressed"), ratio_of(rows, "naive")
    assert 0.9 < compressed.low < compressed.high < 1.1
    assert naive.mean > 1.5 and naive.mean > compressed.high


@pytest.mark.slow
def test_gaps_fall_with_the_power_of_the_degree() -> None:
    rows = [
        _row(
            test="slopes", d=16_384, trial=trial, steps=400, sizes="256 512 1024 2048", ks="1 2 3 5"
        )
        for trial in range(4)
    ]  # fmt: skip
    found = {
        dict(e.parameters)["arm"]: e.value for e in STUDY.findings(Table(STUDY.slug, tuple(rows)))
    }
    for arm in ("k1", "k2", "k3", "k5"):
        assert found[arm] >= expected_exponent(arm) - 0.4
    assert abs(found["random"] - 0.5) < 0.3
    assert (
        max(row["k5_2048"] for row in rows) < 5e-4 < 1e-2 < min(row["random_2048"] for row in rows)
    )


def test_findings_with_batches_are_of_trials_that_the_remark_was_not_made_on() -> None:
    """All moments do worse on the first trials, and on none of the later ones."""
    first = [_made_up(t, {"isotropic": 3.0}, batch=256) for t in range(REMARKED)]
    assert STUDY.findings(Table(STUDY.slug, tuple(first))) == ()
    later = [_made_up(REMARKED + t, {}, batch=256) for t in range(3)]
    found = STUDY.findings(Table(STUDY.slug, (*first, *later)))
    losses = [e for e in found if e.quantity.startswith("test loss")]
    assert {(round(e.value, 9), e.trials) for e in losses} == {(1.0, 3)}
    whole = [replace(r, config=_made_up(i, {}).config) for i, r in enumerate(first)]
    assert {e.trials for e in STUDY.findings(Table(STUDY.slug, tuple(whole)))} == {REMARKED}
