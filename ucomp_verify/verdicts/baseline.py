"""The baseline file: for each claim the status, and the authority, that are expected.

One JSON object: {"schema": "ucomp-baseline/1", "claims": {slug: {"status": ...,
"authority": ...}}}, where the authority is null if there is none.
"""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NoReturn, TypeGuard

from ucomp_verify.evidence import Authority

from .standing import Expectation
from .types import Status, Verdict

SCHEMA = "ucomp-baseline/1"

_STATUS = {status.value: status for status in Status}
_AUTHORITY = {None: None, **{authority.text: authority for authority in Authority}}


class UnreadableBaseline(ValueError):
    """The file is not a baseline: it says what was found and what was expected."""


def shipped_baseline() -> Path:
    """The baseline that comes with the package: the printed statements known to fail."""
    return Path(__file__).with_name("baseline.json")


def baseline_text(verdicts: Iterable[Verdict]) -> str:
    """The verdicts as a baseline file, one claim a line, sorted by slug."""
    entries = {
        v.claim: {"status": v.status.value, "authority": v.authority.text if v.authority else None}
        for v in verdicts
    }
    lines = [f"  {json.dumps(slug)}: {json.dumps(entries[slug])}" for slug in sorted(entries)]
    return f'{{\n "schema": "{SCHEMA}",\n "claims": {{\n' + ",\n".join(lines) + "\n }\n}\n"


def read_baseline(path: Path) -> dict[str, Expectation]:
    """What the file expects of each claim, in its order; `UnreadableBaseline` if it is none."""
    try:
        return _expectations(json.loads(path.read_bytes(), object_pairs_hook=_unique))
    except OSError as error:
        raise UnreadableBaseline(f"{path}: {error.strerror}; expected a baseline file") from error
    except UnreadableBaseline as error:
        raise UnreadableBaseline(f"{path}: {error}") from None
    except (ValueError, RecursionError) as error:
        raise UnreadableBaseline(f"{path}: expected JSON, but {error}") from None


def _expectations(body: object) -> dict[str, Expectation]:
    if not _is_object(body) or body.get("schema") != SCHEMA:
        found = body.get("schema") if _is_object(body) else body
        _refuse(f'an object with "schema": "{SCHEMA}"', found)
    claims = _fields(body, ("schema", "claims"), "the baseline")["claims"]
    if not _is_object(claims):
        _refuse('"claims" to hold an object by slug', claims)
    return {slug: _expectation(entry, slug) for slug, entry in claims.items()}


def _expectation(entry: object, slug: str) -> Expectation:
    fields = _fields(entry, ("status", "authority"), slug)
    status, authority = fields["status"], fields["authority"]
    if not isinstance(status, str) or status not in _STATUS:
        _refuse(f"{slug}: a status among {', '.join(_STATUS)}", status)
    if not (authority is None or isinstance(authority, str)) or authority not in _AUTHORITY:
        names = ", ".join(authority.text for authority in Authority)
        _refuse(f"{slug}: an authority among {names} or null", authority)
    return Expectation(_STATUS[status], _AUTHORITY[authority])


def _fields(value: object, names: tuple[str, ...], where: str) -> Mapping[str, object]:
    if not _is_object(value) or set(value) != set(names):
        found = list(value) if _is_object(value) else value
        _refuse(f"{where}: exactly the fields {', '.join(names)}", found)
    return value


def _is_object(value: object) -> TypeGuard[Mapping[str, object]]:
    return isinstance(value, dict)


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    names = [name for name, _ in pairs]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        _refuse("every name once", twice)
    return dict(pairs)


def _refuse(expected: str, found: object) -> NoReturn:
    raise UnreadableBaseline(f"expected {expected}, got {str(found)[:80]!r}")
