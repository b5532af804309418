"""`ucomp-verify conform`: the conformance suite for a compressor of any author."""

import enum
import shlex
import shutil
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ucomp_verify.cli.errors import refuse, say
from ucomp_verify.cli.exit_codes import ExitCode

if TYPE_CHECKING:
    from ucomp_verify.testing import Adapter, Check, CheckResult

TIMEOUT = 60.0  # seconds for one check
STDOUT = Path("-")
OURS = "A failure of the conformance suite."  # in the files of --write-test
GRACE = 15.0  # further seconds in which a program that hangs is ended by its own limit


class LevelName(enum.StrEnum):
    """How much is asked."""

    CORE = "core"
    EXACT = "exact"
    ROBUST = "robust"
    SCALE = "scale"


class Form(enum.StrEnum):
    """What the compressor returns."""

    AUTO = "auto"
    INDICES = "indices"
    DENSE = "dense"
    POINTS = "points"


class FileKind(enum.StrEnum):
    """The files that a program reads and writes."""

    CSV = "csv"
    NPY = "npy"


@dataclass(frozen=True)
class Subject:
    """The compressor under test, and how to name it in a file."""

    place: str
    source: str
    load: "Callable[[], Adapter]"
    grace: float = 0.0


def conform(
    place: Annotated[
        str | None,
        typer.Argument(
            metavar="MODULE:CALLABLE", help="Or FILE.py:CALLABLE: a function, instance or class."
        ),
    ] = None,
    command: Annotated[
        str | None,
        typer.Option(
            "--cmd",
            metavar="'PROG {in} {out} {k}'",
            help="A program in any language: {in} are the points, one a row, {weights} the "
            "weights (without it they are the last column of {in}), {k} is the degree, {n} the "
            "largest size (0: any), {out} what it writes; a code other than 0 with a text on "
            "stderr refuses the input.",
        ),
    ] = None,
    files: Annotated[
        FileKind | None,
        typer.Option(
            help="Of --cmd. csv, the default: numbers with commas, no header, result rows "
            "INDEX,WEIGHT or X1,...,XM,WEIGHT or one WEIGHT a node; npy: .npy in, .npz out "
            "(indices or points, and weights)."
        ),
    ] = None,
    levels: Annotated[
        list[LevelName] | None, typer.Option("--level", help="Only this level; may be repeated.")
    ] = None,
    only: Annotated[
        list[str] | None,
        typer.Option("--check", metavar="NAME", help="Only this check; may be repeated."),
    ] = None,
    show: Annotated[
        bool, typer.Option("--list", help="Say what each check asks, run none.")
    ] = False,
    form: Annotated[Form, typer.Option("--result", help="The form of the result.")] = Form.AUTO,
    free_nodes: Annotated[
        bool, typer.Option("--free-nodes", help="The points returned need not be data rows.")
    ] = False,
    max_degree: Annotated[
        int | None, typer.Option(min=0, metavar="K", help="Run cases of a higher degree at K.")
    ] = None,
    expected: Annotated[
        Path | None,
        typer.Option(
            "--expected-failures",
            metavar="FILE.toml",
            help='Lines check-name = "reason"; one that passes is a failure.',
        ),
    ] = None,
    seed: Annotated[int, typer.Option(min=0, metavar="N", help="Of the data.")] = 0,
    timeout: Annotated[
        float, typer.Option(min=0.001, metavar="SECONDS", help="For each check.")
    ] = TIMEOUT,
    jobs: Annotated[int, typer.Option("-j", "--jobs", min=1, metavar="N", help="Processes.")] = 1,
    json_file: Annotated[
        Path | None, typer.Option("--json", metavar="FILE", help="JSON; - for stdout.")
    ] = None,
    junit_file: Annotated[
        Path | None, typer.Option("--junit", metavar="FILE", help="JUnit XML, for CI.")
    ] = None,
    write_test: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write the first failure as a small pytest file."),
    ] = None,
) -> int:
    """Check a compression algorithm against the conformance suite.

    A function is called as fn(points, weights, degree), or with a size as a fourth argument;
    results are judged in exact arithmetic. Each check runs in a process with a time limit;
    what the compressor prints goes to stderr.

    Exit code 0: it conforms; 1: it does not; 2: bad arguments, or it cannot be loaded;
    130: interrupted, the results so far are printed, and no file is written.
    """
    from ucomp_verify.cli.output import emit, prepare

    checks = _checks(levels or list(LevelName), only or [])
    if show:
        emit("\n".join(f"{check.name}\n    {check.asks}" for check in checks))
        return ExitCode.STANDS
    outputs = [p for p in (json_file, junit_file, write_test) if p and p != STDOUT]
    source = Path(place.rpartition(":")[0]) if place else None
    _protect(outputs, [p for p in (source, expected) if p], write_test)
    if STDOUT in (junit_file, write_test):
        refuse("only --json writes to stdout (-); name a file for the others")
    for path in outputs:
        prepare(path)
    if command is None and files is not None:
        refuse("--files: goes with --cmd alone; a function gets arrays: leave it out")
    kind = files or FileKind.CSV
    subject = _subject(place, command, form=form, free=free_nodes, files=kind, timeout=timeout)
    reasons = _expected(expected) if expected else {}
    start = time.perf_counter()
    results, interrupted = _run(
        subject,
        checks,
        reasons,
        seed=seed,
        max_degree=max_degree,
        timeout=timeout + subject.grace,
        jobs=jobs,
    )
    seconds = time.perf_counter() - start
    if interrupted:
        return _tell_interrupted(
            subject, results, len(checks), seconds, to_stderr=json_file == STDOUT
        )
    _publish(subject, results, seconds, json_file, junit_file)
    failed = [r for r in results if not r.status.conforms]
    if write_test:
        _write_test(subject, failed, write_test, seed=seed, max_degree=max_degree, timeout=timeout)
    return ExitCode.REFUTED if failed else ExitCode.STANDS


