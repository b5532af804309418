"""What exactly the kernel says of the certificates in the gallery."""

import json
from fractions import Fraction
from typing import Any

import pytest

from tests.kernel.forms import Json
from tests.kernel.gallery import HERE, data_of
from tests.kernel.valid_examples import NODES_DIGEST, VALID, WEIGHTS_DIGEST
from ucomp_verify.kernel import Fact, check
from ucomp_verify.kernel.facts import (
    CounterexampleFact,
    CoveringFact,
    CubatureFact,
    GrowthFact,
    IdentityFact,
    LevelSetFact,
    PackingFact,
    SyzygyFact,
)
from ucomp_verify.kernel.rationals import Points, Vector
from ucomp_verify.kernel.reader import decode

F = Fraction


def _fact(name: str) -> Fact:
    certificate = decode(VALID[name])
    return check(certificate, data_of(certificate))


def _frozen(value: Any) -> Any:
    """Lists as tuples, as the facts have them."""
    return tuple(map(_frozen, value)) if isinstance(value, list) else value  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType] -- JSON


def _rational(pair: list[str]) -> Fraction:
    return F(int(pair[0], 16), int(pair[1], 16))


def _polynomial(terms: Any) -> Any:
    return tuple((_rational(t[0]), *_frozen(t[1:])) for t in terms)


def _vector(body: Json) -> Vector:
    return Vector(int(body["denominator"], 16), tuple(int(n, 16) for n in body["numerators"]))


def _points(body: Json) -> Points:
    rows = tuple(tuple(int(n, 16) for n in row) for row in body["numerators"])
    return Points(int(body["denominator"], 16), rows)


CUBATURES = {
    # name: dimension, degree, nodes, support, defects
    "cubature-line": (1, 3, 5, (0, 2, 4), ()),
    "cubature-square": (2, 1, 4, (1, 2), ()),
    "cubature-flat": (2, 1, 3, (0, 2), ()),
    "cubature-twins": (1, 1, 4, (1,), ()),
    "cubature-named": (2, 1, 4, (1, 2), ()),
    "cubature-named-unit": (2, 1, 4, (1, 2), ()),
    "approximate-cubature-line": (1, 3, 5, (0, 2, 4), tuple(((k,), F(1, 20)) for k in (1, 2, 3))),
    "approximate-cubature-square": (2, 2, 4, (1, 2), (((1, 1), F(2, 3)),)),
    "approximate-cubature-empty": (1, 1, 5, (), (((0,), F(1)),)),
}

NAMES = {
    "cubature-named": f"{NODES_DIGEST} {WEIGHTS_DIGEST}",
    "cubature-named-unit": NODES_DIGEST,
}


@pytest.mark.parametrize("name", CUBATURES)
def test_cubatures(name: str) -> None:
    dim, degree, nodes, support, defects = CUBATURES[name]
    fact = _fact(name)
    assert isinstance(fact, CubatureFact)
    source = NAMES.get(name, fact.source)
    assert fact == CubatureFact(source, dim, degree, nodes, len(support), defects, support)
    assert len(source.split()[0]) == 64


@pytest.mark.parametrize("name", [name for name in VALID if name.startswith("power-sum")])
def test_identities_are_restated(name: str) -> None:
    body = VALID[name]
    sides = [_polynomial(body["left"]), _polynomial(body["right"])]
    assert _fact(name) == IdentityFact(body["dim"], body["num_points"], sides[0], sides[1])


SYZYGIES = {
    # name: mass and value on the witness
    "syzygy-one-point": (None, None),
    "syzygy-two-points": (F(5, 2), F(303, 64)),
    "syzygy-own-point": (F(3), F(4)),
    "syzygy-gram": (F(2), F(1, 4)),
}


