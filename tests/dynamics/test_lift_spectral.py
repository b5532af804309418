"""Eigenvectors, singular vectors and QR of equal objects, and what must not be done with them."""

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
from ucomp_verify.dynamics.lift import NotEquivariant, lift

jax = require_module("jax")
jnp = require_module("jax.numpy")

__all__ = ["in_double"]

COUNTS = {"n": (1, 3, 2)}


def _matrix() -> Any:
    return jnp.asarray(np.random.default_rng(4).normal(size=(3, 2)))


def _polar(w: Any) -> Any:
    u, _, v = jnp.linalg.svd(w, full_matrices=False)
    return u @ v


def _root(w: Any, power: float, eps: float = 1e-3) -> Any:
    values, vectors = jnp.linalg.eigh(w @ w.T)
    return vectors * (jnp.maximum(values, 0) + eps) ** power @ vectors.T


def _qr(w: Any) -> Any:
    q, r = jnp.linalg.qr(w)
    return q @ (q.T @ jnp.sin(w)), q @ (2 * r), (r**2).sum(0)


def _soap(w: Any) -> Any:
    """Divided by roots of squares in the eigenbasis, and back."""
    _, vectors = jnp.linalg.eigh(w @ w.T)
    inside = vectors.T @ jnp.sin(w)
    return vectors @ (inside / jnp.sqrt(inside**2 + 1e-2))


def _clipped(w: Any) -> Any:
    u, s, v = jnp.linalg.svd(w, full_matrices=False)
    return (u * jnp.minimum(s, 1.0)) @ v


ALLOWED: dict[str, Callable[[Any], Any]] = {
    "polar factor": _polar,
    "polar factor of columns": lambda w: _polar(w.T),
    "singular values": lambda w: (
        jnp.linalg.svd(w, compute_uv=False).sum(),
        jnp.linalg.norm(w, ord=2),
        jnp.linalg.norm(w.T, ord="nuc"),
    ),
    "singular values of a Gram matrix": lambda w: jnp.linalg.norm(w @ w.T, ord=2) * w,
    "inverse fourth root": lambda w: _root(w, -0.25) @ w,
    "root on a sum": lambda w: _root(w, -0.5) @ (w + 1),
    "right side": lambda w: (w.T @ _root(w, -0.5)).T,
    "two roots": lambda w: _root(w, -0.25) @ (_root(w, -0.25) @ w),
    "eigenvalues": lambda w: (
        jnp.linalg.eigh(w @ w.T)[0].sum(),
        jnp.linalg.eigh(w @ w.T)[0].max(),
        jnp.sum(jnp.linalg.eigh(w @ w.T)[0] ** 2),
    ),
    "clipped singular values": _clipped,
    "qr": _qr,
}


@pytest.fixture(scope="module")
def gaps() -> dict[str, float]:
    with double_precision():
        return gaps_to_copies(ALLOWED, (_matrix(),), ("n .",), COUNTS)


@pytest.mark.parametrize("name", ALLOWED)
def test_functions_of_spectra_are_exact_on_equal_objects(name: str, gaps: dict[str, float]) -> None:
    assert gaps[name] < 1e-10


