"""Who holds a cell: names of coordinators, and whether one still lives."""

import os
import socket
from pathlib import Path
from secrets import token_hex


def new_owner() -> str:
    """A name for a coordinator: host, process, start of the process, and a random part."""
    pid = os.getpid()
    return f"{socket.gethostname()}:{pid}:{_started(pid)}:{token_hex(4)}"


def is_dead(owner: str) -> bool:
    """Whether the coordinator was a process of this machine that has ended.

    False where that cannot be known: its leases then end by themselves.
    """
    host, pid, started, _ = (owner.rsplit(":", 3) + [""] * 4)[:4]
    if host != socket.gethostname() or not pid.isdigit():
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except (PermissionError, OverflowError):
        return False
    return started != "" and _started(int(pid)) not in ("", started)


def _started(pid: int) -> str:
    """When the process started, in ticks since the machine did; empty where that is unknown."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    return text.rpartition(")")[2].split()[19]
