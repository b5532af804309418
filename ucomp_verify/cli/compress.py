"""`ucomp-verify compress`: fewer nodes with the same moments, exactly."""

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from ucomp_verify.cli.cert import Degree, Force, Points, Weights, protect
from ucomp_verify.cli.errors import refuse, say
from ucomp_verify.cli.exit_codes import ExitCode

METHODS = {  # to module and class
    "exact": ("merge_reduce", "MergeReduce"),
    "cells": ("cells", "Cells"),
    "balanced": ("balanced", "BalancedCells"),
    "greedy": ("greedy", "Greedy"),
    "hybrid": ("hybrid", "Hybrid"),
    "unbiased": ("unbiased", "UnbiasedReduction"),
}

_ARRAYS = (["indices", "weights"], ["indices", "radii", "weights"])


def compress(
    points: Points,
    degree: Degree,
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="OUT.npz", help="Indices and weights.")
    ],
    weights: Weights = None,
    size: Annotated[
        int | None,
        typer.Option("-n", "--size", min=1, help="How many nodes may be kept; as few as possible."),
    ] = None,
    method: Annotated[
        str, typer.Option(metavar="NAME", help=f"One of: {', '.join(METHODS)}.")
    ] = "exact",
    arithmetic: Annotated[
        str | None, typer.Option(metavar="KIND", help="Of the weights: exact, balls or float.")
    ] = None,
    digits: Annotated[
        int | None,
        typer.Option(
            min=1, max=100_000, metavar="D", help="Of --arithmetic balls: at least so many; 30."
        ),
    ] = None,
    seed: Annotated[int, typer.Option(min=0, metavar="S", help="Of random choices.")] = 0,
    jobs: Annotated[
        int | None, typer.Option("-j", "--jobs", min=1, max=1024, metavar="N", help="Processes; 1.")
    ] = None,
    certificate: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Certify the exact weights here.")
    ] = None,
    digest: Annotated[
        bool | None,
        typer.Option(
            "--digest/--embed",
            help="Of --certificate: name the nodes by SHA-256, as it does from 10^5 numbers on, "
            "or hold them.",
        ),
    ] = None,
    force: Force = False,
) -> int:
    """Keep few nodes with the same moments.

    Without other wishes the weights are exact; the file holds them rounded to float64,
    the certificate as they are. With the method "exact" the points may be larger than
    memory (.npy, .csv, .parquet). Rows and columns are counted from 0.
    """
    from ucomp_verify.cli.compressing import certify, packed, run, settings
    from ucomp_verify.cli.output import emit, prepare, write
    from ucomp_verify.cli.terminal import progress

    inputs = [p for p in (points, weights) if p]
    _protect(output, force=force, inputs=inputs)
    if certificate:
        if certificate.resolve() == output.resolve():
            refuse("two results would go to one file; name a file for each")
        protect(certificate, force=force, inputs=inputs)
    elif digest is not None:
        refuse("--digest, --embed: expected --certificate FILE beside it: add it")
    wishes = {"arithmetic": arithmetic, "digits": digits, "jobs": jobs}
    chosen = settings(method, METHODS, wishes)
    for path in (p for p in (output, certificate) if p):
        prepare(path)
    with progress("compressing"):
        start = time.perf_counter()
        after = run(chosen, points, weights, degree=degree, size=size, seed=seed)
        seconds = time.perf_counter() - start
    write(output, packed(after, output))
    say(f"wrote {output}")
    lines = [f"{after.kept(degree)}; {seconds:.2f} s", after.rigour()]
    if certificate:
        with progress("certifying"):
            lines.append(certify(after, certificate, digest=digest))
        say(f"wrote {certificate}")
    emit("\n".join(lines))
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
            names = sorted(archive.namelist())
    except BadZipFile:
        return False
    return names in [[f"{name}.npy" for name in arrays] for arrays in _ARRAYS]
