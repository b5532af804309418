"""Counterexamples to implications, against the values of the polynomials."""

import operator
from fractions import Fraction
from math import prod

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ucomp_verify.kernel import RejectedCertificate, check
from ucomp_verify.kernel.certificates import Counterexample, Implication, Polynomial, Relation
from ucomp_verify.kernel.facts import CounterexampleFact
from ucomp_verify.kernel.rationals import Vector
from ucomp_verify.writing import vector

SIGNS = {"=": operator.eq, ">=": operator.ge, ">": operator.gt}
NAMES = ("x", "y")

values = st.lists(st.fractions(-2, 2, max_denominator=3), min_size=2, max_size=2)
terms = st.tuples(
    st.fractions(-2, 2, max_denominator=3), st.tuples(st.integers(0, 3), st.integers(0, 3))
)
relations = st.builds(
    Relation, st.lists(terms, max_size=3).map(tuple), st.sampled_from(sorted(SIGNS))
)


def _value(polynomial: Polynomial, at: list[Fraction]) -> Fraction:
    return sum(
        (
            c * prod((v**e for v, e in zip(at, alpha, strict=True)), start=Fraction(1))
            for c, alpha in polynomial
        ),
        Fraction(0),
    )


def _holds(relation: Relation, at: list[Fraction]) -> bool:
    return bool(SIGNS[relation.sign](_value(relation.polynomial, at), 0))


@given(values, st.lists(relations, max_size=2), relations)
def test_accepted_if_and_only_if_the_implication_fails_there(
    at: list[Fraction], hypotheses: list[Relation], conclusion: Relation
) -> None:
    statement = Implication(NAMES, tuple(hypotheses), conclusion)
    c = Counterexample(statement, vector(at))
    wrong = [i for i, relation in enumerate(hypotheses) if not _holds(relation, at)]
    if wrong or _holds(conclusion, at):
        reason = f"hypothesis {wrong[0]} does not hold" if wrong else "the conclusion holds"
        with pytest.raises(RejectedCertificate, match=f"^{reason}$"):
            check(c)
    else:
        assert check(c) == CounterexampleFact(statement, tuple(at))


@pytest.mark.parametrize(("sign", "fails"), [("=", {-1, 1}), (">=", {-1}), (">", {-1, 0})])
def test_each_sign_fails_where_it_should(sign: str, fails: set[int]) -> None:
    statement = Implication(("x",), (), Relation(((Fraction(1), (1,)),), sign))
    for x in (-1, 0, 1):
        c = Counterexample(statement, Vector(1, (x,)))
        if x in fails:
            check(c)
        else:
            with pytest.raises(RejectedCertificate, match=r"^the conclusion holds$"):
                check(c)


def test_a_statement_without_variables_is_a_relation_of_numbers() -> None:
    one: Polynomial = ((Fraction(1), ()),)
    check(Counterexample(Implication((), (), Relation(one, "=")), Vector(1, ())))
    check(Counterexample(Implication((), (), Relation((), ">")), Vector(1, ())))
