"""Instances: how they are counted, and what is refused."""

from fractions import Fraction

import pytest

from ucomp_verify.evidence.instances.base import Instance, Parameters, compare, exactly
from ucomp_verify.evidence.instances.table import SLUGS, instance_checks, run_instances
from ucomp_verify.findings import Enclosure


def instance(
    name: str, left: Enclosure | int, right: Enclosure | int, *, effective: bool = True
) -> Instance:
    first, second = (s if isinstance(s, Enclosure) else exactly(s) for s in (left, right))
    parameters: Parameters = (("case", name),)
    return Instance(parameters, first, second, effective)


def test_instances_are_counted_as_they_are_decided() -> None:
    overlap = Enclosure(Fraction(1), Fraction(3), 64)
    found = compare(
        "some",
        "a family",
        [
            instance("a", 1, 2),
            instance("b", 3, 4),
            instance("c", 1, 2, effective=False),
            instance("undecided", overlap, 2),
            instance("touching", overlap, 3),
        ],
    )
    assert (found.cases, found.effective, found.failing) == (5, 3, None)
    assert found.ratio == Enclosure(Fraction(3, 4), Fraction(3, 4), 0)
    assert found.at == (("case", "b"),)
    assert found.prec == 64


@pytest.mark.parametrize("effective", [True, False])
def test_a_failing_instance_is_named(effective: bool) -> None:
    bad = instance("bad", Enclosure(Fraction(5, 2), Fraction(3), 64), 2, effective=effective)
    found = compare("some", "a family", [instance("a", 1, 2), bad])
    assert found.failing == "case = bad"


def test_an_instance_that_occurs_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="some: the instance case = a occurs twice"):
        compare("some", "a family", [instance("a", 1, 2), instance("a", 1, 3)])


@pytest.mark.parametrize(("left", "right"), [(-1, 2), (0, 0)])
def test_sides_that_have_no_ratio_are_refused(left: int, right: int) -> None:
    with pytest.raises(ValueError, match="case = a: expected sides >= 0, the right one > 0"):
        compare("some", "a family", [instance("a", left, right)])


def test_another_slug_is_refused() -> None:
    with pytest.raises(KeyError, match="no instances of 'tchakaloff'; known: small-ball"):
        instance_checks("tchakaloff")


def test_every_slug_has_families_with_names_of_their_own() -> None:
    names = [subject.family for slug in SLUGS for subject in instance_checks(slug)]
    assert len(names) == len(set(names))


def test_a_run_says_by_which_programs() -> None:
    found, digest = run_instances("small-ball-repaired", 3)
    assert found == run_instances("small-ball-repaired", 3)[0]
    assert len(digest) == 64
