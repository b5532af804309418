"""One failing case in a file, so that `ucomp-verify replay` runs it again."""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from ucomp_verify.cli.errors import refuse
from ucomp_verify.cli.output import write
from ucomp_verify.evidence import Evidence
from ucomp_verify.evidence.problems import Problem
from ucomp_verify.findings import Sample

SCHEMA = "ucomp-failure/1"
FOLDER = Path("build/failures")


@dataclass(frozen=True)
class BadCertificate:
    """The certificate at `path`, offered to the claim, is malformed or rejected."""

    claim: str
    path: Path


@dataclass(frozen=True)
class FailingCase:
    """The property of the claim fails in this case."""

    claim: str
    property: str
    case: Mapping[str, Any]


Failure = BadCertificate | FailingCase


def find_failures(problems: Iterable[Problem], evidence: Iterable[Evidence]) -> Iterator[Failure]:
    """The failing cases among what a check found; only what is of a claim can be run again."""
    for problem in problems:
        if problem.claim and Path(problem.origin).suffix == ".json":
            yield BadCertificate(problem.claim, Path(problem.origin).absolute())
    for piece in evidence:
        if isinstance(piece.finding, Sample) and piece.finding.falsifying is not None:
            case = json.loads(piece.finding.falsifying)
            yield FailingCase(piece.claim, piece.finding.property, case)


def save(failure: Failure, folder: Path) -> Path:
    """Write the failure to a file of its own in the folder, and give its path."""
    body: dict[str, object] = {"schema": SCHEMA, "claim": failure.claim}
    if isinstance(failure, BadCertificate):
        body |= {"kind": "certificate", "path": str(failure.path)}
        name = failure.path.stem
    else:
        body |= {"kind": "property", "property": failure.property, "case": failure.case}
        name = failure.property
    text = json.dumps(body, indent=1) + "\n"
    digest = hashlib.sha256(text.encode()).hexdigest()[:8]  # two cases never share a file
    path = folder / (re.sub(r"[^\w.-]+", "-", f"{failure.claim}--{name}-{digest}") + ".json")
    write(path, text)
    return path


def read(path: Path) -> Failure:
    """The failure in a file; refuses any other file."""
    try:
        body: Any = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, RecursionError) as error:
        refuse(f"{path}: expected a failure in JSON as `check` writes it, but {error}")
    if not isinstance(body, dict) or cast("dict[str, Any]", body).get("schema") != SCHEMA:
        refuse(f'{path}: expected a file with "schema": "{SCHEMA}", as `check` writes it')
    failure = _decode(cast("dict[str, Any]", body))
    if failure is None:
        refuse(f'{path}: expected "kind": "certificate" or "property" with its fields')
    return failure


def _decode(body: Mapping[str, Any]) -> Failure | None:
    match body:
        case {"kind": "certificate", "claim": str(claim), "path": str(path)}:
            return BadCertificate(claim, Path(path))
        case {"kind": "property", "claim": str(claim), "property": str(name), "case": dict()}:
            return FailingCase(claim, name, body["case"])
        case _:
            return None
