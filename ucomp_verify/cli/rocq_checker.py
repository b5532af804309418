"""`cert check --checker rocq`: certificates decided by the program that Rocq proves sound."""

import subprocess
from collections.abc import Iterator, Sequence
from fractions import Fraction
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from ucomp_verify.cli.errors import Stop
from ucomp_verify.cli.exit_codes import ExitCode, combine
from ucomp_verify.cli.rocq_fields import NoChecker
from ucomp_verify.cli.rocq_writing import lines
from ucomp_verify.kernel import MalformedCertificate, RejectedCertificate, load
from ucomp_verify.kernel.certificates import Source

PACKAGES = "apt-get install coq ocaml-nox ocaml-findlib libzarith-ocaml-dev"
_CODES = {
    "accepted": ExitCode.STANDS,
    "rejected": ExitCode.REFUTED,
    "malformed": ExitCode.USAGE,
    "unchecked": ExitCode.UNDECIDED,
}


def sources(folder: Path) -> tuple[Path, ...]:
    """What the program is built from, in the order of its digest."""
    theories = sorted((folder / "theories").glob("Checker*.v"))
    return (*theories, *(folder / "extraction" / name for name in ("Extract.v", "main.ml")))


def find_checker() -> Path:
    """The program, built from the theories as they are now; stops with code 4 if it cannot be."""
    from ucomp_verify.evidence.gather import shipped_proofs

    folder = shipped_proofs() / "rocq"
    build = _build_folder(folder)
    program, stamp = build / "ucomp-checker", build / "sources.sha256"
    files = sources(folder)
    if not (folder / "checker.sh").is_file() or not all(path.is_file() for path in files):
        raise Stop(ExitCode.MISSING, f"{folder}: the checker's sources are not there: run in the "
                   "repository of ucomp-verify")  # fmt: skip
    digest = sha256(b"".join(path.read_bytes() for path in files)).hexdigest()
    if program.is_file() and stamp.is_file() and stamp.read_text().strip() == digest:
        return program
    done = subprocess.run(
        ["/bin/sh", str(folder / "checker.sh"), str(build)],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        said = (done.stdout + done.stderr).strip()[-400:]
        raise Stop(ExitCode.MISSING, f"{said}\nThe checker could not be built; needed: {PACKAGES}")
    return program


def _build_folder(folder: Path) -> Path:
    """In the repository beside the other builds, for an installed package in the cache."""
    import os

    if folder.parent.name == "proofs":
        return folder.parents[1] / "build" / "rocq-checker"
    home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(home) / "ucomp-verify" / "rocq-checker"


def run(program: Path, file: Path, limit: Fraction | None) -> list[str]:
    """What the program prints of the certificates in a file of lines, one line each."""
    bound = [] if limit is None else ["--max-defect", f"{limit.numerator:x}/{limit.denominator:x}"]
    done = subprocess.run(
        [str(program), *bound, str(file)], capture_output=True, text=True, check=False
    )
    if done.returncode not in (0, 1, 2) or done.stderr:
        raise Stop(ExitCode.LIMIT, f"{program} ended with {done.returncode}: {done.stderr[:400]}")
    return done.stdout.splitlines()


def check_files(
    files: Sequence[Path], data: Source | None, limit: Fraction
) -> tuple[str, ExitCode]:
    """One line a file, as the kernel prints them, and the exit code."""
    program = find_checker()
    found = [*_answers(program, files, data, limit)]
    text = "".join(f"{word:<10} {file}: {said}\n" for word, file, said in found)
    return text, combine(_CODES[word] for word, _, _ in found)


def _answers(
    program: Path, files: Sequence[Path], data: Source | None, limit: Fraction
) -> Iterator[tuple[str, Path, str]]:
    with TemporaryDirectory() as folder:
        written = Path(folder) / "certificate"
        for file in files:
            yield _answer(program, file, written, data, limit)


def _answer(
    program: Path, file: Path, written: Path, data: Source | None, limit: Fraction
) -> tuple[str, Path, str]:
    try:
        with written.open("w", encoding="ascii") as out:
            out.writelines(lines(load(file), data))
    except RejectedCertificate as error:
        return "rejected", file, str(error)
    except NoChecker as error:
        return "unchecked", file, str(error)
    except (MalformedCertificate, OSError) as error:
        return "malformed", file, str(error)
    (line,) = run(program, written, limit)
    word, _, rest = line.partition(" ")
    return word, file, rest.strip().removeprefix(f"{written}: ")
