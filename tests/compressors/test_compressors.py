"""The reference keeps what it promises; the control must fail what it does not."""

from dataclasses import FrozenInstanceError
from fractions import Fraction
from typing import Any, cast

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ucomp_verify.algebra import num_monomials
from ucomp_verify.bounds import DerivativeBounds
from ucomp_verify.caratheodory import caratheodory_reduce
from ucomp_verify.compressors import (
    AbstractCompressor,
    Cells,
    ExactReduction,
    HpCells,
    RandomSubset,
)
from ucomp_verify.kernel import RejectedCertificate, check
from ucomp_verify.measures import AtomicMeasure, cubature_certificate, exact_measure
from ucomp_verify.strategies import degrees, exact_measures

CLOUD = exact_measure(np.random.default_rng(0).normal(size=(50, 2)))
COMPRESSORS = [
    ExactReduction(),
    RandomSubset(),
    Cells(),
    HpCells(DerivativeBounds(Fraction(1), Fraction(1)), bound=Fraction(1)),
]


@given(measure=exact_measures(), degree=degrees())
def test_exact_reduction_is_the_reduction(measure: AtomicMeasure, degree: int) -> None:
    after = ExactReduction().compress(measure, degree=degree)
    assert after.to_atomic() == caratheodory_reduce(measure, degree)
    needed = len(after)
    assert ExactReduction().compress(measure, degree=degree, size=needed) == after
    assert ExactReduction().compress(measure, degree=degree, size=needed + 5) == after


def test_exact_reduction_refuses_a_size_that_it_cannot_attain() -> None:
    with pytest.raises(ValueError, match="found the size 9; expected at least 10, the number"):
        ExactReduction().compress(CLOUD, degree=3, size=9)


@given(measure=exact_measures(), size=st.integers(1, 25), seed=st.integers(0, 9))
def test_a_random_subset_keeps_the_mass(measure: AtomicMeasure, size: int, seed: int) -> None:
    after = RandomSubset().compress(measure, degree=2, size=size, seed=seed).to_atomic()
    assert after.nodes == measure.nodes
    assert after.total_mass == measure.total_mass
    assert set(after.support) <= set(measure.support)
    assert len(after.support) == min(size, len(measure.support))
    assert cast("Any", check(cubature_certificate(measure, after, 0))).defect == 0


def test_a_random_subset_fails_the_check_of_moments() -> None:
    after = RandomSubset().compress(CLOUD, degree=3, seed=1).to_atomic()
    assert len(after.support) == num_monomials(2, 3)
    with pytest.raises(RejectedCertificate, match=r"moment \(0, 1\) is off by"):
        check(cubature_certificate(CLOUD, after, 3))
    fact = cast("Any", check(cubature_certificate(CLOUD, after, 3, exact=False)))
    assert fact.defect > 1 / 1000


def test_the_seed_decides() -> None:
    subsets = [RandomSubset().compress(CLOUD, degree=1, seed=seed) for seed in range(8)]
    assert subsets[0] == RandomSubset().compress(CLOUD, degree=1)
    assert len({subset.indices for subset in subsets}) > 1


def test_a_random_subset_of_no_mass() -> None:
    nothing = AtomicMeasure([(0,)], [0])
    assert RandomSubset().compress(nothing, degree=1).to_atomic() == nothing


@pytest.mark.parametrize("compressor", COMPRESSORS, ids=lambda c: type(c).__name__)
@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ({"degree": -1}, "found the degree -1; expected an integer >= 0"),
        ({"degree": 1.5}, "found the degree 1.5; expected an integer >= 0"),
        ({"degree": True}, "found the degree True; expected an integer >= 0"),
        ({"degree": 1, "size": 0}, "found the size 0; expected an integer >= 1"),
        ({"degree": 1, "size": True}, "found the size True"),
        ({"degree": 1, "size": 2.5}, "found the size 2.5; expected an integer >= 1, or None"),
    ],
)
def test_bad_arguments_are_refused(
    compressor: AbstractCompressor, arguments: dict[str, Any], reason: str
) -> None:
    with pytest.raises(ValueError, match=reason):
        compressor.compress(CLOUD, **arguments)


def test_compressors_are_frozen_values() -> None:
    assert RandomSubset() == RandomSubset() != ExactReduction()
    assert len({Cells(), Cells(), Cells(jobs=2)}) == 2
    with pytest.raises(FrozenInstanceError):
        cast("Any", RandomSubset()).seed = 4


def test_the_abstract_compressor_is_no_compressor() -> None:
    with pytest.raises(TypeError, match="abstract"):
        cast("Any", AbstractCompressor)()
