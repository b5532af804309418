"""Optimisers that optax does not have, as optax transformations."""

from typing import Any

from ucomp_verify.dynamics.extra import require


def polar_sgd(rate: float) -> Any:
    """Matrices move along the polar factor of their gradient, by singular vectors."""
    jnp = require("jax.numpy")

    def direction(g: Any) -> Any:
        if g.ndim != 2:
            return g
        u, _, v = jnp.linalg.svd(g, full_matrices=False)
        return u @ v

    return _stateless(rate, direction)


def orthogonal_sgd(rate: float) -> Any:
    """Tall matrices move along their gradient projected by its own QR basis, halved."""
    jnp = require("jax.numpy")

    def direction(g: Any) -> Any:
        if g.ndim != 2:
            return g
        tall = g if g.shape[0] >= g.shape[1] else g.T
        q, r = jnp.linalg.qr(tall)
        moved = q @ (r / (1 + jnp.sum(r**2)))
        return moved if g.shape[0] >= g.shape[1] else moved.T

    return _stateless(rate, direction)


def spectral_clip(rate: float, limit: float) -> Any:
    """Matrices of gradients are scaled to a largest singular value of at most the limit."""
    jnp = require("jax.numpy")

    def direction(g: Any) -> Any:
        if g.ndim != 2:
            return g
        return g / jnp.maximum(1, jnp.linalg.norm(g, ord=2) / limit)

    return _stateless(rate, direction)


def block_normalised(rate: float, block: int) -> Any:
    """Vectors are normalised over blocks of consecutive entries: the order counts."""
    jnp = require("jax.numpy")

    def direction(g: Any) -> Any:
        if g.ndim != 1 or g.shape[0] < block:
            return g
        padded = jnp.pad(g, (0, -g.shape[0] % block)).reshape(-1, block)
        norms = jnp.sqrt(jnp.sum(padded**2, axis=1, keepdims=True)) + 1e-8
        return (padded / norms).reshape(-1)[: g.shape[0]]

    return _stateless(rate, direction)


def largest_only(rate: float, count: int) -> Any:
    """Vectors keep their largest entries only, found by sorting."""
    jnp = require("jax.numpy")

    def direction(g: Any) -> Any:
        if g.ndim != 1 or g.shape[0] <= count:
            return g
        return jnp.where(jnp.abs(g) >= jnp.sort(jnp.abs(g))[-count], g, 0)

    return _stateless(rate, direction)


def numbered_rates(rate: float) -> Any:
    """The step of an entry falls with its position."""
    jnp = require("jax.numpy")

    def direction(g: Any) -> Any:
        return g / (1 + jnp.arange(g.shape[-1], dtype=g.dtype))

    return _stateless(rate, direction)


def shampoo(rate: float, *, sides: str, decay: float = 0.95, eps: float = 1e-4) -> Any:
    """Shampoo (Gupta, Koren, Singer 2018) on matrices with averaged statistics.

    `sides` is "both" (inverse fourth roots), or "short" (inverse square root on the shorter
    side only).
    """
    jax = require("jax")
    jnp = require("jax.numpy")
    optax = require("optax")

    def sides_of(p: Any) -> list[int]:
        if p.ndim != 2:
            return []
        return [0, 1] if sides == "both" else [int(p.shape[1] < p.shape[0])]

    def gram(g: Any, side: int) -> Any:
        return g @ g.T if side == 0 else g.T @ g

    def init(params: Any) -> Any:
        def of(p: Any) -> list[Any]:
            return [jnp.zeros_like(gram(p, side)) for side in sides_of(p)]

        return jax.tree.map(of, params)

    def scaled(g: Any, statistics: list[Any]) -> Any:
        for side, matrix in zip(sides_of(g), statistics, strict=True):
            values, vectors = jnp.linalg.eigh(matrix)
            power = -0.25 if sides == "both" else -0.5
            roots = vectors * (jnp.maximum(values, 0) + eps) ** power
            g = roots @ (vectors.T @ g) if side == 0 else (g @ roots) @ vectors.T
        return -rate * g

    def update(grads: Any, state: Any, params: Any = None) -> Any:
        del params

        def averaged(g: Any, old: list[Any]) -> list[Any]:
            return [
                decay * matrix + (1 - decay) * gram(g, side)
                for side, matrix in zip(sides_of(g), old, strict=True)
            ]

        new = jax.tree.map(averaged, grads, state)
        return jax.tree.map(scaled, grads, new), new

    return optax.GradientTransformation(init, update)


def sharpness_aware(rate: float, radius: float) -> Any:
    """SAM (Foret et al. 2021): the gradient a normalised step away; needs `grad_fn`."""
    jax = require("jax")
    optax = require("optax")

    def init(params: Any) -> Any:
        del params
        return optax.EmptyState()

    def update(grads: Any, state: Any, params: Any = None, *, grad_fn: Any, **extra: Any) -> Any:
        del extra
        scale = radius / optax.tree.norm(grads)

        def climbed(p: Any, g: Any) -> Any:
            return p + scale * g

        def moved(g: Any) -> Any:
            return -rate * g

        away = jax.tree.map(climbed, params, grads)
        return jax.tree.map(moved, grad_fn(away)), state

    return optax.GradientTransformationExtraArgs(init, update)


def _stateless(rate: float, direction: Any) -> Any:
    jax = require("jax")
    optax = require("optax")

    def moved(g: Any) -> Any:
        return -rate * direction(g)

    def init(params: Any) -> Any:
        del params
        return optax.EmptyState()

    def update(grads: Any, state: Any, params: Any = None) -> Any:
        del params
        return jax.tree.map(moved, grads), state

    return optax.GradientTransformation(init, update)
