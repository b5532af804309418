"""The baseline: what is recorded of each claim, so that a check can say what changed."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, cast

from ucomp_verify.cli.errors import refuse
from ucomp_verify.evidence import Authority
from ucomp_verify.verdicts import Expectation, Status, Verdict

SCHEMA = "ucomp-baseline/1"
SHIPPED = Path(__file__).with_name("baseline.json")

Baseline = Mapping[str, Expectation]


def read(path: Path) -> Baseline:
    """The expectation for each claim that the file records; refuses any other file."""
    try:
        body: Any = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        refuse(f"{path}: no such baseline; make it by `ucomp-verify check --write-baseline {path}`")
    except (ValueError, RecursionError) as error:
        refuse(f"{path}: expected a baseline in JSON, but {error}")
    if not isinstance(body, dict) or cast("dict[str, Any]", body).get("schema") != SCHEMA:
        refuse(f'{path}: expected a baseline with "schema": "{SCHEMA}"')
    try:
        claims = cast("dict[str, dict[str, Any]]", body["claims"])
        return {slug: _expectation(entry) for slug, entry in claims.items()}
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        refuse(f"{path}: an entry is not a status with an authority ({error})")


def _expectation(entry: Mapping[str, Any]) -> Expectation:
    authority = entry["authority"]
    return Expectation(
        Status(entry["status"]), None if authority is None else Authority[authority.upper()]
    )


def require_known(baseline: Baseline, path: Path, slugs: Iterable[str]) -> None:
    """Refuse a baseline with a claim that is no longer in the registry: nothing drops out."""
    if unknown := sorted(baseline.keys() - set(slugs)):
        refuse(
            f"{path}: records {', '.join(unknown)}, not in the registry; if this is as it should "
            "be, take the entry out of the file"
        )


def to_text(verdicts: Iterable[Verdict], *, before: Baseline, order: Iterable[str]) -> str:
    """The verdicts as the text of a baseline, with the entries of `before` for other claims."""
    found = {v.claim: Expectation(v.status, v.authority) for v in verdicts}
    merged = {**before, **found}
    claims = {slug: _entry(merged[slug]) for slug in order if slug in merged}
    return json.dumps({"schema": SCHEMA, "claims": claims}, indent=1) + "\n"


def _entry(expected: Expectation) -> dict[str, str | None]:
    authority = expected.authority.text if expected.authority else None
    return {"status": expected.status.value, "authority": authority}
