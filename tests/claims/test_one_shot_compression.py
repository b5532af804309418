"""`one-shot-compression` reads its decided instances; false versions of it are found out."""

from fractions import Fraction

import pytest

from tests.claims.inequalities import (
    families,
    require_decided,
    require_read_at_the_boundary,
    require_refuted,
    weaken,
)
from ucomp_verify.evidence.instances import one_shot_compression
from ucomp_verify.evidence.instances.data import Cloud
from ucomp_verify.evidence.instances.reductions import Reduced

SLUG = "one-shot-compression"
ERRORS, FOR_NODES, SIZES = 0, 2, 3


def test_enough_instances_hold() -> None:
    require_decided(SLUG)


def test_reading_at_the_boundary() -> None:
    require_read_at_the_boundary(SLUG, "universal-compression-repaired")


def test_the_number_of_nodes_is_attained() -> None:
    ratio = families(SLUG)[SIZES].ratio
    assert ratio is not None
    assert ratio.lower == ratio.upper == 1


@pytest.mark.parametrize(
    ("number", "name", "factor"),
    [(ERRORS, "grid_bound", Fraction(1, 2)), (FOR_NODES, "grid_size_bound", Fraction(1, 5))],
)
def test_a_part_of_the_bound_is_refuted(
    monkeypatch: pytest.MonkeyPatch, number: int, name: str, factor: Fraction
) -> None:
    weaken(monkeypatch, SLUG, name, factor)
    require_refuted(SLUG, number)


def test_one_node_less_is_refuted(monkeypatch: pytest.MonkeyPatch) -> None:
    def one_less(dim: int, degree: int, side: int) -> int:
        return max(1, honest(dim, degree, side) - 1)

    honest = one_shot_compression.one_shot_size
    monkeypatch.setattr(one_shot_compression, "one_shot_size", one_less)
    require_refuted(SLUG, SIZES)


def test_a_grid_twice_as_fine_as_it_is_is_refuted(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reduction in cells twice as wide breaks the bound, in the first form and the second."""

    def coarse(cloud: Cloud, degree: int, side: int, *, half_side: Fraction) -> Reduced:
        return honest(cloud, degree, 1, half_side=half_side)

    honest = one_shot_compression.reduced_in_cells
    monkeypatch.setattr(one_shot_compression, "reduced_in_cells", coarse)
    require_refuted(SLUG, ERRORS)
    require_refuted(SLUG, FOR_NODES)
