"""What a lifted step consists of: a structural proof that it treats all objects alike."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from .plans import Plan


@dataclass(frozen=True)
class WeightedSum:
    """A primitive that sums over objects, the groups whose weights enter, and its line."""

    primitive: str
    groups: tuple[str, ...]
    where: str


@dataclass(frozen=True)
class Certificate:
    """Every primitive of a step commutes with permutations of the objects of each group.

    `sizes` are the numbers of objects at the original width, `primitives` says how often
    each primitive occurs (loops count once), `weighted` where weights entered.
    """

    sizes: Mapping[str, int]
    primitives: Mapping[str, int]
    weighted: tuple[WeightedSum, ...]

    def to_json(self) -> dict[str, Any]:
        """The certificate as JSON values."""
        return {
            "sizes": dict(self.sizes),
            "primitives": dict(self.primitives),
            "weighted": [
                {"primitive": w.primitive, "groups": list(w.groups), "where": w.where}
                for w in self.weighted
            ],
        }


def certificate_of(plan: Plan, sizes: Mapping[str, int]) -> Certificate:
    """The certificate of a lifted program."""
    counts: Counter[str] = Counter()
    weighted: list[WeightedSum] = []
    for equation, step in _walk(plan):
        counts[equation.name] += 1
        if step.weighted:
            weighted.append(WeightedSum(equation.name, step.weighted, equation.where))
    return Certificate(dict(sizes), dict(sorted(counts.items())), tuple(weighted))


def _walk(plan: Plan) -> Iterator[tuple[Any, Any]]:
    for equation, step in plan.steps:
        yield equation, step
        for inner in step.inner:
            yield from _walk(inner)
