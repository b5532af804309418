"""`ucomp-verify compress`: fewer nodes with the same moments, exactly."""

import time
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ucomp_verify.cli.cert import Degree, Force, Points, Weights, protect
from ucomp_verify.cli.errors import refuse, say
from ucomp_verify.cli.exit_codes import ExitCode

if TYPE_CHECKING:
    from ucomp_verify.measures.atomic import AtomicMeasure

_ARRAYS = ("indices", "weights")


def compress(
    points: Points,
    degree: Degree,
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="OUT.npz", help="Indices and weights.")
    ],
    weights: Weights = None,
    size: Annotated[
        int | None, typer.Option("-n", "--size", min=1, help="How many nodes may be kept.")
    ] = None,
    certificate: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Certify the exact weights here.")
    ] = None,
    force: Force = False,
) -> int:
    """Keep few nodes with the same moments.

    The arithmetic is exact; the file holds the weights rounded to float64, the
    certificate the exact ones.
    """
    from ucomp_verify.algebra import num_monomials
    from ucomp_verify.cli.output import emit, prepare
    from ucomp_verify.cli.terminal import progress
    from ucomp_verify.measures.files import exact_measure, read_points, read_weights

    inputs = [p for p in (points, weights) if p]
    _protect(output, force=force, inputs=inputs)
    if certificate:
        if certificate.resolve() == output.resolve():
            refuse("two results would go to one file; name a file for each")
        protect(certificate, force=force, inputs=inputs)
    for path in (p for p in (output, certificate) if p):
        prepare(path)
    nodes = read_points(points)
    before = exact_measure(nodes, read_weights(weights, len(nodes)) if weights else None)
    with progress("compressing"):
        start = time.perf_counter()
        after = _reduce(before, degree, size)
        seconds = time.perf_counter() - start
    _write(output, after)
    say(f"wrote {output}")
    if certificate:
        _certify(before, after, degree, certificate)
    kept = f"{len(after.support)} of {len(before.nodes)} nodes in dimension {before.dim}"
    bound = num_monomials(before.dim, degree)
    emit(f"{kept} have all moments up to degree {degree}; N = {bound}; {seconds:.2f} s")
    return ExitCode.STANDS


def _protect(output: Path, *, force: bool, inputs: Sequence[Path]) -> None:
    """Refuse to overwrite an input, ever, or, unless forced, what is no compression."""
    if output.suffix != ".npz":
        refuse(f"{output}: expected a name that ends in .npz")
    if any(path.exists() and output.exists() and output.samefile(path) for path in inputs):
        refuse(f"{output}: is an input; name another file for the result")
    if output.is_file() and not force and not _is_compression(output):
        refuse(f"{output}: exists and is no compression; name another file, or give --force")


def _is_compression(path: Path) -> bool:
    from zipfile import BadZipFile, ZipFile

    try:
        with ZipFile(path) as archive:
            return sorted(archive.namelist()) == [f"{name}.npy" for name in _ARRAYS]
    except BadZipFile:
        return False


def _reduce(before: "AtomicMeasure", degree: int, size: int | None) -> "AtomicMeasure":
    from ucomp_verify.compressors import ExactReduction

    try:
        return ExactReduction().compress(before, degree=degree, size=size).to_atomic()
    except ValueError as error:  # a size that no exact reduction has
        refuse(f"-n: {error}")


def _write(output: Path, after: "AtomicMeasure") -> None:
    import numpy as np

    from ucomp_verify.cli.output import write

    try:
        rounded_weights = [float(after.weights[i]) for i in after.support]
    except OverflowError:
        refuse(f"{output}: a weight is too large for float64; divide the weights by a constant")
    content = BytesIO()
    np.savez(
        content,
        indices=np.array(after.support, dtype=np.int64),
        weights=np.array(rounded_weights, dtype=np.float64),
    )
    write(output, content.getvalue())


def _certify(before: "AtomicMeasure", after: "AtomicMeasure", degree: int, path: Path) -> None:
    from ucomp_verify.cli.output import replacing
    from ucomp_verify.kernel import check
    from ucomp_verify.measures.certificates import cubature_certificate
    from ucomp_verify.writing import save

    certificate = cubature_certificate(before, after, degree)
    check(certificate)
    with replacing(path) as temporary:
        save(certificate, temporary)
    say(f"wrote {path}")
