"""Eigenvalues, singular values and QR along objects: conjugated by square roots of weights.

Lifted are: `eigh` of a symmetric matrix with objects on both sides (nan if it is not); `svd` of a
matrix whose rows or columns are objects, at least as many (weighted) as there are entries in
each; singular values alone of any matrix; `qr` of a matrix whose rows are objects. The signs of
the vectors, and those outside the span of equal copies, are left open; see `spectral`. Refused
are pivoted QR, full matrices, LU, Cholesky, Schur, general eigenvectors, and the singular vectors
of matrices that copies make singular.
"""

from collections.abc import Sequence

from ucomp_verify.dynamics.extra import require

from .equations import Equation
from .marks import Layout, Mark, Objects, Ordinary, Spectrum
from .plans import Array, Planner, Step, Weights, bound, full


def rule(equation: Equation, layouts: Sequence[Layout], planner: Planner) -> Step:
    """The decomposition of the matrix of all copies, from that of the weighted objects."""
    (x,) = layouts
    if x.is_spectral or len(x.shape) != 2:
        raise equation.refusal("only single matrices that come from no other decomposition")
    if equation.params.get("subset_by_index") is not None:
        raise equation.refusal("it picks eigenvalues or singular values by position")
    return {"eigh": _eigh, "svd": _svd, "qr": _qr}[equation.name](equation, full(x), planner)


def _eigh(equation: Equation, x: Layout, planner: Planner) -> Step:
    rows, columns = x.marks
    if rows != columns or not isinstance(rows, Objects):
        raise equation.refusal("its rows and columns are not the objects of one group")
    spectrum = Spectrum(planner.new_key(), rows.group)
    vectors = Layout(x.shape, (rows, spectrum), odd=True, loose=True)
    values = Layout(x.shape[:1], (spectrum,))

    def run(weights: Weights, arrays: Sequence[Array]) -> Sequence[Array]:
        matrix = _symmetric_or_nan(weights.spread(arrays[0], x))
        v, w = bound(equation, [_times_roots(weights, matrix, x)])
        return [_over_roots(weights, v, vectors), w]

    return Step((vectors, values), run, (rows.group,))


def _symmetric_or_nan(x: Array) -> Array:
    """The matrix if it is symmetric, else nan.

    Eigenvectors are taken from one triangle, and which entries that has is a matter of indices.
    JAX makes the matrix symmetric before, unless told not to.
    """
    jnp = require("jax.numpy")
    near = jnp.sqrt(jnp.finfo(x.dtype).eps) * jnp.abs(x).max()
    return jnp.where(jnp.abs(x - x.T.conj()).max() <= near, x, jnp.nan)


def _svd(equation: Equation, x: Layout, planner: Planner) -> Step:
    groups = [mark.group for mark in x.marks if isinstance(mark, Objects)]
    if len(groups) == 0 or any(not isinstance(m, Objects | Ordinary) for m in x.marks):
        raise equation.refusal("its rows or columns are merged axes")
    if not equation.params["compute_uv"]:
        return _singular_values(equation, x, planner, groups)
    _check_thin(equation, x, groups)
    spectrum = Spectrum(planner.new_key())
    size = min(x.shape)
    left = Layout((x.shape[0], size), (x.marks[0], spectrum), odd=True)
    right = Layout((size, x.shape[1]), (spectrum, x.marks[1]), odd=True)

    def run(weights: Weights, arrays: Sequence[Array]) -> Sequence[Array]:
        _check_enough(equation, weights, x, size)
        matrix = _times_roots(weights, weights.spread(arrays[0], x), x)
        s, u, v = bound(equation, [matrix])
        return [s, _over_roots(weights, u, left), _over_roots(weights, v, right)]

    return Step((Layout((size,), (spectrum,)), left, right), run, tuple(groups))


def _singular_values(
    equation: Equation, x: Layout, planner: Planner, groups: Sequence[str]
) -> Step:
    """Those of all copies are those of the conjugated matrix, and zeros."""
    if len(groups) == 2 and groups[0] != groups[1]:
        raise equation.refusal("its singular values are fewer than either group tells")
    short = x.marks[0] if x.shape[0] <= x.shape[1] else x.marks[1]
    spectrum = Spectrum(planner.new_key(), short.group if isinstance(short, Objects) else "")
    out = Layout((min(x.shape),), (spectrum,))

    def run(weights: Weights, arrays: Sequence[Array]) -> Sequence[Array]:
        jnp = require("jax.numpy")
        matrix = _times_roots(weights, weights.spread(arrays[0], x), x)
        (s,) = bound(equation, [matrix])
        missing = weights.shape(out)[0] - s.shape[0]
        return [jnp.concatenate([s, jnp.zeros(max(missing, 0), s.dtype)])]

    return Step((out,), run, tuple(groups))


def _qr(equation: Equation, x: Layout, planner: Planner) -> Step:
    rows, columns = x.marks
    if not isinstance(rows, Objects) or not isinstance(columns, Ordinary):
        raise equation.refusal("its columns are objects, and it takes them one after another")
    if equation.params.get("pivoting"):
        raise equation.refusal("it pivots")
    _check_thin(equation, x, [rows.group])
    spectrum = Spectrum(planner.new_key())
    size = x.shape[1]
    left = Layout(x.shape, (rows, spectrum), odd=True)
    right = Layout((size, size), (spectrum, columns), odd=True)

    def run(weights: Weights, arrays: Sequence[Array]) -> Sequence[Array]:
        _check_enough(equation, weights, x, size)
        matrix = _times_roots(weights, weights.spread(arrays[0], x), x)
        q, r = bound(equation, [matrix])
        return [_over_roots(weights, q, left), r]

    return Step((left, right), run, (rows.group,))


def _check_thin(equation: Equation, x: Layout, groups: Sequence[str]) -> None:
    if equation.params.get("full_matrices"):
        raise equation.refusal("it completes the vectors to a basis: use full_matrices=False")
    objects = next(n for n, m in zip(x.shape, x.marks, strict=True) if isinstance(m, Objects))
    if len(groups) == 2 or objects < max(x.shape):
        raise equation.refusal(
            f"equal objects make the {x.shape[0]} x {x.shape[1]} matrix singular, and its "
            "vectors for the value 0 are not determined: use Newton-Schulz or eigh of a Gram "
            "matrix"
        )


def _check_enough(equation: Equation, weights: Weights, x: Layout, size: int) -> None:
    stored = weights.shape(x)
    if min(stored) < size:
        raise equation.refusal(
            f"{min(stored)} weighted objects with {size} entries each: the matrix of their "
            "copies is singular, and its vectors for the value 0 are not determined"
        )


def _times_roots(weights: Weights, x: Array, layout: Layout) -> Array:
    for axis, mark in enumerate(layout.marks):
        x = _scaled(weights, x, axis, mark, inverse=False)
    return x


def _over_roots(weights: Weights, x: Array, layout: Layout) -> Array:
    for axis, mark in enumerate(layout.marks):
        x = _scaled(weights, x, axis, mark, inverse=True)
    return x


def _scaled(weights: Weights, x: Array, axis: int, mark: Mark, *, inverse: bool) -> Array:
    jnp = require("jax.numpy")
    if not isinstance(mark, Objects):
        return x
    roots = jnp.sqrt(weights.vector(mark, 0, x.dtype))
    shape = [1] * x.ndim
    shape[axis] = -1
    return x / roots.reshape(shape) if inverse else x * roots.reshape(shape)


RULES = dict.fromkeys(("eigh", "svd", "qr"), rule)
