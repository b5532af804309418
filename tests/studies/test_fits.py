"""Fitted exponents and rates are the planted ones, and say what they rest on."""

import math
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ucomp_verify.studies.fits import (
    AbstractFit,
    Statistic,
    fit_exponential,
    fit_power,
    log10_statistic,
    usable,
)

SIZES = (100, 200, 400, 800, 1600)
Samples = dict[float, list[float]]


def _power(exponent: float, *, trials: int = 20, seed: int = 0, scale: float = 1.0) -> Samples:
    random = np.random.default_rng(seed)
    return {d: list(scale * random.normal(size=trials) * d**-exponent) for d in SIZES}


@given(st.floats(-3, 12), st.floats(-150, 100), st.sampled_from(Statistic))
def test_an_exact_power_law_is_recovered(
    exponent: float, scale: float, statistic: Statistic
) -> None:
    samples = {d: [-(10.0**scale) * d**-exponent] * 6 for d in SIZES}
    fit = fit_power(samples, statistic=statistic)
    assert fit is not None
    assert fit.exponent == pytest.approx(exponent, abs=1e-9)
    assert fit.log10_scale == pytest.approx(scale, abs=1e-8)
    assert fit.standard_error < 1e-9 and fit.largest_residual < 1e-9
    assert math.log10(fit.at(300)) == pytest.approx(scale - exponent * math.log10(300), abs=1e-8)


@given(st.floats(-3, 30), st.floats(-100, 100))
def test_an_exact_exponential_law_is_recovered(rate: float, scale: float) -> None:
    samples = {k: [10.0**scale * math.exp(-rate * k)] for k in (-1, 0, 2, 5)}
    fit = fit_exponential(samples)
    assert fit is not None
    assert fit.rate == pytest.approx(rate, abs=1e-9)
    assert math.log10(fit.at(3)) == pytest.approx(scale - 3 * rate / math.log(10), abs=1e-8)


def _is_planted(fitted: Callable[[float], float]) -> bool:
    return all(abs(fitted(planted) - planted) < 1e-6 for planted in (-0.5, 1.5, 4.0))


def _rate(planted: float) -> float:
    fit = fit_exponential({k: [math.exp(-planted * k)] for k in (1, 2, 3)})
    assert fit is not None
    return fit.rate


def _exponent(planted: float) -> float:
    fit = fit_power({d: [d**-planted] for d in SIZES})
    assert fit is not None
    return fit.exponent


def test_slightly_wrong_formulas_are_found_out() -> None:
    assert _is_planted(_rate) and _is_planted(_exponent)
    assert not _is_planted(lambda rate: _rate(rate) / math.log(10))  # base 10 for e
    assert not _is_planted(lambda exponent: -_exponent(exponent))
    assert not _is_planted(lambda exponent: _exponent(exponent) * math.log(2))


def _covered(statistic: Statistic, trials: int, *, claimed: float = 2.0) -> float:
    fits = [fit_power(_power(2.0, trials=trials, seed=s), statistic=statistic) for s in range(200)]
    return sum(f is not None and f.interval[0] <= claimed <= f.interval[1] for f in fits) / 200


@pytest.mark.parametrize(
    "statistic",
    [Statistic.MEAN, Statistic.RMS, pytest.param(Statistic.MEDIAN, marks=pytest.mark.slow)],
)
def test_the_interval_covers_as_often_as_it_says(statistic: Statistic) -> None:
    assert 0.88 <= _covered(statistic, 10) <= 0.99


def test_the_interval_is_not_so_wide_that_it_covers_anything() -> None:
    assert _covered(Statistic.RMS, 10, claimed=2.3) < 0.5


@pytest.mark.parametrize("make", [fit_power, fit_exponential])
def test_the_same_trials_give_the_same_bits(make: Callable[[Samples], AbstractFit | None]) -> None:
    samples = _power(1.5)
    backwards = {d: samples[d] for d in reversed(samples)}
    assert make(samples) == make(samples) == make(backwards)


