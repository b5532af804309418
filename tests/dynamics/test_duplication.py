"""Integer weights against copies: which rule is exact for which optimiser."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ucomp_verify.algebra.training import NotDuplicated
from ucomp_verify.dynamics.absorption import Rates, absorbed, absorption_error
from ucomp_verify.dynamics.activations import Activation
from ucomp_verify.dynamics.duplication import (
    Rule,
    duplication_error,
    duplication_row,
    duplication_table,
)
from ucomp_verify.dynamics.duplication_exact import exact_duplication
from ucomp_verify.dynamics.duplication_tasks import (
    Task,
    attention_task,
    clipping_task,
    exact_task,
    three_layer_task,
    two_layer_task,
)
from ucomp_verify.dynamics.layouts import Layout, Leaves
from ucomp_verify.dynamics.networks import TwoLayer
from ucomp_verify.dynamics.optimisers import (
    OPTIMISERS,
    SGD,
    AbstractOptimiser,
    Adam,
    Family,
    NormClipped,
    Penalised,
    State,
    ValueClipped,
)

EXACT = 1e-12
WRONG = 1e-3
TWENTIETH, TENTH = Fraction(1, 20), Fraction(1, 10)
RATIONAL: tuple[AbstractOptimiser, ...] = (
    SGD(TWENTIETH),
    SGD(TWENTIETH, Fraction(9, 10)),
    SGD(TWENTIETH, Fraction(9, 10), nesterov=True),
    ValueClipped(SGD(TWENTIETH), TENTH),
    Penalised(SGD(TWENTIETH), TENTH),
)


@pytest.mark.parametrize("optimiser", OPTIMISERS, ids=lambda o: o.name)
def test_the_table_of_rules(optimiser: AbstractOptimiser) -> None:
    row = duplication_row(optimiser, two_layer_task())
    assert row.change > 0.1  # there is something to compare
    assert row.weighted < EXACT
    if row.family is Family.COORDINATE_WISE:
        assert row.inverse < EXACT
    else:
        assert row.inverse > WRONG
    if row.family is Family.EQUIVARIANT:
        assert row.root < EXACT
    if row.family is Family.MIXED:
        assert row.root > WRONG


@pytest.mark.parametrize("optimiser", OPTIMISERS, ids=lambda o: o.name)
@settings(max_examples=4)
@given(
    st.lists(st.integers(1, 6), min_size=2, max_size=8).filter(lambda c: max(c) > 1),
    st.integers(0, 10**6),
)
def test_weighted_statistics_are_exact_for_all_weights(
    optimiser: AbstractOptimiser, weights: list[int], seed: int
) -> None:
    task = two_layer_task(weights, steps=10, seed=seed)
    error, _ = duplication_error(optimiser, task)
    assert error < 1e-7  # Muon and Shampoo lose digits on nearly singular matrices


@pytest.mark.parametrize("optimiser", OPTIMISERS, ids=lambda o: o.name)
def test_two_compressed_layers(optimiser: AbstractOptimiser) -> None:
    error, change = duplication_error(optimiser, three_layer_task(steps=15))
    assert error < EXACT
    assert change > 0.05


def test_attention_heads() -> None:
    chosen = [o for o in OPTIMISERS if o.name in ("SGD", "Adam", "LAMB", "NovoGrad", "Muon")]
    rows = {row.optimiser: row for row in duplication_table(chosen, attention_task(steps=5))}
    assert len(rows) == 5
    assert max(row.weighted for row in rows.values()) < EXACT
    assert rows["SGD"].raw > WRONG > rows["Adam"].raw > 0  # what the gradients' size does
    assert min(rows[name].inverse for name in ("LAMB", "NovoGrad", "Muon")) > WRONG


def test_raw_gradients_are_adam_with_another_epsilon() -> None:
    """Their error grows like epsilon: the paper's remark is right for tiny ones only."""
    errors = [
        duplication_error(Adam(0.01, eps=eps), two_layer_task(), Rule.RAW)[0]
        for eps in (1e-8, 1e-5, 1e-2)
    ]
    assert errors[0] < 1e-6
    assert 300 < errors[1] / errors[0] < 3000
    assert errors[2] > 1e-2


@pytest.mark.parametrize("inner", [SGD(0.1), Adam(0.01)], ids=lambda o: o.name)
def test_a_penalty_in_the_loss_must_be_weighted(inner: AbstractOptimiser) -> None:
    task = two_layer_task()
    assert duplication_error(Penalised(inner, 0.05), task)[0] < EXACT
    wrong = Penalised(inner, 0.05, weighted=False)
    assert duplication_error(wrong, task)[0] > WRONG
    assert duplication_error(wrong, task, Rule.RAW)[0] > WRONG


