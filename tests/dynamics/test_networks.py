"""Networks: outputs of copies, gradients by derivatives that are found another way."""

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ucomp_verify.dynamics.activations import Activation
from ucomp_verify.dynamics.attention import Attention
from ucomp_verify.dynamics.batches import Batch
from ucomp_verify.dynamics.deep_networks import ThreeLayer
from ucomp_verify.dynamics.layouts import Layout, root
from ucomp_verify.dynamics.networks import AbstractNetwork, TwoLayer

STEP = 1e-30  # of complex differentiation, which does not subtract


def two_layer(
    seed: int, activation: Activation = Activation.TANH, *, bare: bool = False
) -> TwoLayer:
    random = np.random.default_rng(seed)
    return TwoLayer(
        random.normal(size=(3, 5)),
        None if bare else random.normal(size=5),
        random.normal(size=(5, 2)),
        None if bare else random.normal(size=2),
        random.uniform(0.3, 4, 5),
        activation,
        0.7,
    )


def three_layer(seed: int) -> ThreeLayer:
    random = np.random.default_rng(seed)
    shapes = (3, 4), (4,), (4, 5), (5,), (5, 2), (2,)
    a, b, c, d, e, f = [random.normal(size=shape) for shape in shapes]
    return ThreeLayer(a, b, c, d, e, f, (random.uniform(0.3, 4, 4), random.uniform(0.3, 4, 5)))


def attention(seed: int) -> Attention:
    random = np.random.default_rng(seed)
    q, k, v, o = [random.normal(size=(4, 2)) for _ in range(4)]
    return Attention(q, k, v, o, random.uniform(0.3, 4, 4), 0.6)


def batch_for(network: AbstractNetwork, seed: int, *, weighted: bool = True) -> Batch:
    random = np.random.default_rng(seed)
    outputs = 1 if isinstance(network, Attention) else 2
    weights = random.uniform(0.1, 3, 6) if weighted else None
    return Batch(random.normal(size=(6, 3)), random.normal(size=(6, outputs)), weights)


NETWORKS = (two_layer(0), two_layer(1, bare=True), three_layer(2), attention(3))


def complex_gradient(network: AbstractNetwork, batch: Batch) -> tuple[np.ndarray, ...]:
    """dL/dw of every parameter, as the imaginary part of L(w + i h) / h."""
    out: list[np.ndarray] = []
    leaves = [leaf.astype(complex) for leaf in network.leaves]
    for i, leaf in enumerate(leaves):
        found = np.empty(leaf.shape)
        for place in np.ndindex(leaf.shape):
            moved = [x.copy() for x in leaves]
            moved[i][place] += 1j * STEP
            loss = network.with_leaves(tuple(moved)).loss(batch)
            found[place] = np.imag(loss) / STEP
        out.append(found)
    return tuple(out)


@pytest.mark.parametrize("network", NETWORKS, ids=lambda n: type(n).__name__)
@pytest.mark.parametrize("weighted", [False, True])
def test_gradients_are_those_of_one_original_object(
    network: AbstractNetwork, weighted: bool
) -> None:
    batch = batch_for(network, 1, weighted=weighted)
    loss, gradients = network.loss_and_gradient(batch)
    assert loss == pytest.approx(network.loss(batch), rel=1e-14)
    by_weight = network.layout.scaled(complex_gradient(network, batch), -1)
    for found, expected in zip(gradients, by_weight, strict=True):
        np.testing.assert_allclose(found, expected, rtol=1e-11, atol=1e-13)


def test_the_row_weights_alone_would_be_wrong_for_a_middle_matrix() -> None:
    network = three_layer(2)
    batch = batch_for(network, 1)
    true = complex_gradient(network, batch)[2]
    first: Any = network.weights[0]
    rows = true / first[:, None]
    found = network.loss_and_gradient(batch)[1][2]
    assert not np.allclose(found, rows, rtol=1e-3)


@pytest.mark.parametrize("bare", [False, True])
def test_relu_gradients_agree_with_finite_differences(bare: bool) -> None:
    network = two_layer(4, Activation.RELU, bare=bare)
    batch = batch_for(network, 5)
    _, gradients = network.loss_and_gradient(batch)
    leaves, weighted = network.leaves, network.layout.scaled(gradients, 1)
    for i, leaf in enumerate(leaves):
        for place in np.ndindex(leaf.shape):
            ends: list[float] = []
            for step in (1e-6, -1e-6):
                moved = [x.copy() for x in leaves]
                moved[i][place] += step
                ends.append(network.with_leaves(tuple(moved)).loss(batch))
            assert weighted[i][place] == pytest.approx((ends[0] - ends[1]) / 2e-6, abs=1e-7)


