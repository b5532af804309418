"""Mean-field maps: weights are numbers of copies, and rules for which they are not."""

from collections.abc import Sequence
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import RecordEffective
from ucomp_verify.algebra.composition import NotInvariant, check_composition, check_invariance
from ucomp_verify.algebra.duplication import check_duplication_of, generic_map
from ucomp_verify.algebra.mean_field import MeanFieldMap, Polynomial, State, Value, copies
from ucomp_verify.algebra.multi_indices import multi_indices
from ucomp_verify.algebra.optimisers import LOSSES, RULES, find_loss, find_rule
from ucomp_verify.algebra.rational_rings import rational_ring
from ucomp_verify.algebra.training import (
    NotDuplicated,
    TrainingRule,
    check_duplication,
    gradients_of,
    mean_field_form,
)
from ucomp_verify.kernel import check

ONE = Fraction(1)


def polynomials(num_variables: int, degree: int, least: int = 0) -> st.SearchStrategy[Polynomial]:
    alphas = [a for a in multi_indices(num_variables, degree) if sum(a) >= least]
    values = st.fractions(-4, 4, max_denominator=3)
    return st.dictionaries(st.sampled_from(alphas), values, max_size=4)


@st.composite
def mean_field_maps(draw: st.DrawFn, least: int = 0) -> MeanFieldMap:
    dim, count = draw(st.integers(1, 2)), draw(st.integers(1, 2))
    statistics = tuple(draw(polynomials(dim, 3, least)) for _ in range(count))
    update = tuple(draw(polynomials(dim + count, 2)) for _ in range(dim))
    return MeanFieldMap(dim, statistics, update)


def objects_of(dim: int) -> st.SearchStrategy[list[tuple[tuple[Fraction, ...], int]]]:
    coordinate = st.fractions(-2, 2, max_denominator=3)
    return st.lists(
        st.tuples(st.tuples(*[coordinate] * dim), st.integers(1, 3)), min_size=1, max_size=3
    )


@given(mean_field_maps(), st.data())
def test_weights_are_numbers_of_copies_after_two_steps(
    t: MeanFieldMap, data: st.DataObject
) -> None:
    weighted = data.draw(objects_of(t.dim))
    start, counts = [x for x, _ in weighted], [c for _, c in weighted]
    compressed, full = t.step(start, counts), t.step(copies(start, counts))
    assert copies(compressed, counts) == full
    assert copies(t.step(compressed, counts), counts) == t.step(full)


@given(mean_field_maps(least=1), st.data())
def test_the_form_in_power_sums_is_the_map(
    record_effective: RecordEffective, t: MeanFieldMap, data: st.DataObject
) -> None:
    weighted = data.draw(objects_of(t.dim))
    start, counts = [x for x, _ in weighted], [c for _, c in weighted]
    form = t.form()
    assert form.evaluate(start, counts) == t.step(start, counts)
    # Expanded for one number of points and taken apart again, it is still the map.
    assert form.expand(len(start)).polarised() == form.polarised().expand(len(start))
    if any(form.components):
        certificate = form.certificate()
        check(certificate)
        record_effective(1)


def test_a_statistic_that_counts_objects_is_no_power_sum() -> None:
    t = MeanFieldMap(1, ({(0,): ONE},), ({(0, 1): ONE},))
    assert t.step([(5,), (7,)], [2, 3]) == ((5,), (5,))
    with pytest.raises(ValueError, match="a statistic has a constant term"):
        t.form()


def test_what_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="expected 1 entries of Phi, got 0"):
        MeanFieldMap(1, (), ())
    with pytest.raises(ValueError, match=r"expected 2 exponents, got \(1,\)"):
        MeanFieldMap(1, ({(1,): ONE},), ({(1,): ONE},))
    t = MeanFieldMap(1, (), ({(1,): ONE},))
    with pytest.raises(ValueError, match="1 objects with 2 weights and 0 shared numbers"):
        t.step([(1,)], [1, 1])


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.name)
@pytest.mark.parametrize("loss", LOSSES[:2], ids=lambda x: x.name)
def test_optimisers_treat_weights_as_copies(rule: TrainingRule, loss: object) -> None:
    chosen = find_loss(getattr(loss, "name", ""))
    size = chosen.dim * (1 + rule.num_slots)
    # Five copies, each compared with the form and with the rule on scaled gradients.
    assert check_duplication(chosen, rule, (2, 3)) == 2 * 5 * size


def test_the_ledger_s_example_of_gradient_descent() -> None:
    # (w1^2 + w2^2)^2 / 4, eta = 1/10, w = (0, 1), c = (3/2, 1/2): w_2 goes to 19/20.
    form = mean_field_form(find_loss("quartic"), find_rule("gradient descent"))
    moved = form.step(
        [(Fraction(0),), (ONE,)], [Fraction(3, 2), Fraction(1, 2)], shared=[Fraction(1, 10)]
    )
    assert moved == ((0,), (Fraction(19, 20),))


def test_scaled_gradients_are_gradients_of_a_sum() -> None:
    # L = (3 w_1^2 + w_2^2)^2 / 4, divided by 3: w_1 (3 w_1^2 + w_2^2).
    rows = gradients_of(find_loss("quartic"), (3, 1))
    assert rows[0] == [{(3, 0): Fraction(3), (1, 2): ONE}]
    assert rows[1] == [{(2, 1): Fraction(3), (0, 3): ONE}]


