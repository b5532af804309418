"""What an instance of an inequality is, and how many of them come to one finding."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction

from ucomp_verify.findings import Comparisons, Enclosure

Parameters = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Instance:
    """One case of left <= right, both enclosed; no two of a family have the same parameters.

    `effective` says that the hypotheses hold and that the comparison could have failed: some
    node was dropped, the left side is not 0, the right one is not larger than a trivial bound.
    """

    parameters: Parameters
    left: Enclosure
    right: Enclosure
    effective: bool


@dataclass(frozen=True)
class InstanceCheck:
    """A family of instances of one inequality, for the claims that it is an instance of.

    `family` says in words which instances; `assumes` are cited theorems that enter into
    their evaluation (such as "Bernstein-Walsh inequality") or slugs of claims.
    """

    claims: tuple[str, ...]
    family: str
    instances: Callable[[], Iterable[Instance]]
    assumes: tuple[str, ...] = ()


def compare(statement: str, family: str, instances: Iterable[Instance]) -> Comparisons:
    """Decide every instance on the ends of its enclosures.

    An instance that is not decided, as the enclosures overlap, counts as one that says
    nothing. Raises ValueError if two instances have the same parameters.
    """
    cases, effective, failing, prec = 0, 0, None, 0
    largest: tuple[Enclosure, Parameters] | None = None
    seen = set[Parameters]()
    for case in instances:
        if case.parameters in seen:
            raise ValueError(f"{statement}: the instance {_text(case.parameters)} occurs twice")
        seen.add(case.parameters)
        cases, prec = cases + 1, max(prec, case.left.prec, case.right.prec)
        fails = case.left.lower > case.right.upper
        if fails and failing is None:
            failing = _text(case.parameters)
        if not case.effective or not (fails or case.left.upper <= case.right.lower):
            continue
        effective += 1
        ratio = _ratio(case)
        if largest is None or ratio.lower > largest[0].lower:
            largest = ratio, case.parameters
    return Comparisons(
        statement,
        family,
        cases,
        effective,
        failing,
        largest[0] if largest else None,
        largest[1] if largest else (),
        prec,
    )


def _ratio(case: Instance) -> Enclosure:
    """left / right of an effective instance."""
    left, right = case.left, case.right
    if left.lower < 0 or right.lower <= 0:
        raise ValueError(f"{_text(case.parameters)}: expected sides >= 0, the right one > 0")
    prec = max(left.prec, right.prec)
    return Enclosure(left.lower / right.upper, left.upper / right.lower, prec)


def _text(parameters: Parameters) -> str:
    return ", ".join(f"{name} = {value}" for name, value in parameters)


def exactly(value: Fraction | int) -> Enclosure:
    """A side that is known exactly."""
    return Enclosure.of(value)
