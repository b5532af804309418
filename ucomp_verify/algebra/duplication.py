"""What a mean-field map does to copies of objects, and to objects of integer weight."""

from collections.abc import Sequence
from fractions import Fraction

from .mean_field import MeanFieldMap, Value
from .multi_indices import MultiIndex, multi_indices
from .rational_rings import lift_into, rational_ring
from .training import NotDuplicated


def generic_map(dim: int, *, degree: int, statistics_degree: int) -> MeanFieldMap:
    """The mean-field map with all monomials as statistics and a symbol for each coefficient.

    Its values for numbers in place of the shared symbols are all maps with G of degree
    `statistics_degree` and Phi of degree `degree` in the object and the sums of G.
    """
    statistics = tuple({alpha: Fraction(1)} for alpha in multi_indices(dim, statistics_degree))
    monomials = list(multi_indices(dim + len(statistics), degree))
    count = dim * len(monomials)
    entries: list[dict[MultiIndex, Fraction]] = [{} for _ in range(dim)]
    for k in range(count):
        axis, number = divmod(k, len(monomials))
        symbol = tuple(int(i == k) for i in range(count))
        entries[axis][*monomials[number], *symbol] = Fraction(1)
    return MeanFieldMap(dim, statistics, tuple(entries), count)


def check_duplication_of(mean_field: MeanFieldMap, weights: Sequence[int]) -> int:
    """The number of polynomials compared, if one step treats weights as numbers of copies.

    The map of sum_j c_j different objects is expanded in all their coordinates, and then
    the coordinates of copies are made equal. The compressed map acts on the weighted
    objects. Equality after one step from every start gives it for any number of steps.
    Raises `NotDuplicated`, and ValueError unless all weights are at least 1.
    """
    if not weights or min(weights) < 1:
        raise ValueError(f"expected positive integers as weights, got {list(weights)}")
    owners = [j for j, c in enumerate(weights) for _ in range(c)]
    many = _step(mean_field, len(owners), None)
    few = _step(mean_field, len(weights), weights)
    checks = 0
    for i, j in enumerate(owners):
        for axis, (original, compressed) in enumerate(zip(many[i], few[j], strict=True)):
            if _merged(original, owners, len(weights), mean_field.dim) != compressed:
                raise NotDuplicated(
                    f"object {j + 1} of weight {weights[j]} and a copy of it differ in "
                    f"coordinate {axis + 1} after one step"
                )
            checks += 1
    return checks


def _step(
    mean_field: MeanFieldMap, count: int, weights: Sequence[int] | None
) -> list[list[dict[MultiIndex, Value]]]:
    """The terms of the images of `count` different objects, in coordinates and shared symbols."""
    names = [f"w{i}_{a}" for i in range(count) for a in range(mean_field.dim)]
    field, symbols = rational_ring([*names, *(f"t{k}" for k in range(mean_field.num_shared))])
    size = mean_field.dim
    objects = [tuple(symbols[i * size : (i + 1) * size]) for i in range(count)]
    images = mean_field.step(
        objects,
        None if weights is None else [field(c) for c in weights],
        shared=symbols[len(names) :],
        lift=lift_into(field),
    )
    return [[dict(v.terms()) for v in image] for image in images]


def _merged(
    terms: dict[MultiIndex, Value], owners: Sequence[int], count: int, dim: int
) -> dict[MultiIndex, Value]:
    """The terms once every object is a copy of its owner."""
    out: dict[MultiIndex, Value] = {}
    for exponents, coefficient in terms.items():
        powers = [0] * (count * dim)
        for i, owner in enumerate(owners):
            for axis in range(dim):
                powers[owner * dim + axis] += exponents[i * dim + axis]
        key = (*powers, *exponents[len(owners) * dim :])
        out[key] = out.get(key, 0) + coefficient
    return {key: value for key, value in out.items() if value}
