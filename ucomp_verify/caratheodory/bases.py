"""A basis of features for a measure in float64: cheap where that does, careful where not."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Protocol, TypeAlias

import numpy as np

from ucomp_verify.algebra.multi_indices import num_monomials
from ucomp_verify.measures.float_measure import FloatMeasure
from ucomp_verify.measures.frame import Frame

from .arnoldi import arnoldi
from .features import Array
from .function_basis import function_basis
from .product_basis import complete_basis, product_basis
from .spaces import MonomialSpace

lapack: Any = import_module("scipy.linalg.lapack")  # without types

FeatureMap: TypeAlias = Callable[[Array], Array]
"""From nodes, float64 of shape (n, dim), to the values of r functions, (n, r)."""

Coordinates: TypeAlias = Callable[[FloatMeasure], Array]
"""From a part of a measure to the coordinates of its nodes, (n, dim), that a basis takes."""

RCOND = 1e-8
"""Of the inner products of good features: their condition number is at most 10^4."""

CHUNK = 1 << 13  # nodes at a time: their temporaries stay in the cache
ALL = 1 << 12  # up to so many nodes all of them are looked at
SAFE = (1e-290, 1e290)  # extents of a box in which differences are neither lost nor infinite
ROUNDS = 6  # of adding nodes to the sample that its polynomials do not fit
STRANGE = 1e-8  # misfit, relative, of a dependence among monomials that the sample has


class Basis(Protocol):
    """Functions whose values at nodes are well conditioned features."""

    def __len__(self) -> int:
        """The number of functions."""
        ...

    def values(self, points: Array, /) -> Array:
        """Features of shape (r, n)."""
        ...

    def group_sums(self, points: Array, weights: Array | None, size: int, /) -> Array:
        """Sums of weight * feature over each `size` points in turn: shape (r, n / size)."""
        ...


@dataclass(frozen=True, eq=False)
class Features:
    """A basis, the coordinates of nodes that it takes, and its values at all where known."""

    basis: Basis
    coordinates: Coordinates
    known: Array | None = None


def features_for(
    measure: FloatMeasure, space: MonomialSpace | FeatureMap | int, *, frame: Frame, seed: int
) -> Features:
    """Features that span the space on the nodes, all of which count alike."""
    if isinstance(space, (MonomialSpace, int)):
        return _polynomials(measure, space, frame, seed)
    return Features(function_basis(measure, space, CHUNK), lambda part: part.nodes)


def _polynomials(
    measure: FloatMeasure, space: MonomialSpace | int, frame: Frame, seed: int
) -> Features:
    count, degree = len(measure), space if isinstance(space, int) else space.degree
    size = num_monomials(measure.dim, degree) if isinstance(space, int) else len(space)
    if count >= 4 * size:
        products = (
            product_basis(space)
            if not isinstance(space, int)
            else complete_basis(measure.dim, degree)
        )
        for wanted in (2 * size + 200, max(8 * size, 2 * degree**2)):
            if _well_conditioned(products, _sample(measure, wanted, seed), frame):
                return Features(products, frame.scaled)
    wanted = max(8 * size, ALL, 4 * degree**2)
    coordinates = _centred(_sample(measure, ALL, seed), frame)
    if count <= wanted:
        basis, rows = arnoldi(coordinates(measure), space)
        return Features(basis, coordinates, rows)
    return Features(_fitting(measure, space, coordinates, wanted, seed), coordinates)


def _centred(sample: FloatMeasure, frame: Frame) -> Coordinates:
    """The map of the nodes into [-1, 1]^dim that takes a node amid most of them to 0.

    There it is far more accurate than `frame.scaled`, relatively, if a few nodes are far away.
    """
    sides = zip(frame.lows, frame.highs, frame.units, strict=True)
    spans = [(high - low) * unit for low, high, unit in sides]
    if any(span and not SAFE[0] < span < SAFE[1] for span in spans):
        return frame.scaled
    middle = len(sample) // 2
    centre = np.partition(sample.nodes, middle, axis=0)[middle]
    widths = np.array([float(span) or 1.0 for span in spans])
    return lambda part: (part.nodes - centre) / widths


def _sample(measure: FloatMeasure, size: int, seed: int) -> FloatMeasure:
    """About so many of the nodes, at random; all if these are not many more."""
    if len(measure) <= 2 * size:
        return measure
    places = np.random.default_rng(seed).integers(0, len(measure), size)
    return measure.part(np.unique(places))


def _well_conditioned(basis: Basis, sample: FloatMeasure, frame: Frame) -> bool:
    """Whether float64 has no trouble with the basis on the nodes of the sample.

    Nor on more nodes, then: they only add to the inner products, of functions that are
    bounded on the box.
    """
    inner = np.zeros((len(basis), len(basis)))
    for part in sample.chunks(CHUNK):
        rows = basis.values(frame.scaled(part))
        inner += rows @ rows.T
    factor, info = lapack.dpotrf(inner.T, lower=1)
    if info:
        return False
    rcond, _ = lapack.dpocon(factor, np.abs(inner).sum(axis=0).max(), uplo="L")
    return bool(rcond > RCOND)


def _fitting(
    measure: FloatMeasure,
    space: MonomialSpace | int,
    coordinates: Coordinates,
    size: int,
    seed: int,
) -> Basis:
    """Orthonormal polynomials on a sample that are not huge on any node, as far as possible.

    Nodes on which they are, or that show a polynomial the sample could not tell from others,
    join the sample.
    """
    places = np.unique(np.random.default_rng(seed).integers(0, len(measure), size))
    basis, _ = arnoldi(coordinates(measure.part(places)), space)
    for _ in range(ROUNDS):
        extremes = _extremes(measure, basis, coordinates, places.size)
        if not extremes.size:
            break
        places = np.union1d(places, extremes)
        basis, _ = arnoldi(coordinates(measure.part(places)), space)
    return basis


def _extremes(measure: FloatMeasure, basis: Any, coordinates: Coordinates, size: int) -> Any:
    """The places of the nodes that the basis fits worst, at most `size` / 2 of them."""
    places, scores = np.empty(0, np.intp), np.empty(0)
    start = 0
    for part in measure.chunks(CHUNK):
        points = coordinates(part)
        rows = basis.values(points)
        # Over the nodes of the sample the sum of the squares is at most 1.
        score = np.einsum("ij,ij->j", rows, rows) / 4
        strange = basis.unexplained(points, rows) * np.sqrt(size) > STRANGE
        score[strange | ~np.isfinite(score)] = np.inf
        here = np.flatnonzero(score > 1)
        places = np.concatenate([places, start + here])
        scores = np.concatenate([scores, score[here]])
        best = np.argsort(-scores, kind="stable")[: size // 2]
        places, scores = places[best], scores[best]
        start += len(part)
    return places
