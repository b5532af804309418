"""Expansions of power sums, identities and syzygies, against values at points."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import permutations
from math import prod

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ucomp_verify.algebra.power_sums import closed_form
from ucomp_verify.kernel import MalformedCertificate, RejectedCertificate, algebra, check
from ucomp_verify.kernel.certificates import PowerSumIdentity, Syzygy, WeightedSet
from ucomp_verify.kernel.facts import SyzygyFact
from ucomp_verify.kernel.rationals import Points, Vector

Index = tuple[int, ...]
Factors = tuple[Index, ...]
Row = tuple[int, ...]

small = st.integers(-4, 4)
coefficients = st.fractions(-3, 3, max_denominator=4)


def _power(x: Row, alpha: Index) -> int:
    return prod(v**e for v, e in zip(x, alpha, strict=True))


def _power_sums(points: Sequence[Row], factors: Factors) -> int:
    return prod(sum(_power(x, alpha) for x in points) for alpha in factors)


def _monomial_function(points: Sequence[Row], parts: Factors) -> int:
    """The sum over pairwise distinct points of the product of x^part."""
    return sum(
        prod(_power(x, alpha) for x, alpha in zip(chosen, parts, strict=True))
        for chosen in permutations(points, len(parts))
    )


def _indices(dim: int, *, least: int) -> st.SearchStrategy[Index]:
    exponent = st.integers(0, 3)
    return st.tuples(*[exponent] * dim).filter(lambda alpha: sum(alpha) >= least)


def _factors(dim: int, most: int = 3) -> st.SearchStrategy[Factors]:
    return st.lists(_indices(dim, least=1), max_size=most).map(tuple)


@st.composite
def _points(draw: st.DrawFn, dim: int, count: int) -> list[Row]:
    return draw(st.lists(st.tuples(*[small] * dim), min_size=count, max_size=count))


@st.composite
def _expansions(
    draw: st.DrawFn,
) -> tuple[dict[tuple[Index, Factors], Fraction], list[Row], bool, bool]:
    """Terms, points, whether one of these is the own one, whether their number is known."""
    dim, own = draw(st.integers(1, 2)), draw(st.booleans())
    exponents = _indices(dim, least=0) if own else st.just((0,) * dim)
    keys = st.tuples(exponents, _factors(dim).map(sorted).map(tuple))
    terms = draw(st.dictionaries(keys, coefficients, max_size=4))
    points = draw(_points(dim, draw(st.integers(int(own), 4))))
    return terms, points, own, draw(st.booleans()) or own


@given(_expansions())
def test_an_expansion_has_the_value_of_the_product(
    case: tuple[dict[tuple[Index, Factors], Fraction], list[Row], bool, bool],
) -> None:
    """q_alpha runs over all points, the parts over those that are not the own one."""
    terms, points, own, known = case
    expand = algebra._expand  # pyright: ignore[reportPrivateUsage]
    expansion = expand(terms, len(points) if known else None, own=own)
    first, others = (points[0], points[1:]) if own else ((0,) * 9, points)

    def at_own(exponents: Index) -> int:
        return _power(first, exponents) if own else 1

    direct = sum(
        (c * at_own(e) * _power_sums(points, f) for (e, f), c in terms.items()), Fraction(0)
    )
    expanded = sum(
        (c * at_own(e) * _monomial_function(others, parts) for (e, parts), c in expansion.items()),
        Fraction(0),
    )
    assert expanded == direct
    if known:  # no parts that have no points
        assert all(len(parts) <= len(others) for _, parts in expansion)
    assert all(parts == tuple(sorted(parts)) and all(map(any, parts)) for _, parts in expansion)


@st.composite
def _parts(draw: st.DrawFn) -> Factors:
    return draw(_factors(draw(st.integers(1, 3)), 4).filter(bool))


@given(_parts(), st.data())
def test_true_identities_are_accepted_and_hold_at_points(
    parts: Factors, data: st.DataObject
) -> None:
    identity = closed_form(parts)
    check(identity)
    points = data.draw(_points(len(parts[0]), data.draw(st.integers(0, 5))))
    assert _monomial_function(points, parts) == sum(
        c * _power_sums(points, factors) for c, factors in identity.right
    )


@given(_parts(), st.data())
def test_an_identity_with_one_coefficient_changed_is_rejected(
    parts: Factors, data: st.DataObject
) -> None:
    identity = closed_form(parts)
    i = data.draw(st.integers(0, len(identity.right) - 1))
    other = data.draw(coefficients.filter(bool))
    right = list(identity.right)
    right[i] = (right[i][0] + other, right[i][1])
    with pytest.raises(RejectedCertificate, match="coefficients differ"):
        check(PowerSumIdentity(identity.dim, None, identity.left, tuple(right)))


@given(_parts(), st.integers(0, 4), st.data())
def test_on_few_points_an_identity_is_true_if_it_holds_there(
    parts: Factors, num_points: int, data: st.DataObject
) -> None:
    """M_parts with more parts than points may be left out, and no other."""
    dim = len(parts[0])
    extra = data.draw(_factors(dim, 4))
    whole = closed_form(parts)
    left = (*whole.left, (Fraction(2), extra))
    identity = PowerSumIdentity(dim, num_points, left, whole.right)
    if len(extra) > num_points:
        check(identity)
        points = data.draw(_points(dim, num_points))
        assert _monomial_function(points, extra) == 0
    else:
        with pytest.raises(RejectedCertificate, match="coefficients differ"):
            check(identity)


def test_products_of_fourteen_are_expanded() -> None:
    """On one point every product of power sums is a monomial."""
    for count in (2, 14, 15):
        right = ((Fraction(1), ((1,),) * count),)
        identity = PowerSumIdentity(1, 1, ((Fraction(1), ((count,),)),), right)
        if count < 15:
            check(identity)
        else:
            with pytest.raises(MalformedCertificate, match="steps of work"):
                check(identity)


def test_the_dimension_is_at_most_a_thousand() -> None:
    for dim in (1000, 1001):
        side = ((Fraction(1), ((1,) * dim,)),)
        identity = PowerSumIdentity(dim, None, side, side)
        if dim == 1000:
            check(identity)
        else:
            with pytest.raises(MalformedCertificate, match="steps of work"):
                check(identity)


def _elementary(count: int, num_points: int) -> Syzygy:
    """e_count, which is 0 on fewer points, in power sums of one variable."""
    right = closed_form([(1,)] * count).right
    zero = (0,)
    return Syzygy(1, num_points, tuple((c, zero, factors) for c, factors in right), None)


@pytest.mark.parametrize("count", [2, 3, 4, 5])
def test_elementary_functions_vanish_on_fewer_points_only(count: int) -> None:
    for num_points in range(1, count):
        check(_elementary(count, num_points))
    with pytest.raises(RejectedCertificate, match="1 coefficients do not vanish"):
        check(_elementary(count, count))


@given(st.lists(small, min_size=3, max_size=3), st.integers(0, 2))
def test_the_own_point_is_a_root_of_its_polynomial(xs: list[int], own: int) -> None:
    """prod_i (x_own - x_i) = 0 on three points, with Newton's identities."""
    half, sixth = Fraction(1, 2), Fraction(1, 6)
    e2 = [(half, ((1,), (1,))), (-half, ((2,),))]
    e3 = [(sixth, ((1,), (1,), (1,))), (-half, ((1,), (2,))), (Fraction(1, 3), ((3,),))]
    terms = (
        (Fraction(1), (3,), ()),
        (Fraction(-1), (2,), ((1,),)),
        *((c, (1,), f) for c, f in e2),
        *((-c, (0,), f) for c, f in e3),
    )
    check(Syzygy(1, 3, terms, None))
    points = [(x,) for x in xs]
    value = sum(c * _power(points[own], e) * _power_sums(points, f) for c, e, f in terms)
    assert value == 0
    for num_points in (4, 5):
        with pytest.raises(RejectedCertificate, match="do not vanish"):
            check(Syzygy(1, num_points, terms, None))


