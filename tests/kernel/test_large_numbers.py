"""Numbers of 10^5 digits are read, checked and, when they are wrong, spoken of."""

import json
import time
from fractions import Fraction
from pathlib import Path

import pytest

from tests.kernel.forging import but
from tests.kernel.forms import (
    Json,
    certificate,
    own_term,
    points,
    polynomial,
    rational,
    relation,
    source,
    term,
    vector,
)
from tests.kernel.valid_examples import cubature
from ucomp_verify.kernel import Fact, RejectedCertificate, check, load
from ucomp_verify.kernel.facts import CubatureFact, GrowthFact, LevelSetFact, PackingFact
from ucomp_verify.kernel.rationals import show
from ucomp_verify.kernel.reader import KINDS

H = 3 * 10**100_000 + 1  # a hundred thousand digits and one
G = 7 * 10**100_000 + 2

LONG: dict[str, Json] = {
    # a node at H / G of weight G: weights G - H at 0 and H at 1 have its moments
    "cubature": cubature(
        source(points([[0], [H], [G]], G), vector([0, G, 0])), 1, [0, 2], vector([G - H, H])
    ),
    "approximate_cubature": cubature(
        source(points([[0], [H], [G]], G)), 1, [0, 2], vector([G, H], G), "approximate_"
    ),
    "power_sum_identity": certificate(
        "power_sum_identity",
        dim=1,
        num_points=None,
        left=[term(Fraction(G, H), [1], [1])],
        right=[term(Fraction(G, H), [1], [1]), term(-Fraction(G, H), [2])],
    ),
    "syzygy": certificate(
        "syzygy",
        dim=1,
        num_points=1,
        terms=[own_term(Fraction(H, G), [0], [1]), own_term(-Fraction(H, G), [1])],
        witness={"nodes": points([[H]], G), "weights": vector([G], H), "own": 0},
    ),
    "level_set": certificate(  # p = 1 - x / H on [0, H]
        "level_set",
        coefficients=vector([H, -1], H),
        domain=vector([0, H]),
        level=rational(Fraction(1, 2)),
        pieces=[[rational(Fraction(H, 2)), rational(H)]],
        peak=rational(0),
    ),
    "covering": certificate(
        "covering", points=points([[0], [H]], G), multipliers=vector([1, 1], 2)
    ),
    "packing": certificate("packing", points=points([[0], [H], [G]], G), subset_size=2),
    "growth": certificate(
        "growth",
        source=source(points([[H]], G), vector([G], H)),
        size=0,
        power=1,
        functions=[polynomial({(1,): Fraction(1, H)})],  # with the sum 1 / H
        error=rational(0),
        lower=vector([1], H),
        upper=vector([1], H),
        obstructions=[{"support": [], "multipliers": vector([1])}],
    ),
    "counterexample": certificate(  # x > 0 does not imply H^2 x^2 > G^2
        "counterexample",
        statement={
            "variables": ["x"],
            "hypotheses": [relation({(1,): 1}, ">")],
            "conclusion": relation({(2,): H**2, (0,): -(G**2)}, ">"),
        },
        values=vector([G], H),
    ),
}


def _fact(folder: Path, body: Json) -> Fact:
    path = folder / "certificate.json"
    path.write_text(json.dumps(body))
    start = time.process_time()
    try:
        return check(load(path))
    finally:
        assert time.process_time() - start < 10


def test_all_kinds_are_here() -> None:
    assert set(LONG) == set(KINDS)


@pytest.mark.parametrize("kind", LONG)
def test_numbers_of_a_hundred_thousand_digits_are_checked(kind: str, tmp_path: Path) -> None:
    assert isinstance(_fact(tmp_path, LONG[kind]), object)


def test_the_facts_are_exact(tmp_path: Path) -> None:
    rule = _fact(tmp_path, LONG["approximate_cubature"])
    assert isinstance(rule, CubatureFact)
    # masses 3 and 1 + H/G; sums of u = 2x - 1: 2H/G - 1 and -1 + H/G
    assert dict(rule.defects) == {(0,): (2 - Fraction(H, G)) / 3, (1,): Fraction(H, G) / 3}
    level = _fact(tmp_path, LONG["level_set"])
    assert isinstance(level, LevelSetFact) and level.share == Fraction(1, 2)
    packing = _fact(tmp_path, LONG["packing"])
    assert isinstance(packing, PackingFact) and packing.squared_diameter == Fraction(H, G) ** 2
    growth = _fact(tmp_path, LONG["growth"])
    assert isinstance(growth, GrowthFact) and growth.mass == Fraction(G, H)


FALSE: dict[str, tuple[Json, str]] = {
    "cubature": (
        but(LONG["cubature"], (("weights", "numerators", 1), format(H + 1, "x"))),
        r"moment \(0,\) is off by 1\.4e-100001; the defect is 1\.4e-100001",
    ),
    "negative-weight": (
        but(LONG["cubature"], (("weights", "numerators", 1), format(-H, "x"))),
        "the weight at node 2 is not positive",
    ),
    "power_sum_identity": (
        but(LONG["power_sum_identity"], (("right", 1, 0), rational(-Fraction(H, G)))),
        "1 coefficients differ",
    ),
    "level_set": (
        but(LONG["level_set"], (("domain",), vector([-1, H])), (("pieces",), [])),
        r"\|p\| <= 1 is not shown on \[-1, 3\.0e\+100000\]",
    ),
    "piece": (
        but(LONG["level_set"], (("pieces", 0, 0), rational(Fraction(H, 3)))),
        r"\|p\| <= level is not shown on \[1\.0e\+100000, 3\.0e\+100000\]",
    ),
    "counterexample": (
        but(LONG["counterexample"], (("values", "numerators", 0), format(G + 1, "x"))),
        "the conclusion holds",
    ),
}


@pytest.mark.parametrize("name", FALSE)
def test_what_is_wrong_by_one_unit_is_rejected_in_few_words(name: str, tmp_path: Path) -> None:
    body, reason = FALSE[name]
    with pytest.raises(RejectedCertificate, match=f"^{reason}") as refusal:
        _fact(tmp_path, body)
    assert len(str(refusal.value)) < 300


def test_a_rational_is_shown_to_two_digits() -> None:
    assert show(Fraction(0)) == "0"
    assert show(Fraction(-(2**61), 3)) == f"-{2**61}/3"
    assert show(Fraction(2**62, 3)) == "1.5e+18"
    assert show(Fraction(-(10**200))) == "-1.0e+200"
    assert show(Fraction(10**200 + 1, 3 * 10**200)) == "3.3e-1"
    assert show(Fraction(123 * 10**300_000, 10**300_002 + 1)) == "1.2e+0"
    assert show(Fraction(-1, H)) == "-3.3e-100001"
