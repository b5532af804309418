"""`ucomp-verify cert make | check | show`: certificates of anybody's compression."""

import enum
import re
from collections.abc import Sequence
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer

from ucomp_verify.cli.errors import refuse, say
from ucomp_verify.cli.exit_codes import ExitCode

if TYPE_CHECKING:
    from ucomp_verify.kernel import Certificate
    from ucomp_verify.kernel.certificates import Source

app = typer.Typer(
    rich_markup_mode=None, no_args_is_help=True, help="Make, check and show certificates."
)


class Checker(enum.StrEnum):
    """Who decides on the certificates."""

    KERNEL = "kernel"
    ROCQ = "rocq"


class Target(enum.StrEnum):
    """What a certificate is written as."""

    ROCQ = "rocq"
    LINES = "lines"


class Require(enum.StrEnum):
    """The rigour that a certificate must have."""

    EXACT = "exact"


Points = Annotated[
    Path, typer.Argument(metavar="POINTS", help="The nodes, one a row: .npy, .npz, .csv, .parquet.")
]
Result = Annotated[
    Path,
    typer.Argument(metavar="RESULT.npz", help="With indices and weights, or points and weights."),
]
Degree = Annotated[
    int, typer.Option("-k", "--degree", min=0, metavar="K", help="Match moments up to this.")
]
Weights = Annotated[
    Path | None, typer.Option(metavar="FILE", help="Weights of the nodes; 1 if not given.")
]
Limit = Annotated[
    str, typer.Option("--max-defect", metavar="SIZE", help="The largest defect to accept.")
]
Strictness = Annotated[
    Require | None, typer.Option("--require", help="exact: refuse any defect at all.")
]
Output = Annotated[Path, typer.Option("-o", "--output", metavar="FILE", help="The certificate.")]
Force = Annotated[
    bool, typer.Option("--force", help="Overwrite a file that is no certificate, too.")
]
Files = Annotated[list[Path], typer.Argument(metavar="C.json...", help="The certificates.")]
Data = Annotated[
    Path | None,
    typer.Option(
        "--points",
        "--data",
        metavar="FILE",
        help="Nodes of a certificate that names them by digest.",
    ),
]

_EXAMPLE = "Example: ucomp-verify cert "


@app.command(epilog=_EXAMPLE + "make points.npy result.npz -k 3 -o certificate.json")
def make(
    points: Points,
    result: Result,
    degree: Degree,
    output: Output,
    weights: Weights = None,
    max_defect: Limit = "1e-10",
    require: Strictness = None,
    digest: Annotated[
        bool, typer.Option("--digest/--embed", help="Name float64 .npy nodes, or hold them.")
    ] = False,
    force: Force = False,
) -> int:
    """Certify the result of any library, and check the certificate.

    It is written for a wrong result, too, so that anybody can check the refusal.
    Exit code 0: accepted; 1: refused; 2: unreadable.
    """
    from ucomp_verify.cli.output import prepare, replacing
    from ucomp_verify.cli.terminal import progress
    from ucomp_verify.writing import save

    _require_decimal(max_defect)
    protect(output, force=force, inputs=[p for p in (points, result, weights) if p])
    data = _digestible(points, weights) if digest else []
    prepare(output)
    with progress("making the certificate"):
        certificate = _certificate(points, result, weights, degree, digest=digest)
        with replacing(output) as temporary:
            save(certificate, temporary)
    say(f"wrote {output}")
    with progress("checking the certificate"):
        return _kernel([output], max_defect, require, data)


@app.command(epilog=_EXAMPLE + "check certificate.json --max-defect 1e-12")
def check(
    files: Files,
    points: Data = None,
    weights: Weights = None,
    max_defect: Limit = "1e-10",
    require: Strictness = None,
    checker: Annotated[
        Checker, typer.Option(help="rocq: the checker that Rocq proves sound, built if absent.")
    ] = Checker.KERNEL,
) -> int:
    """Check certificates with the kernel, which needs the standard library alone.

    Exit code 0: all accepted; 1: one is rejected; 2: one is malformed. With --checker rocq
    also 3: one is of a kind that it does not know; 4: it cannot be built.
    """
    from ucomp_verify.cli.terminal import progress

    _require_decimal(max_defect)
    if weights and not points:
        refuse("--weights: expected --points FILE beside it, the nodes of these weights: add it")
    if points:
        _require_named(files)
    with TemporaryDirectory() as folder, progress("checking the certificates"):
        data = _as_npy(points, weights, Path(folder)) if points else []
        if checker is Checker.ROCQ:
            return _rocq(files, max_defect, require, data)
        return _kernel(files, max_defect, require, data)


@app.command(epilog=_EXAMPLE + "export certificate.json --to rocq -o certificate.v")
def export(
    file: Annotated[Path, typer.Argument(metavar="C.json", help="The certificate.")],
    to: Annotated[
        Target, typer.Option(help="rocq: a theory; lines: what the extracted checker reads.")
    ],
    output: Annotated[Path, typer.Option("-o", "--output", metavar="FILE", help="To be written.")],
    points: Data = None,
    weights: Weights = None,
) -> int:
    """Write a certificate for the checker in Rocq.

    A theory is compiled by coqc where the theories of proofs/rocq were built; it ends with
    the fact, as the soundness theorem states it. Exit code 2: unreadable, or a kind that
    has no checker.
    """
    from ucomp_verify.cli.output import prepare, replacing
    from ucomp_verify.cli.rocq_fields import NoChecker
    from ucomp_verify.cli.rocq_writing import lines, theory
    from ucomp_verify.kernel import load

    if weights and not points:
        refuse("--weights: expected --points FILE beside it, the nodes of these weights: add it")
    _never_an_input(output, [p for p in (file, points, weights) if p])
    prepare(output)
    with TemporaryDirectory() as folder:
        data = _measure(_as_npy(points, weights, Path(folder)) if points else [])
        try:
            pieces = (theory if to is Target.ROCQ else lines)(load(file), data)
            with replacing(output) as temporary, temporary.open("w", encoding="utf-8") as out:
                out.writelines(pieces)
        except NoChecker as error:
            refuse(f"{file}: {error}")
    say(f"wrote {output}")
    return ExitCode.STANDS


