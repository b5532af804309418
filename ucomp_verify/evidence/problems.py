"""What went wrong while evidence was gathered; no problem is ever dropped."""

import enum
from dataclasses import dataclass


class Trouble(enum.Enum):
    """Why a piece of evidence could not be had."""

    MALFORMED = "malformed"  # a certificate that cannot be read
    REJECTED = "rejected"  # a certificate that is read, and false
    TIMEOUT = "time limit"
    MEMORY = "memory limit"
    CRASH = "crash"
    STALE = "stale"  # results that other code made
    MISSING = "missing"  # a folder or an optional part that is not there


@dataclass(frozen=True)
class Problem:
    """What happened to `origin`, evidence on a claim, and how to see it again."""

    claim: str
    trouble: Trouble
    origin: str
    message: str
    reproduce: str
