"""Properties that hold if a claim does, tried on random cases in exact arithmetic."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from ucomp_verify.findings import Sample

from . import compressions, unbiased
from .compressions import NOT_APPLICABLE as NOT_APPLICABLE

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

Case = Mapping[str, Any]
"""One case as JSON holds it: integers, strings and lists."""


@dataclass(frozen=True)
class Property:
    """`failure(case)` says what is wrong with a case, or None; '' if it does not apply."""

    name: str
    claims: tuple[str, ...]
    cases: Callable[[], "SearchStrategy[dict[str, Any]]"]
    failure: Callable[[Case], str | None]


def run_case(property_name: str, case: Case) -> str | None:
    """What fails in one case of a property, or None if it holds there."""
    return find_property(property_name).failure(case) or None


def find_property(name: str) -> Property:
    """The property with this name; KeyError names the known ones."""
    for candidate in PROPERTIES:
        if candidate.name == name:
            return candidate
    known = ", ".join(p.name for p in PROPERTIES)
    raise KeyError(f"no property {name!r}; known: {known}")


def sample(name: str, *, cases: int, seed: int) -> Sample:
    """Try a property on `cases` random cases; the simplest failing one is kept."""
    import hypothesis

    tried, effective, failing = 0, 0, None
    subject, health = find_property(name), hypothesis.HealthCheck

    @hypothesis.seed(seed)
    @hypothesis.settings(
        max_examples=cases,
        database=None,
        deadline=None,
        suppress_health_check=[health.too_slow, health.data_too_large, health.filter_too_much],
        phases=[hypothesis.Phase.generate, hypothesis.Phase.shrink],
        report_multiple_bugs=False,
    )
    @hypothesis.given(subject.cases())
    def attempt(case: dict[str, Any]) -> None:
        nonlocal tried, effective, failing
        outcome = subject.failure(case)
        if failing is None:  # what is tried while shrinking is no new case
            tried, effective = tried + 1, effective + (outcome != NOT_APPLICABLE)
        if outcome:
            failing = case  # the last one that fails while shrinking is the simplest
            raise AssertionError(outcome)

    try:
        attempt()
    except AssertionError:
        return Sample(name, tried, effective, json.dumps(failing, sort_keys=True), seed)
    return Sample(name, tried, effective, None, seed)


def _parts() -> "SearchStrategy[dict[str, Any]]":
    """Up to five nonzero multi-indices in up to three variables."""
    from hypothesis import strategies as st

    def of_dim(dim: int) -> "SearchStrategy[dict[str, Any]]":
        part = st.lists(st.integers(0, 2), min_size=dim, max_size=dim).filter(any)
        return st.fixed_dictionaries({"parts": st.lists(part, min_size=1, max_size=5)})

    return st.integers(1, 3).flatmap(of_dim)


def _identity_failure(case: Case) -> str | None:
    from ucomp_verify.algebra import closed_form
    from ucomp_verify.kernel import RejectedCertificate, check

    parts = [tuple(part) for part in case["parts"]]
    identity = closed_form(parts)
    try:
        check(identity)
    except RejectedCertificate as error:
        return f"the kernel rejects the closed form of m_{parts}: {error}"
    degree = sum(map(sum, parts))
    order = max(sum(alpha) for _, factors in identity.right for alpha in factors)
    return None if order <= degree else f"a power sum of order {order} above the degree {degree}"


def _point_sets() -> "SearchStrategy[dict[str, Any]]":
    """Up to eight points in one or two dimensions, and a subset size."""
    from hypothesis import strategies as st

    def of_dim(dim: int) -> "SearchStrategy[dict[str, Any]]":
        point = st.lists(st.integers(-20, 20), min_size=dim, max_size=dim)
        sets = st.lists(point, min_size=1, max_size=8)
        return st.fixed_dictionaries({"points": sets, "subset_size": st.integers(2, 8)})

    return st.integers(1, 2).flatmap(of_dim)


def _packing_failure(case: Case) -> str | None:
    from ucomp_verify.claims import Bearing
    from ucomp_verify.claims.sphere_packing_repaired import SPHERE_PACKING_REPAIRED
    from ucomp_verify.kernel import check
    from ucomp_verify.kernel.certificates import Packing
    from ucomp_verify.writing import points

    rows, size = cast("list[list[int]]", case["points"]), int(case["subset_size"])
    if size > len(rows):
        return NOT_APPLICABLE
    reading = SPHERE_PACKING_REPAIRED.read(check(Packing(points(rows), size)))
    return reading.shows if reading.bearing is Bearing.REFUTES else None


PROPERTIES: tuple[Property, ...] = (
    Property("identities", ("ftsp", "ftsp-degree"), _parts, _identity_failure),
    Property(
        "reductions",
        ("tchakaloff", "support-reduction"),
        compressions.measures,
        compressions.reduction_failure,
    ),
    Property(
        "float-reductions",
        ("tchakaloff", "support-reduction"),
        compressions.float_measures,
        compressions.float_reduction_failure,
    ),
    Property(
        "one-shot",
        ("one-shot-compression",),
        compressions.one_shot_cases,
        compressions.one_shot_failure,
    ),
    Property(
        "unbiased",
        ("half-exponent",),
        unbiased.unbiased_cases,
        unbiased.unbiased_failure,
    ),
    Property("packings", ("sphere-packing-repaired",), _point_sets, _packing_failure),
)
