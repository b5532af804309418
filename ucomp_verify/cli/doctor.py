"""`ucomp-verify doctor`: is everything there that the program needs?"""

import platform
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ucomp_verify.cli.environment import Requirement, cores, memory, requirements
from ucomp_verify.cli.exit_codes import ExitCode


@dataclass(frozen=True)
class Line:
    """One thing that was looked at; `broken` if the program cannot work like this."""

    subject: str
    state: str
    cure: str = ""
    broken: bool = False


# Programs outside Python: name, what they are for, how to get them.
_PROGRAMS = (
    ("coqc", "machine-checked proofs", "the packages in proofs/rocq/packages.txt"),
    ("chromium", "the test of the HTML report", "apt-get install chromium"),
)


def doctor() -> int:
    """Show whether everything needed is there.

    Versions, optional parts, the shipped certificates, the kernel, the machine.
    """
    from ucomp_verify.cli.output import emit

    lines = [*_lines()]
    emit("\n".join(_text(line) for line in lines))
    broken = sum(line.broken for line in lines)
    emit(f"\n{broken} of these must be put right." if broken else "\nEverything needed is there.")
    return ExitCode.MISSING if broken else ExitCode.STANDS


def _text(line: Line) -> str:
    mark = "BROKEN " if line.broken else "absent " if line.cure else "ok     "
    cure = f"   ({line.cure})" if line.cure else ""
    return f"{mark}{line.subject:<20} {line.state}{cure}"


def _lines() -> Iterator[Line]:
    yield Line("Python", f"{platform.python_version()} on {platform.platform()}")
    yield Line("machine", f"{cores()} cores, {memory() / 2**30:.1f} GiB of memory")
    needed = requirements()
    if not needed:
        yield Line("ucomp-verify", "not installed as a package", "pip install -e .", broken=True)
    yield from map(_core, (r for r in needed if not r.extra))
    yield from _optional(r for r in needed if r.extra)
    for name, purpose, cure in _PROGRAMS:
        place = shutil.which(name)
        yield Line(name, f"{place or 'not found'}, for {purpose}", "" if place else cure)
    yield _certificates()
    yield _kernel()


def _core(package: Requirement) -> Line:
    if package.fulfilled:
        return Line(package.name, package.found or "")
    state = f"{package.found or 'not found'}, expected {package.least or 'any version'} or later"
    return Line(package.name, state, f"pip install '{package.name}>={package.least}'", broken=True)


def _optional(packages: Iterable[Requirement]) -> Iterator[Line]:
    for package in packages:
        purpose = f"for the extra {package.extra}"
        cure = "" if package.fulfilled else f"pip install 'ucomp-verify[{package.extra}]'"
        yield Line(package.name, f"{package.found or 'not found'}, {purpose}", cure)


def _certificates() -> Line:
    from ucomp_verify.evidence.gather import shipped_proofs

    folder = shipped_proofs()
    count = sum(1 for _ in folder.glob("*/*.json"))
    cure = "" if count else "install the package again, or run in the repository"
    return Line("certificates", f"{count} in {folder}", cure, broken=not count)


def _kernel() -> Line:
    """Whether the kernel accepts a right certificate and rejects a wrong one."""
    from ucomp_verify.selftest import smoke

    failure = smoke()
    cure = "run `ucomp-verify selftest`" if failure else ""
    state = failure or "accepts what is right and rejects what is wrong"
    return Line("kernel", state, cure, broken=bool(failure))
