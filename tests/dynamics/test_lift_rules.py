"""Every rule of the lift against the original function on equal objects."""

# What JAX returns has no types, and neither have the functions that are given to it.
# pyright: reportUnknownLambdaType=false, reportUnknownMemberType=false
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from tests.dynamics.lifting import EXACT, gap_to_copies, gaps_to_copies, in_double
from tests.optional import require_module
from ucomp_verify.dynamics.extra import double_precision
from ucomp_verify.dynamics.lift import lift
from ucomp_verify.dynamics.lift.planner import RULES

jax = require_module("jax")
jnp = require_module("jax.numpy")

__all__ = ["in_double"]

COUNTS = {"n": (1, 3, 2)}
SIX = sum(COUNTS["n"])


def _args(size: int) -> tuple[Any, Any, Any]:
    """A matrix and a vector of objects, and a square matrix without: sizes coincide on purpose."""
    rng = np.random.default_rng(1)
    w, v, a = rng.normal(size=(3, size)), rng.normal(size=3), rng.normal(size=(size, size))
    return jnp.asarray(w), jnp.asarray(v), jnp.asarray(a)


AXES = ("n .", "n", "")


@jax.custom_vjp
def _doubled(x: Any) -> Any:
    return 2 * x - x.mean()


_doubled.defvjp(lambda x: (_doubled(x), None), lambda _, t: (3 * t,))

