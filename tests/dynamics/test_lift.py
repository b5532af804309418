"""What `lift` accepts and refuses, and what its steps have in common with the original."""

# What JAX returns has no types, and neither have the functions that are given to it.
# pyright: reportUnknownLambdaType=false, reportUnknownMemberType=false
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import RecordEffective
from tests.dynamics.lifting import COMPILER, EXACT, in_double
from tests.optional import require_module
from ucomp_verify.dynamics.extra import double_precision
from ucomp_verify.dynamics.lift import NotEquivariant, duplicate, lift, tags_of_result

jax = require_module("jax")
jnp = require_module("jax.numpy")

__all__ = ["in_double"]

HERE = rf"{Path(__file__).name}:\d+"

REFUSED: dict[str, tuple[Callable[[Any, Any], Any], str]] = {
    "position": (lambda w, v: v * jnp.arange(4), f"mul at .*iota at .*{HERE}"),
    "identity": (lambda w, v: jnp.eye(4) @ v, f"dot_general at .*{HERE}.*iota"),
    "running sum": (lambda w, v: jnp.cumsum(v), f"^cumsum at .*{HERE}"),
    "sorted": (lambda w, v: jnp.sort(w, axis=0), f"^sort at .*{HERE}"),
    "order": (lambda w, v: jnp.argsort(v), "^sort at|^iota at"),
    "median": (lambda w, v: jnp.median(v), "^sort at"),
    "largest position": (lambda w, v: jnp.argmax(v), f"^argmax at .*{HERE}"),
    "largest two": (lambda w, v: jax.lax.top_k(v, 2)[0], "^top_k at"),
    "first": (lambda w, v: v[0], f"^slice at .*{HERE}"),
    "reversed": (lambda w, v: w[::-1], f"^rev at .*{HERE}"),
    "every other": (lambda w, v: v[::2], "^slice at|^gather at"),
    "computed slice": (lambda w, v: jax.lax.dynamic_slice(v, (1,), (2,)), "^dynamic_slice at"),
    "replaced": (lambda w, v: v.at[0].set(0.0), "^scatter at|dynamic_update_slice at"),
    "placed along another axis": (
        lambda w, v: jnp.tile(w, (1, 2)).at[:, :4].set(w @ w.T),
        f"^scatter at .*{HERE}.*places at indices",
    ),
    "added along another axis": (
        lambda w, v: jnp.tile(w, (1, 2)).at[:, 1:5].add(w @ w.T),
        f"^scatter-add at .*{HERE}.*places at indices",
    ),
    "gathered": (lambda w, v: v[jnp.array([0, 0, 1])], "^gather at"),
    "indices by objects": (lambda w, v: jnp.ones(3)[(v > 0).astype(int)], "^gather at"),
    "joined": (lambda w, v: jnp.concatenate([v, v]), f"^concatenate at .*{HERE}"),
    "padded": (lambda w, v: jnp.pad(v, 1), f"^pad at .*{HERE}"),
    "parted": (lambda w, v: jnp.split(v, 2)[0], "^split at"),
    "repeated": (lambda w, v: jnp.tile(v, 2), f"^(tile|reshape|broadcast_in_dim) at .*{HERE}"),
    "one after another": (lambda w, v: sum(v[i] * i for i in range(4)), "^slice at"),
    "unstacked": (lambda w, v: jnp.unstack(v)[0], "^(unstack|split) at"),
    "solved along": (
        lambda w, v: jax.scipy.linalg.solve_triangular(np.eye(4), w),
        "^triangular_solve at",
    ),
    "blocks": (lambda w, v: v.reshape(2, 2).sum(0), f"^reshape at .*{HERE}"),
    "mixed": (lambda w, v: w.reshape(2, 8), f"^reshape at .*{HERE}.*splits"),
    "diagonal": (lambda w, v: jnp.diag(w @ w.T), "iota|gather"),
    "noise": (
        lambda w, v: v + jax.random.normal(jax.random.key(0), (4,)),
        f"add at .*random_bits at .*{HERE}",
    ),
    "constant": (lambda w, v: v * np.array([1.0, 2, 3, 4]), "mul at .*constant that the step"),
    "signs of zeros": (
        lambda w, v: v + 1 / jnp.asarray(np.array([0.0, -0.0, 0.0, -0.0])),
        "add at .*constant that the step",
    ),
    "data": (lambda w, v: v * w[0:4].sum(0), "mul at .*argument 1"),
    "matrix by itself": (lambda w, v: w @ v, "dot_general at .*argument 1.*'n'"),
    "product": (lambda w, v: jnp.prod(v), "^reduce_prod at"),
    "whole count": (lambda w, v: jnp.sum(v > 0), "^reduce_sum at .*int"),
    "one by one": (
        lambda w, v: jax.lax.scan(lambda s, x: (s + x, s), 0.0, v)[1],
        f"^scan at .*{HERE}",
    ),
    "inside a loop": (
        lambda w, v: jax.lax.fori_loop(0, 2, lambda i, s: jnp.cumsum(s), v),
        f"^cumsum at .*{HERE}",
    ),
    "a loop that tells apart": (
        lambda w, v: jax.lax.fori_loop(0, 2, lambda i, s: s + jnp.arange(4.0) + v, jnp.zeros(4)),
        "add at",
    ),
    "a branch": (
        lambda w, v: jax.lax.cond(v.sum() > 0, jnp.flip, jnp.negative, v),
        "^rev at",
    ),
    "a convolution": (lambda w, v: jnp.convolve(v, jnp.ones(3)), "rev|conv_general|pad"),
    "no rule": (lambda w, v: jnp.fft.fft(v).real, "^fft at .*no rule"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_step_that_may_see_which_object_is_which_is_refused(name: str) -> None:
    """Objects, the other axis of the matrix and constants all have size 4."""
    f, reason = REFUSED[name]
    with pytest.raises(NotEquivariant, match=reason):
        lift(f, jnp.ones((4, 4)), jnp.ones(4), axes=("n .", "n"))


def test_a_refusal_tells_primitive_line_and_cause() -> None:
    with pytest.raises(NotEquivariant) as caught:
        lift(lambda v: v + jnp.arange(4.0), jnp.ones(4), axes=("n",))
    assert (caught.value.primitive, caught.value.cause) == ("add", "iota")
    assert Path(caught.value.where.rsplit(":", 1)[0]).name == Path(__file__).name


def test_axes_of_different_groups_do_not_meet() -> None:
    with pytest.raises(NotEquivariant, match="'a' with objects of group 'b'"):
        lift(jnp.add, jnp.ones(4), jnp.ones(4), axes=("a", "b"))


def test_the_certificate_says_where_weights_enter() -> None:
    lifted = lift(
        lambda v: jax.lax.scan(lambda s, _: (v / jnp.linalg.norm(v) * s.max(), None), v, None, 2)[
            0
        ],
        jnp.ones(4),
        axes=("n",),
    )
    assert lifted.certificate.sizes == {"n": 4}
    (entry,) = lifted.certificate.weighted
    assert (entry.primitive, entry.groups) == ("reduce_sum", ("n",))
    assert entry.where.split(":")[0].endswith(Path(__file__).name)
    assert {"scan", "reduce_max", "div"} <= set(lifted.primitives)
    assert json.loads(json.dumps(lifted.certificate.to_json()))["primitives"]["scan"] == 1


def test_tags_must_fit() -> None:
    one = (jnp.ones((4, 3)),)
    with pytest.raises(ValueError, match="names 1 axes: expected one word for each axis"):
        lift(jnp.sum, *one, axes=("n",))
    with pytest.raises(ValueError, match="expected tags for 1 arguments, got 2"):
        lift(jnp.sum, *one, axes=("n .", ""))
    with pytest.raises(ValueError, match="do not fit its pytree"):
        lift(lambda p: p["a"], {"a": one[0]}, axes=({"b": "n ."},))
    with pytest.raises(ValueError, match="expected a string such as"):
        lift(jnp.sum, *one, axes=(3,))
    with pytest.raises(ValueError, match="group 'n' has 4 objects in argument 1 and 3 in"):
        lift(jnp.sum, *one, axes=("n n",))
    with pytest.raises(ValueError, match="the step makes its axis 0 'n'"):
        lift(lambda w: w, *one, axes=("n .",), out_axes=". n")
    with pytest.raises(ValueError, match="its axis 0 has 5 entries; expected the number of obj"):
        lift(lambda w: jnp.zeros(5), *one, axes=("n .",), out_axes="n")
    with pytest.raises(ValueError, match=r"tagged 'm', .*expected .* groups \{'n': 4\}"):
        lift(lambda w: jnp.zeros(4), *one, axes=("n .",), out_axes="m")


def test_equal_entries_of_a_result_are_what_its_tag_says() -> None:
    def f(v: Any) -> Any:
        return jnp.zeros(4), jnp.ones((4, 4))

    weights, small = {"n": [1.0, 3.0]}, jnp.ones(2)
    loose, tagged = (
        lift(f, jnp.ones(4), axes=("n",), out_axes=tags) for tags in (None, ("n", ". n"))
    )
    assert [x.shape for x in loose(weights, small)] == [(4,), (4, 4)]
    assert [x.shape for x in tagged(weights, small)] == [(2,), (4, 2)]
    assert (loose.out_axes, tagged.out_axes) == (("", ""), ("n", ". n"))


def test_a_result_in_merged_axes_is_refused() -> None:
    with pytest.raises(NotEquivariant, match="merged with objects"):
        lift(jnp.ravel, jnp.ones((4, 3)), axes=("n .",))


BAD_WEIGHTS = [
    ({"n": [1.0, 2.0]}, "sum to 3.0; expected 4"),
    ({"n": [5.0, -1.0]}, "positive weights"),
    ({"n": [4.0, 0.0]}, "positive weights"),
    ({"n": [np.nan, 1.0]}, "positive weights"),
    ({"n": [[1.0, 3.0]]}, "a vector of positive weights"),
    ({"m": [1.0, 3.0]}, r"expected weights for \['n'\], got \['m'\]"),
    ({}, "expected weights for"),
]


@pytest.mark.parametrize(("weights", "reason"), BAD_WEIGHTS)
def test_weights_must_be_positive_and_count_the_originals(weights: Any, reason: str) -> None:
    lifted = lift(jnp.mean, jnp.ones(4), axes=("n",))
    with pytest.raises(ValueError, match=reason):
        lifted(weights, jnp.ones(2))


def test_arguments_must_be_those_of_the_original() -> None:
    lifted = lift(lambda p, s: p["v"] * s, {"v": jnp.ones(4)}, 1.0, axes=({"v": "n"}, ""))
    weights = {"n": [1.0, 3.0]}
    assert lifted(weights, {"v": jnp.ones(2)}, 2).tolist() == [2.0, 2.0]
    with pytest.raises(ValueError, match=r"argument 1\['v'\] has shape \(4,\); expected \(2,\)"):
        lifted(weights, {"v": jnp.ones(4)}, 1.0)
    with pytest.raises(ValueError, match="expected arguments"):
        lifted(weights, {"w": jnp.ones(2)}, 1.0)
    with pytest.raises(ValueError, match="dtype float32; the step was traced with float64"):
        lifted(weights, {"v": jnp.ones(2, jnp.float32)}, 1.0)


def test_a_number_that_the_traced_dtype_cannot_hold_is_refused() -> None:
    lifted = lift(lambda v, k: v * k, jnp.ones(4), 2, axes=("n", ""))
    weights = {"n": [1.0, 3.0]}
    assert lifted(weights, jnp.ones(2), 3).tolist() == [3.0, 3.0]
    for number in (0.5, 2.0, 2**63):
        with pytest.raises((ValueError, OverflowError)):
            lifted(weights, jnp.ones(2), number)
    with pytest.raises(ValueError, match="dtype float64; the step was traced with int64"):
        lifted(weights, jnp.ones(2), 0.5)


def test_a_step_is_traced_anew_each_time_it_is_lifted() -> None:
    """JAX would answer with its first trace; what the function closes over may have changed."""
    rate = [1.0]

    def step(v: Any) -> Any:
        return rate[0] * v

    for rate[0] in (1.0, 5.0):
        lifted = lift(step, jnp.ones(4), axes=("n",))
        assert lifted({"n": [1.0, 3.0]}, jnp.ones(2)).tolist() == [rate[0]] * 2


def test_it_may_be_jitted_with_weights_as_arguments() -> None:
    lifted = lift(jnp.mean, jnp.ones(4), axes=("n",))
    assert float(jax.jit(lifted)({"n": jnp.array([1.0, 3.0])}, jnp.array([4.0, 8.0]))) == 7.0


def test_derivatives_by_weighted_objects_are_weight_times_those_by_a_copy() -> None:
    lifted = lift(lambda v: jnp.sum(v**2), jnp.ones(4), axes=("n",))
    inside = lift(jax.grad(lambda v: jnp.sum(v**2)), jnp.ones(4), axes=("n",))
    weights, v = {"n": np.array([1.0, 3.0])}, jnp.array([2.0, 5.0])
    outside = jax.grad(partial(lifted, weights))(v)
    assert outside.tolist() == [4.0, 30.0]
    assert inside(weights, v).tolist() == [4.0, 10.0]


def test_single_precision_stays_single() -> None:
    lifted = lift(lambda v: v / jnp.sum(v), jnp.ones(4, jnp.float32), axes=("n",))
    out = lifted({"n": [1.0, 3.0]}, jnp.ones(2, jnp.float32))
    assert out.dtype == jnp.float32
    assert out.tolist() == [0.25, 0.25]


@pytest.mark.parametrize("kind", ["bool", "int32", "bfloat16"])
def test_real_weights_are_not_rounded_to_the_numbers_they_weigh(kind: str) -> None:
    def product(v: Any) -> Any:
        x = (v > 0).astype(kind)
        return jax.lax.dot(x, x if kind == "bfloat16" else v, preferred_element_type=jnp.float32)

    lifted = lift(lambda v: product(v.astype(jnp.float32)), jnp.ones(4), axes=("n",))
    assert float(lifted({"n": [1.337, 2.663]}, jnp.array([1.0, -1.0]))) == np.float32(1.337)


def test_duplicates_need_whole_counts_for_every_object() -> None:
    tree, axes = {"v": np.arange(3.0), "s": 1.0}, {"v": "n", "s": ""}
    assert duplicate(tree, axes, {"n": [2, 1, 1]})["v"].tolist() == [0, 0, 1, 2]
    for counts, reason in (
        ({"n": [1, 2]}, "has 3 objects of group 'n', and there are 2 counts"),
        ({"n": [1, 2, 0]}, "positive integers"),
        ({"n": [1, 2, 1.5]}, "positive integers"),
        ({}, "no counts for it"),
    ):
        with pytest.raises(ValueError, match=reason):
            duplicate(tree, axes, counts)


def test_tags_of_a_state_follow_the_objects_and_not_the_sizes() -> None:
    def init(p: Any) -> Any:
        return {"m": jnp.zeros_like(p["w"]), "row": p["w"].sum(0), "gram": p["w"].T @ p["w"]}

    tags = tags_of_result(init, {"w": jnp.ones((4, 4))}, axes=({"w": ". n"},))
    assert tags == {"m": ". n", "row": "n", "gram": "n n"}


def test_tags_that_growth_does_not_tell_must_be_given() -> None:
    with pytest.raises(ValueError, match="grows from 8 to 10"):
        tags_of_result(lambda v: jnp.tile(v, 2), jnp.ones(4), axes=("n",))
    with pytest.raises(ValueError, match="changes its rank"):
        tags_of_result(lambda v: v if len(v) > 4 else v.sum(), jnp.ones(4), axes=("n",))
    with pytest.raises(ValueError, match="changes its structure"):
        tags_of_result(lambda v: [v] * len(v), jnp.ones(4), axes=("n",))


D = 6


def _step(w: Any, m: Any, x: Any) -> tuple[Any, Any]:
    """Momentum with clipping by a norm, weight decay by the mean, and a largest entry."""

    def loss(w: Any) -> Any:
        return jnp.mean((jnp.mean(jnp.tanh(x @ w.T), axis=1) - 0.3) ** 2) + 0.01 * jnp.sum(w**2)

    g = jax.grad(loss)(w)
    g = g / jnp.maximum(0.1, jnp.sqrt(jnp.sum(g**2))) - 0.1 * w.mean(0)
    m = 0.9 * m + g / (1 + jnp.abs(g).max())
    return w - 0.1 * m, m


X = np.random.default_rng(5).normal(size=(D, D))
"""As many inputs, and samples, as objects."""


def _lifted_step(size: int) -> Callable[..., Any]:
    example = (jnp.ones((D, D)), jnp.ones((D, D)), jnp.asarray(X))
    lifted = lift(_step, *example, axes=("n .", "n .", ""), out_axes=("n .", "n ."))
    del size
    return jax.jit(lambda c, w, m: lifted({"n": c}, w, m, X), compiler_options=COMPILER)


def _draw(size: int, seed: int) -> tuple[Any, Any]:
    rng = np.random.default_rng(seed)
    return rng.normal(size=(size, D)), rng.normal(size=(size, D))


def test_unit_weights_give_the_original_step() -> None:
    w, m = _draw(D, 0)
    found, expected = _lifted_step(D)(jnp.ones(D), w, m), jax.jit(_step)(w, m, X)
    np.testing.assert_allclose(found, expected, rtol=0, atol=1e-15)


@pytest.fixture(scope="module")
def steps() -> Callable[..., Any]:
    """The lifted step, compiled once for each number of weighted objects."""
    with double_precision():
        return _lifted_step(D)


@settings(max_examples=20)
@given(
    parts=st.lists(st.floats(0.05, 4.0), min_size=3, max_size=3),
    seed=st.integers(0, 1000),
    share=st.floats(0.1, 0.9),
)
def test_split_merged_and_permuted_objects_move_as_they_did(
    parts: list[float],
    seed: int,
    share: float,
    steps: Callable[..., Any],
    record_effective: RecordEffective,
) -> None:
    """Real weights: a part of an object moves as the whole; order and merging change nothing."""
    with double_precision():
        c = np.array(parts) * D / sum(parts)
        w, m = _draw(3, seed)
        whole = [np.asarray(x) for x in steps(c, w, m)]
        split = np.array([share * c[0], (1 - share) * c[0], c[1], c[2]])
        copies = [0, 0, 1, 2]
        for x, y in zip(steps(split, w[copies], m[copies]), whole, strict=True):
            np.testing.assert_allclose(x, y[copies], rtol=0, atol=EXACT)
        order = [2, 0, 1]
        for x, y in zip(steps(c[order], w[order], m[order]), whole, strict=True):
            np.testing.assert_allclose(x, y[order], rtol=0, atol=EXACT)
    record_effective(int(min(c) > 0.01))


def test_unequal_parts_of_an_object_do_count(steps: Callable[..., Any]) -> None:
    """The sibling: if the weights are not those of the parts, the step differs."""
    w, m = _draw(3, 1)
    c = np.array([1.0, 2.0, 3.0])
    whole = np.asarray(steps(c, w, m)[0])
    wrong = np.asarray(steps(np.array([1.0, 1.0, 2.0, 2.0]), w[[0, 0, 1, 2]], m[[0, 0, 1, 2]])[0])
    assert np.abs(wrong[1:] - whole).max() > 1e-3
