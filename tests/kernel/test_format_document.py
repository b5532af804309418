"""FORMAT.md: its examples do what it says, and it names every field and limit."""

import re
from dataclasses import dataclass, fields

import pytest

from tests.kernel.surgery import KERNEL
from ucomp_verify.kernel import (
    Certificate,
    MalformedCertificate,
    RejectedCertificate,
    certificates,
    check,
    refusals,
)
from ucomp_verify.kernel.reader import FORMAT, KINDS, decode, parse

DOCUMENT = (KERNEL / "FORMAT.md").read_text(encoding="utf-8")
_SECTION = re.compile(r"^## (.+?)\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
SECTIONS = dict(_SECTION.findall(DOCUMENT))


@dataclass(frozen=True)
class Example:
    """A fenced block, and what the line after it says of it."""

    section: str
    valid: bool
    text: str
    verdict: str
    reason: str


def _examples() -> list[Example]:
    block = re.compile(
        r"^```json (valid|invalid)\n(.*?)^```$(?:\n\n(Rejected|Malformed): `(.*)`$)?",
        re.MULTILINE | re.DOTALL,
    )
    return [
        Example(section, match[1] == "valid", match[2], match[3] or "", match[4] or "")
        for section, text in SECTIONS.items()
        for match in block.finditer(text)
    ]


def _certificate(example: Example) -> Certificate:
    return decode(parse(example.text.encode()))


def test_every_fenced_block_is_an_example() -> None:
    assert len(_examples()) * 2 == len(re.findall(r"^```", DOCUMENT, re.MULTILINE))


@pytest.mark.parametrize("example", [e for e in _examples() if e.valid], ids=lambda e: e.section)
def test_valid_examples_are_accepted(example: Example) -> None:
    assert not example.verdict
    check(_certificate(example))


@pytest.mark.parametrize(
    "example", [e for e in _examples() if not e.valid], ids=lambda e: e.section
)
def test_invalid_examples_are_refused_for_the_stated_reason(example: Example) -> None:
    refused = {"Rejected": RejectedCertificate, "Malformed": MalformedCertificate}[example.verdict]
    with pytest.raises(refused, match=f"^{re.escape(example.reason)}"):
        check(_certificate(example))


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_its_section_examples_and_reason(kind: str) -> None:
    section = SECTIONS[kind]
    here = [example for example in _examples() if example.section == kind]
    assert [(e.valid, type(_certificate(e))) for e in here] == [
        (True, KINDS[kind]),
        (False, KINDS[kind]),
    ]
    parts = ["Fields: ", "**Fact.** ", "**Why the check suffices.** "]
    places = [section.index(part) for part in parts]
    assert places == sorted(places)
    assert {f.name for f in fields(KINDS[kind])} <= set(re.findall(r"`(\w+)`", section))


@pytest.mark.parametrize(
    ("record", "title"),
    [
        (certificates.Source, "Sources"),
        (certificates.WeightedSet, "syzygy"),
        (certificates.Obstruction, "growth"),
        (certificates.Relation, "counterexample"),
        (certificates.Implication, "counterexample"),
    ],
)
def test_the_fields_of_the_parts_are_named(record: type, title: str) -> None:
    assert {f.name for f in fields(record)} <= set(re.findall(r"`(\w+)`", SECTIONS[title]))


def test_the_format_and_the_limits_are_those_of_the_code() -> None:
    assert DOCUMENT.startswith(f"# {FORMAT}\n")
    limits = dict(re.findall(r"^\| (.+?) \| (\d+) \|$", SECTIONS["Strict JSON"], re.MULTILINE))
    assert limits == {
        "bytes of a cubature certificate": str(refusals.MAX_BYTES),
        "bytes of a certificate of another kind": str(refusals.MAX_OTHER_BYTES),
        "bits of an integer": str(refusals.MAX_BITS),
        "characters of a name or digest": "200",
        "dimension of points": str(refusals.MAX_DIM),
        "steps of work of one part of a check": str(refusals.MAX_WORK),
    }
    assert f"from 0 to {refusals.MAX_NATURAL}" in SECTIONS["Numbers"]


def test_there_are_no_other_kinds() -> None:
    general = {"Numbers", "Strict JSON", "Fields of every certificate", "Sources", "The command"}
    assert set(SECTIONS) == general | set(KINDS)
