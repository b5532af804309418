"""A fault, its healthy twin, and what became of both."""

from collections.abc import Callable
from dataclasses import dataclass

from ucomp_verify.kernel import MalformedCertificate, RejectedCertificate, check

from . import samples

Detector = Callable[[], str | None]
"""Says how a fault was caught, or None if nothing was found."""


@dataclass(frozen=True)
class Fault:
    """Something wrong that must be caught, for the right reason.

    `run` looks at the wrong thing and says how it was caught, in words that hold
    `reason`, or None if it was missed; `healthy` does the same with a right thing, where
    nothing must be found.
    """

    name: str
    breaks: str
    run: Detector
    healthy: Detector
    reason: str


@dataclass(frozen=True)
class Outcome:
    """Whether a fault was caught as it must be while its twin passed, and the story."""

    fault: Fault
    killed: bool
    story: str


def try_fault(fault: Fault) -> Outcome:
    """Plant the fault and its healthy twin; any error of a detector counts as a miss."""
    caught, alarm = _attempt(fault.run), _attempt(fault.healthy)
    if alarm is not None:
        return Outcome(fault, killed=False, story=f"its healthy twin was not passed: {alarm}")
    if caught is None:
        return Outcome(fault, killed=False, story=f"not noticed: {fault.breaks}")
    right = fault.reason in caught and not caught.startswith(_ERROR)
    wanted = "" if right else f" (expected: {fault.reason})"
    return Outcome(fault, killed=right, story=f"{caught}{wanted}")


_ERROR = "error in the self-test: "


def _attempt(detector: Detector) -> str | None:
    try:
        return detector()
    except Exception as error:  # a detector that fails has detected nothing
        return f"{_ERROR}{type(error).__name__}: {error}"


def smoke() -> str | None:
    """What is wrong with the kernel on one right and one wrong certificate, or None."""
    try:
        check(samples.RULE)
    except (MalformedCertificate, RejectedCertificate) as error:
        return f"a right rule was refused: {error}"
    try:
        check(samples.rule((0, 1, 2), (2, -1, 2)))
    except RejectedCertificate:
        return None
    return "a rule with a negative weight was accepted"
