"""What the conformance suite says: levels, outcomes, and what counts as a violation."""

import enum
import unittest
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

Figures: TypeAlias = Mapping[str, float | int | str]


class Level(enum.StrEnum):
    """How much is asked."""

    CORE = "core"  # a rule of at most N nodes, on ordinary data
    EXACT = "exact"  # as few nodes as the rank, up to rounding, on degenerate data too
    ROBUST = "robust"  # bad input is refused; odd types and magnitudes are not a surprise
    SCALE = "scale"  # 10^5 and 10^6 nodes


class Status(enum.StrEnum):
    """What became of one check."""

    PASSED = "passed"
    FAILED = "failed"  # a property that was asked does not hold
    ERROR = "error"  # it raised, crashed or took too long where a result was asked
    XFAIL = "xfail"  # failed, as was expected
    SKIPPED = "skipped"  # the check asks for something the compressor does not offer

    @property
    def conforms(self) -> bool:
        """Whether a compressor with this outcome may still conform."""
        return self not in (Status.FAILED, Status.ERROR)


@dataclass(frozen=True)
class CheckResult:
    """What became of one check: the figures found, and how to see it again."""

    name: str
    level: Level
    status: Status
    message: str
    figures: Figures = field(default_factory=dict[str, float | int | str])
    seconds: float = 0.0
    kind: str = ""  # of the violation: two failures of one kind are taken for the same
    reproduce: str = ""


class Violation(AssertionError):
    """A property that was asked does not hold; the text has what was found and expected."""

    def __init__(self, kind: str, message: str, **figures: float | int | str) -> None:
        super().__init__(message)
        self.kind = kind
        self.figures: Figures = figures


class Raised(Exception):
    """The compressor raised `error`, which the check at hand may or may not have asked for."""

    def __init__(self, error: BaseException) -> None:
        super().__init__(f"{type(error).__name__}: {error}")
        self.error = error


class NotApplicable(unittest.SkipTest):
    """The check asks for something that the compressor does not offer."""


class NonConforming(AssertionError):
    """The compressor fails checks; the text lists them, `results` has all."""

    def __init__(self, message: str, results: tuple[CheckResult, ...]) -> None:
        super().__init__(message)
        self.results = results


class ConformanceWarning(UserWarning):
    """A check that failed, where warnings were asked for."""
