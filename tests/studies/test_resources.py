"""Work is timed as often as it is short, and its memory is seen."""

import tracemalloc

import numpy as np
import pytest

from ucomp_verify.studies.resources import Timed, timed, traced


def test_short_work_is_repeated_and_the_first_result_kept() -> None:
    calls: list[int] = []
    found = timed(lambda: calls.append(1) or len(calls), enough=100.0, most=4)
    assert found.result == 1 and len(calls) == len(found.seconds) == 4


def test_enough_work_is_not_repeated() -> None:
    assert len(timed(lambda: None, enough=0.0).seconds) == 1


def test_the_typical_time_is_the_median() -> None:
    assert Timed(None, (1.0, 9.0, 2.0)).typical == 2.0


def test_memory_held_at_a_time_is_seen_even_if_it_was_given_back() -> None:
    held, peak = traced(lambda: float(np.ones(1_000_000).sum()))
    assert held == 1e6
    assert 8_000_000 <= peak < 9_000_000
    twice = traced(lambda: [float(np.ones(1_000_000).sum()) for _ in range(2)])[1]
    assert twice < 9_000_000
    assert traced(lambda: None)[1] < 100_000


def test_tracing_goes_on_if_it_was_on_and_else_ends() -> None:
    traced(lambda: None)
    assert not tracemalloc.is_tracing()
    tracemalloc.start()
    try:
        traced(lambda: None)
        assert tracemalloc.is_tracing()
    finally:
        tracemalloc.stop()


def test_tracing_ends_after_an_error() -> None:
    with pytest.raises(ZeroDivisionError):
        traced(lambda: 1 // 0)
    assert not tracemalloc.is_tracing()


def test_bad_limits_are_refused() -> None:
    with pytest.raises(ValueError, match="most = 0; expected >= 0 and >= 1"):
        timed(lambda: None, most=0)
