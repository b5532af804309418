"""No number of a certificate is idle: changed, it is refused, or states something else.

A certificate is a statement and its witness. Where a changed witness shows the same
statement just as well, the fact, which names the witness, still differs; `SLACK` lists
these leaves, and that no other leaf is of this kind.
"""

import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from math import comb
from pathlib import Path
from typing import Any

import pytest

from tests.kernel.gallery import data_of, shipped, valid
from tests.kernel.leaves import Way, changes, leaves, place_of
from ucomp_verify.kernel import Fact, MalformedCertificate, RejectedCertificate, check, load
from ucomp_verify.kernel.certificates import Packing
from ucomp_verify.kernel.reader import decode

# Witnesses that are not unique, by kind and way to the leaf.
SLACK = {
    r"growth/(lower|upper)/": "a wider bound may do as well, and a bound may be of no use",
    r"growth/obstructions/\d+/multipliers/": "a multiple of a combination that vanishes vanishes",
    r"syzygy/witness/": "the polynomial may take the same value on another weighted set",
    r"(approximate_)?cubature/support/": "two of the nodes may be the same point",
}

WITNESS = {"support": (), "witness": None, "reason": None}  # the fields of facts that name it


def _name(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


def _fact(body: Any) -> Fact | None:
    """The fact of a certificate, None if it is refused."""
    try:
        certificate = decode(body)
        return check(certificate, data_of(certificate))
    except (MalformedCertificate, RejectedCertificate):
        return None


def _statement(fact: Fact) -> Fact:
    """The fact without its witness."""
    named = {f.name: WITNESS[f.name] for f in fields(fact) if f.name in WITNESS}
    return replace(fact, **named)


def _changed_facts(body: Any, chosen: Sequence[tuple[Way, Any]]) -> Iterator[tuple[Way, Fact]]:
    """The facts that the certificate states with one of the leaves changed."""
    for way, leaf in chosen:
        place = place_of(body, way)
        for new in changes(way, leaf):
            place[way[-1]] = new
            fact = _fact(body)
            if fact is not None:
                yield way, fact
        place[way[-1]] = leaf


def _idle(body: Any, chosen: Sequence[tuple[Way, Any]]) -> tuple[list[Way], list[str]]:
    """Leaves that change nothing in the fact, and those that change its witness alone."""
    fact = _fact(body)
    assert fact is not None
    same: list[Way] = []
    slack: list[str] = []
    for way, other in _changed_facts(body, chosen):
        if other == fact:
            same.append(way)
        elif _statement(other) == _statement(fact):
            slack.append("/".join(map(str, (body["kind"], *way))))
    return same, slack


def _assert_no_leaf_is_idle(path: Path, most: int | None) -> list[str]:
    text = path.read_text(encoding="utf-8")
    body = json.loads(text)
    chosen = list(leaves(body))
    if most is not None and len(chosen) > most:
        chosen = random.Random(path.name).sample(chosen, most)
    same, slack = _idle(body, chosen)
    assert same == []
    assert [way for way in slack if not any(re.match(pattern, way) for pattern in SLACK)] == []
    return slack


def _few(path: Path, *, least: int, total: int) -> int:
    """As many leaves as can be tried in a while: to check a long certificate takes longer, and
    so does each subset that a packing has."""
    certificate = load(path)
    length = path.stat().st_size
    if isinstance(certificate, Packing):
        length += comb(len(certificate.points.numerators), certificate.subset_size)
    return max(least, total // length)


@pytest.mark.parametrize("path", valid(), ids=_name)
def test_no_leaf_of_a_valid_certificate_is_idle(path: Path) -> None:
    _assert_no_leaf_is_idle(path, None)


@pytest.mark.parametrize("path", shipped(), ids=_name)
def test_no_leaf_of_a_shipped_certificate_is_idle(path: Path) -> None:
    """A sample of the leaves, the same in every run."""
    _assert_no_leaf_is_idle(path, min(40, _few(path, least=4, total=60_000)))


@pytest.mark.slow
@pytest.mark.parametrize("path", shipped(), ids=_name)
def test_no_leaf_at_all_of_a_shipped_certificate_is_idle(path: Path) -> None:
    """All leaves, and a sample of some hundreds where these are tens of thousands."""
    _assert_no_leaf_is_idle(path, _few(path, least=200, total=5_000_000))


def test_an_idle_leaf_is_noticed() -> None:
    """The tests above can fail: here every fact is the same."""
    body = json.loads(valid()[0].read_text(encoding="utf-8"))
    same, _ = _idle({**body, "kind": "approximate_cubature"}, list(leaves(body)))
    assert same == []
    always = _fact(body)
    assert always is not None
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(f"{__name__}._fact", lambda _: always)  # pyright: ignore[reportUnknownLambdaType, reportUnknownArgumentType] -- monkeypatch is untyped
        same, _ = _idle(body, list(leaves(body)))
    assert {way for way, _ in leaves(body)} <= {*same}


def test_every_slack_is_met() -> None:
    """A pattern that matches no leaf of the gallery would excuse something unknown."""
    found = [way for path in valid() for way in _assert_no_leaf_is_idle(path, None)]
    assert [p for p in SLACK if not any(re.match(p, way) for way in found)] == []
