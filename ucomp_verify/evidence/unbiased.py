"""The unbiased reduction on the line, all its outcomes enumerated exactly."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import combinations
from math import prod
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

    from ucomp_verify.caratheodory.martingale import Outcome
    from ucomp_verify.measures import AtomicMeasure

    Cases = SearchStrategy[dict[str, Any]]

Case = Mapping[str, Any]
NOT_APPLICABLE = ""


def unbiased_cases() -> "Cases":
    """Different whole nodes with weights > 0 and values of g, a degree, and a place to cut."""
    from hypothesis import strategies as st

    nodes = st.lists(st.integers(-9, 9), min_size=2, max_size=8, unique=True).map(sorted)

    def with_values(places: list[int]) -> "Cases":
        count = len(places)
        return st.fixed_dictionaries(
            {
                "nodes": st.just(places),
                "weights": st.lists(st.integers(1, 9), min_size=count, max_size=count),
                "values": st.lists(st.integers(-9, 9), min_size=count, max_size=count),
                "degree": st.integers(0, 2),
                "cut": st.integers(0, count - 1),
            }
        )

    return nodes.flatmap(with_values)


def unbiased_failure(case: Case) -> str | None:
    """What is wrong with the mean, the moments or the spread, with one cell or two."""
    degree, random = int(case["degree"]), False
    spread, bound = Fraction(0), Fraction(0)
    for cell, values in _cells(case):
        ends = _outcomes(cell, degree)
        if failure := _bias(cell, ends) or _moved(cell, ends, degree):
            return failure
        random = random or len(ends) > 1
        changes = [(e.probability, _change(cell, e, values)) for e in ends]
        spread += sum((p * change**2 for p, change in changes), Fraction(0))
        nodes = [x for (x,) in cell.nodes]
        bound += (cell.total_mass * distance(nodes, values, degree)) ** 2
    if spread > bound:  # cells are independent, their changes have mean 0: squares add up
        return f"E |change|^2 = {float(spread):.3g} exceeds {float(bound):.3g}"
    return None if random else NOT_APPLICABLE


def distance(nodes: Sequence[Fraction], values: Sequence[Fraction], degree: int) -> Fraction:
    """How far values on different nodes are from polynomials of the degree, in the maximum.

    It is attained on some degree + 2 of the nodes, and there it is |sum l_j g_j| / sum |l_j|
    for the divided difference l (de la Vallee Poussin 1908; Cheney, "Introduction to
    Approximation Theory", 1966, chapter 2).

    >>> distance([Fraction(0), Fraction(1), Fraction(2)], [Fraction(v) for v in (0, 1, 0)], 1)
    Fraction(1, 2)
    """
    found = Fraction(0)
    for chosen in combinations(range(len(nodes)), degree + 2):
        factors = [
            1 / prod((nodes[j] - nodes[i] for i in chosen if i != j), start=Fraction(1))
            for j in chosen
        ]
        difference = sum((f * values[j] for f, j in zip(factors, chosen, strict=True)), Fraction(0))
        found = max(found, abs(difference) / sum(map(abs, factors)))
    return found


def _cells(case: Case) -> "Iterable[tuple[AtomicMeasure, list[Fraction]]]":
    """The measure before the cut, if there is anything, and after it, with the values of g."""
    from ucomp_verify.measures import AtomicMeasure

    cut = int(case["cut"])
    for part in (slice(0, cut), slice(cut, None)):
        if nodes := case["nodes"][part]:
            cell = AtomicMeasure([(x,) for x in nodes], case["weights"][part])
            yield cell, [Fraction(v) for v in case["values"][part]]


def _outcomes(cell: "AtomicMeasure", degree: int) -> "Sequence[Outcome]":
    from ucomp_verify.caratheodory.martingale import outcomes

    return outcomes(cell, degree)


def _bias(cell: "AtomicMeasure", ends: "Sequence[Outcome]") -> str | None:
    """That the probabilities do not add up to 1, or the mean weights are others."""
    total = sum((e.probability for e in ends), Fraction(0))
    if total != 1:
        return f"the probabilities add up to {total}"
    for i, weight in enumerate(cell.weights):
        mean = sum((e.probability * e.weights[i] for e in ends), Fraction(0))
        if mean != weight:
            return f"the mean weight of node {i} is {mean}, not {weight}"
    return None


def _moved(cell: "AtomicMeasure", ends: "Sequence[Outcome]", degree: int) -> str | None:
    """That some outcome has a weight < 0, too many nodes, or another moment."""
    nodes = [x for (x,) in cell.nodes]
    powers = [[x**order for x in nodes] for order in range(degree + 1)]
    for end in ends:
        if min(end.weights) < 0 or sum(1 for w in end.weights if w) > degree + 1:
            return f"an outcome has the weights {[str(w) for w in end.weights]}"
        if any(_sum(row, end.weights) != _sum(row, cell.weights) for row in powers):
            return "an outcome has another moment"
    return None


def _change(cell: "AtomicMeasure", end: "Outcome", values: Sequence[Fraction]) -> Fraction:
    return _sum(values, end.weights) - _sum(values, cell.weights)


def _sum(values: Sequence[Fraction], weights: Sequence[Fraction]) -> Fraction:
    return sum((v * w for v, w in zip(values, weights, strict=True)), Fraction(0))
