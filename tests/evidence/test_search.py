"""The search finds refutations from the statement alone, and says when it finds none."""

from fractions import Fraction

import pytest
from hypothesis import strategies as st

from ucomp_verify.evidence.search import NothingFound, find_refutation
from ucomp_verify.kernel.certificates import Covering, LevelSet
from ucomp_verify.writing import points, vector


def segments(length: int) -> Covering:
    return Covering(points([(0,), (length,)]), vector([Fraction(1, 2), Fraction(1, 2)]))


def test_nothing_is_found_where_the_step_holds() -> None:
    with pytest.raises(NothingFound, match="none of 200 candidates refutes small-ball-enclosing"):
        find_refutation("small-ball-enclosing", st.integers(0, 99).map(segments), cases=200)


def test_the_level_set_search_shrinks_to_a_line() -> None:
    def power(degree: int, end: Fraction) -> LevelSet:
        coefficients = vector([*[0] * degree, 1])
        zero, one = Fraction(0), Fraction(1)
        return LevelSet(coefficients, vector([0, 1]), end**degree, ((zero, end),), one)

    ends = st.fractions(Fraction(1, 9), Fraction(8, 9), max_denominator=9)
    found = find_refutation("levelset-remez", st.builds(power, st.integers(0, 9), ends))
    assert isinstance(found, LevelSet)
    assert len(found.coefficients.numerators) == 2  # degree 1


def test_rejected_candidates_are_passed_over() -> None:
    wrong = Covering(points([(0,), (1,)]), vector([1, 1]))  # the multipliers add up to 2
    with pytest.raises(NothingFound):
        find_refutation("small-ball-enclosing", st.just(wrong), cases=5)
