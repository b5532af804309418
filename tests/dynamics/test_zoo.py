"""The zoo of optimisers against the original network with equal objects."""

# What JAX returns has no types, and neither have the functions that are given to it.
# pyright: reportUnknownLambdaType=false, reportUnknownMemberType=false
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false

import json
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from tests.dynamics.lifting import COMPILER, EXACT, in_double
from tests.optional import require_module
from ucomp_verify.dynamics.lift import NotEquivariant, lift
from ucomp_verify.dynamics.lift.planner import RULES
from ucomp_verify.dynamics.lift.plans import Weights
from ucomp_verify.dynamics.zoo import (
    NETWORKS,
    OPTIMISERS,
    Family,
    Network,
    Optimiser,
    OptimiserRow,
    find_optimiser,
    optimiser_row,
    optimiser_table,
)
from ucomp_verify.dynamics.zoo.networks import DEEP, TWO_LAYER
from ucomp_verify.dynamics.zoo.oracle import (
    Way,
    lift_training,
    lifted_run,
    original_run,
    relative_gap,
    weighted_run,
)
from ucomp_verify.dynamics.zoo.problems import draw_problem, permuted
from ucomp_verify.dynamics.zoo.table import SEEDS, STEPS, cases, counted, rounded

jax = require_module("jax")
jnp = require_module("jax.numpy")
require_module("optax")

__all__ = ["in_double"]

CAUSES = {
    "weight noise, SGD": "random_bits",
    "normalised by blocks, SGD": "pad",
    "largest entries only, SGD": "sort",
    "rates by position, SGD": "iota",
}


def test_there_are_many_optimisers_with_names_of_their_own() -> None:
    names = [o.name for o in OPTIMISERS]
    assert len(set(names)) == len(names) >= 60
    assert sum(o.family is Family.STATISTICS for o in OPTIMISERS) >= 20
    assert set(CAUSES) == {o.name for o in OPTIMISERS if o.family is Family.INDEX}


@pytest.mark.parametrize("optimiser", OPTIMISERS, ids=lambda o: o.name)
def test_all_are_lifted_but_those_that_see_the_index(optimiser: Optimiser) -> None:
    problem = draw_problem(TWO_LAYER, seed=0, steps=1)
    if optimiser.family is Family.INDEX:
        with pytest.raises(NotEquivariant) as refusal:
            lift_training(problem, optimiser)
        assert refusal.value.cause == CAUSES[optimiser.name]
        return
    certificate = lift_training(problem, optimiser).certificate
    sums = len(certificate.weighted)
    single = optimiser.family in (Family.SINGLE, Family.EXTREMES)
    assert sums == 2 if single else sums > 2  # outputs, and gradients of the weights before them
    assert certificate.sizes == {"neuron": 29}


def _outputs_in_all_ways() -> dict[str, dict[str, Any]]:
    """What each network answers by hand, lifted, with copies, and before and after permuting."""
    problems = {n.name: draw_problem(n, seed=0, steps=1) for n in NETWORKS}
    lifted = {
        n.name: lift(
            n.outputs,
            problems[n.name].copies,
            problems[n.name].data.test,
            axes=(dict(n.axes), ""),
        )
        for n in NETWORKS
    }

    def of(network: Network) -> dict[str, Any]:
        problem = problems[network.name]
        x, weights, start = problem.data.test, problem.weights, problem.start
        moved = permuted(problem.mixed, network, seed=1)
        return {
            "by hand": network.weighted(start, x, weights),
            "lifted": lifted[network.name](weights, start, x),
            "copies": network.outputs(problem.copies, x),
            "mixed": network.outputs(problem.mixed, x),
            "permuted": network.outputs(moved, x),
        }

    def everything() -> dict[str, dict[str, Any]]:
        return {network.name: of(network) for network in NETWORKS}

    return jax.jit(everything, compiler_options=COMPILER)()


def test_weighted_networks_written_by_hand_are_lifted_ones_and_order_does_not_count() -> None:
    for network, found in _outputs_in_all_ways().items():
        for one, other in (("by hand", "copies"), ("lifted", "copies"), ("mixed", "permuted")):
            np.testing.assert_allclose(
                found[one], found[other], rtol=0, atol=1e-13, err_msg=network
            )
        assert np.abs(found["mixed"] - found["copies"]).max() > 0.1


def test_permuted_parameters_are_in_another_order() -> None:
    problem = draw_problem(TWO_LAYER, seed=0, steps=1)
    moved = permuted(problem.mixed, TWO_LAYER, seed=1)["b1"]
    assert not (moved == problem.mixed["b1"]).all()
    assert sorted(moved.tolist()) == sorted(problem.mixed["b1"].tolist())


