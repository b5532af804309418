"""`ucomp-verify replay`: one failing case again."""

from pathlib import Path
from typing import Annotated

import typer

from ucomp_verify.cli.errors import refuse
from ucomp_verify.cli.exit_codes import ExitCode
from ucomp_verify.cli.failures import BadCertificate, FailingCase, Failure


def replay(
    failure: Annotated[Path, typer.Argument(metavar="FAILURE.json", help="As `check` writes it.")],
) -> int:
    """Run one failing case again.

    Exit code 0: it passes now; 1: it still fails.
    """
    from ucomp_verify.cli.failures import read
    from ucomp_verify.cli.output import emit
    from ucomp_verify.cli.terminal import progress

    case = read(failure)
    with progress("running the failing case"):
        wrong = _run(case)
    subject = case.path if isinstance(case, BadCertificate) else f"property {case.property}"
    emit(f"{case.claim}: {subject}: " + (f"still fails: {wrong}" if wrong else "passes now"))
    return ExitCode.REFUTED if wrong else ExitCode.STANDS


def _run(failure: Failure) -> str | None:
    """What is wrong, or None."""
    if isinstance(failure, FailingCase):
        return _run_case(failure)
    from ucomp_verify.kernel import MalformedCertificate, RejectedCertificate, check, load

    try:
        check(load(failure.path))
    except MalformedCertificate as error:
        return f"malformed: {error}"
    except RejectedCertificate as error:
        return f"rejected: {error}"
    return None


def _run_case(failure: FailingCase) -> str | None:
    from ucomp_verify.evidence.properties import find_property, run_case

    try:
        find_property(failure.property)
    except KeyError as error:
        refuse(str(error.args[0]))
    try:
        return run_case(failure.property, dict(failure.case))
    except (KeyError, TypeError, ValueError) as error:
        refuse(f"the case does not fit the property {failure.property}: {error!r}")
