"""The results of the conformance suite as a table, as JSON and as JUnit XML."""

import json
import textwrap
from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from ucomp_verify.reports.escaping import xml_text
from ucomp_verify.testing import CheckResult, Level, Status
from ucomp_verify.testing.running import counts

SCHEMA = "ucomp-conformance/1"
FIGURES = ("nodes", "most", "defect", "control", "peak_mib", "cpu_seconds", "refusal")


def table(place: str, results: Sequence[CheckResult], seconds: float) -> str:
    """A line for each check, with the message of what failed, and the counts."""
    conforms = all(r.status.conforms for r in results)
    verdict = "conforms" if conforms else "DOES NOT CONFORM"
    by_level = [
        f"  {level:<7} {counts([r for r in results if r.level is level])}"
        for level in Level
        if any(r.level is level for r in results)
    ]
    return "\n".join([*rows(results), "", f"{place} {verdict}, {seconds:.1f} s", *by_level])


def rows(results: Sequence[CheckResult]) -> list[str]:
    """A line for each check, and more for what failed."""
    width = max((len(r.name) for r in results), default=0)
    return [line for result in results for line in _row(result, width)]


def _row(result: CheckResult, width: int) -> list[str]:
    from ucomp_verify.cli.terminal import width as columns

    head = f"{result.status:<8} {result.name:<{width}}"
    if result.status is Status.PASSED:
        room = max(columns() - len(head) - 2, 20)
        told = ", ".join(f"{k} {result.figures[k]}" for k in FIGURES if k in result.figures)
        return [f"{head}  {textwrap.shorten(told, room, placeholder='...')}".rstrip()]
    if result.status is Status.SKIPPED:
        return [f"{head}  {result.message}"]
    told_lines = textwrap.wrap(result.message, max(columns() - 9, 40), break_long_words=False)
    again = [] if result.status is Status.XFAIL else [f"again: {result.reproduce}"]
    return [head.rstrip(), *(" " * 9 + line for line in (*told_lines, *again))]


def json_text(place: str, results: Sequence[CheckResult]) -> str:
    """One JSON document with everything that was found."""
    body = {
        "schema": SCHEMA,
        "compressor": place,
        "conforms": all(r.status.conforms for r in results),
        "results": [
            {
                "name": r.name,
                "level": r.level.value,
                "status": r.status.value,
                "kind": r.kind,
                "message": r.message,
                "figures": dict(r.figures),
                "seconds": round(r.seconds, 3),
                "reproduce": r.reproduce,
            }
            for r in results
        ],
    }
    return json.dumps(body, indent=1) + "\n"


def junit_text(place: str, results: Sequence[CheckResult]) -> str:
    """JUnit XML: a suite with a case for each check."""
    suite = Element("testsuite", {"name": f"conformance of {xml_text(place)}"})
    tags = {Status.FAILED: "failure", Status.ERROR: "error"}
    tags |= {Status.SKIPPED: "skipped", Status.XFAIL: "skipped"}
    for result in results:
        names = {"classname": f"conformance.{result.level.value}", "name": result.name}
        case = SubElement(suite, "testcase", {**names, "time": f"{result.seconds:.3f}"})
        if tag := tags.get(result.status):
            child = SubElement(case, tag, {"message": xml_text(result.message)})
            child.text = xml_text(result.reproduce)
    suite.set("tests", str(len(results)))
    for attribute, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        suite.set(attribute, str(len(suite.findall(f".//{tag}"))))
    suite.set("time", f"{sum(r.seconds for r in results):.3f}")
    indent(suite)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(suite, encoding="unicode")}\n'
