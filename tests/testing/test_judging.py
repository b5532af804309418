from fractions import Fraction
from itertools import product
from math import prod

import numpy as np
import pytest

from ucomp_verify.measures import FloatMeasure
from ucomp_verify.measures.defect import defect as defect_of_measures
from ucomp_verify.testing import Case, Found, adapt, judging, make_case
from ucomp_verify.testing.judging import defect, node_gap, rank_of

SMALL = ("uniform-1d", "uniform-2d", "exponential-weights", "d2-collinear", "scale-1e150")


def shaken(case: Case) -> Found:
    """Weights on a few nodes that are off."""
    indices = tuple(range(0, len(case.points), 7))
    weights = tuple(Fraction(7 * w) for w in case.weights[list(indices)].tolist())
    rows = case.points[list(indices)].tolist()
    return Found(tuple(tuple(map(Fraction, row)) for row in rows), weights, indices, False)


def by_definition(case: Case, found: Found) -> Fraction:
    """max |sum c' u^alpha - sum c u^alpha| / sum c, in fractions, term by term."""
    columns = [[Fraction(x) for x in axis] for axis in case.points.T.tolist()]
    lows, highs = [min(c) for c in columns], [max(c) for c in columns]

    def moved(node: tuple[Fraction, ...]) -> list[Fraction]:
        ends = zip(node, lows, highs, strict=True)
        return [(2 * x - a - b) / (b - a) if b > a else Fraction(0) for x, a, b in ends]

    source = [moved(node) for node in zip(*columns, strict=True)]
    theirs = [moved(node) for node in found.nodes]
    masses = [Fraction(w) for w in case.weights.tolist()]
    powers = [a for a in product(range(case.degree + 1), repeat=case.dim) if sum(a) <= case.degree]

    def moment(
        nodes: list[list[Fraction]], weights: list[Fraction], alpha: tuple[int, ...]
    ) -> Fraction:
        terms = zip(nodes, weights, strict=True)
        powers_of = [
            w * prod((x**e for x, e in zip(u, alpha, strict=True)), start=Fraction(1))
            for u, w in terms
        ]
        return sum(powers_of, Fraction(0))

    gaps = [abs(moment(theirs, list(found.weights), a) - moment(source, masses, a)) for a in powers]
    return max(gaps) / sum(masses, Fraction(0))


@pytest.mark.parametrize("name", ["exponential-weights", "d2-collinear", "constant-axis"])
def test_the_defect_is_what_its_definition_says(name: str) -> None:
    whole = make_case(name, max_degree=2)
    case = Case(name, whole.points[:60], whole.weights[:60], whole.degree)
    assert defect(case, shaken(case), Fraction(0)).value == by_definition(case, shaken(case)) > 0


@pytest.mark.parametrize("name", SMALL)
def test_two_implementations_agree(name: str) -> None:
    case = make_case(name)
    found = shaken(case)
    measure = FloatMeasure(case.points, case.weights)
    other = defect_of_measures(measure, list(found.indices or ()), found.weights, case.degree)
    assert defect(case, found, Fraction(0)).value == other.size > 0


def test_words_and_long_integers_give_one_defect(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(0)
    points = rng.integers(-64, 64, (5000, 2)) / 64
    case = Case("large", points, np.full(5000, 0.75), 4)
    slow = defect(case, shaken(case), Fraction(0))
    monkeypatch.setattr(judging, "ROWS", 512)
    assert judging._fast_coordinates(case, shaken(case)) is not None  # pyright: ignore[reportPrivateUsage]
    assert defect(case, shaken(case), Fraction(0)) == slow
    assert slow.value > 0


def test_the_first_moment_above_the_bound_is_named() -> None:
    case = Case("two", np.array([[0.0, 0.0], [2.0, 4.0]]), np.ones(2), 2)
    found = Found(((Fraction(0), Fraction(4)),), (Fraction(2),), None, True)
    seen = defect(case, found, Fraction(0))
    assert (seen.first, seen.gap) == ((0, 1), 1)
    assert defect(case, found, Fraction(1)).first == (1, 1) or seen.value <= 2


@pytest.mark.parametrize(
    ("name", "rank"),
    [
        ("uniform-3d", 20),
        ("d2-collinear", 5),
        ("d3-lattice", 15),
        ("d5-few", 12),
        ("circle", 11),
        ("parabola", 9),
        ("coarse-lattice", 44),
        ("repeated-point", 1),
        ("constant-axis", 10),
        ("line-in-space", 4),
        ("more-moments-than-nodes", 30),
        ("offset-1e6", 15),
    ],
)
def test_ranks(name: str, rank: int) -> None:
    assert rank_of(make_case(name)) == rank


def test_weight_0_has_no_rank() -> None:
    case = make_case("zero-weights")
    heavy = case.weights > 0
    assert heavy.sum() == 120
    few = Case("few", case.points, np.where(np.arange(200) < 4, 1.0, 0.0), 3)
    assert rank_of(few) == 4


def test_the_gap_of_nodes_counts_equal_nodes_once() -> None:
    case = Case("twins", np.array([[1.0], [1.0], [2.0]]), np.array([1.0, 2.0, 1.0]), 9)
    joined = Found(((Fraction(1),), (Fraction(2),)), (Fraction(3), Fraction(1)), (0, 2), True)
    assert node_gap(case, joined) == 0
    moved = Found(joined.nodes, (Fraction(1), Fraction(3)), (0, 2), True)
    assert node_gap(case, moved) == 1


def test_cases_are_the_same_for_a_seed_and_differ_for_another() -> None:
    one, same, other = (make_case("uniform-2d", seed=s) for s in (1, 1, 2))
    assert one.points.tobytes() == same.points.tobytes() != other.points.tobytes()
    with pytest.raises(KeyError, match="expected one of uniform-1d"):
        make_case("nonsense")
    assert adapt(len).name == "len"
