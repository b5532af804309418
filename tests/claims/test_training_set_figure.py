"""The figures on training: what their claims make of final losses and exponents."""

from math import inf, nan

import pytest

from ucomp_verify.claims import Bearing
from ucomp_verify.claims.registry import find
from ucomp_verify.findings import Estimate

LOSS = "final test loss over the original's"
END = "test loss at the end over that of the original"
RATIO = "exponent over that of the original"
CASES = {
    "attention-figure": (LOSS, {"method": "compressed", "coordinates": "all"}, 1.0),
    "lottery-ticket-figure": (LOSS, {"experiment": "figure", "method": "compressed"}, 1.0),
    "training-set-figure": (END, {"arm": "isotropic", "batch": "all", "epochs": "400"}, 1.0),
    "training-set-batches": (END, {"arm": "compressed", "batch": "256", "epochs": "400"}, 1.0),
    "scaling-law-figure": (RATIO, {"part": "data", "arm": "isotropic"}, 2.0),
}
each = pytest.mark.parametrize("slug", CASES)


def estimate(slug: str, *, miss: float = 0.0, spread: float = 0.01, trials: int = 5) -> Estimate:
    quantity, names, expected = CASES[slug]
    return Estimate(expected + miss, spread, trials, 16, quantity, tuple(names.items()))


def bearing(slug: str, finding: Estimate) -> Bearing:
    return find(slug).read(finding).bearing


@each
def test_what_is_near_is_an_instance_and_what_is_far_a_doubt(slug: str) -> None:
    assert bearing(slug, estimate(slug)) is Bearing.INSTANCE
    assert bearing(slug, estimate(slug, miss=0.05)) is Bearing.INSTANCE
    for miss in (0.7, -0.7):
        assert bearing(slug, estimate(slug, miss=miss)) is Bearing.REFUTES


@each
def test_what_is_not_known_well_enough_says_nothing(slug: str) -> None:
    for spread in (1.0, inf, nan, -1.0):
        assert bearing(slug, estimate(slug, spread=spread)) is Bearing.SILENT
    assert bearing(slug, estimate(slug, miss=nan)) is Bearing.SILENT


@each
def test_other_arms_and_other_quantities_are_not_read(slug: str) -> None:
    quantity, names, expected = CASES[slug]
    for name in names:
        others = tuple((names | {name: "fair"}).items())
        assert bearing(slug, Estimate(expected, 0.01, 5, 16, quantity, others)) is Bearing.SILENT
    here = tuple(names.items())
    assert bearing(slug, Estimate(expected, 0.01, 5, 16, "speed", here)) is Bearing.SILENT


@pytest.mark.parametrize("slug", [s for s in CASES if s != "scaling-law-figure"])
def test_one_trial_is_none(slug: str) -> None:
    assert bearing(slug, estimate(slug, trials=1)) is Bearing.SILENT


@pytest.mark.parametrize(("batch", "epochs"), [("256", "400"), ("all", "16000")])
def test_all_moments_do_worse_in_many_steps_or_the_remark_is_in_doubt(
    batch: str, epochs: str
) -> None:
    def read(value: float, *, spread: float = 0.05, trials: int = 5, batch: str = batch) -> Bearing:
        names = (("arm", "isotropic"), ("batch", batch), ("epochs", epochs))
        return bearing("training-set-batches", Estimate(value, spread, trials, 16, END, names))

    assert read(1.3) is Bearing.INSTANCE
    assert read(0.9) is Bearing.REFUTES
    assert read(1.15) is Bearing.SILENT  # either may be
    assert read(1.3, trials=1) is read(1.3, batch="512") is read(nan) is Bearing.SILENT
    assert all(read(1.3, spread=spread) is Bearing.SILENT for spread in (-1.0, inf, nan))


def test_few_steps_on_all_pairs_are_the_figure_and_not_the_remark() -> None:
    names = (("arm", "isotropic"), ("batch", "all"))
    few, many = (
        Estimate(1.3, 0.01, 5, 16, END, (*names, ("epochs", epochs))) for epochs in ("400", "16000")
    )
    assert bearing("training-set-batches", few) is Bearing.SILENT
    assert bearing("training-set-figure", few) is Bearing.REFUTES
    assert bearing("training-set-figure", many) is Bearing.SILENT
