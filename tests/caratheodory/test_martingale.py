"""All outcomes of the unbiased reduction, exactly: their mean is the measure itself."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from tests.measures.exactly import moments, monomial_rank
from ucomp_verify.caratheodory.martingale import Outcome, outcomes, random_outcome
from ucomp_verify.measures import AtomicMeasure
from ucomp_verify.strategies import exact_measures

SMALL = exact_measures(max_dim=2, max_nodes=7)
UNEVEN = AtomicMeasure([(0,), (1,), (3,), (7,), (8,), (11,)], [1, 2, 1, Fraction(1, 3), 5, 1])


def _mean(ends: tuple[Outcome, ...]) -> tuple[Fraction, ...]:
    columns = zip(*([end.probability * w for w in end.weights] for end in ends), strict=True)
    return tuple(sum(column, Fraction(0)) for column in columns)


@given(measure=SMALL, degree=st.integers(0, 2))
def test_the_mean_of_all_outcomes_is_the_measure(measure: AtomicMeasure, degree: int) -> None:
    ends = outcomes(measure, degree)
    assert sum(end.probability for end in ends) == 1
    assert min(end.probability for end in ends) > 0
    assert _mean(ends) == measure.weights


@given(measure=SMALL, degree=st.integers(0, 2))
def test_every_outcome_is_a_reduction(measure: AtomicMeasure, degree: int) -> None:
    before = moments(measure.nodes, measure.weights, degree)
    for end in outcomes(measure, degree)[:10]:
        after = AtomicMeasure(measure.nodes, end.weights)
        assert moments(after.nodes, after.weights, degree) == before
        assert set(after.support) <= set(measure.support)
        nodes = [after.nodes[i] for i in after.support]
        assert monomial_rank(nodes, degree) == len(nodes)


def test_a_fair_coin_is_biased() -> None:
    ends = outcomes(UNEVEN, 2, probability=lambda _forward, _backward: Fraction(1, 2))
    assert sum(end.probability for end in ends) == 1
    assert _mean(ends) != UNEVEN.weights
    assert _mean(outcomes(UNEVEN, 2)) == UNEVEN.weights


def test_one_direction_is_biased() -> None:
    (end,) = outcomes(UNEVEN, 2, probability=lambda _forward, _backward: Fraction(1))
    assert end.probability == 1
    assert end.weights != UNEVEN.weights


def test_random_outcomes_are_outcomes() -> None:
    ends = {end.weights for end in outcomes(UNEVEN, 2)}
    drawn = {random_outcome(UNEVEN, 2, seed=seed).weights for seed in range(40)}
    assert drawn <= ends and len(drawn) > 1
    assert random_outcome(UNEVEN, 2, seed=3) == random_outcome(UNEVEN, 2, seed=3)