@given(st.lists(st.integers(1, 5), min_size=1, max_size=6), st.integers(0, 10**6))
def test_the_original_network_has_the_same_outputs(counts: list[int], seed: int) -> None:
    random, width = np.random.default_rng(seed), len(counts)
    network = TwoLayer(
        random.normal(size=(2, width)),
        random.normal(size=width),
        random.normal(size=(width, 1)),
        random.normal(size=1),
        np.array(counts, float),
        scale=1 / sum(counts),
    )
    inputs = random.normal(size=(4, 2))
    original = network.original()
    assert original.width == sum(counts)
    assert original.weights is None
    np.testing.assert_allclose(original.outputs(inputs), network.outputs(inputs), atol=1e-13)


def test_attention_is_the_softmax_of_the_last_query() -> None:
    network, tokens = attention(7), np.array([0.3, -1.2, 0.8])
    weights: Any = network.weights
    rows: Any = zip(*network.leaves, weights, strict=True)
    expected = 0.0
    for q, k, v, o, c in rows:
        scores = np.array([(q * tokens[-1]) @ (k * x) / np.sqrt(2) for x in tokens])
        shares = np.exp(scores) / np.exp(scores).sum()
        expected += c * o @ sum(s * v * x for s, x in zip(shares, tokens, strict=True))
    assert network.outputs(tokens[None])[0, 0] == pytest.approx(0.6 * expected, rel=1e-13)


def test_attention_with_large_scores_does_not_overflow() -> None:
    one = np.full((3, 2), 40.0)
    network = Attention(one, one, one, one)
    assert np.isfinite(network.outputs(np.array([[3.0, -5.0, 4.0]]))).all()


def test_polynomial_networks_keep_fractions() -> None:
    half = np.array([[Fraction(1, 2), Fraction(1, 3)]], object)
    network = TwoLayer(half, None, half.T, activation=Activation.SQUARE)
    batch = Batch(np.array([[Fraction(3)]], object), np.array([[Fraction(1, 7)]], object))
    loss, gradients = network.loss_and_gradient(batch)
    assert loss == (Fraction(1, 2) * Fraction(9, 4) + Fraction(1, 3) - Fraction(1, 7)) ** 2
    assert all(isinstance(v, Fraction) for leaf in gradients for v in leaf.flat)


@pytest.mark.parametrize(
    ("change", "text"),
    [
        ({"inner": np.ones((2, 3))}, r"inner of shape \(2, 3\); expected \(any, 4\)"),
        ({"outer": np.ones(4)}, "outer of shape"),
        ({"bias": np.ones(3)}, r"bias of shape \(3,\); expected \(4\)"),
        ({"weights": np.array([1.0, 2.0, 0.0, 1.0])}, "weight 0.0 of object 2; expected numbers"),
        ({"weights": np.array([1.0, np.nan, 1.0, 1.0])}, "weight nan of object 1"),
        ({"weights": np.ones(3)}, "weights of shape"),
        ({"activation": "cosine"}, "'cosine' is not a valid Activation"),
    ],
)
def test_bad_networks_are_refused(change: dict[str, Any], text: str) -> None:
    good: dict[str, Any] = {
        "inner": np.ones((2, 4)), "bias": np.ones(4), "outer": np.ones((4, 1)),
        "weights": np.ones(4),
    }  # fmt: skip
    TwoLayer(**good)
    with pytest.raises(ValueError, match=text):
        TwoLayer(**(good | change))


def test_other_bad_input_is_refused() -> None:
    with pytest.raises(ValueError, match=r"expected all \(heads, p\)"):
        Attention(np.ones((2, 2)), np.ones((3, 2)), np.ones((2, 2)), np.ones((2, 2)))
    one = np.ones((2, 2))
    with pytest.raises(ValueError, match="found leaves of shapes"):
        ThreeLayer(one, one, one, one, one, one)
    with pytest.raises(ValueError, match=r"weight 1\.5 of object 0; expected integers"):
        TwoLayer(np.ones((1, 1)), None, np.ones((1, 1)), None, np.array([1.5])).original()
    with pytest.raises(ValueError, match="expected weights, or None, for each group"):
        Layout(((0,), (1,)), (None,))


def test_roots_of_fractions_are_exact_or_rounded_down() -> None:
    assert root(Fraction(16, 9)) == Fraction(4, 3)
    two = root(Fraction(2))
    assert isinstance(two, Fraction)
    assert 0 < 2 - two**2 < Fraction(1, 2**60)