def _damped(*, weighted: bool) -> TrainingRule:
    """Steps shortened by the squared norm of all gradients, a polynomial kind of clipping."""

    def move(
        states: Sequence[State],
        gradients: Sequence[State],
        weights: Sequence[Value],
        shared: Sequence[Value],
    ) -> Sequence[State]:
        (eta,) = shared
        scales = weights if weighted else [w - w + 1 for w in weights]
        norm = sum(c * v**2 for c, g in zip(scales, gradients, strict=True) for v in g)
        return [
            tuple(w - eta * (1 - norm) * g for w, g in zip(x, row, strict=True))
            for x, row in zip(states, gradients, strict=True)
        ]

    return TrainingRule("damped by the global norm", 0, ("eta",), move)


@pytest.mark.parametrize("weighted", [True, False])
def test_a_statistic_of_all_gradients_is_caught(weighted: bool) -> None:
    # Read off one object, the form misses the gradients of the others.
    with pytest.raises(NotDuplicated, match="step 1, mean-field form: object 1 of weight 2"):
        check_duplication(find_loss("quartic"), _damped(weighted=weighted), (2, 1))


def test_global_norm_clipping_sees_weights_unless_they_are_counted() -> None:
    from ucomp_verify.algebra.rational_rings import lift_into
    from ucomp_verify.algebra.training import train

    loss = find_loss("quartic")
    field, (x, y, eta) = rational_ring(["x", "y", "eta"])
    start, lift = [(x,), (y,)], lift_into(field)
    for weighted in (True, False):
        rule = _damped(weighted=weighted)
        shared = [eta]
        full = train(loss, rule, copies(start, (2, 1)), weights=[1, 1, 1], shared=shared, lift=lift)
        few = train(loss, rule, start, weights=[2, 1], shared=shared, lift=lift)
        assert (tuple(full) == copies(few, (2, 1))) is weighted


def test_a_rule_that_forgets_a_slot_is_caught() -> None:
    def leaky(
        states: Sequence[State],
        gradients: Sequence[State],
        weights: Sequence[Value],
        shared: Sequence[Value],
    ) -> Sequence[State]:
        del shared
        return [(w - c * g,) for (w,), (g,), c in zip(states, gradients, weights, strict=True)]

    rule = TrainingRule("moves by unscaled gradients", 0, (), leaky)
    with pytest.raises(NotDuplicated, match="step 1, scaled gradients: object 1 of weight 2"):
        check_duplication(find_loss("quartic"), rule, (2, 1))


@pytest.mark.parametrize("weights", [(), (0, 1), (-1,)])
def test_weights_must_be_positive(weights: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="positive integers as weights"):
        check_duplication(find_loss("quartic"), find_rule("momentum"), weights)
    with pytest.raises(ValueError, match="positive integers as weights"):
        check_duplication_of(generic_map(1, degree=1, statistics_degree=1), weights)


def test_unknown_names_list_the_known_ones() -> None:
    with pytest.raises(LookupError, match=r"expected one of .*'momentum'.*, got 'Adam'"):
        find_rule("Adam")


def test_generic_maps_have_a_symbol_for_every_coefficient() -> None:
    generic = generic_map(1, degree=1, statistics_degree=1)
    # Phi = t_0 + .. in 1, s_0 = number of objects, s_1 = sum of w, and w.
    assert generic.num_shared == 4
    assert check_duplication_of(generic, (1, 2)) == 3


class _Counting(MeanFieldMap):
    """A map that looks at the number of objects it is given: no mean-field map."""

    def step(self, objects: Sequence[State], *args: object, **kwargs: object) -> tuple[State, ...]:
        moved = super().step(objects, *args, **kwargs)  # pyright: ignore[reportArgumentType]  passes on
        return tuple(tuple(v * len(objects) for v in x) for x in moved)


def test_a_map_that_counts_its_objects_is_caught() -> None:
    counting = _Counting(1, (), ({(1,): ONE},))
    with pytest.raises(NotDuplicated, match="object 1 of weight 2 and a copy of it differ"):
        check_duplication_of(counting, (2, 1))


@pytest.mark.parametrize("case", [(1, 2, 3, 2), (1, 3, 2, 2), (2, 2, 2, 1), (3, 3, 1, 1)])
def test_invariant_after_equivariant_is_invariant(case: tuple[int, int, int, int]) -> None:
    dim, count, degree, map_degree = case
    assert check_composition(dim, count, degree=degree, map_degree=map_degree) > 0


def test_invariant_after_another_map_is_caught() -> None:
    field, (x, y) = rational_ring(["x", "y"])
    assert check_invariance([(y,), (x,)], dim=1, degree=2, field=field) == 3
    with pytest.raises(NotInvariant, match=r"exchanging points 1 and 2 changes f\(T\(w\)\)"):
        check_invariance([(y,), (2 * x,)], dim=1, degree=2, field=field)
    with pytest.raises(NotInvariant, match=r"orbit \(\(1,\),\)"):
        check_invariance([(y + x,), (y,)], dim=1, degree=2, field=field)