def _checks(levels: Sequence[str], only: Sequence[str]) -> "tuple[Check, ...]":
    from ucomp_verify.testing import find_check
    from ucomp_verify.testing.suite import checks_of

    if not only:
        return checks_of(levels)
    try:
        found = tuple(find_check(name) for name in dict.fromkeys(only))
    except KeyError as error:
        refuse(f"--check: {error.args[0]}")
    for check in (c for c in found if c.level not in levels):
        wanted = ", ".join(f"--level {level}" for level in levels)
        refuse(f"--check: found {check.name}, which is not of {wanted}; leave one of them out")
    return found


def _protect(outputs: Sequence[Path], inputs: Sequence[Path], test: Path | None) -> None:
    """Refuse to write two results to one file, over an input, or a test over another file."""
    if len({path.resolve() for path in outputs}) < len(outputs):
        refuse("two results would go to one file; name a file for each")
    for path in outputs:
        if any(p.exists() and path.exists() and path.samefile(p) for p in inputs):
            refuse(f"{path}: is an input; name another file for the result")
    if test and test.is_file() and OURS not in test.read_text(encoding="utf-8", errors="replace"):
        refuse(f"{test}: exists and is no test of a failure; name another file")


def _subject(
    place: str | None,
    command: str | None,
    *,
    form: Form,
    free: bool,
    files: FileKind,
    timeout: float,
) -> Subject:
    """The compressor asked for, once it is sure that it can be loaded."""
    from ucomp_verify.testing import CannotLoad, Program, load_compressor

    if (place is None) == (command is None):
        refuse("expected either MODULE:CALLABLE or --cmd 'PROG {in} {out} {k}'")
    options = f", result={form.value!r}, free_nodes={free}"
    if command is not None:
        try:
            program = Program(command, files.value, form.value, free, timeout)
        except ValueError as error:
            refuse(f"--cmd: {error}")
        first = shlex.split(command)[0]
        if shutil.which(first) is None:
            refuse(f"--cmd: found no program {first!r}; expected one that can be run: check it")
        source = f"Program({command!r}, files={files.value!r}{options}).adapter()"
        return Subject(command, source, program.adapter, GRACE)
    assert place is not None
    load = partial(load_compressor, place, result=form.value, free_nodes=free)
    try:
        load()
    except CannotLoad as error:
        refuse(str(error))
    chosen = options if form is not Form.AUTO or free else ""
    return Subject(place, f"load_compressor({place!r}{chosen})", load)


