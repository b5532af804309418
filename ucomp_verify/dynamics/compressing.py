"""Networks and data sets on fewer objects with weights, the moments of their objects kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import numpy as np

from ucomp_verify.caratheodory import Arithmetic
from ucomp_verify.caratheodory.product_basis import product_basis
from ucomp_verify.caratheodory.spaces import MonomialSpace, all_monomials
from ucomp_verify.compressors import AbstractCompressor, Cells
from ucomp_verify.compressors.base import check_degree, check_size
from ucomp_verify.measures import Compression

from .activations import Array
from .batches import Batch, Places
from .controls import selected
from .networks import AbstractNetwork
from .objects import HeadCoordinates, Objects, examples_of, objects_at, objects_of
from .structured_cells import reduce_in_cells
from .trees import Tree, leaves_by_path, taken

N = TypeVar("N", bound=AbstractNetwork)

CHUNK = 1 << 13  # objects at a time


@dataclass(frozen=True, eq=False)
class Reduction:
    """Weights on some objects that keep the sums of monomials up to `degree`.

    `indices` increase; `weights` are > 0 and add up to the mass of the objects, up to
    `residual`: the largest difference of a sum of Legendre products on the box of the objects,
    relative to the mass, as float64 sees it. `num_sums` of these are kept in each cell.
    `compression` has what is certified, with exact or ball arithmetic, else None: its source
    are the objects, each axis divided by a power of 2.
    """

    indices: Places
    weights: Array
    degree: int
    num_sums: int
    residual: float
    compression: Compression | None = None

    def __len__(self) -> int:
        """The number of objects kept."""
        return len(self.indices)

    @property
    def effective_size(self) -> float:
        """(sum c)^2 / sum c^2: how many equal weights would make as much noise."""
        return float(self.weights.sum() ** 2 / (self.weights**2).sum())


@dataclass(frozen=True, eq=False)
class CompressedNetwork(Generic[N]):
    """`network` is made of some of the objects of another, with weights."""

    network: N
    reduction: Reduction


@dataclass(frozen=True, eq=False)
class CompressedDataset:
    """`batch` holds some examples of a data set, with weights; its loss is nearly that of all."""

    batch: Batch
    reduction: Reduction


@dataclass(frozen=True, eq=False)
class CompressedTree:
    """`tree` has some of the objects of another along the axes that were named."""

    tree: Tree
    reduction: Reduction


def compress_network(
    network: N,
    size: int,
    degree: int,
    *,
    compressor: AbstractCompressor | None = None,
    linear: bool = False,
    coordinates: HeadCoordinates = HeadCoordinates.GRADIENT,
    seed: int = 0,
) -> CompressedNetwork[N]:
    """At most `size` of the objects, with weights that keep all moments up to the degree.

    The objects are those of `objects_of`. With `linear` only sums of a^alpha and v a^alpha,
    |alpha| <= degree, are kept, v the coordinates in which the output is linear, and cells are
    cut in the others only. That is far better for the output as it is, and useless for training:
    already the first step moves the output by a function of v that is not linear. The
    compressor is `Cells` in float64 if none is given; others may certify moments. Deterministic
    for a seed. Raises ValueError for sizes and degrees that cannot be had, and other networks.

    >>> from ucomp_verify.dynamics.initialisation import mean_field_two_layer
    >>> network = mean_field_two_layer(2000, 1, seed=0)
    >>> after = compress_network(network, 200, 3)
    >>> after.network.width, bool(np.isclose(after.reduction.weights.sum(), 2000))
    (200, True)
    """
    objects = objects_of(network, coordinates=coordinates)
    after = compress_objects(objects, size, degree, compressor=compressor, linear=linear, seed=seed)
    return CompressedNetwork(selected(network, after.indices, after.weights), after)


def compress_dataset(
    inputs: Array,
    targets: Array,
    size: int,
    degree: int,
    *,
    weights: Array | None = None,
    y_linear: bool = True,
    compressor: AbstractCompressor | None = None,
    seed: int = 0,
) -> CompressedDataset:
    """At most `size` examples, with weights that keep sums of x^alpha and y x^alpha.

    |alpha| <= degree; these are all that the squared error needs, in the m_x dimensions of x
    instead of m_x + 1. Without `y_linear` all moments of (x, y) up to the degree are kept, as
    other losses need. `inputs` has shape (n, inputs), `targets` (n, outputs) or (n,). Raises
    ValueError for other shapes, sizes and degrees.
    """
    inputs, targets = np.asarray(inputs), np.asarray(targets)
    weights = None if weights is None else np.asarray(weights)
    batch = Batch(inputs, targets[:, None] if targets.ndim == 1 else targets, weights)
    positive = np.arange(len(batch)) if weights is None else np.flatnonzero(weights)
    batch = batch.part(positive)
    objects = examples_of(batch.inputs, batch.targets, batch.weights)
    after = compress_objects(
        objects, size, degree, compressor=compressor, linear=y_linear, seed=seed
    )
    kept = after.indices
    chosen = Batch(batch.inputs[kept], batch.targets[kept], after.weights)
    places = Reduction(
        positive[kept], after.weights, after.degree, after.num_sums, after.residual,
        after.compression,
    )  # fmt: skip
    return CompressedDataset(chosen, places)


def compress_tree(
    tree: Tree,
    axes: Mapping[str, int],
    size: int,
    degree: int,
    *,
    linear: tuple[str, ...] = (),
    compressor: AbstractCompressor | None = None,
    seed: int = 0,
) -> CompressedTree:
    """A tree of arrays (as Flax and Equinox hold parameters) on at most `size` of its objects.

    `tree` consists of nested mappings, lists, tuples and other pytrees, such as modules of
    Equinox, with arrays as leaves; `axes` maps paths such as "params/Dense_0/kernel" or
    "layers/0/weight" to the axis that counts the objects. All entries of an
    object at these paths are its coordinates. If paths are named in `linear`, sums are kept as
    by `compress_network` with `linear`, for the coordinates at these. Other leaves stay as they
    are. The weights have to be put into the model: sums over the objects are to be weighted.
    Raises ValueError for paths that are not there, and numbers of objects that differ.
    """
    arrays = leaves_by_path(tree)
    missing = [path for path in (*axes, *linear) if path not in arrays or path not in axes]
    if missing or not axes:
        raise ValueError(
            f"found the paths {missing or 'none at all'}; expected some of {sorted(arrays)}, those "
            "in linear with an axis"
        )
    objects = objects_at(arrays, axes)
    places = [i for i, name in enumerate(objects.names) if name.rpartition("[")[0] in linear]
    objects = Objects(objects.points, objects.names, linear=tuple(places))
    after = compress_objects(
        objects, size, degree, compressor=compressor, linear=bool(linear), seed=seed
    )
    return CompressedTree(taken(tree, axes, after.indices), after)


def compress_objects(
    objects: Objects,
    size: int,
    degree: int,
    *,
    compressor: AbstractCompressor | None = None,
    linear: bool = False,
    seed: int = 0,
) -> Reduction:
    """Weights on at most `size` of the objects that keep the sums of `Objects.space`.

    With `linear` the compressor must be None or `Cells` in floating point, whose partition is
    used. Raises TypeError for what is no compressor.
    """
    check_size(size)
    check_degree(degree)
    compressor = Cells(arithmetic=Arithmetic.FLOAT) if compressor is None else compressor
    if not callable(getattr(compressor, "compress", None)) or isinstance(compressor, type):
        raise TypeError(
            f"found {compressor!r:.80} as compressor; expected an instance of a class with the "
            "method compress, such as ucomp_verify.compressors.Cells()"
        )
    if not linear:
        after = compressor.compress(objects.measure, degree=degree, size=size, seed=seed)
        indices, weights = np.array(after.indices, dtype=np.intp), after.rounded()
        space = all_monomials(objects.dim, after.degree)
        residual = moment_residual(objects, indices, weights, space)
        return Reduction(indices, weights, after.degree, len(space), residual, after)
    if not isinstance(compressor, Cells) or compressor.arithmetic is not Arithmetic.FLOAT:
        raise ValueError(
            f"found the compressor {compressor!r} for chosen monomials; expected None or Cells in "
            "floating point: leave out linear (or y_linear) for certified moments"
        )
    if not objects.linear or not objects.curved:
        raise ValueError(
            f"found the coordinates {objects.names}, of which {len(objects.linear)} enter "
            "linearly; expected some that do and some that do not: leave out linear"
        )
    space = objects.space(degree, linear=True)
    kept = reduce_in_cells(
        objects.measure, space, size, axes=objects.curved, partition=compressor.partition, seed=seed
    )
    residual = moment_residual(objects, kept.indices, kept.weights, space)
    return Reduction(kept.indices, kept.weights, degree, len(space), residual)


def moment_residual(
    objects: Objects, indices: Places, weights: Array, space: MonomialSpace
) -> float:
    """The largest |sum over all - sum over those kept| / mass of the Legendre products of the
    space on the box of the objects, in float64 (an estimate: rounding is part of it).
    """
    basis = product_basis(space)
    low, high = objects.scaled.min(axis=0), objects.scaled.max(axis=0)
    half = np.where(high > low, (high - low) / 2, 1)
    points = (objects.scaled - (low + (high - low) / 2)) / half
    before = np.ones(len(points)) if objects.weights is None else objects.weights
    change = -before.astype(np.float64)
    change[indices] += weights
    total: Any = np.zeros(len(basis))
    for start in range(0, len(points), CHUNK):
        rows = slice(start, start + CHUNK)
        total = total + (basis.values(points[rows]) * change[rows]).sum(axis=1)
    return float(np.abs(total).max()) / objects.mass
