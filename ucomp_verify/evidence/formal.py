"""Formal proofs as evidence: what Rocq's log says, tied to claims by a committed table.

`check.sh` builds the theories and writes a log: their SHA-256, and for each headline theorem
the closed statement as Rocq prints it and the axioms it rests on. `theorems.toml` says which
theorem bears on which claim, and how; it names the statement by its SHA-256, so that a theorem
whose statement changes counts for nothing until someone has read it and tied it anew.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from ucomp_verify.claims import Bearing, Reading
from ucomp_verify.findings import FormalProof

from .base import Evidence, Method, Provenance
from .problems import Problem, Trouble

CHECK = "sh proofs/rocq/check.sh"
LOG_FORMAT = "ucomp-rocq-log 1"
HEADLINE = re.compile(r"^\(\* HEADLINE (\w+) : ([^:]*) : (.*?) ?\*\)$", re.MULTILINE)


@dataclass(frozen=True)
class Proved:
    """The formal evidence on the claims asked for, and what is wrong with tables and logs."""

    evidence: tuple[Evidence, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Tie:
    """The theorem with this statement has this bearing on these claims, granting `assumes`."""

    theorem: str
    sha256: str
    claims: tuple[str, ...]
    bearing: Bearing
    assumes: tuple[str, ...]


@dataclass(frozen=True)
class Logged:
    """One theorem of a log: its closed statement and the axioms it rests on."""

    theorem: str
    statement: str
    axioms: tuple[str, ...]

    @property
    def sha256(self) -> str:
        """Of the statement, with every run of white space as one space."""
        return sha256(" ".join(self.statement.split()).encode()).hexdigest()


@dataclass(frozen=True)
class Log:
    """What a build of the theories with this SHA-256 has said."""

    date: str
    assistant: str
    theories: str
    theorems: tuple[Logged, ...]
    here: bool


class MalformedLog(ValueError):
    """A log that check.sh did not write, or a table that ties nothing."""


def formal_evidence(slugs: Sequence[str], folder: Path) -> Proved:
    """Evidence on these claims from the theories in `folder`, if a log of theirs is there.

    A log of this machine stands in build/rocq beside the folder of the proofs, a committed
    one in `folder`; one whose SHA-256 is not that of the theories is stale and counts for
    nothing. No folder, no evidence.
    """
    if not (folder / "theorems.toml").is_file():
        return Proved((), ())
    try:
        ties = [tie for tie in read_ties(folder / "theorems.toml") if set(tie.claims) & set(slugs)]
        log = _current_log(folder) if ties else None
    except (MalformedLog, OSError, tomllib.TOMLDecodeError) as error:
        return Proved((), (_problem(folder, Trouble.MALFORMED, str(error)),))
    if ties and log is None:
        stale = "no log is there of these theories as they are now; build them to see their proofs"
        return Proved((), (_problem(folder, Trouble.MISSING, f"{stale}: {CHECK}"),))
    evidence, problems = list[Evidence](), list[Problem]()
    for tie in ties:
        assert log is not None
        logged = next((t for t in log.theorems if t.theorem == tie.theorem), None)
        if logged is None or logged.sha256 != tie.sha256:
            found = "is not in the log" if logged is None else "says something else than it did"
            text = f"{tie.theorem} {found}: read it, and tie it anew in theorems.toml"
            problems.append(_problem(folder, Trouble.REJECTED, text))
        else:
            evidence.extend(_evidence(tie, logged, log, folder, slugs))
    return Proved(tuple(evidence), tuple(problems))


def headlines(theories: Path) -> dict[str, tuple[tuple[str, ...], str]]:
    """The claims and the plain words of each theorem that a theory marks as a headline."""
    found = dict[str, tuple[tuple[str, ...], str]]()
    for path in sorted(theories.glob("*.v")):
        for name, claims, words in HEADLINE.findall(path.read_text(encoding="utf-8")):
            named = tuple(c.strip() for c in claims.split(",") if c.strip() not in ("", "-"))
            found[f"{path.stem}.{name}"] = (named, words.strip())
    return found


def read_ties(path: Path) -> tuple[Tie, ...]:
    """The table; raises `MalformedLog` for an entry that is not as described above."""
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    return tuple(_tie(entry) for entry in table.get("theorem", []))


def read_log(path: Path, *, here: bool) -> Log:
    """The log in a file; raises `MalformedLog` if it is cut off or of another format."""
    lines = path.read_text(encoding="utf-8").splitlines()
    if not lines or lines[0] != LOG_FORMAT:
        raise MalformedLog(f"{path.name}: expected a first line {LOG_FORMAT!r}; run {CHECK}")
    head = dict(line.split(" ", 1) for line in lines[1:5] if " " in line)
    theorems = tuple(_logged(lines[5:-1]))
    if set(head) != {"date", "machine", "rocq", "theories"} or lines[-1] != f"end {len(theorems)}":
        raise MalformedLog(f"{path.name}: incomplete; run {CHECK}")
    return Log(head["date"], f"Rocq {head['rocq']}", head["theories"], theorems, here)


def theories_digest(theories: Path) -> str:
    """SHA-256 of all theories, in the order of their names."""
    files = sorted(theories.glob("*.v"))
    return sha256(b"".join(path.read_bytes() for path in files)).hexdigest()


def _current_log(folder: Path) -> Log | None:
    digest = theories_digest(folder / "theories")
    own = folder.parents[1] / "build" / "rocq" / "checked.log"
    for path, here in ((own, True), (folder / "checked.log", False)):
        if path.is_file() and (log := read_log(path, here=here)).theories == digest:
            return log
    return None


def _logged(lines: Iterable[str]) -> Iterator[Logged]:
    theorem, statement = "", list[str]()
    for line in lines:
        kind, _, rest = line.partition(" ")
        if kind == "theorem":
            theorem, statement = rest, []
        elif kind == "|":
            statement.append(rest)
        elif kind == "assumptions" and theorem:
            axioms = () if rest == "none" else tuple(rest.split())
            yield Logged(theorem, "\n".join(statement), axioms)
            theorem = ""
        else:
            raise MalformedLog(f"found the line {line!r} in a log; run {CHECK}")


def _tie(entry: dict[str, Any]) -> Tie:
    try:
        return Tie(
            str(entry["name"]),
            str(entry["sha256"]),
            tuple(map(str, entry["claims"])),
            Bearing(entry["bearing"]),
            tuple(map(str, entry.get("assumes", ()))),
        )
    except (KeyError, ValueError, TypeError) as error:
        raise MalformedLog(f"theorems.toml: {entry.get('name', 'an entry')}: {error}") from error


def _evidence(
    tie: Tie, logged: Logged, log: Log, folder: Path, slugs: Sequence[str]
) -> Iterator[Evidence]:
    module = tie.theorem.partition(".")[0]
    _, words = headlines(folder / "theories").get(tie.theorem, ((), ""))
    file = f"proofs/rocq/theories/{module}.v"
    finding = FormalProof(
        tie.theorem,
        file,
        words,
        logged.statement,
        logged.axioms,
        log.assistant,
        log.date,
        log.here,
    )
    trusts = (log.assistant, "MathComp", *(f"axiom {a}" for a in logged.axioms))
    trusts = trusts if log.here else (*trusts, "a log of another machine")
    provenance = Provenance(f"{file} {tie.theorem}", logged.sha256, CHECK)
    for slug in (s for s in tie.claims if s in slugs):
        reading = Reading(tie.bearing, shows=words)
        yield Evidence(slug, Method.FORMAL_PROOF, reading, finding, provenance, tie.assumes, trusts)


def _problem(folder: Path, trouble: Trouble, message: str) -> Problem:
    return Problem("", trouble, f"proofs/{folder.name}", message, CHECK)
