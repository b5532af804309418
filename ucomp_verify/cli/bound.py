"""`ucomp-verify bound`: the certified error of anybody's compression, for functions and classes."""

import json
from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ucomp_verify.cli.cert import Degree, Points, Result, Weights
from ucomp_verify.cli.errors import refuse
from ucomp_verify.cli.exit_codes import ExitCode

if TYPE_CHECKING:
    from ucomp_verify.cli.bounding import Job
    from ucomp_verify.errors.certified_result import CertifiedError

Functions = Annotated[
    list[str] | None,
    typer.Option(
        "--function",
        metavar="F",
        help='sigmoid, tanh, sin, cos or exp: all F(<x, w>); or a formula: "1/(3 - x1 - x2)". '
        "May be repeated.",
    ),
]
Slope = Annotated[
    str, typer.Option(metavar="S", help="Of the classes: |x_1| + ... + |x_m| is at most this.")
]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON document.")]

SCHEMA = "ucomp-bound/1"
WORST = 3  # cells that are shown
VERDICTS = {True: "below", False: "above", None: "undecided"}


def bound(
    points: Points,
    result: Result,
    degree: Degree,
    function: Functions = None,
    weights: Weights = None,
    slope: Slope = "1",
    cells: Annotated[
        str | None,
        typer.Option(
            metavar="N|FILE", help="Cells that were matched each: N an axis, or a label a node."
        ),
    ] = None,
    error: Annotated[
        str | None, typer.Option(metavar="EPS", help="Say whether all errors are at most this.")
    ] = None,
    as_json: AsJson = False,
) -> int:
    """Certify the error of a compression.

    For the result of any library, with the weights as they are in the file. Nothing is
    assumed of the moments: their mismatch is measured. Exit code with --error: 0 if all
    errors are certainly at most EPS, 1 if one is certainly above, 3 if neither is certain.
    """
    from ucomp_verify.cli.bounding import certify, limit_of, read_job
    from ucomp_verify.cli.output import emit
    from ucomp_verify.cli.terminal import progress

    if not function:
        refuse("--function: expected a class or a formula, such as --function sigmoid: add it")
    limit = None if error is None else limit_of(error)
    with progress("reading"):
        job = read_job(points, result, weights, cells, degree)
    found: list[tuple[str, CertifiedError]] = []
    for text in function:
        with progress(f"certifying the error of {text[:40]}"):
            found.append(certify(job, text, slope))
    verdict = None if limit is None else judge([e for _, e in found], limit)
    document = _document(job, found, error, verdict, limit)
    emit(json.dumps(document, indent=1) if as_json else _text(job, found, error, verdict, limit))
    return ExitCode.STANDS if limit is None else _CODES[verdict]


_CODES = {True: ExitCode.STANDS, False: ExitCode.REFUTED, None: ExitCode.UNDECIDED}


def judge(errors: "Sequence[CertifiedError]", limit: Fraction) -> bool | None:
    """Whether all errors are certainly below the limit, one certainly above, or neither."""
    answers = [error.within(limit) for error in errors]
    if any(answer is False for answer in answers):
        return False
    return True if all(answers) else None


def _text(
    job: "Job",
    found: "Sequence[tuple[str, CertifiedError]]",
    error: str | None,
    verdict: bool | None,
    limit: Fraction | None,
) -> str:
    from ucomp_verify.cli.bounding import above

    count, dim = len(job.measure.nodes), job.measure.dim
    defect = max(e.posterior.defect for _, e in found)
    agree = f"moments up to degree {job.degree} differ by at most {above(defect)} of the mass"
    lines = [
        f"{len(job.rule.indices)} of {count} nodes in dimension {dim}, "
        f"mass {above(job.measure.total_mass)}",
        agree + (f" of a cell, in {len(job.cells)} cells" if job.cells else ""),
    ]
    for name, certified in found:
        lines += [f"{name}:", *(f"  {line}" for line in _about(certified))]
    if limit is not None:
        lines.append(_SENTENCES[verdict].format(error))
    return "\n".join(lines)


_SENTENCES = {
    True: "certified: no error is above {}",
    False: "certified: an error is above {}",
    None: "undecided: a bound is above {}, and no error is known to be",
}


def _about(certified: "CertifiedError") -> list[str]:
    from ucomp_verify.cli.bounding import above, below

    order, found = certified.posterior.order, certified.error
    lines = list[str]()
    if found is not None:
        digits = f"by balls of {found.prec} bits" if found.prec else "exactly"
        if found.lower or not found.upper:
            span = f"error between {below(found.lower, 6)} and {above(found.upper, 6)}"
        else:
            span = f"error at most {above(found.upper)}, too small to be told from 0"
        lines.append(f"{span}, {digits}")
    whole = "error of every such function" if found is None else "bound"
    lines.append(f"{whole} at most {above(certified.bound.value)}, by moments up to {order}")
    promise = above(certified.prior.value)
    lines.append(
        f"promised for weights > 0 with equal moments: {promise} ({certified.prior.theorem})"
    )
    for share in certified.shares[:WORST]:
        part = float(100 * share.bound / certified.bound.value) if certified.bound.value else 0.0
        lines.append(
            f"cell {share.place}, mass {above(share.mass)}: at most {above(share.bound)}, "
            f"{part:.3g} %"
        )
    return lines


def _document(
    job: "Job",
    found: "Sequence[tuple[str, CertifiedError]]",
    error: str | None,
    verdict: bool | None,
    limit: Fraction | None,
) -> dict[str, Any]:
    """Decimals are strings, rounded outward."""
    from ucomp_verify.cli.bounding import above

    body: dict[str, Any] = {
        "schema": SCHEMA,
        "nodes": len(job.measure.nodes),
        "kept": len(job.rule.indices),
        "dim": job.measure.dim,
        "degree": job.degree,
        "mass": above(job.measure.total_mass, 17),
        "cells": len(job.cells),
        "functions": [_entry(name, certified) for name, certified in found],
    }
    if limit is not None:
        body |= {"limit": error, "verdict": VERDICTS[verdict]}
    return body


def _entry(name: str, certified: "CertifiedError") -> dict[str, Any]:
    from ucomp_verify.cli.bounding import above, below

    entry: dict[str, Any] = {
        "function": name,
        "bound": above(certified.bound.value, 17),
        "order": certified.posterior.order,
        "defect": above(certified.posterior.defect, 17),
        "promised": above(certified.prior.value, 17),
        "hypotheses": list(certified.hypotheses),
        "cells": [
            {"cell": s.place, "mass": above(s.mass, 17), "bound": above(s.bound, 17)}
            for s in certified.shares
        ],
    }
    if (found := certified.error) is not None:
        ends = {"lower": below(found.lower, 17), "upper": above(found.upper, 17)}
        entry["error"] = ends | {"prec": found.prec}
    return entry
