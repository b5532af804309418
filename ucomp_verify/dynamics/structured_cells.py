"""Reduction in cells for chosen monomials, in float64: where structure makes others needless."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ucomp_verify.caratheodory.product_basis import product_basis
from ucomp_verify.caratheodory.spaces import MonomialSpace
from ucomp_verify.caratheodory.support import select_support
from ucomp_verify.compressors.partitions import (
    Partition,
    cells_within,
    centred_points,
    support_of,
)
from ucomp_verify.measures import FloatMeasure, frame_of

if TYPE_CHECKING:
    from .activations import Array
    from .batches import Places


@dataclass(frozen=True, eq=False)
class Kept:
    """Nodes that stay, increasing, and their weights > 0."""

    indices: "Places"
    weights: "Array"


def reduce_in_cells(
    measure: FloatMeasure,
    space: MonomialSpace,
    size: int,
    *,
    axes: tuple[int, ...],
    partition: Partition = Partition.KD,
    seed: int = 0,
) -> Kept:
    """The sums of the monomials of the space over each cell, on at most `size` nodes in all.

    Cells are cut along the given `axes` only: along an axis in which all is linear nothing is
    gained by small cells. Raises ValueError if one cell needs more than `size` nodes.
    """
    support = support_of(measure)
    rank = len(space)
    if size < min(rank, len(support)):
        raise ValueError(
            f"found the size {size}; expected at least {min(rank, len(support))}, the number of "
            "sums to keep in one cell: give a larger size or a lower degree"
        )
    points = centred_points(FloatMeasure(np.ascontiguousarray(measure.nodes[:, axes])), support)
    cells = cells_within(points, size, rank, partition, seed=seed)
    parts = [_reduced(measure, space, support[cell], [seed, n]) for n, cell in enumerate(cells)]
    indices = np.concatenate([part.indices for part in parts])
    order = np.argsort(indices)
    return Kept(indices[order], np.concatenate([part.weights for part in parts])[order])


def _reduced(
    measure: FloatMeasure, space: MonomialSpace, nodes: "Places", seeds: list[int]
) -> Kept:
    """One cell, its nodes in a random order: else the errors of cells would add up."""
    random = np.random.default_rng(seeds)
    nodes = random.permutation(nodes)
    part = measure.part(nodes)
    if len(nodes) <= len(space):
        return Kept(nodes, np.ones(len(nodes)) if part.weights is None else part.weights)
    seed = int(random.integers(1 << 32))
    # Functions of the box of the cell: targets that are nearly polynomials of the inputs make
    # the monomials nearly dependent, and only functions are made orthogonal within their span.
    features = _Products(space, part.nodes.min(axis=0), part.nodes.max(axis=0))
    chosen = select_support(part, space.degree, frame=frame_of(part), seed=seed, features=features)
    return Kept(nodes[chosen.indices], chosen.weights)


@dataclass(frozen=True, eq=False)
class _Products:
    """The Legendre products of a space on a box, without the constant: (n, dim) to (n, r)."""

    space: MonomialSpace
    low: "Array"
    high: "Array"

    def __call__(self, nodes: "Array") -> "Array":
        half = np.where(self.high > self.low, (self.high - self.low) / 2, 1)
        points = (nodes - (self.low + (self.high - self.low) / 2)) / half
        return product_basis(self.space).values(points)[1:].T