@given(
    st.lists(small, min_size=1, max_size=4),
    st.lists(st.integers(1, 5), min_size=4, max_size=4),
    st.integers(1, 3),
    st.integers(1, 3),
)
def test_the_value_on_a_weighted_set_is_that_of_the_polynomial(
    xs: list[int], masses: list[int], over: int, below: int
) -> None:
    """p_1^2 - p_2, on weights w: (sum w x)^2 - sum w x^2."""
    terms = ((Fraction(1), (0,), ((1,), (1,))), (Fraction(-1), (0,), ((2,),)))
    weights = masses[: len(xs)]
    points = [Fraction(x, below) for x in xs]
    mass = [Fraction(w, over) for w in weights]
    first = sum((w * x for w, x in zip(mass, points, strict=True)), Fraction(0))
    second = sum((w * x * x for w, x in zip(mass, points, strict=True)), Fraction(0))
    if not any(xs):
        below = 1
    at = WeightedSet(Points(below, tuple((x,) for x in xs)), Vector(over, tuple(weights)), 0)
    if first**2 == second:
        with pytest.raises(RejectedCertificate, match="zero on the weighted set too"):
            check(Syzygy(1, 1, terms, at))
    else:
        fact = check(Syzygy(1, 1, terms, at))
        assert isinstance(fact, SyzygyFact)
        assert (fact.mass, fact.value) == (sum(mass), first**2 - second)


@given(st.integers(0, 3), st.lists(small, min_size=4, max_size=4), st.integers(1, 3))
def test_the_own_point_is_the_one_with_the_number(own: int, xs: list[int], below: int) -> None:
    """x - p_1 on one point: the value is the own coordinate less the sum."""
    terms = ((Fraction(1), (1,), ()), (Fraction(-1), (0,), ((1,),)))
    below = below if any(xs) else 1
    at = WeightedSet(Points(below, tuple((x,) for x in xs)), Vector(1, (1, 2, 3, 4)), own)
    value = Fraction(xs[own] - sum((i + 1) * x for i, x in enumerate(xs)), below)
    if value:
        fact = check(Syzygy(1, 1, terms, at))
        assert isinstance(fact, SyzygyFact) and (fact.mass, fact.value) == (10, value)
    else:
        with pytest.raises(RejectedCertificate, match="zero on the weighted set too"):
            check(Syzygy(1, 1, terms, at))
