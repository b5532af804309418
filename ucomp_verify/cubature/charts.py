"""Free coordinates for nodes: themselves, or stereographic ones on the sphere.

Rational coordinates give rational nodes, on the sphere too. The formulas hold for numpy
arrays (a node an entry), balls and Fractions alike.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from .basis import Array
from .domains import Domain


def num_coordinates(domain: Domain) -> int:
    """How many free coordinates a node has."""
    return domain.dim - domain.is_sphere


def coordinates(domain: Domain, points: Array) -> tuple[Array, Array]:
    """The coordinates, one row a node, and on which half of the sphere (1 or -1) it lies.

    Each half is seen from the pole of the other, so that no coordinate exceeds 1.
    """
    if not domain.is_sphere:
        return points, np.ones(len(points))
    signs = np.where(points[:, -1] < 0, -1.0, 1.0)
    return points[:, :-1] / (1 + np.abs(points[:, -1:])), signs


def embedded(domain: Domain, free: Sequence[Any], sign: Any) -> list[Any]:
    """The coordinates in space.

    >>> from ucomp_verify.cubature.domains import named_domain
    >>> from fractions import Fraction
    >>> embedded(named_domain("sphere", 2), [Fraction(1, 2)], 1)
    [Fraction(4, 5), Fraction(3, 5)]
    """
    if not domain.is_sphere:
        return list(free)
    square = sum(y * y for y in free)
    return [2 * y / (1 + square) for y in free] + [sign * (1 - square) / (1 + square)]


def tangents(domain: Domain, free: Sequence[Any], sign: Any) -> list[list[Any]]:
    """For every free coordinate, the derivative of the coordinates in space."""
    if not domain.is_sphere:
        return [[int(i == j) for i in range(len(free))] for j in range(len(free))]
    size = 1 + sum(y * y for y in free)
    return [
        [(2 * (i == j)) / size - 4 * x * y / size**2 for i, x in enumerate(free)]
        + [-4 * sign * y / size**2]
        for j, y in enumerate(free)
    ]