def _expected(path: Path) -> dict[str, str]:
    """The reasons in a TOML file, by the names of checks."""
    import tomllib

    from ucomp_verify.testing.running import require_known

    try:
        table: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        refuse(f'{path}: expected TOML with lines check-name = "reason", but {error}')
    found: Any = table.get("expected_failures", table)
    if not isinstance(found, dict) or any(not isinstance(v, str) for v in found.values()):  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
        refuse(f'{path}: expected lines check-name = "reason"')
    try:
        require_known(found)  # pyright: ignore[reportUnknownArgumentType]
    except ValueError as error:
        refuse(f"{path}: {error}")
    return found  # pyright: ignore[reportUnknownVariableType]


def _run(
    subject: Subject, checks: "Sequence[Check]", reasons: dict[str, str], **options: Any
) -> "tuple[list[CheckResult], bool]":
    """The results, as far as there are any, and whether the run was interrupted."""
    from ucomp_verify.cli.terminal import progress
    from ucomp_verify.testing.running import as_expected, run_checks

    results: list[CheckResult] = []
    try:
        with progress("checking") as bar:
            for result in run_checks(subject.load, checks, **options):
                results.append(as_expected(result, reasons.get(result.name)))
                if bar:
                    bar(len(results), len(checks), result.name)
    except KeyboardInterrupt:
        return results, True
    return results, False


def _tell_interrupted(
    subject: Subject,
    results: "Sequence[CheckResult]",
    count: int,
    seconds: float,
    *,
    to_stderr: bool,
) -> ExitCode:
    """Print what is there, which is no verdict."""
    from ucomp_verify.cli.conformance_files import rows
    from ucomp_verify.cli.output import emit

    place = f"{subject.place} was not judged, {seconds:.1f} s"
    (say if to_stderr else emit)("\n".join([*rows(results), "", place]))
    say(f"ucomp-verify: interrupted after {len(results)} of {count} checks")
    return ExitCode.INTERRUPTED


def _publish(
    subject: Subject,
    results: "Sequence[CheckResult]",
    seconds: float,
    json_file: Path | None,
    junit_file: Path | None,
) -> None:
    from ucomp_verify.cli.conformance_files import json_text, junit_text, table
    from ucomp_verify.cli.output import emit, write

    if json_file == STDOUT:
        emit(json_text(subject.place, results))
    else:
        emit(table(subject.place, results, seconds))
    if json_file and json_file != STDOUT:
        write(json_file, json_text(subject.place, results))
    if junit_file:
        write(junit_file, junit_text(subject.place, results))


def _write_test(
    subject: Subject,
    failed: "Sequence[CheckResult]",
    path: Path,
    *,
    seed: int,
    max_degree: int | None,
    timeout: float,
) -> None:
    """The first failure that its data alone reproduce, small, in a file."""
    from ucomp_verify.cli.output import write
    from ucomp_verify.testing import failing_test, find_check
    from ucomp_verify.testing.isolation import call_isolated

    failed = [r for r in failed if r.kind != "unexpected pass"]
    if not failed:
        say(f"{path}: not written, for there is no failure to show")
        return
    result = failed[0]
    check, case = find_check(result.name), find_check(result.name).case(seed, max_degree=max_degree)
    try:
        work = partial(_shrunk, subject.load, result.name, result.kind, seed, max_degree)
        case = call_isolated(work, timeout=timeout + 3 * GRACE)
    except Exception as error:  # it hangs or crashes: the data stay as they are
        say(f"{path}: the data could not be made smaller ({type(error).__name__})")
    write(path, failing_test(check, result, case, subject.source))
    say(f"wrote {path}: {result.name} on {len(case.points)} nodes; run it: pytest {path}")


def _shrunk(
    load: "Callable[[], Adapter]", name: str, kind: str, seed: int, max_degree: int | None
) -> Any:
    from ucomp_verify.testing import find_check, shrink

    check = find_check(name)
    return shrink(load(), check, check.case(seed, max_degree=max_degree), kind)
