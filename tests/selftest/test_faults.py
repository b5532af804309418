"""The planted faults are caught, and the self-test can fail."""

import re
from collections.abc import Callable

import pytest

from ucomp_verify.kernel import moments
from ucomp_verify.selftest import FAULTS, Fault, smoke, try_fault


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name.replace(" ", "-"))
def test_caught_for_the_right_reason_while_its_healthy_twin_passes(fault: Fault) -> None:
    outcome = try_fault(fault)
    assert outcome.killed, outcome.story


def test_names_are_distinct_and_every_fault_says_what_it_breaks() -> None:
    assert len({fault.name for fault in FAULTS}) == len(FAULTS) >= 20
    assert all(fault.breaks and fault.reason for fault in FAULTS)


def test_the_faults_that_were_asked_for_are_there() -> None:
    wanted = {
        "dropped mass",
        "negative weight",
        "N + 1 nodes",
        "repeated index",
        "wrong normalisation",
        "degree off by one",
        "false lemma",
        "swapped reading",
        "kernel tolerance",
        "stale baseline",
    }
    assert wanted <= {fault.name for fault in FAULTS}


def _fault(
    run: Callable[[], str | None], healthy: Callable[[], str | None] = lambda: None
) -> Fault:
    return Fault("x", "something", run, healthy, "because")


def _broken() -> str | None:
    raise RuntimeError("because of a bug")


@pytest.mark.parametrize(
    ("fault", "story"),
    [
        (_fault(lambda: None), "not noticed: something"),
        (_fault(lambda: "by chance"), r"by chance \(expected: because\)"),
        (_fault(lambda: "because", lambda: "because"), "healthy twin was not passed: because"),
        (_fault(_broken), "error in the self-test: RuntimeError"),
        (_fault(lambda: "because", _broken), "healthy twin was not passed: error"),
    ],
)
def test_a_miss_is_told_as_one(fault: Fault, story: str) -> None:
    outcome = try_fault(fault)
    assert not outcome.killed
    assert re.search(story, outcome.story)


def _blind(condition: bool, reason: str) -> None:
    del condition, reason


def test_a_kernel_that_requires_nothing_of_a_rule_is_found_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert smoke() is None
    monkeypatch.setattr(moments, "require", _blind)
    missed = {fault.name for fault in FAULTS if not try_fault(fault).killed}
    assert {"dropped mass", "negative weight", "repeated index", "kernel tolerance"} <= missed
    assert smoke() == "a rule with a negative weight was accepted"


def test_a_kernel_that_refuses_everything_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(condition: bool, reason: str) -> None:
        del condition
        raise moments.MalformedCertificate(reason)

    monkeypatch.setattr(moments, "require", refuse)
    assert str(smoke()).startswith("a right rule was refused")
