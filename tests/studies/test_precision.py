"""The study of where float64 breaks: its judgement of supports and weights."""

from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from ucomp_verify.studies import Config, Row, Seeds, Status, Table
from ucomp_verify.studies.precision import BASES, DATA, STUDY
from ucomp_verify.studies.precision.bases import Choice, cloud, features, selected
from ucomp_verify.studies.precision.tables import LAST, last_good
from ucomp_verify.studies.precision.weights import judged

SEEDS = Seeds("precision", 1)


def _cell(**settings: Any) -> Any:
    return STUDY.cell(Config.of(**{"m": 1, "d": 1000, "trial": 0, **settings}), SEEDS).found


@pytest.mark.parametrize("basis", BASES)
@pytest.mark.parametrize("data", ["uniform", "normal"])
def test_low_degrees_are_no_trouble(basis: str, data: str) -> None:
    found = _cell(k=5, basis=basis, data=data)
    assert found["all_positive"] is True
    assert (found["nodes"], found["positive"], found["negative"]) == (6, 6, 0)
    assert found["weights_error"] < 1e-10
    assert found["defect"] < 1e-11


def test_monomials_break_where_orthonormal_polynomials_do_not() -> None:
    monomial, arnoldi = (_cell(k=80, basis=b, data="uniform") for b in ("monomial", "arnoldi"))
    assert monomial["all_positive"] is False
    assert monomial["defect"] > 1e-6
    assert arnoldi["all_positive"] is True
    assert arnoldi["weights_error"] < 1e-11
    assert arnoldi["defect"] < 1e-12


def test_a_cell_finds_the_same_bits_again() -> None:
    config = Config.of(m=2, d=300, k=4, trial=1, basis="legendre", data="clusters")
    first, second = (STUDY.cell(config, SEEDS).found for _ in range(2))
    assert first == second
    assert set(first) <= {column.name for column in STUDY.columns}


def _exact(nodes: list[float], support: list[float]) -> list[Fraction]:
    """The interpolatory weights: sums of Lagrange's polynomials over the nodes."""
    kept = list(map(Fraction, support))
    weights: list[Fraction] = []
    for s in kept:
        total = Fraction(0)
        for w in map(Fraction, nodes):
            value = Fraction(1)
            for t in kept:
                value *= (w - t) / (s - t) if t != s else 1
            total += value
        weights.append(total)
    return weights


@pytest.mark.parametrize("places", [(0, 10, 29), (0, 1, 2), (3, 4, 28)])
def test_signs_are_those_of_exact_weights(places: tuple[int, ...]) -> None:
    points = np.sort(np.random.default_rng(3).uniform(-1, 1, (30, 1)), axis=0)
    nodes = points[:, 0].tolist()
    exact = _exact(nodes, [nodes[i] for i in places])
    choice = Choice(places, tuple(map(float, exact)), 1.0, "")
    found: Any = judged(points, choice, 2)
    assert found["negative"] == sum(w < 0 for w in exact)
    assert found["positive"] == sum(w > 0 for w in exact)
    assert found["all_positive"] is all(w > 0 for w in exact)
    assert found["weights_error"] < 1e-8 * sum(map(abs, exact)) / 30


def test_wrong_weights_are_seen() -> None:
    points = np.random.default_rng(3).uniform(-1, 1, (50, 1))
    choice = selected(features("arnoldi", points, 4), seed=0)
    good: Any = judged(points, choice, 4)
    moved = (choice.weights[0] * 1.01, *choice.weights[1:])
    bad: Any = judged(points, Choice(choice.places, moved, 1.0, ""), 4)
    share = choice.weights[0] / 50
    assert good["weights_error"] < 1e-13
    assert bad["weights_error"] == pytest.approx(0.01 * share, rel=1e-6)
    assert bad["worst_weight"] == pytest.approx(0.01, rel=1e-6)
    assert bad["defect"] >= 0.0099 * share > 1e10 * good["defect"]


def test_too_few_nodes_are_no_support() -> None:
    points = np.random.default_rng(3).uniform(-1, 1, (50, 1))
    found = judged(points, Choice((0, 1, 2), (20.0, 20.0, 10.0), 1.0, ""), 4)
    assert found["all_positive"] is False
    assert "3 nodes for 5 monomials" in str(found["problem"])


def test_features_that_are_not_finite_are_a_problem_and_no_crash() -> None:
    rows = np.full((3, 20), np.nan)
    choice = selected(rows, seed=0)
    assert choice.problem
    assert not choice.places


@pytest.mark.parametrize("data", DATA)
def test_data_are_drawn_by_what_they_depend_on(data: str) -> None:
    first, again = (cloud(SEEDS, data, dim=2, size=50, trial=0) for _ in range(2))
    other = cloud(SEEDS, data, dim=2, size=50, trial=1)
    assert first.shape == (50, 2)
    assert (first == again).all()
    assert (first != other).any()


@pytest.mark.parametrize("basis", BASES)
def test_features_span_the_polynomials(basis: str) -> None:
    points = np.random.default_rng(5).uniform(-1, 1, (40, 2))
    rows = features(basis, points, 2)
    x, y = points.T
    for values in (np.ones(40), x, y, x * x, x * y, y * y):
        assert _left(rows, values) < 1e-20
    assert _left(rows, x**3) > 1e-3


def _left(rows: Any, values: Any) -> float:
    """The sum of squares that combinations of the rows leave of the values."""
    basis = np.asarray(rows, dtype=np.float64).T
    return float(np.linalg.lstsq(basis, np.asarray(values, dtype=np.float64), rcond=None)[1][0])


def test_unknown_names_are_refused() -> None:
    with pytest.raises(ValueError, match="found the data 'cauchy'; expected 'uniform'"):
        cloud(SEEDS, "cauchy", dim=1, size=5, trial=0)
    with pytest.raises(ValueError, match="found the basis 'chebyshev'; expected 'monomial'"):
        features("chebyshev", np.zeros((5, 1)), 2)


def _row(k: int, trial: int, *, good: bool) -> Row:
    config = Config.of(m=1, d=100, k=k, trial=trial, basis="monomial", data="uniform")
    negative = 0 if good else 2
    found = {
        "all_positive": good,
        "negative": negative,
        "nodes": k + 1,
        "condition": 10.0**k,
        "weights_error": 1e-3,
        "defect": 1e-3,
    }
    return Row("precision", config, "", Status.DONE, found)


def test_the_last_good_degree_is_before_the_first_that_fails_in_any_trial() -> None:
    good = {(5, 0), (5, 1), (10, 0), (10, 1), (20, 0), (40, 0), (40, 1)}
    rows = [_row(k, t, good=(k, t) in good) for k in (5, 10, 20, 40) for t in range(2)]
    table = Table("precision", tuple(rows))
    (estimate,) = STUDY.findings(table)
    assert (estimate.value, estimate.quantity, estimate.trials) == (10.0, LAST, 2)
    (summary,) = STUDY.summaries(table)
    assert summary.rows[0][4:6] == ("10", "k = 20: 2 of 21 weights negative")
    assert len(STUDY.figures(table)) == 2
    assert last_good({5: [_row(5, 0, good=False)]}) == (None, 5)


def test_an_empty_table_has_no_summary() -> None:
    empty = Table("precision", ())
    assert (STUDY.summaries(empty), STUDY.figures(empty), STUDY.findings(empty)) == ((), (), ())


def test_cells_have_more_points_than_monomials() -> None:
    from ucomp_verify.algebra import num_monomials

    for name in STUDY.grids:
        for config in STUDY.cells(name):
            assert num_monomials(config["m"], config["k"]) < config["d"]