FUNCTIONS: dict[str, Callable[[Any, Any, Any], Any]] = {
    "sum": lambda w, v, a: (w.sum(), w.sum(0), w.sum(1), v.sum()),
    "mean": lambda w, v, a: (w.mean(), w.mean(0), w.mean(1), jnp.var(v), w.std(0)),
    "extremes": lambda w, v, a: (w.max(0), v.min(), jnp.any(w > 1, 0), jnp.all(w > -3)),
    "norms": lambda w, v, a: (jnp.linalg.norm(w), jnp.linalg.norm(w, axis=0), jnp.abs(v).sum()),
    "softmax": lambda w, v, a: (jax.nn.softmax(v), jax.nn.logsumexp(w, axis=0)),
    "products": lambda w, v, a: (w @ a, v @ w, w.T @ w, jnp.vdot(v, v), jnp.outer(v, v)),
    "grams": lambda w, v, a: (w @ w.T, (w @ w.T) @ w, jnp.tanh(w @ w.T).sum(1)),
    "three": lambda w, v, a: jnp.einsum("i,ij,jk,ik->k", v, w, a, w),
    "batched": lambda w, v, a: jnp.einsum("ij,ij->i", w, w) + jnp.einsum("ij,kj->ik", w, a).sum(1),
    "constants": lambda w, v, a: (v + jnp.ones(v.shape), jnp.zeros_like(w), jnp.full(v.shape, 2.0)),
    "sums of constants": lambda w, v, a: (
        jnp.ones(v.shape).sum(),
        jnp.ones(v.shape) @ v,
        jnp.ones(w.shape).sum(0) * a[0],
        jnp.ones(v.shape) @ jnp.ones(v.shape),
    ),
    "closed constant": lambda w, v, a: v * np.ones(SIX) + np.full((SIX, 1), 3.0)[:, 0],
    "counts": lambda w, v, a: (jnp.mean(v > 0), (v > 0).astype(float).sum()),
    "where": lambda w, v, a: jnp.where(v[:, None] > 0, w, 0).sum(0),
    "flattened": lambda w, v, a: (w.reshape(-1).sum(), jnp.linalg.norm(w.ravel()) * w),
    "flattened and back": lambda w, v, a: (jnp.tanh(w.ravel()) * 2).reshape(w.shape),
    "regrouped": lambda w, v, a: w.reshape(SIX, 2, -1).sum(1),
    "flattened transpose": lambda w, v, a: w.T.ravel() @ jnp.tanh(w.T).ravel(),
    "transposed": lambda w, v, a: (w.T, a @ w.T, w[:, None, :] * v[:, None, None]),
    "other axis in order": lambda w, v, a: (
        jnp.sort(w, axis=1),
        jnp.cumsum(w, axis=1),
        w[:, ::-1],
        w[:, 1:3],
        jnp.concatenate([w, w], axis=1),
        jnp.argmax(w, axis=1),
        jnp.pad(w, ((0, 0), (1, 0))),
        jnp.split(w, 2, axis=1)[0],
        jax.lax.top_k(w, 2)[0],
    ),
    "picked": lambda w, v, a: (w[:, 2], w.T[1], w[:, jnp.array([1, 0])], w.at[:, 1].set(v)),
    "added at": lambda w, v, a: w.at[:, jnp.array([0, 0])].add(w[:, :2]),
    "history": lambda w, v, a: (
        jnp.zeros((4, *w.shape)).at[2].set(w)[2] + jnp.ones((4, *w.shape))[0]
    ),
    "dynamic": lambda w, v, a: (
        jax.lax.dynamic_slice_in_dim(w, 1, 2, 1),
        jax.lax.dynamic_update_slice(w, w[:, :1] * 2, (0, 2)),
    ),
    "placed": lambda w, v, a: (
        jnp.stack([w, jnp.zeros_like(w)], 1),
        jnp.tile(w, (1, 2)),
        [row * v for row in w.T],
        jax.scipy.linalg.solve_triangular(a, w.T, lower=True),
    ),
    "jit": lambda w, v, a: jax.jit(lambda x: x / x.sum())(v),
    "vmap": lambda w, v, a: jax.vmap(lambda row, s: jnp.tanh(row @ a) * s)(w, v),
    "vmap of columns": lambda w, v, a: jax.vmap(jnp.sum, in_axes=1)(w) @ a,
    "remat": lambda w, v, a: jax.grad(lambda x: jax.checkpoint(jnp.tanh)(x).mean())(v),
    "custom derivative": lambda w, v, a: (
        jax.grad(lambda x: jax.nn.relu(x).sum())(v),
        jax.nn.silu(w),
    ),
    "custom gradient": lambda w, v, a: (
        _doubled(v),
        jax.grad(lambda x: jnp.sum(_doubled(x) ** 2))(v),
    ),
    "gradient": lambda w, v, a: jax.grad(lambda x: (jnp.tanh(x @ a).sum() - 1.0) ** 2)(w),
    "gradient of max": lambda w, v, a: jax.grad(lambda x: x.max())(v),
    "hessian": lambda w, v, a: jax.hessian(lambda x: jnp.tanh(x.mean(0)).sum())(w).sum((2, 3)),
    "scan": lambda w, v, a: jax.lax.scan(lambda s, row: (s * 0.5 + w @ row, s.sum()), v, a),
    "scan from zeros": lambda w, v, a: jax.lax.scan(
        lambda s, row: (s + w @ row, None), jnp.zeros(v.shape), a
    )[0],
    "while": lambda w, v, a: jax.lax.while_loop(lambda s: s.sum() < 50, lambda s: s * s + 1, v),
    "fori": lambda w, v, a: jax.lax.fori_loop(0, 3, lambda i, s: s - s.mean() * i, v),
    "cond": lambda w, v, a: jax.lax.cond(
        v.sum() > 0, lambda x: x * 2, lambda x: jnp.zeros(x.shape), v
    ),
    "switch": lambda w, v, a: jax.lax.switch(1, [jnp.tanh, lambda x: x - x.mean()], v),
    "newton-schulz": lambda w, v, a: jax.lax.fori_loop(
        0, 4, lambda _, x: 1.5 * x - 0.5 * (x @ x.T) @ x, w / jnp.linalg.norm(w)
    ),
    "iota elsewhere": lambda w, v, a: w * jnp.arange(w.shape[1]) + (a * jnp.eye(a.shape[0])).sum(),
    "random elsewhere": lambda w, v, a: w + jax.random.normal(jax.random.key(0), (w.shape[1],)),
    "decompositions elsewhere": lambda w, v, a: w @ jnp.linalg.inv(a) + jnp.linalg.svd(a)[1],
    "integers": lambda w, v, a: (v > 0).astype(int) * 2,
}


