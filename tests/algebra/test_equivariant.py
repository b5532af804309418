"""Equivariant maps: reconstructed exactly, refused when they are not, certified, not unique."""

from fractions import Fraction
from itertools import permutations
from typing import Any, cast

import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

from ucomp_verify.algebra.equivariant import (
    Component,
    EquivariantForm,
    EquivariantMap,
    Key,
    WrongForm,
    check_form,
    difference_syzygy,
    product_of,
    represent,
)
from ucomp_verify.algebra.equivariant_terms import (
    NotEquivariant,
    from_expressions,
    from_terms,
    orbit_keys,
)
from ucomp_verify.kernel import RejectedCertificate, check
from ucomp_verify.kernel.certificates import PowerSumIdentity, WeightedSet
from ucomp_verify.kernel.facts import SyzygyFact
from ucomp_verify.writing import points as exact_points
from ucomp_verify.writing import vector

sp: Any = cast("Any", sympy)
Node = tuple[Fraction, ...]
ONE = Fraction(1)
SWAP = EquivariantMap(1, 2, ({((0,), ((1,),)): ONE},))  # T(w_1, w_2) = (w_2, w_1)


def directly(equivariant: EquivariantMap, nodes: list[Node]) -> tuple[Node, ...]:
    """The images from the definition, by sums over all orderings of the other points."""

    def power(x: Node, alpha: tuple[int, ...]) -> Fraction:
        value = ONE
        for v, e in zip(x, alpha, strict=True):
            value *= v**e
        return value

    def orbit_sum(others: list[Node], parts: tuple[tuple[int, ...], ...]) -> Fraction:
        zero = (0,) * equivariant.dim
        monomials = set(permutations([*parts, *[zero] * (len(others) - len(parts))]))
        total = Fraction(0)
        for exponents in monomials:
            term = ONE
            for x, alpha in zip(others, exponents, strict=True):
                term *= power(x, alpha)
            total += term
        return total

    return tuple(
        tuple(
            sum(
                (
                    c * power(w, own) * orbit_sum([*nodes[:i], *nodes[i + 1 :]], parts)
                    for (own, parts), c in component.items()
                ),
                Fraction(0),
            )
            for component in equivariant.components
        )
        for i, w in enumerate(nodes)
    )


@st.composite
def maps(draw: st.DrawFn) -> EquivariantMap:
    dim, count = draw(st.integers(1, 3)), draw(st.integers(1, 4))
    keys = list(orbit_keys(dim, count, 4 if dim == 1 else 3))
    chosen = st.dictionaries(st.sampled_from(keys), st.fractions(-9, 9, max_denominator=5))
    return EquivariantMap(dim, count, tuple(draw(chosen) for _ in range(dim)))


def nodes_for(dim: int, count: int) -> st.SearchStrategy[list[Node]]:
    coordinate = st.fractions(-3, 3, max_denominator=3)
    return st.lists(st.tuples(*[coordinate] * dim), min_size=count, max_size=count)


@given(maps(), st.data())
def test_the_form_is_the_map_with_orders_below_d(t: EquivariantMap, data: st.DataObject) -> None:
    form = represent(t)
    assert form.order <= min(t.num_points - 1, t.degree)
    nodes = data.draw(nodes_for(t.dim, t.num_points))
    assert form.evaluate(nodes) == directly(t, nodes)
    assert form.evaluate(nodes, [1] * len(nodes)) == form.evaluate(nodes)


@given(maps())
def test_a_form_expands_back(t: EquivariantMap) -> None:
    kept = [{k: c for k, c in component.items() if c} for component in t.components]
    assert [dict(c) for c in represent(t).expand().components] == kept


@given(maps())
def test_certificates_are_accepted_and_a_changed_one_is_not(t: EquivariantMap) -> None:
    certificate = represent(t).certificate()
    if not certificate.left:
        with pytest.raises(RejectedCertificate, match="the left side is zero"):
            check(certificate)
        return
    check(certificate)
    (coefficient, parts), *rest = certificate.left
    wrong = ((coefficient + 1, parts), *rest)
    identity = PowerSumIdentity(certificate.dim, certificate.num_points, wrong, certificate.right)
    with pytest.raises(RejectedCertificate, match=r"coefficients differ|left side is zero"):
        check(identity)


