"""Claims on exponents: what is near, what is far, and what says nothing."""

import math
from fractions import Fraction

import pytest

from ucomp_verify.claims import Bearing, Claim
from ucomp_verify.claims.exponents import (
    EXPONENT,
    SLACK,
    TIME_EXPONENT,
    WIDEST,
    at_least,
    exponent_in,
    near,
)
from ucomp_verify.claims.registry import find
from ucomp_verify.findings import Estimate

FIGURE, HALF, RUNTIME = map(find, ("error-scaling-figure", "half-exponent", "runtime-figure"))
CASES = ((FIGURE, "greedy", EXPONENT), (HALF, "unbiased", EXPONENT), (RUNTIME, "greedy", ""))
PREDICTED = 3.5  # (k + 1) / m + 1/2 at m = 2, k = 5


def estimate(
    value: float, spread: float = 0.05, *, method: str = "greedy", trials: int = 20, what: str = ""
) -> Estimate:
    """An exponent at m = 2, k = 5."""
    names = (("method", method), ("m", "2"), ("k", "5"))
    return Estimate(value, spread, trials, 16, what or EXPONENT, names)


def bearing(claim: Claim, method: str, what: str, value: float, spread: float = 0.05) -> Bearing:
    """What the claim makes of an exponent `value` above the predicted one."""
    predicted = 1.0 if claim is RUNTIME else PREDICTED
    quantity = TIME_EXPONENT if claim is RUNTIME else what
    found = estimate(predicted + value, spread, method=method, what=quantity)
    return claim.read(found).bearing


@pytest.mark.parametrize(("claim", "method", "what"), CASES)
def test_the_predicted_exponent_is_an_instance_and_a_smaller_one_is_not(
    claim: Claim, method: str, what: str
) -> None:
    assert bearing(claim, method, what, 0.0) is Bearing.INSTANCE
    assert bearing(claim, method, what, -SLACK - 0.09) is Bearing.INSTANCE
    assert bearing(claim, method, what, -SLACK - 0.11) is Bearing.REFUTES


@pytest.mark.parametrize(("claim", "method", "what"), CASES)
def test_no_spread_is_so_large_that_any_exponent_agrees(
    claim: Claim, method: str, what: str
) -> None:
    """Without the limit every one of these would be an instance."""
    for spread in (2 * WIDEST, 10.0, 1e300):
        assert bearing(claim, method, what, 0.0, spread) is Bearing.SILENT
    assert bearing(claim, method, what, -1.0, 2 * WIDEST) is Bearing.REFUTES
    assert bearing(claim, method, what, -0.5 - 1e-9, WIDEST) is Bearing.REFUTES


@pytest.mark.parametrize(
    "broken",
    [
        estimate(math.nan),
        estimate(math.inf),
        estimate(PREDICTED, math.inf),
        estimate(PREDICTED, math.nan),
        estimate(PREDICTED, -0.1),
        estimate(PREDICTED, trials=0),
        estimate(PREDICTED, trials=2),
    ],
)
def test_what_is_no_estimate_says_nothing(broken: Estimate) -> None:
    assert exponent_in(broken, EXPONENT) is None
    assert FIGURE.read(broken).bearing is Bearing.SILENT


def test_a_bound_allows_a_larger_exponent_and_an_observation_does_not() -> None:
    found = exponent_in(estimate(PREDICTED + 1), EXPONENT)
    assert found is not None
    predicted = Fraction(7, 2)
    assert at_least(found, predicted).bearing is Bearing.INSTANCE
    assert near(found, predicted).bearing is Bearing.REFUTES


def test_other_methods_and_degrees_are_other_claims() -> None:
    assert FIGURE.read(estimate(PREDICTED, method="cells")).bearing is Bearing.SILENT
    assert HALF.read(estimate(PREDICTED, method="forced")).bearing is Bearing.SILENT
    names = (("method", "greedy"), ("m", "2"), ("k", "4"))
    other = Estimate(1.0, 0.01, 9, 16, TIME_EXPONENT, names)
    assert RUNTIME.read(other).bearing is Bearing.SILENT