@pytest.fixture(scope="module")
def gaps() -> dict[str, float]:
    with double_precision():
        return gaps_to_copies(FUNCTIONS, _args(SIX), AXES, COUNTS)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_lifted_function_does_what_the_original_does_to_equal_objects(
    name: str, gaps: dict[str, float]
) -> None:
    """The matrix without objects, the rows of objects and the group all have size 6."""
    assert gaps[name] < EXACT


_FROM_RESULTS = {
    "sum": ("", "", "n", ""),
    "grams": ("n n", "n .", "n"),
    "transposed": (". n", ". n", "n . ."),
    "gradient": "n .",
    "scan": ("n", ""),
}


@pytest.mark.parametrize("name", _FROM_RESULTS)
def test_tags_of_results_follow_from_those_of_arguments(name: str) -> None:
    structs = (jnp.ones((SIX, SIX)), jnp.ones(SIX), jnp.ones((SIX, SIX)))
    assert lift(FUNCTIONS[name], *structs, axes=AXES).out_axes == _FROM_RESULTS[name]


WRONG = {"reduce_sum": "norms", "dot_general": "products"}


def _unweighted(name: str) -> Any:
    """The rule, as if every weight were 1."""

    def rule(equation: Any, layouts: Any, planner: Any) -> Any:
        from dataclasses import replace

        from ucomp_verify.dynamics.lift.plans import Weights

        step = RULES[name](equation, layouts, planner)

        def run(weights: Weights, arrays: Any) -> Any:
            ones = {group: jnp.ones_like(c) for group, c in weights.groups.items()}
            return step.run(Weights(ones), arrays)

        return replace(step, run=run)

    return rule


@pytest.mark.parametrize("name", WRONG)
def test_a_rule_that_forgets_the_weights_is_found_out(name: str) -> None:
    rules = {**RULES, name: _unweighted(name)}
    f = FUNCTIONS[WRONG[name]]
    assert gap_to_copies(f, _args(SIX), AXES, COUNTS, rules=rules) > 1e-2


def test_two_groups_and_an_axis_without_objects_may_have_one_size() -> None:
    counts = {"a": (1, 3), "b": (2, 1, 1)}
    rng = np.random.default_rng(2)
    p = {"x": rng.normal(size=(4, 2)), "m": rng.normal(size=(2, 3)), "y": rng.normal(size=(3, 4))}
    args = (jax.tree.map(jnp.asarray, p), jnp.asarray(rng.normal(size=(4, 4))))
    axes = ({"x": ". a", "m": "a b", "y": "b ."}, "")

    def step(p: Any, x: Any) -> Any:
        def loss(p: Any) -> Any:
            return jnp.mean((jnp.tanh(jnp.tanh(x @ p["x"]) @ p["m"]) @ p["y"] - x) ** 2)

        g = jax.grad(loss)(p)
        norm = jnp.sqrt(sum(jnp.sum(leaf**2) for leaf in jax.tree.leaves(g)))
        return jax.tree.map(lambda w, d: w - d / norm, p, g)

    functions = {"step": step, "flat": lambda p, x: p["m"].ravel() @ p["m"].ravel()}
    assert max(gaps_to_copies(functions, args, axes, counts).values()) < EXACT


def test_objects_may_be_on_every_axis_of_a_matrix_at_once() -> None:
    counts = {"n": (1, 3, 2)}
    b = np.random.default_rng(3).normal(size=(3, 3))

    def f(m: Any) -> Any:
        return m @ m.T, (m @ m) / jnp.linalg.norm(m), m.sum(0) - m.mean(1), jnp.exp(m).sum()

    assert gap_to_copies(f, (jnp.asarray(b),), ("n n",), counts) < EXACT
