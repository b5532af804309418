"""What a certificate states, in words."""

from fractions import Fraction
from functools import singledispatch

from ucomp_verify.kernel import certificates as given
from ucomp_verify.kernel.rationals import show


def describe(certificate: given.Certificate) -> str:
    """The kind, the statement and the sizes of a certificate, in a line or two."""
    return _told(certificate)


@singledispatch
def _told(certificate: object) -> str:
    raise TypeError(f"no words for a certificate of type {type(certificate).__name__}")


@_told.register
def _(c: given.Cubature) -> str:
    approximate = isinstance(c, given.ApproximateCubature)
    agree = "nearly has" if approximate else "has exactly"
    kind = "approximate cubature" if approximate else "cubature"
    kept = f"a measure on {_some(len(c.support), 'node')} {agree}"
    return f"{kind}: {kept} all moments up to degree {c.degree} of\n  {_source(c.source)}"


@_told.register
def _(c: given.PowerSumIdentity) -> str:
    where = "any number of points" if c.num_points is None else _some(c.num_points, "point")
    left = _some(len(c.left), "monomial multisymmetric function")
    right = _some(len(c.right), "product")
    degree = max((sum(map(sum, parts)) for _, parts in c.left), default=0)
    return (
        f"power sum identity: a combination of {left} of degree {degree} equals one of {right}\n"
        f"  of power sums, on {where} in dimension {c.dim}"
    )


@_told.register
def _(c: given.Syzygy) -> str:
    value = "" if c.witness is None else ", and does not vanish on a weighted set that is given"
    return (
        f"syzygy: a nonzero polynomial of {_some(len(c.terms), 'term')} in power sums vanishes\n"
        f"  on every {_some(c.num_points, 'point')} in dimension {c.dim}{value}"
    )


@_told.register
def _(c: given.LevelSet) -> str:
    total = sum((b - a for a, b in c.pieces), start=Fraction(0))
    degree = len(c.coefficients.numerators) - 1
    return (
        f"level set: a polynomial of degree {degree} with max |p| = 1 on its domain has\n"
        f"  |p| <= {show(c.level)} on {_some(len(c.pieces), 'interval')} of total length "
        f"{show(total)}"
    )


@_told.register
def _(c: given.Covering) -> str:
    return f"covering: the radius that a ball must have to hold {_points(c.points)}"


@_told.register
def _(c: given.Packing) -> str:
    return f"packing: how close the closest {c.subset_size} are among {_points(c.points)}"


@_told.register
def _(c: given.Growth) -> str:
    functions = _some(len(c.functions), "function")
    return (
        f"growth: for n copies of {_source(c.source)},\n"
        f"  weights on {_some(c.size, 'node')} err by more than {show(c.error)} * n^{c.power} "
        f"for one of {functions}"
    )


@_told.register
def _(c: given.Counterexample) -> str:
    at = zip(c.statement.variables, c.values.fractions(), strict=False)
    values = ", ".join(f"{name} = {show(value)}" for name, value in at)
    hypotheses = _some(len(c.statement.hypotheses), "hypothesis", "hypotheses")
    return f"counterexample: a conclusion from {hypotheses} fails at\n  {values}"


def _some(count: int, noun: str, plural: str = "") -> str:
    return f"{count} {noun if count == 1 else plural or noun + 's'}"


def _points(points: given.Points) -> str:
    return f"{_some(len(points.numerators), 'point')} in dimension {points.dim}"


def _source(source: given.Source) -> str:
    weights = "unit weights" if source.weights is None else "weights of their own"
    if source.nodes is None:
        return f"data with the SHA-256 {', '.join(source.sha256)}"
    nodes = _some(len(source.nodes.numerators), "node")
    return f"{nodes} in dimension {source.nodes.dim} with {weights}"
