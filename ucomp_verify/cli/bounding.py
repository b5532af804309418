"""The work of `ucomp-verify bound` and `ucomp-verify nodes`: files, functions, numbers."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from ucomp_verify.cli.errors import refuse
from ucomp_verify.measures import FloatMeasure
from ucomp_verify.measures.rules import Rule

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from ucomp_verify.bounds import Plan
    from ucomp_verify.bounds.strips import StripBound
    from ucomp_verify.errors.certified_result import CertifiedError
    from ucomp_verify.errors.expansions import Expandable

_DECIMAL = re.compile(r"\d{1,20}(\.\d{1,20})?([eE][+-]?\d{1,3})?", re.ASCII)
CLASSES = ("sigmoid", "tanh", "sin", "cos", "exp")
MOST_CELLS = 1 << 20
PLAIN = 10**12  # integers below this are written out


@dataclass(frozen=True, eq=False)
class Job:
    """A compression from files: the data, what was kept, and the cells that were matched."""

    measure: FloatMeasure
    rule: Rule
    degree: int
    cells: "tuple[npt.NDArray[np.intp], ...]"


def read_job(
    points: Path, result: Path, weights: Path | None, cells: str | None, degree: int
) -> Job:
    """What the files say; anything unreadable is refused."""
    from ucomp_verify.measures.files import read_points, read_rule, read_weights

    nodes = read_points(points)
    source = read_weights(weights, len(nodes)) if weights else None
    measure, rule = FloatMeasure(nodes, source), read_rule(result, nodes)
    for index in rule.indices:
        if index >= len(nodes):
            refuse(
                f"{result}: found the index {index} for {len(nodes)} points; expected rows of "
                f"{points}, which count from 0: name the points that were compressed"
            )
    return Job(measure, rule, degree, _cells(measure, rule, cells))


def certify(job: Job, text: str, slope: str) -> "tuple[str, CertifiedError]":
    """What the function is called, and its certified error."""
    from ucomp_verify.errors.certified_result import certified_error
    from ucomp_verify.functions import NotAnalytic

    name, functions = read_function(text, job.measure.dim, slope)
    try:
        found = certified_error(
            job.measure, job.rule, functions, degree=job.degree, cells=job.cells
        )
    except (ValueError, NotAnalytic) as error:  # a hypothesis fails: poles, too high a degree
        refuse(f"--function {text[:60]!r}: {error}")
    return name, found


def read_function(text: str, dim: int, slope: str) -> "tuple[str, Expandable]":
    """The class of this name, or the function that the formula says."""
    from ucomp_verify.bounds.classes import ONE
    from ucomp_verify.bounds.ridges import RidgeClass
    from ucomp_verify.errors.expansions import ExponentialClass
    from ucomp_verify.functions import UnreadableFunction, parse_function

    steep = limit_of(slope, "--slope")
    if text == "exp":
        return f"exp(<x, w>), |x|_1 <= {slope}", ExponentialClass(steep)
    if text in CLASSES:
        name = f"{text}(<x, w> + b), |x|_1 <= {slope}, all b"
        return name, RidgeClass(_strip(text), dim, steep, ONE)
    try:
        return text, parse_function(text, dim)
    except UnreadableFunction as error:
        known = ", ".join(CLASSES)
        refuse(f"--function {text[:60]!r}: {error}; or one of the classes {known}")


def _strip(name: str) -> "StripBound":
    from ucomp_verify.bounds.strips import Cosine, Sigmoid, Tanh

    known: dict[str, Callable[[], StripBound]] = {"sigmoid": Sigmoid, "tanh": Tanh}
    return known.get(name, Cosine)()


def limit_of(text: str, option: str = "--error") -> Fraction:
    """The decimal, exactly; refused unless it is a number > 0."""
    if not _DECIMAL.fullmatch(text) or not Fraction(text):
        refuse(
            f"{option}: found {text[:40]!r}; expected a decimal number > 0 such as 1e-8 or 0.001, "
            "with an exponent of at most three digits"
        )
    return Fraction(text)


def above(value: Fraction, digits: int = 3) -> str:
    """A decimal that is at least the value."""
    return _decimal(value, Context(digits, ROUND_CEILING))


def below(value: Fraction, digits: int = 3) -> str:
    """A decimal that is at most the value."""
    return _decimal(value, Context(digits, ROUND_FLOOR))


def _decimal(value: Fraction, context: Context) -> str:
    if value.denominator == 1 and abs(value) < PLAIN:
        return str(value.numerator)
    quotient = context.divide(Decimal(value.numerator), Decimal(value.denominator)).normalize()
    plain = -3 <= quotient.adjusted() < context.prec + 3
    return f"{quotient:f}" if plain else f"{quotient:e}"


def _cells(
    measure: FloatMeasure, rule: Rule, wish: str | None
) -> "tuple[npt.NDArray[np.intp], ...]":
    """The nodes of each cell: of a grid, or as the labels in a file say."""
    import numpy as np

    if wish is None:
        return ()
    labels = _grid(measure, int(wish)) if re.fullmatch(r"\d{1,6}", wish) else _labels(measure, wish)
    kept = np.ones(len(measure), bool) if measure.weights is None else measure.weights > 0
    kept[list(rule.indices)] = True
    places = np.flatnonzero(kept)
    order = places[np.argsort(labels[places], kind="stable")]
    cells = np.split(order, np.flatnonzero(np.diff(labels[order])) + 1)
    if len(cells) > MOST_CELLS:
        refuse(f"--cells: found {len(cells)} cells; expected at most {MOST_CELLS}: take fewer")
    return tuple(cells)


def _grid(measure: FloatMeasure, side: int) -> "npt.NDArray[np.int64]":
    import numpy as np

    most = min(999_999, int(2 ** (62 / measure.dim)))
    if not 1 <= side <= most:
        refuse(
            f"--cells: found {side} along each of {measure.dim} axes; expected 1 to {most}: give a "
            "file with the cell of each node for others"
        )
    labels = np.zeros(len(measure), np.int64)
    for axis in measure.nodes.T:
        low, high = float(axis.min()), float(axis.max())
        extent = high / 2 - low / 2 or 1.0
        shares = (axis / 2 - low / 2) / extent * side
        labels = labels * side + np.minimum(shares.astype(np.int64), side - 1)
    return labels


def _labels(measure: FloatMeasure, name: str) -> "npt.NDArray[np.int64]":
    import numpy as np

    from ucomp_verify.measures.files import read_table

    table = read_table(Path(name), "cells")
    flat = table.reshape(-1) if table.ndim == 2 and 1 in table.shape else table
    if flat.shape != (len(measure),):
        refuse(
            f"{name}: found labels of shape {table.shape} for {len(measure)} points; expected one "
            "number a point: give the cell of each"
        )
    if not np.isfinite(flat).all():
        refuse(f"{name}: found a label that is not finite; expected a number for each cell")
    return np.unique(flat, return_inverse=True)[1].reshape(-1).astype(np.int64)


def planned(
    text: str, dim: int, half_side: Fraction, slope: str, mass: Fraction, error: Fraction
) -> "tuple[str, Plan]":
    """What the functions are called, and the plan with the fewest nodes for them."""
    from ucomp_verify.bounds import HypothesisNotMet, nodes_for_error
    from ucomp_verify.errors.known_classes import classes_that_hold

    name, functions = read_function(text, dim, slope)
    try:
        classes = classes_that_hold(functions, dim, half_side)
        return name, nodes_for_error(classes, mass=mass, error=error)
    except HypothesisNotMet as refusal:
        refuse(f"--function {text[:60]!r}: {refusal}")
