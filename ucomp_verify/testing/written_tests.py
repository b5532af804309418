"""Writes one failure as a small pytest file, with its data as literals."""

import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING

from .cases import Case
from .suite import Check
from .types import CheckResult

if TYPE_CHECKING:
    from ucomp_verify.measures.arrays import Array

LITERAL = 4000  # numbers that a file holds as literals; more are drawn anew from the seed


def literal_case(
    points: Sequence[Sequence[str]], weights: Sequence[str], *, dim: int, degree: int
) -> Case:
    """The case with these numbers, in hexadecimal as `float.hex` writes them.

    >>> literal_case([["0x1.8p+0"]], ["inf"], dim=1, degree=2).points.tolist()
    [[1.5]]
    """
    import numpy as np

    rows = np.array([[float.fromhex(x) for x in row] for row in points]).reshape(len(points), dim)
    masses = np.array([float.fromhex(w) for w in weights], dtype=np.float64)
    return Case("literal", rows, masses, degree)


def failing_test(check: Check, result: CheckResult, case: Case, source: str) -> str:
    """A pytest file that fails as the check did.

    `source` is an expression for the compressor, made of names of `ucomp_verify.testing`.
    """
    told = textwrap.wrap(f"{check.asks}. {result.message}", 96, break_long_words=False)
    story = "\n".join(line.replace("\\", "\\\\").replace('"', "'") for line in told)
    literal = case.points.size + case.weights.size <= LITERAL
    data = _literals(case) if literal else ""
    made = (
        f"literal_case(POINTS, WEIGHTS, dim={case.dim}, degree={case.degree})"
        if literal
        else f'make_case("{case.name}", seed={case.seed})'
    )
    maker = "literal_case" if literal else "make_case"
    names = ", ".join(sorted({"find_check", maker, *_names_in(source)}))
    test = check.name.replace("-", "_").replace(".", "_")
    return (
        f'"""A failure of the conformance suite.\n\n{story}\n"""\n\n'
        f"from ucomp_verify.testing import {names}\n{data}\n\n"
        f"def test_{test}() -> None:\n"
        f"    compressor = {source}\n"
        f"    case = {made}\n"
        f'    find_check("{check.name}")(compressor, case=case)\n'
    )


def _names_in(source: str) -> set[str]:
    known = ("load_compressor", "adapt", "Program")
    return {name for name in known if f"{name}(" in source}


def _literals(case: Case) -> str:
    rows = "".join(f"    [{_hex(row)}],\n" for row in case.points)
    weights = "".join(
        f"    {_hex(case.weights[i : i + 4])},\n" for i in range(0, len(case.weights), 4)
    )
    return f"\nPOINTS = [\n{rows}]\nWEIGHTS = [\n{weights}]\n"


def _hex(values: "Array") -> str:
    return ", ".join(f'"{value.hex()}"' for value in values.tolist())