def test_one_point_needs_no_power_sum() -> None:
    t = EquivariantMap(1, 1, ({((3,), ()): ONE},))
    assert represent(t).components == t.components


def test_the_other_point_is_the_sum_less_the_own_one() -> None:
    assert represent(SWAP).latex() == "q_{1} - w_{1}"
    assert represent(SWAP).evaluate([(2,), (5,)]) == ((5,), (2,))
    # On weighted points the form says what the others are: q_1 = 3 * 2 + 5.
    assert represent(SWAP).evaluate([(2,), (5,)], [3, 1]) == ((9,), (6,))


def test_weights_and_nodes_must_be_as_many() -> None:
    with pytest.raises(ValueError, match="2 nodes but 1 weights"):
        represent(SWAP).evaluate([(2,), (5,)], [1])


def test_a_wrong_form_is_named() -> None:
    wrong = EquivariantForm(1, 2, ({((0,), ((1,),)): ONE},))  # forgets the own point
    with pytest.raises(WrongForm, match=r"coefficient 0 at own exponents \(1,\) and others \(\)"):
        check_form(wrong, SWAP)


@pytest.mark.parametrize("parts", [((1,), (1,)), ((0,),), ((1, 0),)])
def test_keys_must_name_orbits_of_the_others(parts: tuple[tuple[int, ...], ...]) -> None:
    with pytest.raises(ValueError, match="no orbit of 1 other points"):
        EquivariantMap(1, 2, ({((0,), parts): ONE},))


def symbols(dim: int, count: int) -> list[list[Any]]:
    return [[sp.Symbol(f"w{i}_{a}") for a in range(dim)] for i in range(count)]


def test_gradient_descent_from_expressions() -> None:
    w = symbols(2, 3)
    loss = sum((x**2 * y for x, y in w), sp.Integer(0)) ** 2
    step = [[v - sp.diff(loss, v) / 10 for v in x] for x in w]
    t = from_expressions(step, w)
    at = [(Fraction(1), Fraction(2)), (Fraction(-1), Fraction(1, 2)), (Fraction(3), Fraction(0))]
    values = {
        s: sp.Rational(v.numerator, v.denominator)
        for x, row in zip(w, at, strict=True)
        for s, v in zip(x, row, strict=True)
    }
    expected = [[e.subs(values) for e in row] for row in step]
    got = represent(t).evaluate(at)
    assert [[Fraction(int(v.p), int(v.q)) for v in row] for row in expected] == [*map(list, got)]


def test_a_map_that_is_not_equivariant_is_refused_with_its_permutation() -> None:
    w = symbols(2, 3)
    t = [[sp.Integer(0), w[0][0]], [sp.Integer(0), w[1][0]], [w[0][1], w[2][0]]]
    with pytest.raises(
        NotEquivariant,
        match=r"exchanging points 1 and 2 should turn component 1 of T_3 into that of T_3, but "
        r"the monomial with exponents \(0, 0, 0, 1, 0, 0\) has coefficient 1 in the former and 0",
    ):
        from_expressions(t, w)


def test_invariance_of_one_component_is_not_enough() -> None:
    # Each T_i alone is invariant in the others, but T_2 has another factor than T_1.
    with pytest.raises(NotEquivariant, match="component 1 of T_2 into that of T_1"):
        from_terms([[{(1, 0): 1}], [{(0, 1): 2}]], dim=1)


def test_what_is_no_rational_polynomial_is_refused() -> None:
    ((x,), (y,)) = w = symbols(1, 2)
    with pytest.raises(ValueError, match=r"polynomial in .* with rational coefficients, got exp"):
        from_expressions([[sp.exp(x)], [sp.exp(y)]], w)
    with pytest.raises(ValueError, match="2 points but 1 images"):
        from_expressions([[x]], w)
    with pytest.raises(ValueError, match="expected 2 exponents, point by point, got 3"):
        from_terms([[{(1, 0, 0): 1}], [{(0, 1, 0): 1}]], dim=1)


