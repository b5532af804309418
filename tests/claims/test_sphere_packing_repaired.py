"""Boundary table of `sphere-packing-repaired`: (diam^2)^m d^2 against (6R)^(2m) (N-1)^2."""

from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.claims.examples import bearing, packing
from tests.claims.inequalities import (
    families,
    require_decided,
    require_read_at_the_boundary,
    require_refuted,
    weaken,
)
from tests.conftest import RecordEffective
from ucomp_verify.claims import Bearing
from ucomp_verify.claims.registry import find
from ucomp_verify.kernel.facts import PackingFact
from ucomp_verify.reports.maths import Formula, mathml, pieces

SLUG = "sphere-packing-repaired"
INSTANCE, SILENT, REFUTES = Bearing.INSTANCE, Bearing.SILENT, Bearing.REFUTES
TINY = Fraction(1, 10**30)


@pytest.mark.parametrize(
    ("fact", "expected"),
    [
        (packing(1, 3, 3, radius=1, diameter=4), INSTANCE),  # {-1, 0, 1}: 2 <= 4
        (packing(1, 4, 3, radius=1, diameter=1), INSTANCE),  # where the printed bound is 1/0
        (packing(1, 2, 2, radius=1, diameter=4), INSTANCE),  # the smallest case: 2 <= 3
        (packing(1, 2, 2, radius=1, diameter=9), INSTANCE),  # equality: 3 = 6 * 1/2
        (packing(1, 2, 2, radius=1, diameter=9 + TINY), REFUTES),
        (packing(1, 2, 2, radius=0, diameter=0), INSTANCE),  # R = 0: all points are 0
        (packing(1, 2, 2, radius=0, diameter=TINY), REFUTES),
        (packing(2, 9, 2, radius=1, diameter=4), INSTANCE),  # d = 3^m (N-1): the bound is 2R
        (packing(2, 9, 2, radius=1, diameter=4 + TINY), REFUTES),
        (packing(2, 18, 3, radius=1, diameter=4 + TINY), REFUTES),  # N - 1, not N
        (packing(2, 2, 2, radius=1, diameter=18), INSTANCE),  # irrational bound: 6 / sqrt 2
        (packing(2, 2, 2, radius=1, diameter=18 + TINY), REFUTES),
        (packing(3, 8, 2, radius=1, diameter=9), INSTANCE),  # a cube root: 6 / 2
        (packing(3, 8, 2, radius=1, diameter=9 + TINY), REFUTES),
        (packing(1, 1, 1, radius=1, diameter=0), SILENT),  # N >= 2 is asked
        (packing(1, 3, 1, radius=1, diameter=0), SILENT),
        (packing(1, 3, 4, radius=1, diameter=0), SILENT),  # N <= d is asked
    ],
)
def test_reading_at_the_boundary(fact: PackingFact, expected: Bearing) -> None:
    assert bearing(SLUG, fact) is expected


def test_an_instance_names_its_parameters_and_shows_both_sides() -> None:
    reading = find(SLUG).read(packing(1, 3, 3, radius=1, diameter=4))
    assert reading.parameters == (("m", "1"), ("d", "3"), ("N", "3"))
    assert r"36 \le 144" in reading.shows
    assert all(mathml(p.latex) for p in pieces(reading.shows) if isinstance(p, Formula))


points_of_a_plane = st.lists(st.tuples(*[st.integers(-8, 8)] * 2), min_size=2, max_size=7)


@given(points=points_of_a_plane, data=st.data())
def test_random_points_are_instances(
    points: list[tuple[int, int]], data: st.DataObject, record_effective: RecordEffective
) -> None:
    size = data.draw(st.integers(2, len(points)))

    def squared(x: tuple[int, ...], y: tuple[int, ...]) -> int:
        return sum((a - b) ** 2 for a, b in zip(x, y, strict=True))

    closest = min(
        max(squared(x, y) for x, y in combinations(c, 2)) for c in combinations(points, size)
    )
    radius = max(squared(x, (0, 0)) for x in points)
    fact = packing(2, len(points), size, radius=radius, diameter=closest)
    record_effective(int(len(points) > 9 * (size - 1) or closest > 0))
    assert bearing(SLUG, fact) is INSTANCE


def test_enough_instances_hold() -> None:
    require_decided(SLUG)


def test_comparisons_at_the_boundary() -> None:
    require_read_at_the_boundary(SLUG, "sphere-packing")


def test_equidistant_points_attain_the_bound_of_the_line() -> None:
    ratio = families(SLUG)[0].ratio
    assert ratio is not None
    assert ratio.lower == ratio.upper == 1


@pytest.mark.parametrize(("number", "factor"), [(0, Fraction(999, 1000)), (1, Fraction(1, 3))])
def test_a_smaller_bound_is_refuted(
    monkeypatch: pytest.MonkeyPatch, number: int, factor: Fraction
) -> None:
    weaken(monkeypatch, SLUG, "packing_bound", factor)
    require_refuted(SLUG, number)
