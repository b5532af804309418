"""The actual error of a function on a compression, enclosed."""

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from ucomp_verify.findings import Enclosure
from ucomp_verify.functions import DeepSet, Function, NotRational, enclose_integral
from ucomp_verify.measures import FloatMeasure, Measure
from ucomp_verify.measures.rules import Rule

if TYPE_CHECKING:
    from flint import arb

PREC = 128  # bits to begin with
MOST_PREC = 1024
LARGE, LARGE_PREC = 100_000, 256  # more nodes than this are not summed with more bits
EXACT_NODES = 256  # up to which rational functions are summed in fractions
CLEAR = 10  # how often the radius has to fit into the error


def enclosed_error(
    target: Function | DeepSet, measure: Measure, rule: Rule, *, most_prec: int = MOST_PREC
) -> Enclosure:
    """An enclosure of |h(int g dnu) - h(int g dmu)|, for nu with the weights of the rule.

    A rational function on few nodes gives the exact rational. Otherwise the precision is
    raised until the radius is a tenth of the error, or `most_prec` is reached: then the
    enclosure may begin at 0, and only its upper end says something. Raises `NotAnalytic` for
    poles at nodes, ValueError for functions of more variables than the nodes have.

    >>> from ucomp_verify.functions import parse_function
    >>> from ucomp_verify.measures import AtomicMeasure
    >>> line = AtomicMeasure.unit([(-1,), (0,), (1,)])
    >>> rule = Rule((0, 2), (Fraction(3, 2), Fraction(3, 2)))
    >>> enclosed_error(parse_function("x**2", 1), line, rule).lower
    Fraction(1, 1)
    """
    if target.dim > measure.dim:
        raise ValueError(
            f"found a function of {target.dim} variables; expected at most {measure.dim}"
        )
    exact = _exact(target, measure, rule) if len(measure.nodes) <= EXACT_NODES else None
    if exact is not None:
        return Enclosure.of(exact)
    prec = PREC
    most = min(most_prec, LARGE_PREC) if len(measure.nodes) > LARGE else most_prec
    while True:
        found = enclosure_of(difference(target, measure, rule, prec), prec)
        if is_clear(found) or 2 * prec > most:
            return found
        prec *= 2


def difference(target: Function | DeepSet, measure: Measure, rule: Rule, prec: int) -> "arb":
    """A ball that holds the value on mu minus that on nu."""
    from flint import ctx

    chosen: Any = (
        measure.nodes[list(rule.indices)]
        if isinstance(measure, FloatMeasure)
        else [measure.nodes[i] for i in rule.indices]
    )
    with ctx.workprec(prec):
        before = _value(target, measure.nodes, measure.weights, prec)
        return before - _value(target, chosen, rule.weights, prec)


def enclosure_of(value: "arb", prec: int) -> Enclosure:
    """The absolute values of the numbers in a finite ball."""
    return Enclosure(_exactly(value.abs_lower()), _exactly(value.abs_upper()), prec)


def is_clear(error: Enclosure) -> bool:
    """Whether the radius is at most a tenth of the error."""
    return CLEAR * (error.upper - error.lower) <= error.upper + error.lower


def _value(target: Function | DeepSet, nodes: Any, weights: Any, prec: int) -> "arb":
    if isinstance(target, DeepSet):
        return target.enclose(nodes, weights, prec=prec)
    return enclose_integral(target, nodes, weights, prec=prec)


def _exact(target: Function | DeepSet, measure: Measure, rule: Rule) -> Fraction | None:
    """The error in fractions; None for functions that are not rational."""
    exact = measure.exact() if isinstance(measure, FloatMeasure) else measure
    chosen = [exact.nodes[i] for i in rule.indices]
    try:
        before = _exact_value(target, exact.nodes, exact.weights)
        return abs(before - _exact_value(target, chosen, rule.weights))
    except (NotRational, ZeroDivisionError):
        return None


def _exact_value(
    target: Function | DeepSet,
    nodes: Sequence[Sequence[Fraction]],
    weights: Sequence[Fraction],
) -> Fraction:
    if isinstance(target, DeepSet):
        return target.at(nodes, weights)
    pairs = zip(nodes, weights, strict=True)
    return sum((weight * target.at(node) for node, weight in pairs), Fraction(0))


def _exactly(value: "arb") -> Fraction:
    mantissa, exponent = value.man_exp()
    return Fraction(int(mantissa)) * Fraction(2) ** int(exponent)
