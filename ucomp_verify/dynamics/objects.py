"""The objects of networks and data sets as points, with axes of comparable size.

A two-layer network in the style of PyTorch has inner weights in +-0.7 and outer ones in +-0.01:
cells of the points as they are would ignore the latter. So each axis is divided by a power of 2
near its standard deviation, which is exact in floating point: moments that agree exactly for the
scaled points agree exactly for the parameters.
"""

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import frexp, ldexp
from typing import Any

import numpy as np

from ucomp_verify.algebra import multi_indices
from ucomp_verify.caratheodory.spaces import MonomialSpace, all_monomials
from ucomp_verify.measures import FloatMeasure

from .activations import Array
from .attention import Attention
from .networks import AbstractNetwork, TwoLayer


class HeadCoordinates(enum.StrEnum):
    """Which numbers stand for a head of attention."""

    OUTPUT = "output"  # <q, k>, <o, v>: all that the output depends on
    GRADIENT = "gradient"  # and |q|^2 + |k|^2, |o|^2 + |v|^2: closed under gradient descent
    ALL = "all"  # q, k, v, o as they are, for other optimisers


@dataclass(frozen=True, eq=False)
class Objects:
    """Objects as points, one a row, in coordinates with names; `weights` None if all are 1.

    `linear` are the places of coordinates in which what is summed over objects is linear.
    Raises ValueError for what is no real number.
    """

    points: Array
    names: tuple[str, ...]
    weights: Array | None = None
    linear: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        if self.points.dtype.kind in "cOSUmM":
            raise ValueError(
                f"found objects of dtype {self.points.dtype}; expected real numbers: complex "
                "ones as two, real and imaginary part"
            )

    def __len__(self) -> int:
        """The number of objects."""
        return len(self.points)

    @property
    def dim(self) -> int:
        """The number of coordinates of an object."""
        return self.points.shape[1]

    @property
    def mass(self) -> float:
        """The sum of the weights: how many objects the original has."""
        return float(len(self)) if self.weights is None else float(self.weights.sum())

    @cached_property
    def exponents(self) -> tuple[int, ...]:
        """For each axis e with 2^(e - 1) <= standard deviation < 2^e; 0 where that is 0."""
        with np.errstate(all="ignore"):  # what is not finite, the measure refuses
            return tuple(frexp(float(s))[1] for s in np.std(self.points, axis=0))

    @cached_property
    def scaled(self) -> Array:
        """The points in float64, each axis divided by its power of 2."""
        factors = [ldexp(1.0, -e) for e in self.exponents]
        return np.ascontiguousarray(self.points.astype(np.float64) * factors)

    @property
    def measure(self) -> FloatMeasure:
        """The measure sum_j c_j delta(scaled point j); InvalidMeasure for nan and infinity."""
        weights = None if self.weights is None else self.weights.astype(np.float64)
        return FloatMeasure(self.scaled, weights)

    @property
    def curved(self) -> tuple[int, ...]:
        """The places of the other coordinates, in which no structure is known."""
        return tuple(i for i in range(self.dim) if i not in self.linear)

    def space(self, degree: int, *, linear: bool) -> MonomialSpace:
        """The monomials to be matched: all up to the degree or, with `linear`, fewer.

        These are a^alpha and v_i a^alpha with |alpha| <= degree, where v_i are the linear
        coordinates and a the others: 1 + (number of v_i) times as many as those of a.
        """
        if not linear:
            return all_monomials(self.dim, degree)
        units = [()] + [(i,) for i in self.linear]
        exponents = [
            self._joined(alpha, chosen)
            for alpha in multi_indices(len(self.curved), degree)
            for chosen in units
        ]
        return MonomialSpace(tuple(exponents))

    def _joined(self, alpha: Sequence[int], chosen: tuple[int, ...]) -> tuple[int, ...]:
        powers = dict(zip(self.curved, alpha, strict=True)) | dict.fromkeys(chosen, 1)
        return tuple(powers.get(i, 0) for i in range(self.dim))


