"""The JSON document holds everything, in the form that its schema says."""

import json
from typing import Any, get_args

import pytest
from pydantic import ValidationError

from tests.reports.examples import full, hostile, report_on, small
from ucomp_verify.claims import Bearing, Kind, Variant
from ucomp_verify.evidence import Authority, Method, Trouble
from ucomp_verify.reports import Report, schema
from ucomp_verify.reports.json_document import document, to_text
from ucomp_verify.verdicts import Standing, Status

_REPORTS = {"small": small(), "full": full(), "hostile": hostile(), "empty": report_on((), ())}


@pytest.fixture(params=_REPORTS.values(), ids=list(_REPORTS))
def report(request: pytest.FixtureRequest) -> Report:
    return request.param


def _read(report: Report) -> dict[str, Any]:
    return json.loads(to_text(document(report)))


def test_a_document_fits_the_schema_and_survives_it(report: Report) -> None:
    text = to_text(document(report))
    read = schema.ReportDocument.model_validate_json(text)
    assert json.loads(read.model_dump_json(by_alias=True)) == json.loads(text)


def test_the_text_is_ascii_and_the_same_every_time(report: Report) -> None:
    text = to_text(document(report))
    assert text.isascii() and text.endswith("}\n")
    assert text == to_text(document(report))
    assert json.loads(text) == document(report)


def test_every_claim_and_problem_is_there(report: Report) -> None:
    read = _read(report)
    assert [c["slug"] for c in read["claims"]] == [e.claim.slug for e in report.entries]
    assert [p["message"] for p in read["problems"]] == [p.message for p in report.problems]
    assert read["counts"]["claims"] == len(report.entries)
    assert sum(read["counts"]["by_status"].values()) == len(report.entries)


def test_the_evidence_is_whole() -> None:
    read = {c["slug"]: c for c in _read(small())["claims"]}
    refuted = read["small-ball"]
    assert (refuted["status"], refuted["authority"], refuted["standing"]) == (
        "refuted",
        "exact",
        "matches",
    )
    (piece,) = refuted["evidence"]
    assert piece["bearing"] == "refutes" and "h(y) = y^2" in piece["shows"]
    assert piece["parameters"] == [{"name": "m", "value": "1"}, {"name": "k", "value": "1"}]
    assert piece["provenance"]["reproduce"].startswith("python -m ucomp_verify.kernel proofs/")
    assert len(piece["provenance"]["sha256"]) == 64
    assert refuted["scope"]["families"] == ["d = 3n, n >= 1"]
    assert refuted["expected"] == {"status": "refuted", "authority": "exact"}
    assert read["small-ball-repaired"]["granting"] == ["Jung 1901", "Taylor"]
    assert read["polylog"]["shaken_by"] == ["lower-bound", "packing", "small-ball"]
    (doubt,) = read["half-exponent"]["doubts"]
    assert doubt["finding"]["falsifying"] == '{"m": 2}'
    assert doubt["finding"]["effective"] == 93


def test_the_schema_file_is_made_from_the_types() -> None:
    shipped = json.loads(schema.SCHEMA_FILE.read_text(encoding="utf-8"))
    assert _bare(shipped) == _bare(schema.json_schema())


def _bare(value: Any) -> Any:
    """A schema without titles and descriptions, which differ between versions of pydantic."""
    if isinstance(value, dict):
        kept = {k: v for k, v in value.items() if k not in ("title", "description")}  # pyright: ignore[reportUnknownVariableType] -- JSON
        return {k: _bare(v) for k, v in kept.items()}  # pyright: ignore[reportUnknownVariableType] -- JSON
    if isinstance(value, list):
        return [_bare(v) for v in value]  # pyright: ignore[reportUnknownVariableType] -- JSON
    return value


def test_the_schema_knows_every_word() -> None:
    assert set(get_args(schema.StatusName)) == {s.value for s in Status}
    assert set(get_args(schema.StandingName)) == {s.name.lower() for s in Standing}
    assert set(get_args(schema.AuthorityName)) == {a.text for a in Authority}
    assert set(get_args(schema.KindName)) == {k.value for k in Kind}
    assert set(get_args(schema.VariantName)) == {v.value for v in Variant}
    assert set(get_args(schema.MethodName)) == {m.value for m in Method}
    assert set(get_args(schema.BearingName)) == {b.value for b in Bearing}
    assert set(get_args(schema.TroubleName)) == {t.value for t in Trouble}


@pytest.mark.parametrize(
    ("path", "value", "error"),
    [
        (("schema",), "ucomp-report/2", "Input should be 'ucomp-report/1'"),
        (("claims", 0, "status"), "true", "Input should be 'proved'"),
        (("claims", 0, "status"), None, "Input should be 'proved'"),
        (("claims", 0, "surprise"), 1, "Extra inputs are not permitted"),
        (("claims", 0, "scope", "cases"), -1, "greater than or equal to 0"),
        (("claims", 0, "scope", "cases"), "1", "valid integer"),
        (("seconds",), "soon", "valid number"),
    ],
)
def test_the_schema_refuses_what_is_wrong(
    path: tuple[str | int, ...], value: object, error: str
) -> None:
    read: Any = _read(small())
    *way, last = path
    place = read
    for step in way:
        place = place[step]
    place[last] = value
    with pytest.raises(ValidationError, match=error):
        schema.ReportDocument.model_validate_json(json.dumps(read))


@pytest.mark.parametrize("missing", ["schema", "claims", "problems", "environment", "seed"])
def test_the_schema_refuses_what_is_not_whole(missing: str) -> None:
    read = _read(small())
    del read[missing]
    with pytest.raises(ValidationError, match="Field required"):
        schema.ReportDocument.model_validate_json(json.dumps(read))
