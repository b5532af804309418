"""Compression of networks, heads and data sets: moments, structure and controls."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ucomp_verify.algebra import num_monomials
from ucomp_verify.caratheodory import Arithmetic
from ucomp_verify.compressors import Cells, Hybrid
from ucomp_verify.dynamics.attention import Attention
from ucomp_verify.dynamics.batches import Batch
from ucomp_verify.dynamics.compressing import (
    compress_dataset,
    compress_network,
    compress_objects,
    moment_residual,
)
from ucomp_verify.dynamics.controls import (
    first_examples,
    first_objects,
    random_examples,
    random_subset,
)
from ucomp_verify.dynamics.deep_networks import ThreeLayer
from ucomp_verify.dynamics.initialisation import (
    mean_field_two_layer,
    pytorch_two_layer,
    random_attention,
)
from ucomp_verify.dynamics.networks import TwoLayer
from ucomp_verify.dynamics.objects import HeadCoordinates, Objects, objects_of
from ucomp_verify.dynamics.optimisers import SGD
from ucomp_verify.dynamics.training import prediction_gap, train, whole
from ucomp_verify.measures import BallWeights, ExactWeights, defect

ROUNDING = 1e-14  # of moments, relative to the mass


def uniform_network(width: int, seed: int = 0) -> TwoLayer:
    """Two coordinates an object, in [-1, 1]."""
    network = mean_field_two_layer(width, 1, seed=seed)
    points = np.random.default_rng(seed).uniform(-1, 1, (2, width))
    return replace(network, inner=points[:1], outer=points[1][:, None])


@settings(max_examples=15)
@given(
    st.integers(1, 4), st.integers(0, 10**6), st.booleans(),
    st.sampled_from([pytorch_two_layer, mean_field_two_layer]),
)  # fmt: skip
def test_moments_of_the_neurons_are_kept(
    degree: int, seed: int, linear: bool, drawn: Callable[..., TwoLayer]
) -> None:
    network = drawn(300, 2, seed=seed)
    after = compress_network(network, 150, degree, linear=linear, seed=seed)
    found, objects = after.reduction, objects_of(network)
    assert after.network.width == len(found) <= 150
    assert (found.weights > 0).all()
    assert found.residual < ROUNDING
    kept = found.indices
    assert np.array_equal(after.network.inner, network.inner[:, kept])
    assert np.array_equal(after.network.outer, network.outer[kept])
    for alpha in objects.space(degree, linear=linear).exponents:
        values = (objects.scaled ** np.array(alpha)).prod(axis=1)
        gap = abs(values.sum() - values[kept] @ found.weights)
        assert gap < 1e-10 * np.abs(values).sum()


def test_the_residual_sees_a_wrong_weight() -> None:
    network = pytorch_two_layer(400, 2, seed=1)
    found = compress_network(network, 200, 2).reduction
    objects = objects_of(network)
    space = objects.space(2, linear=False)
    wrong = found.weights.copy()
    wrong[0] += 1e-6
    assert moment_residual(objects, found.indices, found.weights, space) < ROUNDING
    assert moment_residual(objects, found.indices, wrong, space) > 1e-9


def test_a_wide_network_in_the_style_of_the_paper() -> None:
    network = pytorch_two_layer(10_000, 2, seed=0)
    after = compress_network(network, 1000, 5)
    found = after.reduction
    assert (len(found), found.num_sums, found.degree) == (882, 126, 5)
    assert found.residual < ROUNDING
    assert found.weights.sum() == pytest.approx(10_000, rel=1e-13)
    assert 300 < found.effective_size < 882
    inputs = np.random.default_rng(0).uniform(-1, 1, (40, 2))
    true = network.outputs(inputs)
    control = random_subset(network, 882, seed=0, weighted=True)
    gaps = [np.abs(n.outputs(inputs) - true).max() for n in (after.network, control)]
    assert gaps[0] < gaps[1] / 100


def test_axes_are_scaled_by_powers_of_two_before_cells_are_cut() -> None:
    """Without it the outer weights, 70 times smaller, would not be cut at all."""
    objects = objects_of(pytorch_two_layer(5000, 2, seed=0))
    spread = np.std(objects.scaled, axis=0)
    assert (0.5 <= spread).all() and (spread < 1).all()
    assert objects.exponents[:3] == (-1, -1, -1) and objects.exponents[3] == -6
    assert objects.names == ("inner[0]", "inner[1]", "bias", "outer[0]")
    factors = 2.0 ** np.array(objects.exponents)
    assert np.array_equal(objects.scaled * factors, objects.points)  # exactly


def test_certified_moments_of_the_parameters() -> None:
    network = pytorch_two_layer(200, 1, seed=3)
    for arithmetic in (Arithmetic.EXACT, Arithmetic.BALLS):
        after = compress_network(network, 60, 2, compressor=Cells(arithmetic=arithmetic))
        compression: Any = after.reduction.compression
        assert compression is not None
        kind = ExactWeights if arithmetic is Arithmetic.EXACT else BallWeights
        assert isinstance(compression.weights, kind)
        if arithmetic is Arithmetic.EXACT:
            gap = defect(compression.source, compression.indices, compression.weights.values, 2)
            assert not gap.failing
            assert sum(compression.weights.values) == 200
    whole = compress_network(network, 60, 2, compressor=Hybrid(polish=False))
    assert len(whole.reduction) == 60
    assert whole.reduction.compression is not None
    assert sum(Fraction(w) for w in whole.reduction.compression.weights.values) == 200


def test_a_network_with_weights_is_compressed_again() -> None:
    network = uniform_network(2000)
    once = compress_network(network, 600, 3).network
    twice = compress_network(once, 100, 3)
    assert twice.reduction.weights.sum() == pytest.approx(2000, rel=1e-12)
    assert twice.network.width <= 100
    inputs = np.linspace(-1, 1, 9)[:, None]
    np.testing.assert_allclose(twice.network.outputs(inputs), network.outputs(inputs), atol=2e-4)


def gap_after(network: TwoLayer, other: TwoLayer, steps: int) -> float:
    """The largest difference of predictions in so many steps of gradient descent."""
    inputs = np.linspace(-1, 1, 16)[:, None]
    data = Batch(inputs, np.sin(2 * inputs) / 2)

    def outputs(one: TwoLayer) -> list[np.ndarray]:
        rate = SGD(0.3 / network.scale)
        return [now.network.outputs(inputs) for now in train(one, rate, data, whole(steps))]

    gaps, change = prediction_gap(outputs(network), outputs(other))
    return float(gaps.max()) / change


def test_training_follows_the_original_and_better_for_higher_degree() -> None:
    network = uniform_network(8192, 3)
    gaps = {
        degree: gap_after(network, compress_network(network, 1020, degree).network, 10)
        for degree in (1, 3, 5)
    }
    fair = gap_after(network, random_subset(network, 1020, seed=0, weighted=True), 10)
    naive = gap_after(network, random_subset(network, 1020, seed=0, weighted=False), 10)
    assert gaps[5] < 1e-6 < gaps[1] < fair < naive
    assert gaps[3] < gaps[1] / 10


@pytest.mark.slow
@pytest.mark.parametrize("steps", [1, 10])
def test_the_gap_of_predictions_falls_with_the_size_as_the_theory_says(steps: int) -> None:
    """Two coordinates, analytic: size^(-(degree + 1) / 2) or faster, for short training."""
    network = uniform_network(16384, 3)
    for degree in (1, 2, 3, 5):
        sizes, gaps = list[int](), list[float]()
        for size in (128, 181, 256, 362, 512, 724, 1024, 1448, 2048):
            small = compress_network(network, size, degree).network
            sizes.append(small.width)
            gaps.append(gap_after(network, small, steps))
        slope = np.polyfit(np.log(sizes), np.log(gaps), 1)[0]
        assert slope < -(degree + 1) / 2 + 0.6, degree
        assert degree < 5 or gaps[-1] < 1e-7


@pytest.mark.slow
def test_training_on_compressed_data_converges_in_the_size() -> None:
    """400 steps of gradient descent; targets with noise; the dimension that counts is 2."""
    random = np.random.default_rng(0)
    inputs = random.uniform(-1, 1, (16384, 2))
    teacher, student = (pytorch_two_layer(20, 2, seed=s) for s in (9, 1))
    targets = 5 * teacher.outputs(inputs) + 0.1 * random.normal(size=(16384, 1))
    probes = random.uniform(-1, 1, (200, 2))

    def trained(data: Batch) -> list[np.ndarray]:
        run = train(student, SGD(0.1), data, whole(400), every=400)
        return [now.network.outputs(probes) for now in run]

    full = trained(Batch(inputs, targets))
    for degree in (1, 3, 5):
        sizes, gaps = list[int](), list[float]()
        for size in (362, 512, 724, 1024, 1448, 2048):
            after = compress_dataset(inputs, targets, size, degree)
            sizes.append(len(after.reduction))
            gaps.append(float(prediction_gap(full, trained(after.batch))[0][-1]))
        slope = np.polyfit(np.log(sizes), np.log(gaps), 1)[0]
        assert slope < -(degree + 1) / 2 + 0.4, degree
        assert degree < 5 or gaps[-1] < 5e-4
    subset = trained(random_examples(Batch(inputs, targets), 2000, seed=0))
    assert prediction_gap(full, subset)[0][-1] > 1e-3


def test_structure_helps_the_output_and_not_the_training() -> None:
    network = uniform_network(4096, 5)
    plain = compress_network(network, 400, 3).network
    linear = compress_network(network, 400, 3, linear=True).network
    inputs = np.linspace(-1, 1, 16)[:, None]
    true = network.outputs(inputs)
    gaps = [np.abs(n.outputs(inputs) - true).max() for n in (plain, linear)]
    assert gaps[1] < gaps[0] / 100
    assert gap_after(network, linear, 3) > 100 * gap_after(network, plain, 3)


# ---- heads ----


def test_heads_depend_on_two_numbers() -> None:
    """Other parameters with the same <q, k> and <o, v> give the same outputs."""
    network = random_attention(6, 2, seed=1)
    turn = np.array([[0.6, -0.8], [0.8, 0.6]])
    query, key, value, output = (leaf @ turn for leaf in network.leaves)
    other = Attention(query, key, value * 2, output / 2, scale=network.scale)
    inputs = np.random.default_rng(0).normal(size=(5, 4))
    np.testing.assert_allclose(network.outputs(inputs), other.outputs(inputs), atol=1e-14)
    for coordinates, same in (
        (HeadCoordinates.OUTPUT, True), (HeadCoordinates.GRADIENT, False),
    ):  # fmt: skip
        one, two = (objects_of(n, coordinates=coordinates).points for n in (network, other))
        assert np.allclose(one, two) == same


@pytest.mark.parametrize(
    ("coordinates", "dim"),
    [(HeadCoordinates.OUTPUT, 2), (HeadCoordinates.GRADIENT, 4), (HeadCoordinates.ALL, 8)],
)
def test_heads_are_compressed(coordinates: HeadCoordinates, dim: int) -> None:
    network = random_attention(2000, 2, seed=2)
    after = compress_network(network, 400, 3, coordinates=coordinates)
    assert after.reduction.num_sums == num_monomials(dim, 3)
    assert after.reduction.residual < ROUNDING
    assert after.network.heads == len(after.reduction) <= 400
    inputs = np.random.default_rng(0).normal(size=(20, 6))
    true, fair = network.outputs(inputs), random_subset(network, 400, seed=0, weighted=True)
    gap = np.abs(after.network.outputs(inputs) - true).max()
    assert gap < np.abs(fair.outputs(inputs) - true).max() / (30 if dim == 2 else 1)


# ---- data sets ----


def data_set(count: int, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(seed)
    inputs = random.uniform(-1, 1, (count, 2))
    teacher = mean_field_two_layer(20, 2, seed=seed)
    return inputs, teacher.outputs(inputs) + 0.1 * random.normal(size=(count, 1))


@pytest.mark.parametrize("noise", [0.0, 0.1])
def test_sums_linear_in_the_targets_are_kept(noise: float) -> None:
    """Also for targets without noise, which are nearly polynomials of the inputs in a cell."""
    inputs, _ = data_set(3000)
    targets = np.sin(inputs.sum(axis=1)) + noise * np.random.default_rng(0).normal(size=3000)
    after = compress_dataset(inputs, targets, 500, 4)
    found = after.reduction
    assert (found.degree, found.num_sums) == (4, 2 * num_monomials(2, 4))
    assert found.residual < ROUNDING
    assert after.batch.targets.shape == (len(found), 1)
    assert np.array_equal(after.batch.inputs, inputs[found.indices])
    weights = found.weights
    for a in range(5):
        for b in range(5 - a):
            values = inputs[:, 0] ** a * inputs[:, 1] ** b
            for column in (values, values * targets):
                assert column[found.indices] @ weights == pytest.approx(column.sum(), abs=1e-9)


def test_the_loss_of_all_students_is_kept_and_better_than_by_a_subset() -> None:
    inputs, targets = data_set(6000)
    whole_set = Batch(inputs, targets)
    after = compress_dataset(inputs, targets, 600, 5)
    general = compress_dataset(inputs, targets, 600, 3, y_linear=False)
    subset = random_examples(whole_set, 600, seed=0)
    # The term y^2 is the same for all students, so differences of losses are compared.
    students = [mean_field_two_layer(30, 2, seed=s, bias=True) for s in range(4)]

    def losses(batch: Batch) -> np.ndarray:
        found = np.array([student.loss(batch) for student in students])
        return found - found[0]

    true = losses(whole_set)
    gaps = [np.abs(losses(b) - true).max() for b in (after.batch, general.batch, subset)]
    assert gaps[0] < gaps[1] < gaps[2]
    assert gaps[0] < gaps[2] / 300


def test_data_sets_with_weights_and_two_targets() -> None:
    inputs, targets = data_set(900)
    weights = np.random.default_rng(1).uniform(0, 2, 900)
    weights[::3] = 0
    both = np.concatenate([targets, targets**2], axis=1)
    after = compress_dataset(inputs, both, 200, 2, weights=weights)
    assert after.reduction.num_sums == 3 * 6
    assert (weights[after.reduction.indices] > 0).all()
    assert np.array_equal(after.batch.inputs, inputs[after.reduction.indices])
    assert after.reduction.weights.sum() == pytest.approx(weights.sum(), rel=1e-12)


# ---- controls and bad input ----


def test_controls() -> None:
    network = pytorch_two_layer(100, 2, seed=0)
    fair = random_subset(network, 20, seed=1, weighted=True)
    assert fair.weights is not None and fair.weights.tolist() == [5.0] * 20
    naive = random_subset(network, 20, seed=1, weighted=False)
    assert naive.weights is None and np.array_equal(naive.inner, fair.inner)
    assert not np.array_equal(random_subset(network, 20, seed=2, weighted=False).inner, naive.inner)
    assert np.array_equal(first_objects(network, 7, weighted=False).inner, network.inner[:, :7])
    small = first_objects(network.astype(np.float32), 7, weighted=True)
    assert small.weights is not None and small.weights.dtype == np.float32
    data = Batch(*data_set(50))
    assert np.array_equal(first_examples(data, 9).inputs, data.inputs[:9])
    assert len({tuple(x) for x in random_examples(data, 30, seed=0).inputs}) == 30
    with pytest.raises(ValueError, match="the size 101; expected one from 1 to 100"):
        random_subset(network, 101, seed=0, weighted=True)
    with pytest.raises(ValueError, match="the size 0"):
        first_examples(data, 0)


def test_bad_requests_are_refused() -> None:
    network = pytorch_two_layer(100, 2, seed=0)
    with pytest.raises(ValueError, match=r"the size 10; expected at least 15"):
        compress_network(network, 10, 2)
    with pytest.raises(ValueError, match=r"the size 10; expected at least 20, the number of sums"):
        compress_network(network, 10, 2, linear=True)
    with pytest.raises(ValueError, match="the size 0; expected an integer >= 1"):
        compress_network(network, 0, 2)
    with pytest.raises(ValueError, match="the degree -1"):
        compress_network(network, 50, -1, linear=True)
    exact = Cells(arithmetic=Arithmetic.EXACT)
    with pytest.raises(ValueError, match="expected None or Cells in floating point"):
        compress_network(network, 50, 2, linear=True, compressor=exact)
    with pytest.raises(ValueError, match="expected some that do and some that do not"):
        compress_objects(Objects(np.ones((5, 2)), ("a", "b")), 2, 1, linear=True)
    one = np.ones((2, 2))
    deep = ThreeLayer(one, one[0], one, one[0], one, one[0])
    with pytest.raises(ValueError, match="type ThreeLayer; expected a TwoLayer or an Attention"):
        compress_network(deep, 2, 1)
    with pytest.raises(ValueError, match="2 groups of objects; expected one"):
        first_objects(deep, 1, weighted=False)
    broken = replace(network, outer=np.full((100, 1), np.nan))
    with pytest.raises(ValueError, match="nan"):
        compress_network(broken, 50, 2)
    with pytest.raises(ValueError, match="one target and one weight an input"):
        compress_dataset(np.ones((4, 1)), np.ones(3), 2, 1)
    with pytest.raises(ValueError, match=r"sizes \(0, 1"):
        mean_field_two_layer(0, 1, seed=0)


def test_results_depend_on_the_seed_alone() -> None:
    network = uniform_network(500)
    one, two = (compress_network(network, 100, 3, seed=4).reduction for _ in range(2))
    assert np.array_equal(one.indices, two.indices) and np.array_equal(one.weights, two.weights)
    other = compress_network(network, 100, 3, seed=5).reduction
    assert not np.array_equal(one.indices, other.indices)


@pytest.mark.parametrize("wrong", ["cells", Cells, 3])
def test_what_is_no_compressor_is_refused(wrong: Any) -> None:
    with pytest.raises(TypeError, match="as compressor; expected an instance of a class with"):
        compress_network(uniform_network(50), 20, 1, compressor=wrong)


@pytest.mark.parametrize(
    ("inputs", "reason"),
    [
        (np.ones((9, 2)) * 1j, "objects of dtype complex128; expected real numbers"),
        (np.array([["a", "b"]] * 9), "objects of dtype <U.*; expected real numbers"),
    ],
)
def test_examples_that_are_no_real_numbers_are_refused(inputs: Any, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        compress_dataset(inputs, np.ones(9), 4, 0)


def test_a_list_of_weights_is_as_good_as_an_array() -> None:
    weights: Any = [1.0, 2.0, 0.0] * 10
    inputs = np.linspace(-1, 1, 30)[:, None]
    found = compress_dataset(inputs, inputs[:, 0] ** 2, 12, 2, weights=weights)
    same = compress_dataset(inputs, inputs[:, 0] ** 2, 12, 2, weights=np.array(weights))
    assert np.array_equal(found.reduction.weights, same.reduction.weights)
    assert found.reduction.weights.sum() == pytest.approx(30)
