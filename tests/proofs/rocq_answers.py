"""What the kernel and the checker in Rocq say of the same certificates."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from tests.kernel.leaves import changes, leaves, place_of
from ucomp_verify.cli.rocq_checker import run
from ucomp_verify.cli.rocq_writing import lines
from ucomp_verify.kernel import MalformedCertificate, RejectedCertificate, check
from ucomp_verify.kernel.certificates import (
    Certificate,
    Cubature,
    LevelSet,
    PowerSumIdentity,
    Source,
    Syzygy,
)
from ucomp_verify.kernel.facts import CubatureFact, Fact, LevelSetFact, SyzygyFact
from ucomp_verify.kernel.reader import decode

KNOWN = (Cubature, LevelSet, PowerSumIdentity, Syzygy)


@dataclass(frozen=True)
class Case:
    """A certificate that can be read, and the fact that the kernel finds, None if rejected."""

    name: str
    certificate: Certificate
    data: Source | None
    fact: Fact | None


def number_of(fact: Fact | None) -> Fraction | None:
    """The number in a fact that both compute: defect, share, or value on the witness."""
    if isinstance(fact, CubatureFact):
        return fact.defect
    if isinstance(fact, LevelSetFact):
        return fact.share
    return fact.value if isinstance(fact, SyzygyFact) else None


def cases(name: str, body: Any, data: Source | None = None) -> Iterator[Case]:
    """The case of a JSON value, if it can be read and its kind has a checker in Rocq."""
    try:
        certificate = decode(body)
        if not isinstance(certificate, KNOWN):
            return
        try:
            yield Case(name, certificate, data, check(certificate, data))
        except RejectedCertificate:
            yield Case(name, certificate, data, None)
    except MalformedCertificate:
        return


def mutated(
    name: str, body: Any, chosen: Sequence[Any] | None = None, data: Source | None = None
) -> Iterator[Case]:
    """The cases with one leaf changed."""
    for way, leaf in list(leaves(body)) if chosen is None else chosen:
        place = place_of(body, way)
        for new in changes(way, leaf):
            place[way[-1]] = new
            yield from cases(f"{name}:{'/'.join(map(str, way))}", body, data)
        place[way[-1]] = leaf


_NUMBER = re.compile(r"(?:defect|share|weighted set) (-?\d+(?:/\d+)?)")


def answers(program: Path, found: Iterable[Case], file: Path) -> list[tuple[str, Fraction | None]]:
    """The checker's word for each case, and the number in its fact."""
    found = list(found)
    texts = [_text(case) for case in found]
    file.write_text("".join(t for t in texts if t is not None), encoding="ascii")
    said = iter(run(program, file, None))
    return [("rejected", None) if t is None else _read(next(said)) for t in texts]


def _text(case: Case) -> str | None:
    """The lines of a case; None where other data are named, which is seen before."""
    try:
        return "".join(lines(case.certificate, case.data))
    except RejectedCertificate:
        return None


def _read(line: str) -> tuple[str, Fraction | None]:
    number = _NUMBER.search(line)
    return line.split()[0], Fraction(number[1]) if number else None


def disagreements(program: Path, found: Sequence[Case], file: Path) -> list[str]:
    """The names of the cases on which the two differ, in the word or in the number."""
    wanted = [("rejected" if c.fact is None else "accepted", number_of(c.fact)) for c in found]
    got = answers(program, found, file)
    assert len(got) == len(wanted)
    return [c.name for c, x, y in zip(found, wanted, got, strict=True) if x != y]
