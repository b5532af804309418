"""Weighted sets of total weight d are found wherever a relation fails on some."""

from fractions import Fraction

import pytest

from ucomp_verify.algebra.first_syzygies import first_syzygy, gram_determinant
from ucomp_verify.algebra.power_sum_polynomial import PowerSumPolynomial
from ucomp_verify.algebra.syzygies import find_syzygies
from ucomp_verify.algebra.weighted_sets import (
    NoWeightedSet,
    find_weighted_set,
    syzygy_certificate,
    value_on,
)
from ucomp_verify.kernel import check
from ucomp_verify.kernel.facts import SyzygyFact


@pytest.mark.parametrize(("dim", "num_points", "degree"), [(2, 2, 4), (2, 3, 6), (3, 2, 4)])
def test_one_for_every_generator_is_accepted_with_it(
    dim: int, num_points: int, degree: int
) -> None:
    for polynomial in find_syzygies(dim, num_points, degree).polynomials():
        witness = find_weighted_set(polynomial)
        fact = check(syzygy_certificate(polynomial, witness=witness))
        assert isinstance(fact, SyzygyFact)
        assert fact.mass == num_points
        assert fact.value == value_on(polynomial, witness) != 0


@pytest.mark.parametrize("sign", [1, -1])
def test_a_sign_can_be_asked_for(sign: int) -> None:
    polynomial = first_syzygy(2, 4)
    assert value_on(polynomial, find_weighted_set(polynomial, sign=sign)) * sign > 0


def test_a_relation_that_keeps_its_sign_has_none_of_the_other() -> None:
    gram = gram_determinant(2, 2)  # a sum of squares times weights
    assert value_on(gram, find_weighted_set(gram, sign=1)) > 0
    with pytest.raises(NoWeightedSet, match=r"not of sign -1, on .* of total weight 2"):
        find_weighted_set(gram, sign=-1)


def test_the_zero_polynomial_has_none() -> None:
    with pytest.raises(NoWeightedSet, match="it may be zero as a polynomial"):
        find_weighted_set(PowerSumPolynomial(1, 2, {}))


def test_the_number_of_points_must_be_known() -> None:
    polynomial = PowerSumPolynomial(1, None, {((1,),): Fraction(1)})
    with pytest.raises(ValueError, match="expected a polynomial with a number of points"):
        find_weighted_set(polynomial)
    with pytest.raises(ValueError, match="expected a polynomial with a number of points"):
        syzygy_certificate(polynomial)


def test_without_a_weighted_set_the_certificate_has_none() -> None:
    fact = check(syzygy_certificate(first_syzygy(3, 3)))
    assert isinstance(fact, SyzygyFact)
    assert (fact.mass, fact.value) == (None, None)