@app.command(epilog=_EXAMPLE + "show certificate.json")
def show(
    file: Annotated[Path, typer.Argument(metavar="C.json", help="The certificate.")],
) -> int:
    """Say in words what a certificate states, without checking it."""
    from ucomp_verify.cli.describe import describe
    from ucomp_verify.cli.output import emit
    from ucomp_verify.kernel import MalformedCertificate, load

    try:
        certificate = load(file)
    except MalformedCertificate as error:
        refuse(f"{file}: {error}")
    text = describe(certificate)
    emit(f"{file}\n{text}\nIt was not checked: ucomp-verify cert check {file}")
    return ExitCode.STANDS


def protect(output: Path, *, force: bool, inputs: Sequence[Path]) -> None:
    """Refuse to overwrite an input, ever, or, unless forced, what is no certificate."""
    from ucomp_verify.kernel import MalformedCertificate, load

    _never_an_input(output, inputs)
    if force or not output.is_file():
        return
    try:
        load(output)
    except MalformedCertificate:
        refuse(f"{output}: exists and is no certificate; name another file, or give --force")


def _never_an_input(output: Path, inputs: Sequence[Path]) -> None:
    if any(path.exists() and output.exists() and output.samefile(path) for path in inputs):
        refuse(f"{output}: is an input; name another file for the certificate")


def _require_decimal(text: str) -> None:
    """The limit as the kernel reads it."""
    if re.fullmatch(r"\d{1,20}(\.\d{1,20})?(e-?\d{1,3})?", text) is None:
        refuse(f"--max-defect: expected a number such as 1e-10, got {text[:40]!r}")


def _require_named(files: Sequence[Path]) -> None:
    """Refuse data beside a certificate that holds its own, with which nothing would compare them.

    What cannot be read is left for the kernel to say.
    """
    from ucomp_verify.kernel import MalformedCertificate, load

    for file in files:
        try:
            source = getattr(load(file), "source", None)
        except (MalformedCertificate, OSError):
            continue
        if not getattr(source, "sha256", ()):
            refuse(
                f"{file}: holds its nodes, or has none; expected one that names them by digest: "
                "leave --points out (cert show tells what it holds)"
            )


def _certificate(
    points: Path, result: Path, weights: Path | None, degree: int, *, digest: bool
) -> "Certificate":
    from ucomp_verify.measures.arrays import UnreadableInput
    from ucomp_verify.measures.certificates import rule_certificate
    from ucomp_verify.measures.files import read_points, read_rule, read_weights

    nodes = read_points(points)
    source_weights = read_weights(weights, len(nodes)) if weights else None
    rule = read_rule(result, nodes)
    try:
        return rule_certificate(nodes, source_weights, rule, degree, digest=digest)
    except UnreadableInput:
        raise
    except ValueError as error:  # a degree that is too high
        refuse(str(error))


def _digestible(points: Path, weights: Path | None) -> list[str]:
    """The kernel's options for the data of a digest, which must be files that it can read."""
    from ucomp_verify.measures.arrays import is_plain_npy, require_file

    for path in (p for p in (points, weights) if p):
        require_file(path)
        if path.suffix != ".npy" or not is_plain_npy(path):
            refuse(f"{path}: expected a .npy file of float64 rows for --digest; save it as one")
    return _data_options(points, weights)


def _data_options(points: Path, weights: Path | None) -> list[str]:
    return [f"--data={points}", *([f"--weights={weights}"] if weights else [])]


def _as_npy(points: Path, weights: Path | None, folder: Path) -> list[str]:
    """The kernel's options for these data, which it gets as .npy files of float64."""
    from ucomp_verify.measures.arrays import is_plain_npy
    from ucomp_verify.measures.table_files import open_table, save_table

    def plain(path: Path, name: str) -> Path:
        if path.suffix == ".npy" and (not path.is_file() or is_plain_npy(path)):
            return path  # the kernel says what is wrong with it
        return save_table(open_table(path, name), folder / f"{name}.npy")

    shown = plain(points, "points")
    return _data_options(shown, plain(weights, "weights") if weights else None)


def _kernel(
    files: Sequence[Path], limit: str, require: Require | None, data: Sequence[str]
) -> ExitCode:
    """What the kernel itself prints about the files, and its exit code."""
    from ucomp_verify.cli.output import emit
    from ucomp_verify.kernel.__main__ import main

    strict = [f"--require={require.value}"] if require else []
    names = [str(file) for file in files]
    with redirect_stdout(StringIO()) as printed:
        code = main([f"--max-defect={limit}", *strict, *data, "--", *names])
    emit(printed.getvalue())
    return ExitCode(code)


def _measure(options: Sequence[str]) -> "Source | None":
    """The data that these options of the kernel name."""
    from ucomp_verify.kernel import read_data

    paths = [Path(option.partition("=")[2]) for option in options]
    return read_data(*paths) if paths else None


def _rocq(
    files: Sequence[Path], limit: str, require: Require | None, data: Sequence[str]
) -> ExitCode:
    """What the checker that Rocq proves sound says about the files."""
    from fractions import Fraction

    from ucomp_verify.cli.output import emit
    from ucomp_verify.cli.rocq_checker import check_files

    text, code = check_files(files, _measure(data), Fraction(0 if require else limit))
    emit(text)
    return code
