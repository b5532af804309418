"""Moments as tensors p_k = (1/d) sum_i w_i (x) ... (x) w_i, and their components p_alpha."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import product
from math import factorial, prod

from .multi_indices import MultiIndex

Node = Sequence[Fraction | int]


def component_index(axes: Sequence[int], dim: int) -> MultiIndex:
    """The multi-index of the tensor component with these axes: how often each occurs.

    >>> component_index((0, 2, 0), 3)
    (2, 0, 1)
    """
    if any(not 0 <= axis < dim for axis in axes):
        raise ValueError(f"expected axes from 0 to {dim - 1}, got {tuple(axes)}")
    return tuple(list(axes).count(axis) for axis in range(dim))


def multiplicity(alpha: MultiIndex) -> int:
    """How many components of the tensor of order |alpha| are p_alpha: |alpha|! / alpha!.

    >>> multiplicity((2, 0, 1))
    3
    """
    return factorial(sum(alpha)) // prod(factorial(e) for e in alpha)


def moment(
    nodes: Iterable[Node], alpha: MultiIndex, weights: Iterable[Fraction | int] | None = None
) -> Fraction:
    """p_alpha: the weighted mean of w^alpha over the nodes (the plain mean without weights).

    Paper, thm:fundamental_multisym, with sum c in place of d. Raises ValueError if there
    is no mass, or the numbers of nodes and weights differ.

    >>> moment([(1,), (3,)], (2,))
    Fraction(5, 1)
    """
    points = [tuple(map(Fraction, x)) for x in nodes]
    scales = [Fraction(1)] * len(points) if weights is None else list(map(Fraction, weights))
    if len(scales) != len(points) or not sum(scales):
        raise ValueError(f"{len(points)} nodes and {len(scales)} weights of sum {sum(scales)}")
    values = (prod(v**e for v, e in zip(x, alpha, strict=True)) for x in points)
    return sum((w * v for w, v in zip(scales, values, strict=True)), Fraction(0)) / sum(scales)


def moment_tensor(
    nodes: Iterable[Node], order: int, weights: Iterable[Fraction | int] | None = None
) -> dict[tuple[int, ...], Fraction]:
    """All dim^order components of p_k, by their axes; symmetric in the axes.

    >>> moment_tensor([(1, 2)], 2)[0, 1]
    Fraction(2, 1)
    """
    points = [tuple(x) for x in nodes]
    scales = None if weights is None else list(weights)
    dim = len(points[0]) if points else 0
    found: dict[MultiIndex, Fraction] = {}
    tensor: dict[tuple[int, ...], Fraction] = {}
    for axes in product(range(dim), repeat=order):
        alpha = component_index(axes, dim)
        if alpha not in found:
            found[alpha] = moment(points, alpha, scales)
        tensor[axes] = found[alpha]
    return tensor
