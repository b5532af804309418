"""Every check fails for a planted fault and passes for its healthy twin."""

import re
from typing import Any

import pytest

from tests.testing import faulty
from ucomp_verify.testing import CHECKS, Check, Level, Status, adapt, find_check, scale
from ucomp_verify.testing.relations import IsAffineEquivariant, IsMergeable
from ucomp_verify.testing.running import run_check

FAULTS = {
    "core-deterministic": "rolls_dice",
    "core-input-unchanged": "spoils_input",
    "core-control": "keeps_all",
    "core-size": "ignores_size",
    "core-size-too-small": "ignores_size",
    "exact-affine": "expects_the_box",
    "exact-idempotent": "always_drops_one",
    "robust-degree-1000-1d": "forgets_nodes_at_high_degree",
    "robust-degree-1000-2d": "tries_every_monomial",
    "robust-read-only": "writes_to_input",
    "robust-fortran-order": "reads_memory",
    "robust-strided": "reads_memory",
    "robust-reversed-view": "reads_memory",
    "robust-int64": "takes_doubles_only",
    "robust-float32": "takes_doubles_only",
    "robust-denormals": "squares_overflow",
    "exact-d1-duplicates": "eleven_digits",
    "exact-uniform-2d": "eleven_digits",
    "exact-repeated-point": "stops_at_n",
    "exact-two-points": "stops_at_n",
    "exact-parabola": "stops_at_n",
    "robust-no-mass": "invents_mass",
    "core-zero-weights": "picks_weightless",
    "core-light-weights": "drops_light_nodes",
    "core-s1-weights-1e-13": "drops_light_nodes",
}
"""The fault that a check is there for; of the others, what any check of its kind must see."""

BOUNDED = [check for check in CHECKS if check.level is not Level.SCALE]
SLOW = ("exact-degree-40", "exact-lognormal")  # seconds each


def fault_for(check: Check) -> str:
    if check.name in FAULTS:
        return FAULTS[check.name]
    return "accepts_anything" if check.ask.asks.startswith("refused") else "loses_mass"


def compressor(name: str) -> Any:
    return getattr(faulty, name)


def rows() -> list[Any]:
    marks = {name: [pytest.mark.slow] for name in SLOW}
    return [pytest.param(c, id=c.name, marks=marks.get(c.name, [])) for c in BOUNDED]


@pytest.mark.parametrize("check", rows())
def test_a_planted_fault_is_seen_and_its_healthy_twin_passes(check: Check) -> None:
    wrong = run_check(adapt(compressor(fault_for(check))), check)
    assert wrong.status in (Status.FAILED, Status.ERROR)
    assert wrong.kind
    assert "expected" in wrong.message
    assert check.name in wrong.reproduce
    right = run_check(adapt(faulty.healthy), check)
    assert right.status is Status.PASSED, right.message


