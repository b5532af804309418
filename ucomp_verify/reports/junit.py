"""The report as JUnit XML, which CI systems show.

One test case a claim in the suite `claims`, one a problem in the suite `problems`.
"""

from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from ucomp_verify.evidence import Problem
from ucomp_verify.verdicts import Standing

from . import words
from .escaping import xml_text
from .model import Entry, Report


def junit(report: Report) -> str:
    """JUnit XML. A claim that does not stand as asked is a failure, an undecided one is skipped.

    So what ends `check` with status 1 or 3 is not passed here either; a problem with a
    piece of evidence is an error.
    """
    claims = Element("testsuite", {"name": "claims"})
    for entry in report.entries:
        _claim(claims, entry)
    problems = Element("testsuite", {"name": "problems"})
    for problem in report.problems:
        _problem(problems, problem)
    root = Element("testsuites", {"name": "ucomp-verify"})
    root.extend([claims, problems])
    for suite, seconds in ((root, report.seconds), (claims, report.seconds), (problems, 0.0)):
        _count(suite, seconds)
    _properties(claims, report)
    indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, encoding="unicode")}\n'


def _claim(suite: Element, entry: Entry) -> None:
    claim = entry.claim
    case = _case(suite, f"ucomp_verify.claims.{claim.variant.value}", claim.slug)
    if entry.standing is Standing.UNDECIDED:
        SubElement(case, "skipped", {"message": xml_text(words.reason(entry))})
    elif not entry.standing.fulfilled:
        failure = SubElement(case, "failure", {"type": entry.standing.name.lower()})
        failure.set("message", xml_text(words.reason(entry)))
        failure.text = xml_text("\n".join(_grounds(entry)))


def _grounds(entry: Entry) -> Sequence[str]:
    """What the verdict rests on, a line a piece, with how to see it again."""
    pieces = (*entry.verdict.basis, *entry.verdict.doubts)
    shown = [e.reading.shows or words.finding(e) or e.provenance.origin for e in pieces]
    return [f"{s}\n    {e.provenance.reproduce}" for s, e in zip(shown, pieces, strict=True)]


def _problem(suite: Element, problem: Problem) -> None:
    case = _case(suite, "ucomp_verify.problems", f"{problem.claim}: {problem.origin}")
    error = SubElement(case, "error", {"type": problem.trouble.value})
    error.set("message", xml_text(problem.message))
    error.text = xml_text(problem.reproduce)


def _case(suite: Element, classname: str, name: str) -> Element:
    named = {"classname": classname, "name": xml_text(name), "time": "0"}
    return SubElement(suite, "testcase", named)


def _count(suite: Element, seconds: float) -> None:
    """Set the counts that readers of JUnit XML expect on a suite."""
    suite.set("tests", str(len(suite.findall(".//testcase"))))
    for attribute, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        suite.set(attribute, str(len(suite.findall(f".//{tag}"))))
    suite.set("time", f"{seconds:.3f}")


def _properties(suite: Element, report: Report) -> None:
    properties = Element("properties")
    known = [("profile", report.profile), ("seed", str(report.seed))]
    known += [("python", report.environment.python), ("platform", report.environment.platform)]
    for name, value in [*known, *report.environment.versions]:
        SubElement(properties, "property", {"name": xml_text(name), "value": xml_text(value)})
    suite.insert(0, properties)
