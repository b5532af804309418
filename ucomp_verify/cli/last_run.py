"""Which claims did not stand in the last run in this folder, for `check --failed`."""

import hashlib
import json
import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

from ucomp_verify.cli.output import write

_SCHEMA = "ucomp-last-run/1"


def _place() -> Path:
    """The record of the working folder, in the user's cache (XDG Base Directory)."""
    configured = Path(os.environ.get("XDG_CACHE_HOME") or "")  # a relative one is to be ignored
    cache = configured if configured.is_absolute() else Path.home() / ".cache"
    folder = hashlib.sha256(os.fsencode(Path.cwd())).hexdigest()[:16]
    return cache / "ucomp-verify" / f"last-run-{folder}.json"


def recall() -> tuple[str, ...] | None:
    """The claims that did not stand, or None if no run is on record here."""
    try:
        body: Any = json.loads(_place().read_text(encoding="utf-8"))
        return tuple(str(slug) for slug in body["failed"]) if body["schema"] == _SCHEMA else None
    except (OSError, ValueError, KeyError, TypeError, RuntimeError):
        return None


def remember(asked: Iterable[str], failed: Iterable[str]) -> None:
    """Record which of the asked claims failed; the record of the others stays.

    A cache that cannot be written is no reason to fail.
    """
    kept = set(recall() or ()) - set(asked)
    body = {
        "schema": _SCHEMA,
        "folder": str(Path.cwd()),
        "failed": sorted(kept | set(failed)),
    }
    with suppress(OSError, RuntimeError):
        write(_place(), json.dumps(body, indent=1) + "\n")
