"""`ucomp-verify cubature`: positive rules for continuous measures, proved; and their check."""

import json
import re
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ucomp_verify.cli.errors import Stop, refuse, say
from ucomp_verify.cli.exit_codes import ExitCode

if TYPE_CHECKING:
    from ucomp_verify.cubature import CubatureReport, CubatureRule, Domain

_SUFFIXES = (".npz", ".json", ".txt")
_DECIMAL = re.compile(r"\d{1,20}(\.\d{1,20})?([eE][+-]?\d{1,3})?", re.ASCII)


def cubature(
    domain: Annotated[
        str, typer.Argument(metavar="DOMAIN", help="cube, simplex, ball, sphere, gaussian, ...")
    ],
    dim: Annotated[int, typer.Option("-m", "--dim", metavar="M", help="The dimension.")],
    degree: Annotated[
        int, typer.Option("-k", "--degree", metavar="K", help="Exact for all polynomials up to it.")
    ],
    dps: Annotated[int, typer.Option("--dps", metavar="D", help="Digits, 15 to 500.")] = 50,
    eliminate: Annotated[
        bool, typer.Option("--eliminate/--no-eliminate", help="Look for fewer nodes than N.")
    ] = False,
    seed: Annotated[int, typer.Option("--seed", help="Another seed gives other nodes.")] = 0,
    check: Annotated[
        Path | None, typer.Option("--check", metavar="FILE", help="Check the rule in this file.")
    ] = None,
    tolerance: Annotated[
        str | None, typer.Option("--tolerance", metavar="SIZE", help="For --check, such as 1e-12.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the rule as JSON.")] = False,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="FILE", help="Keep the rule: .npz, .json or .txt."),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Overwrite the file.")] = False,
) -> int:
    """Make, or check, a positive cubature rule.

    At most N nodes inside the domain, positive weights, exact up to the degree: existence
    is proved and all numbers are enclosed. Exit code 1: the rule in the file is wrong.
    """
    from ucomp_verify.cli.output import emit, prepare
    from ucomp_verify.cli.terminal import progress

    where = _domain(domain, dim)
    if check is not None:
        return _check(check, where, degree, tolerance, as_json=as_json, output=output)
    if tolerance is not None:
        refuse("--tolerance goes with --check; leave it out")
    if output is not None:
        _protect(output, force=force)
        prepare(output)
    with progress("looking for nodes and proving"):
        rule = _make(where, degree, dps, eliminate=eliminate, seed=seed)
        report = rule.check()
    if output is not None:
        _write(output, rule)
    emit(_document(rule, report) if as_json else _summary(rule, report))
    return ExitCode.STANDS


def _domain(name: str, dim: int) -> "Domain":
    from ucomp_verify.cubature import UnknownDomain, named_domain

    try:
        return named_domain(name, dim)
    except UnknownDomain as error:
        refuse(str(error))


def _protect(output: Path, *, force: bool) -> None:
    if output.suffix.lower() not in _SUFFIXES:
        refuse(f"{output}: expected a name that ends in {', '.join(_SUFFIXES)}")
    if output.is_file() and not force:
        refuse(f"{output}: exists; name another file, or give --force")


def _make(domain: "Domain", degree: int, dps: int, *, eliminate: bool, seed: int) -> "CubatureRule":
    from ucomp_verify.cubature import CubatureRefused, NoRuleFound, cubature

    try:
        return cubature(domain, domain.dim, degree, dps, eliminate=eliminate, seed=seed)
    except CubatureRefused as error:
        refuse(str(error))
    except NoRuleFound as error:
        raise Stop(ExitCode.UNDECIDED, str(error)) from None


def _write(output: Path, rule: "CubatureRule") -> None:
    from ucomp_verify.cli.output import write
    from ucomp_verify.cubature.files import NotRepresentable, content

    try:
        data = content(rule, output.suffix.lower())
    except NotRepresentable as error:
        refuse(f"{output}: {error}")
    write(output, data)
    say(f"wrote {output}")


def _summary(rule: "CubatureRule", report: "CubatureReport") -> str:
    from ucomp_verify.cubature import rounded_down, rounded_up

    domain = rule.domain
    kind = "rational" if rule.exact_nodes else f"known to {rule.dps} digits"
    place = "all on the sphere" if domain.is_sphere else "all interior"
    least = min(w.center - w.radius for w in rule.weights)
    constant = "" if domain.constant.is_one else f", moments in Q * {domain.constant.text}"
    return (
        f"{domain.name}, dimension {domain.dim}, degree {rule.degree}{constant}\n"
        f"nodes: {len(rule)}, {place}, {kind}; N = {rule.size_bound}, "
        f"no positive rule has fewer than {rule.lower_bound}\n"
        f"weights: all > 0, known to {rule.dps} digits; all at least {rounded_down(least)}\n"
        f"residual: at most {rounded_up(report.residual_bound)}, relatively, in all moments, "
        f"with numbers rounded to {rule.dps + 8} digits"
    )


def _document(rule: "CubatureRule", report: "CubatureReport") -> str:
    from ucomp_verify.cubature import rounded_down, rounded_up
    from ucomp_verify.cubature.files import document

    least = rounded_down(min(w.center - w.radius for w in rule.weights))
    proved = {
        "interior": not rule.domain.is_sphere,
        "least_weight": least,
        "residual_bound": rounded_up(report.residual_bound),
    }
    return json.dumps(document(rule) | proved, indent=1)


def _check(
    path: Path,
    domain: "Domain",
    degree: int,
    tolerance: str | None,
    *,
    as_json: bool,
    output: Path | None,
) -> int:
    """Exit code 0 if the rule does what it claims, else 1."""
    from ucomp_verify.cli.output import emit
    from ucomp_verify.cli.terminal import progress
    from ucomp_verify.cubature import InvalidCubature, check_cubature_rule
    from ucomp_verify.cubature.files import read_cubature

    if as_json or output is not None:
        refuse("--check prints its findings; leave out --json and -o")
    allowed = _tolerance(tolerance)
    nodes, weights = read_cubature(path)
    try:
        with progress("checking"):
            report = check_cubature_rule(nodes, weights, domain, degree, tolerance=allowed)
    except InvalidCubature as error:
        refuse(f"{path}: {error}")
    emit(_findings(report))
    _require_right(report)
    return ExitCode.STANDS


def _require_right(report: "CubatureReport") -> None:
    from ucomp_verify.cubature import WrongCubatureRule

    try:
        report.raise_if_wrong()
    except WrongCubatureRule as error:
        raise Stop(ExitCode.REFUTED, str(error)) from None


def _tolerance(text: str | None) -> Fraction | None:
    if text is None:
        return None
    value = Fraction(text) if _DECIMAL.fullmatch(text) else Fraction(1)
    if value >= 1:
        refuse(f"--tolerance: found {text[:40]!r}; expected a decimal from 0 to below 1, as 1e-12")
    return value


def _findings(report: "CubatureReport") -> str:
    from ucomp_verify.cubature import rounded_up

    return (
        f"nodes: {report.num_nodes}; {len(report.outside)} outside, "
        f"{len(report.boundary)} on the boundary\n"
        f"weights: {len(report.nonpositive)} not > 0\n"
        f"degree: {_degree(report)}; claimed {report.degree}\n"
        f"residual: at most {rounded_up(report.residual_bound)}, relatively, up to the claimed "
        f"degree; tolerance {rounded_up(report.tolerance)}"
    )


def _degree(report: "CubatureReport") -> str:
    if report.found_degree > report.degree:
        return f"{report.found_degree} or more"
    return str(report.found_degree) if report.found_degree >= 0 else "none, not even the mass"