def objects_of(
    network: AbstractNetwork, *, coordinates: HeadCoordinates = HeadCoordinates.GRADIENT
) -> Objects:
    """The neurons or heads of a network with one group of objects.

    A neuron of a two-layer network is (w_j, b_j, v_j), linear in v_j; a head of attention has
    the `coordinates`. Raises ValueError for other networks.
    """
    if isinstance(network, Attention):
        return _heads(network, HeadCoordinates(coordinates))
    if not isinstance(network, TwoLayer):
        raise ValueError(
            f"found a network of type {type(network).__name__}; expected a TwoLayer or an "
            "Attention, with one group of objects: give others as a tree, with `compress_tree`"
        )
    columns = [network.inner.T]
    columns += [] if network.bias is None else [network.bias[:, None]]
    columns += [network.outer]
    names = [f"inner[{i}]" for i in range(len(network.inner))]
    names += [] if network.bias is None else ["bias"]
    outputs = network.outer.shape[1]
    linear = tuple(range(len(names), len(names) + outputs))
    names += [f"outer[{i}]" for i in range(outputs)]
    return Objects(np.concatenate(columns, axis=1), tuple(names), network.weights, linear)


def _heads(network: Attention, coordinates: HeadCoordinates) -> Objects:
    if coordinates is HeadCoordinates.ALL:
        size = network.query.shape[1]
        names = tuple(f"{leaf}[{i}]" for leaf in "qkvo" for i in range(size))
        return Objects(np.concatenate(network.leaves, axis=1), names, network.weights)
    columns = {"<q, k>": network.query * network.key, "<o, v>": network.output * network.value}
    if coordinates is HeadCoordinates.GRADIENT:
        columns |= {
            "|q|^2 + |k|^2": network.query**2 + network.key**2,
            "|o|^2 + |v|^2": network.output**2 + network.value**2,
        }
    points = np.stack([column.sum(axis=1) for column in columns.values()], axis=1)
    linear = (1,) if coordinates is HeadCoordinates.OUTPUT else ()
    return Objects(points, tuple(columns), network.weights, linear)


def examples_of(inputs: Array, targets: Array, weights: Array | None = None) -> Objects:
    """The examples (x_i, y_i) of a data set, linear in the targets.

    The squared error is quadratic in y, but its term y^2 does not depend on the parameters.
    `inputs` has shape (n, inputs), `targets` (n, outputs).
    """
    count, outputs = inputs.shape[1], targets.shape[1]
    names = tuple(f"x[{i}]" for i in range(count)) + tuple(f"y[{i}]" for i in range(outputs))
    points = np.concatenate([inputs, targets], axis=1)
    return Objects(points, names, weights, tuple(range(count, count + outputs)))


def objects_at(arrays: Mapping[str, Any], axes: Mapping[str, int]) -> Objects:
    """The objects along one axis of each of several arrays, by their names.

    Each array gives as many coordinates as it has entries an object. Raises ValueError for
    axes out of range and arrays with other numbers of objects.
    """
    columns, names = list[Array](), list[str]()
    for name, axis in axes.items():
        array = np.asarray(arrays[name])
        if not hasattr(axis, "__index__") or not -array.ndim <= axis < array.ndim or not array.size:
            raise ValueError(
                f"found the axis {axis} of {name!r}, which has shape {array.shape}; expected one "
                f"of its {array.ndim} axes, none of them empty"
            )
        rows = np.moveaxis(array, axis, 0)
        columns.append(rows.reshape(len(rows), -1))
        names += [f"{name}[{i}]" for i in range(columns[-1].shape[1])]
    counts = {name: len(column) for name, column in zip(axes, columns, strict=True)}
    if len(set(counts.values())) != 1:
        raise ValueError(f"found numbers of objects {counts}; expected the same in all arrays")
    return Objects(np.concatenate(columns, axis=1), tuple(names))
