"""Exact steps from a positive combination of columns to one of independent columns.

A vertex is a choice of independent columns with weights > 0. Its weights are determined
by the sum of the weighted columns, which bounds the size of their numerators.
"""

from collections.abc import Mapping, Sequence

from flint import fmpq

from ucomp_verify.algebra.multi_indices import num_monomials
from ucomp_verify.arithmetic.exact import Column, independent, solve
from ucomp_verify.measures.monomials import MomentSystem

Vertex = Mapping[int, fmpq]  # numbers of the columns, to weights

FIRST_BITS = 128  # of the rounded weights; more are taken where they do not do


def vertex_near(
    columns: Sequence[Column], guesses: Sequence[fmpq], target: Sequence[int]
) -> Vertex | None:
    """A vertex whose weighted columns have the sum `target`; None if the guess is too poor.

    The heaviest independent columns are solved for, while the others first keep their
    guessed weights > 0, which exact steps then move.
    """
    ranked = sorted(range(len(columns)), key=lambda j: guesses[j], reverse=True)
    basis = [ranked[j] for j in independent([columns[j] for j in ranked])]
    rest = sorted(set(ranked) - set(basis))
    fixed = [sum((columns[j][i] * guesses[j] for j in rest), fmpq(0)) for i in range(len(target))]
    right = [total - part for total, part in zip(target, fixed, strict=True)]
    solution = solve([columns[j] for j in basis], right)
    if solution is None or any(weight.p < 0 for weight in solution):
        return None
    vertex: Vertex = {j: weight for j, weight in zip(basis, solution, strict=True) if weight}
    for j in rest:
        vertex = _absorb(columns, vertex, j, guesses[j])
    return vertex


def _absorb(columns: Sequence[Column], vertex: Vertex, new: int, weight: fmpq) -> Vertex:
    """A vertex with the sum of `vertex` plus `weight` > 0 times one column more.

    If the vertex spans that column, weight moves from it to the others until it or one of
    them has none left.
    """
    spanned = solve([columns[j] for j in vertex], [fmpq(v) for v in columns[new]])
    if spanned is None:
        return {**vertex, new: weight}
    shares = dict(zip(vertex, spanned, strict=True))
    step = min([weight, *(vertex[j] / -share for j, share in shares.items() if share < 0)])
    moved = {j: vertex[j] + step * share for j, share in shares.items()} | {new: weight - step}
    return {j: w for j, w in moved.items() if w}


def eliminate(system: MomentSystem) -> Vertex:
    """A vertex on the nodes that has the system's moments, found by exact steps alone.

    Groups of neighbouring nodes come first, each as one column that is multiplied by a
    factor; the groups that keep a factor > 0 are split in two until they are single nodes.
    """
    number = 2 * num_monomials(len(system.coordinates), system.degree)
    groups = _split([tuple(range(len(system.nodes)))], number)
    factors = [fmpq(1)] * len(groups)
    while True:
        vertex = _vertex_of_groups(system, groups, factors)
        if all(len(groups[j]) == 1 for j in vertex):
            return {groups[j][0]: w * system.weights[groups[j][0]] for j, w in vertex.items()}
        halves = [_split([groups[j]], 2) for j in vertex]
        factors = [w for w, two in zip(vertex.values(), halves, strict=True) for _ in two]
        groups = [group for two in halves for group in two]


def _split(groups: Sequence[tuple[int, ...]], number: int) -> list[tuple[int, ...]]:
    """Each group cut into `number` parts of nearly one size, or into single nodes."""
    parts = [
        group[i * len(group) // number : (i + 1) * len(group) // number]
        for group in groups
        for i in range(number)
    ]
    return [part for part in parts if part]


def _vertex_of_groups(
    system: MomentSystem, groups: Sequence[tuple[int, ...]], factors: Sequence[fmpq]
) -> Vertex:
    """A vertex on the groups, given factors > 0 that have the moments exactly.

    They are rounded, so that numerators do not grow from one splitting to the next, and
    some of them solved for again; with enough bits those stay positive.
    """
    columns = [system.moments_on(group) for group in groups]
    bits = FIRST_BITS
    while True:
        vertex = vertex_near(columns, [_rounded(w, bits) for w in factors], system.moments)
        if vertex is not None:
            return vertex
        bits *= 2


def _rounded(value: fmpq, bits: int) -> fmpq:
    """A value > 0 rounded to about so many significant bits; as it is if it has no more."""
    p, q = int(value.p), int(value.q)
    shift = bits - p.bit_length() + q.bit_length()
    if p.bit_length() + q.bit_length() <= bits:
        return value
    return fmpq((p << shift if shift > 0 else p >> -shift) // q) / fmpq(2) ** shift
