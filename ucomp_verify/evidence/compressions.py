"""Properties of reductions, one in all or one a cell, judged by the kernel and exactly."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

    from ucomp_verify.measures import AtomicMeasure

    Cases = SearchStrategy[dict[str, Any]]

Case = Mapping[str, Any]
NOT_APPLICABLE = ""
HALF_SIDE = 12  # of the cube that holds the nodes of the one-shot cases


def measures() -> "Cases":
    """Nodes in a small lattice (so that they may coincide), integer weights, a degree."""
    from hypothesis import strategies as st

    def of_dim(dim: int) -> "Cases":
        point = st.lists(st.integers(-6, 6), min_size=dim, max_size=dim)
        atoms = st.lists(st.tuples(point, st.integers(0, 5)), min_size=1, max_size=14)
        return st.builds(_case, atoms, st.integers(0, 3))

    return st.integers(1, 3).flatmap(of_dim)


def float_measures() -> "Cases":
    """float64 nodes and weights as hexadecimal text, some nodes repeated, and a degree."""
    from hypothesis import strategies as st

    def of_dim(dim: int) -> "Cases":
        entry = st.floats(-1e6, 1e6).map(float.hex)
        point = st.lists(entry, min_size=dim, max_size=dim)
        weight = st.one_of(st.just("0x1.0p+0"), st.floats(0, 1e12).map(float.hex))
        pool = st.lists(st.tuples(point, weight), min_size=1, max_size=20)
        atoms = pool.flatmap(lambda p: st.lists(st.sampled_from(p), min_size=1, max_size=40))
        return st.builds(_case, atoms, st.integers(0, 3))

    return st.integers(1, 2).flatmap(of_dim)


def one_shot_cases() -> "Cases":
    """A measure in the cube, cells an axis, and the function 1 / (a - <u, x>) on the cube."""
    from hypothesis import strategies as st

    def of_dim(dim: int) -> "Cases":
        coordinate = st.integers(-HALF_SIDE, HALF_SIDE)
        point = st.lists(coordinate, min_size=dim, max_size=dim)
        atoms = st.lists(st.tuples(point, st.integers(1, 5)), min_size=8, max_size=40)
        return st.builds(
            _one_shot_case,
            atoms,
            st.integers(0, 3 if dim == 1 else 2),
            st.integers(1, 3),
            st.lists(st.integers(-3, 3), min_size=dim, max_size=dim),
            st.integers(1, 12),
        )

    return st.integers(1, 2).flatmap(of_dim)


def reduction_failure(case: Case) -> str | None:
    """What is wrong with the exact reduction of exact data."""
    before = _measure(case)
    if not before.support:
        return NOT_APPLICABLE
    _, failure = _reduced(before, int(case["degree"]))
    return failure


def float_reduction_failure(case: Case) -> str | None:
    """What is wrong with the exact reduction of float64 data."""
    import numpy as np

    from ucomp_verify.caratheodory import reduce_measure
    from ucomp_verify.measures import FloatMeasure, cubature_certificate

    nodes = np.array([[float.fromhex(x) for x in row] for row in case["nodes"]])
    weights = np.array([float.fromhex(w) for w in case["weights"]])
    if not weights.any():
        return NOT_APPLICABLE
    degree = int(case["degree"])
    source = FloatMeasure(nodes, weights)
    after = reduce_measure(source, degree).to_atomic()
    return _judged(cubature_certificate(source.exact(), after, degree), len(source.exact().support))


def one_shot_failure(case: Case) -> str | None:
    """What is wrong with one reduction in each of n^m equal cells: sizes, moments, error."""
    from ucomp_verify.algebra import num_monomials

    before, degree, cells = _measure(case), int(case["degree"]), int(case["cells"])
    limit = cells**before.dim * num_monomials(before.dim, degree)
    parts = list(_cells(before, cells))
    reductions = [_reduced(part, degree) for part in parts]
    if failure := next((text for _, text in reductions if text), None):
        return failure
    after = [measure for measure, _ in reductions]
    kept = sum(len(measure.support) for measure in after)
    if kept > limit:
        return f"{kept} nodes kept, more than n^m N = {limit}"
    if kept == len(before.support):
        return NOT_APPLICABLE  # nothing was dropped, so there is no error to bound
    slope, gap = [Fraction(u) for u in case["slope"]], Fraction(case["gap"])
    pole = gap + HALF_SIDE * sum(map(abs, slope), Fraction(0))
    error = sum((_mean(m, slope, pole) for m in after), -_mean(before, slope, pole))
    return _beyond_bound(error, before, degree, cells, slope, gap)


def _case(atoms: list[tuple[list[Any], Any]], degree: int) -> dict[str, Any]:
    return {"nodes": [x for x, _ in atoms], "weights": [w for _, w in atoms], "degree": degree}


def _one_shot_case(
    atoms: list[tuple[list[int], int]], degree: int, cells: int, slope: list[int], gap: int
) -> dict[str, Any]:
    return _case(atoms, degree) | {"cells": cells, "slope": slope, "gap": gap}


def _measure(case: Case) -> "AtomicMeasure":
    from ucomp_verify.measures import AtomicMeasure

    return AtomicMeasure(case["nodes"], case["weights"])


def _reduced(before: "AtomicMeasure", degree: int) -> "tuple[AtomicMeasure, str | None]":
    """The exact reduction, and what the kernel or the number of its nodes says against it."""
    from ucomp_verify.compressors import ExactReduction
    from ucomp_verify.measures import cubature_certificate

    after = ExactReduction().compress(before, degree=degree).to_atomic()
    return after, _judged(cubature_certificate(before, after, degree), len(before.support))


def _judged(certificate: Any, available: int) -> str | None:
    """Why the kernel rejects the certificate, or that more than N or all nodes are kept."""
    from ucomp_verify.algebra import num_monomials
    from ucomp_verify.kernel import RejectedCertificate, check
    from ucomp_verify.kernel.facts import CubatureFact

    try:
        fact = check(certificate)
    except RejectedCertificate as error:
        return f"the kernel rejects the reduction: {error}"
    assert isinstance(fact, CubatureFact)
    bound = min(num_monomials(fact.dim, fact.degree), available)
    return None if fact.support_size <= bound else f"{fact.support_size} nodes kept, not {bound}"


def _cells(measure: "AtomicMeasure", number: int) -> "Iterable[AtomicMeasure]":
    """The measure on each of number^dim equal cells, half-open but for the last of an axis."""
    from ucomp_verify.measures import AtomicMeasure

    groups: dict[tuple[int, ...], list[int]] = {}
    for i in measure.support:
        place = (int((x + HALF_SIDE) * number / (2 * HALF_SIDE)) for x in measure.nodes[i])
        groups.setdefault(tuple(min(p, number - 1) for p in place), []).append(i)
    for places in groups.values():
        weights = [measure.weights[i] for i in places]
        yield AtomicMeasure([measure.nodes[i] for i in places], weights)


def _mean(measure: "AtomicMeasure", slope: Sequence[Fraction], pole: Fraction) -> Fraction:
    """The integral of 1 / (pole - <slope, x>)."""
    pairs = zip(measure.nodes, measure.weights, strict=True)
    return sum((w / (pole - _product(slope, x)) for x, w in pairs if w), Fraction(0))


def _product(slope: Sequence[Fraction], node: Sequence[Fraction]) -> Fraction:
    return sum((u * x for u, x in zip(slope, node, strict=True)), Fraction(0))


def _beyond_bound(
    error: Fraction,
    before: "AtomicMeasure",
    degree: int,
    cells: int,
    slope: Sequence[Fraction],
    gap: Fraction,
) -> str | None:
    """That the error exceeds 2 W B / (k+1)! (R sqrt(m) / n)^(k+1), compared in squares.

    The derivative of order k+1 in a unit direction is at most (k+1)! |u|^(k+1) /
    gap^(k+2), since a - <u, x> >= gap on the cube; |u|^2 and the square of sqrt(m) are
    rational.
    """
    order = degree + 1
    factor = 2 * before.total_mass / gap ** (order + 1) * Fraction(HALF_SIDE, cells) ** order
    bound = factor**2 * (_product(slope, slope) * before.dim) ** order
    if error**2 <= bound:
        return None
    return f"the error {float(error):.3e} exceeds the bound {float(bound) ** 0.5:.3e}"
