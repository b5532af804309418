"""What compressors of a whole measure share: which sizes can be attained, and the weights."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ucomp_verify.algebra import num_monomials
from ucomp_verify.caratheodory.freezing import Precision, freeze
from ucomp_verify.measures import BallWeights, Compression, ExactWeights, Measure
from ucomp_verify.measures.compression import Weights

from .base import check_degree, check_size
from .cellwise import joined
from .clouds import Cloud, cloud_of

if TYPE_CHECKING:
    from .partitions import Array

SHOWING = 8  # nodes a polynomial


def compressed_whole(
    measure: Measure,
    degree: int,
    size: int | None,
    choose: "Callable[[Cloud, int], Array]",
    precision: Precision,
) -> Compression:
    """The moments of the measure as a whole, on the nodes that `choose` gives weights, certified.

    It gets the cloud and the number of nodes, and finds weights in float64, on one thread.
    Raises ValueError for bad settings, and a size that is smaller than what the moments need.
    """
    from threadpoolctl import threadpool_limits

    check_size(size)
    check_degree(degree)
    cloud = cloud_of(measure)
    with threadpool_limits(1):
        weights = choose(cloud, attainable(cloud, degree, size))
        return within(certified(measure, degree, cloud, weights, precision), size)


def attainable(cloud: Cloud, degree: int, size: int | None) -> int:
    """The size itself, or that of the support if smaller; without one, the least possible.

    That is the number of independent moments, as float64 sees it: for general weights no fewer
    nodes have the same moments. Raises ValueError if the size is smaller.
    """
    nodes, dim = cloud.points.shape
    count = num_monomials(dim, degree)
    if size is not None and min(size, nodes) >= min(nodes, count):
        return min(size, nodes)
    needed = rank_of(cloud, degree)
    if size is not None and size < needed:
        raise ValueError(
            f"found the size {size}; expected at least {needed}, the number of independent moments "
            f"of degree {degree} on the nodes: give a larger size or a lower degree"
        )
    return needed if size is None else size


def within(after: Compression, size: int | None) -> Compression:
    """The compression itself; ValueError if it needs more nodes than that.

    This happens where float64 takes independent moments for dependent ones, as on a circle.
    """
    if size is not None and len(after) > size:
        raise ValueError(
            f"found the size {size}; expected at least {len(after)}, the number of nodes on which "
            f"the moments of degree {after.degree} were found to be attainable exactly: give a "
            "larger size or a lower degree"
        )
    return after


def rank_of(cloud: Cloud, degree: int) -> int:
    """How many polynomials up to the degree float64 can tell apart on the nodes.

    A few nodes, evenly spaced in their order, show it if it is the greatest possible.
    """
    from ucomp_verify.caratheodory.features import orthonormal_features
    from ucomp_verify.caratheodory.legendre import in_own_box

    points, count = cloud.points, num_monomials(cloud.points.shape[1], degree)
    few = points[:: max(len(points) // (SHOWING * count), 1)]
    if len(few) < len(points) and len(orthonormal_features(in_own_box(few), degree)) == count:
        return count
    return len(orthonormal_features(in_own_box(points), degree))


def certified(
    measure: Measure, degree: int, cloud: Cloud, weights: "Array", precision: Precision
) -> Compression:
    """The moments of the measure, on the nodes of the cloud with a weight, certified."""
    import numpy as np

    places = np.flatnonzero(weights)
    if not len(places):
        return Compression(measure, degree, (), ExactWeights(()))
    nodes = cloud.support[places].tolist()
    return freeze(measure, degree, nodes, cloud.exact(weights[places]), precision)


def united(
    measure: Measure, degree: int, cells: tuple[Any, ...], parts: Sequence[Compression]
) -> Compression:
    """The compressions of the parts of a measure on its cells, as one of the whole.

    `cells` hold indices of nodes, in the order in which the parts have them.
    """
    indices: list[int] = []
    for cell, part in zip(cells, parts, strict=True):
        indices += cell[list(part.indices)].tolist()
    order = sorted(range(len(indices)), key=indices.__getitem__)
    weights = _reordered(joined([part.weights for part in parts]), order)
    return Compression(measure, degree, tuple(indices[j] for j in order), weights, cells)


def _reordered(weights: Weights, order: Sequence[int]) -> Weights:
    values = tuple(weights.values[j] for j in order)
    if isinstance(weights, BallWeights):
        radii = tuple(weights.radii[j] for j in order)
        return BallWeights(tuple(weights.values[j] for j in order), radii, weights.prec)
    return replace(weights, values=values)
