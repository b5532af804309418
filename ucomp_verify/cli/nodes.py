"""`ucomp-verify nodes`: how many nodes are enough for an error, before any data are seen."""

import json
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ucomp_verify.cli.bound import AsJson, Slope
from ucomp_verify.cli.exit_codes import ExitCode

if TYPE_CHECKING:
    from ucomp_verify.bounds import Plan

SCHEMA = "ucomp-nodes/1"


def nodes(
    function: Annotated[
        str, typer.Option("--function", metavar="F", help="A class or a formula, as for `bound`.")
    ],
    error: Annotated[str, typer.Option(metavar="EPS", help="The error that is allowed.")],
    dim: Annotated[int, typer.Option("-m", "--dim", min=1, max=64, help="Of the nodes.")],
    mass: Annotated[str, typer.Option(metavar="W", help="Sum of the weights: d, if all are 1.")],
    half_side: Annotated[
        str, typer.Option("--half-side", metavar="R", help="The nodes lie in [-R, R]^M.")
    ] = "1",
    slope: Slope = "1",
    as_json: AsJson = False,
) -> int:
    """Say how many nodes are enough for an error.

    The number holds for all data in the cube, and for all functions of the class at once.
    """
    from ucomp_verify.cli.bounding import above, limit_of, planned
    from ucomp_verify.cli.output import emit

    allowed, total = limit_of(error), limit_of(mass, "--mass")
    name, plan = planned(function, dim, limit_of(half_side, "--half-side"), slope, total, allowed)
    if as_json:
        emit(json.dumps(_document(name, plan, error), indent=1))
        return ExitCode.STANDS
    bound = above(plan.bound.value)
    many = f"{plan.side}^{dim}" if dim > 1 else f"{plan.side}"
    cells = f"in each of {many} equal cells" if plan.side > 1 else "of all nodes"
    enough = "1 node is" if plan.nodes == 1 else f"{plan.nodes} nodes are"
    power = f"^{dim}" if dim > 1 else ""
    lines = [
        f"{enough} enough: one reduction of degree {plan.degree} {cells}",
        f"{name}: error at most {bound} <= {error} ({plan.theorem}), "
        f"for nodes in [-{half_side}, {half_side}]{power} of mass {mass}",
    ]
    if plan.side == 1:
        lines.append(f"ucomp-verify compress POINTS -k {plan.degree} -o OUT.npz")
    emit("\n".join(lines))
    return ExitCode.STANDS


def _document(name: str, plan: "Plan", error: str) -> dict[str, Any]:
    from ucomp_verify.cli.bounding import above

    return {
        "schema": SCHEMA,
        "function": name,
        "nodes": plan.nodes,
        "degree": plan.degree,
        "cells_along_an_axis": plan.side,
        "dim": plan.dim,
        "bound": above(plan.bound.value, 17),
        "limit": error,
        "theorem": plan.theorem,
        "hypotheses": list(plan.bound.hypotheses),
    }
