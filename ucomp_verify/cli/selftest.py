"""`ucomp-verify selftest`: planted faults, which must all be caught."""

from typing import TYPE_CHECKING

from ucomp_verify.cli.exit_codes import ExitCode

if TYPE_CHECKING:
    from ucomp_verify.selftest import Outcome


def selftest() -> int:
    """Plant faults, which must all be caught.

    They are in certificates, evidence, readings and what is asked of a verdict. Each has a
    healthy twin, which must pass. Exit code 0 only if all is as it must be.
    """
    from ucomp_verify.cli.output import emit
    from ucomp_verify.cli.terminal import progress
    from ucomp_verify.selftest import FAULTS, Outcome, try_fault

    outcomes: list[Outcome] = []
    with progress("planting faults") as bar:
        for fault in FAULTS:
            outcomes.append(try_fault(fault))
            if bar:
                bar(len(outcomes), len(FAULTS), fault.name)
    width = max(len(outcome.fault.name) for outcome in outcomes)
    emit("\n".join(_row(outcome, width) for outcome in outcomes))
    caught = sum(outcome.killed for outcome in outcomes)
    rate = 100 * caught / len(outcomes)
    emit(f"\n{caught} of {len(outcomes)} planted faults caught, kill rate {rate:.0f} %")
    return ExitCode.STANDS if caught == len(outcomes) else ExitCode.REFUTED


def _row(outcome: "Outcome", width: int) -> str:
    mark = "caught" if outcome.killed else "MISSED"
    story = outcome.story if len(outcome.story) <= 120 else f"{outcome.story[:117]}..."
    return f"{mark}  {outcome.fault.name:<{width}}  {story}"