@given(maps(), st.data())
def test_every_map_passes_from_its_terms_and_no_changed_one(
    t: EquivariantMap, data: st.DataObject
) -> None:
    w = symbols(t.dim, t.num_points)
    flat = [s for x in w for s in x]
    images = [[_expression(c, t, w, i) for c in t.components] for i in range(t.num_points)]
    again = from_expressions(images, w)
    kept = [{k: c for k, c in component.items() if c} for component in t.components]
    assert [dict(c) for c in again.components] == kept
    if t.num_points > 1:
        i = data.draw(st.integers(0, t.num_points - 1))
        images[i][0] += flat[i * t.dim] + 1
        with pytest.raises(NotEquivariant, match="exchanging points"):
            from_expressions(images, w)


def _expression(component: Component, t: EquivariantMap, w: list[list[Any]], i: int) -> Any:
    total: Any = sp.Integer(0)
    others = [*w[:i], *w[i + 1 :]]
    for (own, parts), c in component.items():
        zero = (0,) * t.dim
        for exponents in set(permutations([*parts, *[zero] * (len(others) - len(parts))])):
            term: Any = sp.Rational(c.numerator, c.denominator)
            for x, alpha in zip([w[i], *others], [own, *exponents], strict=True):
                for s, e in zip(x, alpha, strict=True):
                    term *= s**e
            total += term
    return total


def gram_of_the_others() -> EquivariantForm:
    """w plus, in coordinate 1, the Gram determinant of the two others: 0 on three points."""

    def others(i: int, j: int) -> dict[Key, Fraction]:
        return {((0, 0), ((i, j),)): ONE, ((i, j), ()): -ONE}

    def centred(a: tuple[int, int], b: tuple[int, int]) -> dict[Key, Fraction]:
        total = dict(others(a[0] + b[0], a[1] + b[1]))
        for key, value in product_of(others(*a), others(*b)).items():
            total[key] = total.get(key, Fraction(0)) - value / 2
        return total

    x, y = (1, 0), (0, 1)
    total = product_of(centred(x, x), centred(y, y))
    for key, value in product_of(centred(x, y), centred(x, y)).items():
        total[key] = total.get(key, Fraction(0)) - value
    own = ((1, 0), ())
    total[own] = total.get(own, Fraction(0)) + 1
    return EquivariantForm(2, 3, (total, {((0, 1), ()): ONE}))


def test_two_forms_of_one_map_move_weighted_points_differently() -> None:
    second = gram_of_the_others()
    first = represent(second.expand())
    assert first.latex() == r"\left(w_{1}, w_{2}\right)"  # the identity
    nodes = [(0, 0), (1, 0), (0, 1)]
    weights = [Fraction(3, 2), Fraction(3, 4), Fraction(3, 4)]
    assert first.evaluate(nodes) == second.evaluate(nodes)
    moved = second.evaluate(nodes, weights)
    gaps = [a[0] - b[0] for a, b in zip(moved, first.evaluate(nodes, weights), strict=True)]
    assert gaps == [Fraction(9, 64), Fraction(-9, 64), Fraction(-9, 64)]
    witness = WeightedSet(exact_points(nodes), vector(weights), 1)
    fact = check(difference_syzygy(second, first, coordinate=0, num_points=3, witness=witness))
    assert isinstance(fact, SyzygyFact)
    assert (fact.mass, fact.value) == (3, Fraction(-9, 64))


def test_orbit_keys_count_equivariant_maps() -> None:
    # Of numbers, degree <= 2: 1, w, w^2, q, w q, and for two others q^2, q_2.
    assert len(list(orbit_keys(1, 3, 2))) == 7
    assert len(list(orbit_keys(1, 1, 5))) == 6
    keys = list(orbit_keys(2, 3, 4))
    assert len(keys) == len(set(keys))