@pytest.mark.parametrize("name", SYZYGIES)
def test_syzygies_are_restated_with_their_value(name: str) -> None:
    body, fact = VALID[name], _fact(name)
    assert isinstance(fact, SyzygyFact)
    terms = _polynomial(body["terms"])
    mass, value = SYZYGIES[name]
    assert fact == SyzygyFact(
        1 + (name == "syzygy-gram"), body["num_points"], terms, mass, value, fact.witness
    )
    if fact.witness is None:
        assert body["witness"] is None
    else:
        given = body["witness"]
        assert fact.witness.nodes == _points(given["nodes"])
        assert (fact.witness.weights, fact.witness.own) == (_vector(given["weights"]), given["own"])


OTHERS: dict[str, Fact] = {
    "level-set-line": LevelSetFact((F(0), F(1)), (F(-1), F(1)), F(1, 2), F(1, 2)),
    "level-set-two-pieces": LevelSetFact(
        (F(-1), F(0), F(2)), (F(-1), F(-1, 2), F(0), F(1, 2), F(1)), F(1, 2), F(1, 5)
    ),
    "covering-segment": CoveringFact(((F(0), F(0)), (F(3), F(4))), F(25), F(25, 4)),
    "covering-triangle": CoveringFact(
        ((F(0), F(0)), (F(8), F(0)), (F(4), F(7))), F(65), F(1056, 49)
    ),
    "packing-line": PackingFact(((F(0),), (F(1, 3),), (F(1),)), 2, F(1), F(1, 9)),
    "packing-triples": PackingFact(
        ((F(0), F(0)), (F(0), F(2)), (F(2), F(0)), (F(2), F(2)), (F(1), F(1))), 3, F(8), F(4)
    ),
}


@pytest.mark.parametrize("name", OTHERS)
def test_level_sets_coverings_and_packings(name: str) -> None:
    assert _fact(name) == OTHERS[name]


GROWTHS = {
    # name: nodes, mass, squared diameter, size, power, error
    "growth-two-nodes": (((F(-1),), (F(1),)), F(2), F(4), 1, 1, F(1, 2)),
    "growth-square": (((F(0),), (F(1),)), F(2), F(1), 0, 2, F(3)),
    "growth-even": (((F(0),), (F(1, 2),)), F(3), F(1, 4), 0, 2, F(0)),
}


@pytest.mark.parametrize("name", GROWTHS)
def test_growths(name: str) -> None:
    nodes, mass, diameter, size, power, error = GROWTHS[name]
    functions = tuple(map(_polynomial, VALID[name]["functions"]))
    fact = _fact(name)
    assert isinstance(fact, GrowthFact)
    assert fact.reason == decode(VALID[name])
    assert len(fact.source) == 64
    assert fact == GrowthFact(
        fact.source, nodes, mass, diameter, size, power, functions, error, fact.reason
    )


@pytest.mark.parametrize("name", [name for name in VALID if name.startswith("counterexample")])
def test_counterexamples_are_restated(name: str) -> None:
    body, fact = VALID[name], _fact(name)
    assert isinstance(fact, CounterexampleFact)
    assert fact.values == _vector(body["values"]).fractions()
    statement = body["statement"]
    relations = [*statement["hypotheses"], statement["conclusion"]]
    found = [*fact.statement.hypotheses, fact.statement.conclusion]
    assert fact.statement.variables == tuple(statement["variables"])
    assert [(r.polynomial, r.sign) for r in found] == [
        (_polynomial(r["polynomial"]), r["sign"]) for r in relations
    ]


def test_no_certificate_of_the_gallery_is_left_out() -> None:
    listed = {*CUBATURES, *SYZYGIES, *OTHERS, *GROWTHS}
    rest = {name for name in VALID if not name.startswith(("power-sum", "counterexample"))}
    assert rest == listed


def test_the_files_are_the_examples() -> None:
    for name, body in VALID.items():
        text = (HERE / "valid" / f"{name}.json").read_text(encoding="utf-8")
        assert json.loads(text) == body