def test_a_curved_law_shows_in_the_residuals_and_the_standard_error() -> None:
    bent = {d: [d**-1.0 + 1e-3] * 6 for d in SIZES}
    fit = fit_power(bent)
    assert fit is not None and fit.bootstrap_error is not None
    assert fit.bootstrap_error < 1e-9 < fit.regression_error
    assert fit.standard_error == fit.regression_error
    assert fit.largest_residual > 0.01


def test_single_trials_have_an_interval_by_regression() -> None:
    samples = {d: [d**-2.0 * (1.1 if d == 400 else 1.0)] for d in SIZES}
    fit = fit_power(samples)
    assert fit is not None
    assert fit.interval_by == "regression" and fit.bootstrap_error is None
    assert fit.interval[0] < fit.exponent < fit.interval[1]


def test_what_cannot_be_fitted_is_excluded_with_the_reason() -> None:
    samples: Samples = {
        **_power(1.0, scale=1e-9),
        3200: [1e-15, -3e-15],
        6400: [1e-9, math.nan, math.inf],
        12800: [0.0, 0.0],
        25600: [0.0, 1e-9],
        51200: [],
    }
    fit = fit_power(samples, floor=1e-14)
    assert fit is not None
    assert fit.sizes == SIZES and fit.trials == (20,) * 5
    assert [tuple(one) for one in fit.excluded] == [
        (3200, "mean 2e-15 is below the floor 1e-14"),
        (6400, "2 trials failed"),
        (12800, "all zero"),
        (25600, "1 of 2 trials are zero"),
        (51200, "no trials"),
    ]
    assert "3200: mean 2e-15 is below the floor 1e-14; 6400: 2 trials failed" in fit.about
    assert fit.about.startswith("5 sizes from 100 to 1600, 20 trials each, mean of |values|")


def test_a_floor_that_is_kept_in_would_bend_the_exponent() -> None:
    samples = {d: [max(d**-5.5, 1e-16)] for d in (100, 200, 1600, 3200, 6400)}
    clean, bent = fit_power(samples, floor=2e-16), fit_power(samples)
    assert clean is None  # 100 and 200 alone
    assert bent is not None and abs(bent.exponent - 5.5) > 1
    assert usable(samples, statistic=Statistic.MEAN, floor=2e-16)[1][0].size == 1600


def test_too_few_sizes_make_no_fit() -> None:
    assert fit_power({10: [1.0], 20: [0.5]}) is None
    assert fit_power({}) is None
    assert fit_power({10: [1.0], 20: [0.5], 40: [0.25]}, least_sizes=4) is None


@pytest.mark.parametrize("statistic", Statistic)
def test_statistics_far_below_the_square_root_of_the_smallest_float(statistic: Statistic) -> None:
    assert log10_statistic([1e-290, -1e-290], statistic) == pytest.approx(-290)


def test_each_statistic_is_what_its_name_says() -> None:
    values = [-1.0, 2.0, 7.0]
    taken = [10 ** log10_statistic(values, statistic) for statistic in Statistic]
    assert taken == pytest.approx([10 / 3, math.sqrt(18), 2.0])


def test_bad_input_is_refused() -> None:
    good: Samples = {10: [1.0], 20: [0.5], 40: [0.25]}
    with pytest.raises(ValueError, match=r"sizes that are not > 0; expected > 0"):
        fit_power({**good, 0: [1.0]})
    with pytest.raises(ValueError, match="sizes not finite"):
        fit_exponential({**good, math.inf: [1.0]})
    with pytest.raises(ValueError, match=r"the floor -1.0; expected a finite one >= 0"):
        fit_power(good, floor=-1.0)
    with pytest.raises(ValueError, match="least_sizes = 2; expected 3 or more"):
        fit_exponential(good, least_sizes=2)
