"""What the exit status of a command says, and which of several goes first."""

import enum
from collections.abc import Iterable


class ExitCode(enum.IntEnum):
    """The exit status of a command, one meaning each."""

    STANDS = 0  # every asked claim stands as asked, or as the baseline records
    REFUTED = 1  # refuted, doubted, or a certificate was read and is false
    USAGE = 2  # arguments or input that cannot be read
    UNDECIDED = 3  # undecided, weaker than recorded, or below the authority required
    MISSING = 4  # a part of the installation is missing or failed, or the disk is full
    NOTHING = 5  # nothing was run
    LIMIT = 6  # a time or memory limit was hit
    INTERRUPTED = 130  # stopped from outside; the partial results were printed


PRECEDENCE = (
    ExitCode.INTERRUPTED,
    ExitCode.REFUTED,
    ExitCode.USAGE,
    ExitCode.MISSING,
    ExitCode.LIMIT,
    ExitCode.UNDECIDED,
    ExitCode.NOTHING,
    ExitCode.STANDS,
)


def combine(codes: Iterable[ExitCode]) -> ExitCode:
    """The code that goes first among those of the parts of a run; 5 if there are none.

    >>> combine([ExitCode.STANDS, ExitCode.UNDECIDED, ExitCode.LIMIT]).value
    6
    """
    return min(codes, key=PRECEDENCE.index, default=ExitCode.NOTHING)