def test_an_optimiser_that_sees_indices_is_found_out() -> None:
    class Indexed(SGD):
        def updates(
            self, leaves: Leaves, gradients: Leaves, state: State, layout: Layout
        ) -> tuple[Leaves, State]:
            pulls: Leaves = tuple(g + np.linspace(0, 0.1, g.shape[-1]) for g in gradients)
            return super().updates(leaves, pulls, state, layout)

    assert duplication_error(Indexed(0.1), two_layer_task())[0] > WRONG
    with pytest.raises(NotDuplicated, match="step 1, SGD: the weighted network and its original"):
        exact_duplication(IndexedExactly(TWENTIETH), exact_task())


class IndexedExactly(SGD):
    def updates(
        self, leaves: Leaves, gradients: Leaves, state: State, layout: Layout
    ) -> tuple[Leaves, State]:
        pulls: Leaves = tuple(
            g + np.array([Fraction(i) for i in range(g.shape[-1])], object) for g in gradients
        )
        return super().updates(leaves, pulls, state, layout)


# ---- exactly ----


@pytest.mark.parametrize("optimiser", RATIONAL, ids=lambda o: o.name)
def test_rational_optimisers_are_exact_in_fractions(optimiser: AbstractOptimiser) -> None:
    found = exact_duplication(optimiser, exact_task((1, 2, 3), steps=3))
    assert (found.steps, found.inverse) == (3, 0)
    assert found.compared == 3 * (3 * 6 + 1)


@pytest.mark.parametrize("weights", [(1, 1), (2, 2, 2), (5,), (1, 4, 2, 3)])
def test_more_weights_in_fractions(weights: tuple[int, ...]) -> None:
    assert exact_duplication(RATIONAL[1], exact_task(weights, steps=2, seed=1)).inverse == 0


def test_clipping_by_a_rational_norm() -> None:
    """The norm is 4 |k| for the copies, 2 |k| for the objects: clipped at less, factors differ."""
    task = clipping_task()
    clipped = NormClipped(SGD(Fraction(1)), Fraction(1, 2))
    found = exact_duplication(clipped, task)
    network: Any = task.network
    error = (network.outputs(task.probes))[0, 0]
    k = abs(2 * error)
    assert 4 * k > Fraction(1, 2) and 2 * k > Fraction(1, 2)
    # A step goes limit / norm along the unit vectors: 1/8 for the copies, 1/4 by the paper's rule.
    largest = max(abs(v) for leaf in network.leaves for v in leaf.flat)
    assert found.inverse == largest * (Fraction(1, 4) - Fraction(1, 8))
    assert exact_duplication(NormClipped(SGD(Fraction(1)), 100 * k), task).inverse == 0


def test_clipping_by_an_irrational_norm_is_the_same_function_of_it() -> None:
    found = exact_duplication(NormClipped(SGD(TWENTIETH), TENTH), exact_task())
    assert found.compared == 57
    assert found.inverse > Fraction(1, 1000)


def test_an_exact_run_wants_fractions() -> None:
    with pytest.raises(ValueError, match="an array of float64; expected fractions as objects"):
        exact_duplication(SGD(TWENTIETH), two_layer_task())
    task = exact_task()
    network: Any = task.network
    floats = replace(network, scale=0.5)
    with pytest.raises(ValueError, match="expected fractions"):
        exact_duplication(SGD(TWENTIETH), Task(floats, task.batches, task.probes))


# ---- standard networks ----


def test_a_standard_network_has_the_same_outputs_and_other_dynamics() -> None:
    task = two_layer_task()
    network: Any = task.network
    np.testing.assert_allclose(
        absorbed(network).outputs(task.probes), network.outputs(task.probes), atol=1e-13
    )
    assert absorption_error(SGD(0.1), task)[0] > 0.1
    assert absorption_error(SGD(0.1), task, Rates.GRADIENT)[0] < EXACT
    assert absorption_error(SGD(0.03, 0.9), task, Rates.GRADIENT)[0] < EXACT
    assert absorption_error(Adam(0.01), task, Rates.GRADIENT)[0] > 0.1
    assert absorption_error(Adam(0.01), task, Rates.SCALE_FREE)[0] < 1e-6
    bare = TwoLayer(np.ones((1, 1)), None, np.ones((1, 1)))
    assert absorbed(bare) is bare
    with pytest.raises(ValueError, match="expected a TwoLayer with weights"):
        absorption_error(SGD(), Task(bare, (), np.ones((1, 1))))


def test_weights_that_are_no_integers_have_no_original() -> None:
    network = TwoLayer(
        np.ones((1, 2)), None, np.ones((2, 1)), None, np.array([1.0, 2.5]), Activation.TANH
    )
    with pytest.raises(ValueError, match=r"weight 2\.5 of object 1; expected integers"):
        duplication_error(SGD(), Task(network, (), np.ones((1, 1))))
