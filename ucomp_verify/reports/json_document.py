"""The report as one JSON document, schema `ucomp-report/1`.

`ucomp-report-1.schema.json`, made from `schema.py`, describes every field.
"""

import json
from collections.abc import Sequence
from fractions import Fraction
from typing import TypeAlias

from ucomp_verify.claims import Claim
from ucomp_verify.evidence import Evidence, Problem
from ucomp_verify.findings import (
    Comparisons,
    Enclosure,
    Estimate,
    Finding,
    FormalProof,
    Sample,
)
from ucomp_verify.verdicts import Expectation, Scope, Status

from .arrangement import count
from .model import Entry, Environment, Report

SCHEMA = "ucomp-report/1"
Json: TypeAlias = dict[str, object]


def document(report: Report) -> Json:
    """Everything in the report, as JSON values in an order that is always the same."""
    return {
        "schema": SCHEMA,
        "profile": report.profile,
        "seed": report.seed,
        "seconds": round(report.seconds, 3),
        "counts": _counts(report.entries),
        "claims": [_entry(entry) for entry in report.entries],
        "problems": [_problem(problem) for problem in report.problems],
        "environment": _environment(report.environment),
    }


def to_text(document: Json) -> str:
    """The document as ASCII text that any JSON reader takes, indented, with a last newline."""
    return json.dumps(document, indent=2, allow_nan=False) + "\n"


def _counts(entries: Sequence[Entry]) -> Json:
    by_status: dict[Status, int] = count(entries)
    return {
        "claims": len(entries),
        "fulfilled": sum(e.standing.fulfilled for e in entries),
        "by_status": {status.value: number for status, number in by_status.items()},
    }


def _entry(entry: Entry) -> Json:
    verdict = entry.verdict
    return {
        **_claim(entry.claim),
        "status": verdict.status.value,
        "authority": verdict.authority.text if verdict.authority else None,
        "scope": _scope(verdict.scope),
        "granting": list(verdict.granting),
        "trusts": list(verdict.trusts),
        "shaken_by": list(verdict.shaken_by),
        "unsettled": list(verdict.unsettled),
        "standing": entry.standing.name.lower(),
        "fulfilled": entry.standing.fulfilled,
        "expected": _expected(entry.expected),
        "evidence": [_evidence(e) for e in verdict.basis],
        "doubts": [_evidence(e) for e in verdict.doubts],
        "besides": [_evidence(e) for e in verdict.besides],
    }


def _claim(claim: Claim) -> Json:
    return {
        "slug": claim.slug,
        "title": claim.title,
        "label": claim.source.label,
        "lines": list(claim.source.lines) if claim.source.lines else None,
        "kind": claim.kind.value,
        "variant": claim.variant.value,
        "statement": claim.statement,
        "reading": claim.reading,
        "parameters": [
            {"symbol": p.symbol, "meaning": p.meaning, "domain": p.domain} for p in claim.parameters
        ],
        "uses": list(claim.uses),
        "repairs": claim.repairs,
    }


def _scope(scope: Scope) -> Json:
    return {
        "text": scope.text,
        "everything": scope.everything,
        "families": list(scope.families),
        "cases": scope.cases,
        "effective": scope.effective,
    }


def _expected(expected: Expectation | None) -> Json | None:
    if expected is None:
        return None
    by = expected.authority.text if expected.authority else None
    return {"status": expected.status.value, "authority": by}


def _evidence(evidence: Evidence) -> Json:
    reading, origin = evidence.reading, evidence.provenance
    return {
        "method": evidence.method.value,
        "authority": evidence.authority.text,
        "bearing": reading.bearing.value,
        "parameters": [{"name": name, "value": value} for name, value in reading.parameters],
        "family": reading.family,
        "shows": reading.shows,
        "finding": _finding(evidence.finding),
        "assumes": list(evidence.assumes),
        "trusts": list(evidence.trusts),
        "provenance": {
            "origin": origin.origin,
            "sha256": origin.sha256,
            "reproduce": origin.reproduce,
        },
    }


def _finding(finding: Finding) -> Json:
    """The numbers of a finding; those of a fact stand in its certificate."""
    match finding:
        case Sample() as s:
            return {
                "kind": "sample",
                "property": s.property,
                "cases": s.cases,
                "effective": s.effective,
                "falsifying": s.falsifying,
                "seed": s.seed,
            }
        case FormalProof() as p:
            return {
                "kind": "formal proof",
                "theorem": p.theorem,
                "file": p.file,
                "words": p.words,
                "statement": p.statement,
                "axioms": list(p.axioms),
                "assistant": p.assistant,
                "date": p.date,
                "here": p.here,
            }
        case Comparisons() as c:
            ends = (
                {"lower": _ratio(c.ratio.lower), "upper": _ratio(c.ratio.upper)}
                if c.ratio
                else None
            )
            return {
                "kind": "comparisons",
                "statement": c.statement,
                "family": c.family,
                "cases": c.cases,
                "effective": c.effective,
                "failing": c.failing,
                "ratio": ends,
                "at": [{"name": name, "value": value} for name, value in c.at],
                "prec": c.prec,
            }
        case Enclosure() as e:
            ends = {"lower": _ratio(e.lower), "upper": _ratio(e.upper)}
            return {"kind": "enclosure", **ends, "prec": e.prec}
        case Estimate() as e:
            numbers = {"value": repr(e.value), "spread": repr(e.spread)}
            return {
                "kind": "estimate",
                "quantity": e.quantity,
                "parameters": [{"name": name, "value": value} for name, value in e.parameters],
                **numbers,
                "trials": e.trials,
                "dps": e.dps,
            }
        case fact:
            return {"kind": "fact", "name": type(fact).__name__}


def _ratio(value: Fraction) -> str:
    return f"{value.numerator}/{value.denominator}"


def _problem(problem: Problem) -> Json:
    return {
        "claim": problem.claim,
        "trouble": problem.trouble.value,
        "origin": problem.origin,
        "message": problem.message,
        "reproduce": problem.reproduce,
    }


def _environment(environment: Environment) -> Json:
    return {
        "python": environment.python,
        "platform": environment.platform,
        "versions": dict(environment.versions),
    }
