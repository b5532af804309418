"""What the decided instances of a claim come to, for the tests of claims that are inequalities."""

from fractions import Fraction
from functools import cache
from importlib import import_module
from typing import Any

import pytest

from tests.claims.examples import bearing
from ucomp_verify.bounds import Bound
from ucomp_verify.claims import Bearing
from ucomp_verify.evidence.instances.base import compare
from ucomp_verify.evidence.instances.table import instance_checks
from ucomp_verify.findings import Comparisons, Enclosure


def family(slug: str, number: int) -> Comparisons:
    """The instances of one family, decided anew."""
    subject = instance_checks(slug)[number]
    return compare(slug, subject.family, subject.instances())


@cache
def families(slug: str) -> tuple[Comparisons, ...]:
    """All of them, decided once in a run of the tests."""
    return tuple(family(slug, number) for number in range(len(instance_checks(slug))))


def require_decided(slug: str) -> None:
    """No instance fails, 200 or more could have, and the claim reads each family."""
    found = families(slug)
    assert [c.failing for c in found] == [None] * len(found)
    assert sum(c.effective for c in found) >= 200
    assert {bearing(slug, c) for c in found} == {Bearing.INSTANCE}
    assert all(slug in subject.claims for subject in instance_checks(slug))


def decided(slug: str, *, effective: int = 1, failing: str | None = None) -> Comparisons:
    """What four instances of the statement may have come to."""
    ratio = Enclosure.of(Fraction(1, 2)) if effective else None
    return Comparisons(slug, "some", 4, effective, failing, ratio, (), 0)


def require_read_at_the_boundary(slug: str, other: str) -> None:
    """One effective instance counts, none says nothing, one that fails refutes."""
    assert bearing(slug, decided(slug)) is Bearing.INSTANCE
    assert bearing(slug, decided(slug, effective=0)) is Bearing.SILENT
    assert bearing(slug, decided(slug, failing="k = 1")) is Bearing.REFUTES
    assert bearing(slug, decided(slug, effective=0, failing="k = 1")) is Bearing.REFUTES
    assert bearing(slug, decided(other, failing="k = 1")) is Bearing.SILENT


def weaken(patch: pytest.MonkeyPatch, slug: str, name: str, factor: Fraction) -> None:
    """Let the function of `ucomp_verify.bounds` with this name promise `factor` of its bound."""
    module = import_module(f"ucomp_verify.evidence.instances.{slug.replace('-', '_')}")
    honest: Any = getattr(module, name)

    def false(*arguments: Any, **options: Any) -> Bound:
        bound: Bound = honest(*arguments, **options)
        return Bound(bound.value * factor, bound.theorem, bound.claim, bound.hypotheses)

    patch.setattr(module, name, false)


def require_refuted(slug: str, number: int) -> None:
    """The family, as things are, refutes the claim."""
    found = family(slug, number)
    assert found.failing is not None
    assert bearing(slug, found) is Bearing.REFUTES