REFUSED: dict[str, tuple[Callable[[Any], Any], str]] = {
    "signs of singular vectors": (
        lambda w: jnp.abs(jnp.linalg.svd(w, full_matrices=False)[0] + 1),
        "add .*differ|sign",
    ),
    "sum of vectors": (lambda w: jnp.linalg.svd(w, full_matrices=False)[0].sum(1), "signs"),
    "eigenvalue by position": (lambda w: jnp.linalg.eigh(w @ w.T)[0][-1], "slice"),
    "sorted eigenvalues": (lambda w: jnp.sort(jnp.linalg.eigh(w @ w.T)[0]), "sort"),
    "vectors as result": (lambda w: jnp.linalg.svd(w, full_matrices=False)[0], "the result"),
    "all vectors": (lambda w: _polar_full(w), "full_matrices"),
    "wide": (lambda w: _polar(jnp.concatenate([w] * 5, axis=1)), "singular"),
    "two-sided": (lambda w: _polar(w @ w.T), "singular"),
    "sum of roots of eigenvalues left out": (
        lambda w: jnp.exp(jnp.linalg.eigh(w @ w.T)[0]).sum(),
        "outside the span",
    ),
    "entries of an operator": (lambda w: jnp.tanh(_root(w, -0.25)) @ w, "one by one"),
    "operator over all objects": (lambda w: jnp.sum(_root(w, -0.25)), "not known"),
    "masked operator": (lambda w: (_root(w, -0.25) * (w @ w.T)) @ w, "one by one"),
    "divided by an operator": (lambda w: (1 / _root(w, -0.25)) @ w, "divides"),
    "squares in the eigenbasis": (lambda w: _soap(w), "degenerate"),
    "identity in objects": (lambda w: (w @ w.T + jnp.eye(6)) @ w, "iota"),
    "cholesky": (lambda w: jnp.linalg.cholesky(w @ w.T), "cholesky"),
    "inverse": (lambda w: jnp.linalg.inv(w @ w.T), "lu|iota"),
    "determinant": (lambda w: jnp.linalg.slogdet(w @ w.T)[1], "lu|iota"),
    "qr of columns": (lambda w: jnp.linalg.qr(w.T)[1], "columns are objects"),
    "differences of eigenvalues": (
        lambda w: (lambda s: jnp.abs(s[:, None] - s).sum())(jnp.linalg.eigvalsh(w @ w.T)),
        "^sub at .*pairs eigenvalues",
    ),
    "eigenvalues times functions of others": (
        lambda w: (lambda s: (s[:, None] * jnp.exp(s)).sum())(jnp.linalg.eigvalsh(w @ w.T)),
        "^mul at .*pairs eigenvalues",
    ),
    "products of all vectors": (
        lambda w: (lambda u: (u[:, :, None] * u[:, None]).sum((1, 2)))(_left(w)),
        "^mul at .*pairs eigenvalues or singular vectors",
    ),
    "vectors by vectors": (lambda w: _crossed(w), "combines|with eigenvectors"),
}


def _left(w: Any) -> Any:
    return jnp.linalg.svd(w, full_matrices=False)[0]


def _polar_full(w: Any) -> Any:
    return jnp.linalg.svd(w, full_matrices=True)[0]


def _crossed(w: Any) -> Any:
    first, second = (jnp.linalg.svd(x, full_matrices=False) for x in (w, jnp.sin(w)))
    return first[0] @ second[2]


@pytest.mark.parametrize("name", REFUSED)
def test_what_depends_on_signs_or_on_what_is_left_out_is_refused(name: str) -> None:
    f, reason = REFUSED[name]
    with pytest.raises(NotEquivariant, match=reason):
        lift(f, jnp.ones((6, 2)), axes=("n .",))


def test_too_few_weighted_objects_for_singular_vectors_are_refused_when_it_runs() -> None:
    lifted = lift(_polar, jnp.ones((6, 2)), axes=("n .",))
    with pytest.raises(NotEquivariant, match="1 weighted objects with 2 entries"):
        lifted({"n": [6.0]}, jnp.ones((1, 2)))
    assert EXACT > gap_to_copies(_polar, (_matrix(),), ("n .",), COUNTS)


def test_one_triangle_of_a_matrix_that_is_not_symmetric_gives_nan() -> None:
    """JAX takes the lower triangle if it is told that the matrix is symmetric."""

    def root(m: Any, w: Any) -> Any:
        vectors, values = jax.lax.linalg.eigh(m, symmetrize_input=False)
        return vectors @ ((vectors.T @ w) * jnp.sqrt(jnp.abs(values))[:, None])

    w, m = _matrix(), jnp.asarray(np.random.default_rng(6).normal(size=(3, 3)))
    axes = ("n n", "n .")
    lifted = lift(root, jnp.ones((6, 6)), jnp.ones((6, 2)), axes=axes)
    assert bool(jnp.isnan(lifted({"n": [1.0, 3.0, 2.0]}, m, w)).all())
    assert gap_to_copies(root, (m @ m.T, w), axes, COUNTS) < 1e-10