@pytest.mark.parametrize(
    ("fault", "check", "message"),
    [
        ("drops_light_nodes", "core-light-weights", r"defect of \d\.\de-0\d; expected at most 1.0"),
        ("drops_light_nodes", "core-s1-weights-1e-13", "first moment that is off is 1, the mass"),
        ("clips_at_n", "core-uniform-2d", "the first moment that is off"),
        ("ignores_weights", "core-exponential-weights", "off is 1, the mass, by"),
        ("ignores_weights", "core-zero-weights", r"found node \d+, which has weight 0"),
        ("off_by_one", "core-d5-few", "result is 12; expected 0 to 11"),
        ("off_by_one", "core-uniform-2d", "the first moment that is off is x"),
        ("keeps_all", "core-uniform-1d", "found 400 nodes .* at most 13, N = "),
        ("keeps_all", "core-control", "a random subset of 400 nodes, as many as were kept"),
        ("stops_at_n", "exact-two-points", "found 10 nodes .* at most 2, the rank"),
        ("single_precision", "core-uniform-2d", r"defect of \d\.\de-0\d; expected at most 1.0e-10"),
        ("eleven_digits", "exact-uniform-2d", r"e-1\d; expected at most 1.0e-13"),
        ("rounds_rationals", "core-uniform-2d", "expected 0, for weights that are rationals"),
        ("loses_mass", "core-uniform-2d", "off is 1, the mass, by 1.0e"),
        ("repeats_an_index", "core-uniform-2d", r"found the index \d+ 2 times; expected distinct"),
        ("negative_pair", "core-uniform-2d", r"the weight -\S+ on node \d+; expected weights >= 0"),
        ("not_finite", "core-uniform-2d", "weight 14 of the result is nan; expected a finite"),
        ("spoils_input", "core-input-unchanged", "300 numbers of the weights changed by the call"),
        ("rolls_dice", "core-deterministic", "expected the same result for the same seed"),
        ("ignores_size", "core-size", "found 400 nodes; expected at most the size asked for, 30"),
        ("accepts_anything", "robust-nan-weight", "a NaN among the weights was accepted: found a"),
        ("accepts_anything", "robust-size-0", "the size 0 was accepted"),
        ("fails_inside", "robust-negative-weight", "refused by an internal error, IndexError"),
        ("says_nothing", "robust-nan-in-points", "refused by ValueError without a text"),
        ("tries_every_monomial", "robust-degree-1000-1d", "internal error, MemoryError"),
        ("rounds_points", "core-uniform-2d", "is no node; expected nodes as given"),
        ("takes_doubles_only", "robust-int64", "it raised TypeError: expected float64; expected a"),
    ],
)
def test_messages_have_what_was_found_and_what_was_expected(
    fault: str, check: str, message: str
) -> None:
    result = run_check(adapt(compressor(fault)), find_check(check))
    assert not result.status.conforms
    assert re.search(message, result.message), result.message


@pytest.mark.parametrize("form", ["exact", "dense", "as_points", "as_mapping"])
@pytest.mark.parametrize("name", ["core-uniform-2d", "exact-d4-lattice", "robust-nan-weight"])
def test_every_form_of_a_result_is_understood(form: str, name: str) -> None:
    result = run_check(adapt(compressor(form)), find_check(name))
    assert result.status is Status.PASSED, result.message


def test_data_that_are_dependent_on_order_are_seen_by_the_permutation() -> None:
    result = run_check(adapt(faulty.needs_order), find_check("exact-permutation"))
    assert result.status is Status.FAILED


def test_merging_sees_what_is_wrong_on_few_nodes_alone() -> None:
    check = find_check("exact-mergeable")
    assert isinstance(check.ask, IsMergeable)
    assert run_check(adapt(faulty.trusts_halves), find_check("core-exponential-weights")).kind == ""
    assert run_check(adapt(faulty.trusts_halves), check).kind == "mass"


def test_free_nodes_have_no_affine_check() -> None:
    check = find_check("exact-affine")
    assert isinstance(check.ask, IsAffineEquivariant)
    free = adapt(faulty.as_points, free_nodes=True)
    assert run_check(free, check).status is Status.SKIPPED
    assert run_check(free, find_check("exact-uniform-2d")).status is Status.PASSED


def test_a_compressor_without_a_size_skips_those_checks() -> None:
    for name in ("core-size", "core-size-too-small", "robust-size-0"):
        result = run_check(adapt(faulty.exact), find_check(name))
        assert (result.status, result.message) == (Status.SKIPPED, "it takes no size")


def test_names_are_unique_and_begin_with_their_level() -> None:
    names = [check.name for check in CHECKS]
    assert len(set(names)) == len(names)
    assert all(check.name.startswith(f"{check.level}-") for check in CHECKS)
    assert all(": " in check.asks for check in CHECKS)
    with pytest.raises(KeyError, match=r"found the check 'core-sise'; .* core-size"):
        find_check("core-sise")


@pytest.mark.slow
def test_the_scale_level_measures_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scale, "MEMORY", 300)
    check = find_check("scale-1e5-nodes")
    greedy = run_check(adapt(faulty.quadratic_memory), check)
    assert (greedy.status, greedy.kind) == (Status.FAILED, "memory")
    healthy = run_check(adapt(faulty.healthy), check)
    assert healthy.status is Status.PASSED, healthy.message
    assert 0 <= float(healthy.figures["peak_mib"]) < 300  # 0: memory freed before is used again