@pytest.mark.parametrize("name", ["global-norm clip, SGD", "LAMB", "Adafactor, factored", "Muon"])
def test_lifted_steps_are_exact_where_dividing_gradients_is_not(name: str) -> None:
    optimiser = find_optimiser(name)
    problem = draw_problem(TWO_LAYER, seed=0, steps=4)
    original = original_run(problem, optimiser)(problem.copies, problem.data)
    assert relative_gap(lifted_run(problem, optimiser)(problem), original) <= EXACT
    if "clip" in name:
        paper = weighted_run(problem, optimiser, Way.PAPER)(problem)
        assert relative_gap(paper, original) > 1e-3


def test_dividing_gradients_is_exact_for_single_objects_and_needed() -> None:
    optimiser = find_optimiser("SGD")
    problem = draw_problem(DEEP, seed=0, steps=4)
    original = original_run(problem, optimiser)(problem.copies, problem.data)
    paper, raw = (weighted_run(problem, optimiser, way)(problem) for way in Way)
    assert relative_gap(paper, original) <= EXACT
    assert relative_gap(raw, original) > 1e-2


def test_a_lift_without_weights_in_sums_is_found_out() -> None:
    def unweighted(equation: Any, layouts: Any, planner: Any) -> Any:
        step = RULES["reduce_sum"](equation, layouts, planner)

        def run(weights: Weights, arrays: Any) -> Any:
            ones = {group: jnp.ones_like(c) for group, c in weights.groups.items()}
            return step.run(Weights(ones), arrays)

        return replace(step, run=run)

    optimiser = find_optimiser("global-norm clip, SGD")
    problem = draw_problem(TWO_LAYER, seed=0, steps=3)
    original = original_run(problem, optimiser)(problem.copies, problem.data)
    wrong = lifted_run(problem, optimiser, {**RULES, "reduce_sum": unweighted})(problem)
    assert relative_gap(wrong, original) > 1e-2


def test_problems_depend_on_seed_and_network_alone() -> None:
    first, again, other = (draw_problem(TWO_LAYER, seed=s, steps=2) for s in (0, 0, 1))
    assert (first.start["W1"] == again.start["W1"]).all()
    assert (first.data.y == again.data.y).all()
    assert not (first.start["W1"] == other.start["W1"]).any()
    one = draw_problem(TWO_LAYER, seed=0, steps=2, one_batch=True)
    assert (one.data.x[1] == first.data.x[0]).all()
    assert not (first.data.x[1] == first.data.x[0]).any()


def test_a_run_that_leaves_the_numbers_is_infinitely_far() -> None:
    y = np.array([0.0, 1.0])
    assert relative_gap(np.array([0.0, np.nan]), y) == np.inf
    assert relative_gap(np.array([0.0, 1.5]), y) == 0.5


def test_rows_are_json_with_gaps_as_text() -> None:
    row = OptimiserRow("a", "b", "c", 1e-16, 0.0456, np.inf, None, "sort", 0)
    assert json.loads(json.dumps(row.to_json())) == {
        "name": "a",
        "family": "b",
        "network": "c",
        "equivariant": True,
        "paper": "5e-02",
        "raw": "large",
        "lifted": None,
        "refused": "sort",
        "weighted_sums": 0,
    }
    assert [rounded(g) for g in (1e-12, 2e-12, 9.4, 10.0, np.nan)] == [
        "exact",
        "2e-12",
        "9e+00",
        "large",
        "large",
    ]
    assert counted([row])["rows lifted"] == 0


def test_unknown_names_are_named() -> None:
    with pytest.raises(LookupError, match="got 'Adamm'"):
        optimiser_table(["Adamm"])
    with pytest.raises(LookupError, match="got 'ResNet'"):
        optimiser_table(["SGD"], networks=["ResNet"])


@pytest.mark.slow
@pytest.mark.parametrize("case", cases(), ids=lambda c: f"{c[1].name}: {c[0].name}")
def test_the_row_of_every_optimiser(case: tuple[Optimiser, Network]) -> None:
    optimiser, network = case
    row = optimiser_row(optimiser, network, steps=STEPS, seeds=SEEDS)
    sees_objects = not (network.name == "attention heads" and "Muon" in optimiser.name)
    if optimiser.family is Family.INDEX:
        assert row.lifted is None
        assert row.refused == CAUSES[optimiser.name]
        assert row.is_equivariant == ("largest" in optimiser.name)  # refused all the same
        return
    assert row.lifted is not None
    assert row.lifted <= EXACT
    assert row.is_equivariant
    if optimiser.family in (Family.SINGLE, Family.EXTREMES):
        assert row.paper <= EXACT
    elif sees_objects and not (network.name == "attention heads" and "Shampoo" in optimiser.name):
        assert row.paper > 1e-3


@pytest.mark.slow
def test_rows_are_the_same_in_every_run() -> None:
    names = ["global-norm clip, SGD", "rates by position, SGD"]
    first, again = (
        [row.to_json() for row in optimiser_table(names, networks=[TWO_LAYER.name], seeds=(0,))]
        for _ in range(2)
    )
    assert first == again
    assert [row["name"] for row in first] == names
