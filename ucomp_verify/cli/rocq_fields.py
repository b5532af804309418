"""A certificate as the fields of the records that the checker in Rocq takes.

The numbers stay as they are; rationals that the kernel reads one by one are put over their
least common denominator. Whatever is false stays false: the checker is to find it out.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import comb
from typing import TypeAlias

from ucomp_verify.kernel.algebra import limit_powers
from ucomp_verify.kernel.certificates import (
    ApproximateCubature,
    Certificate,
    Cubature,
    Factors,
    LevelSet,
    PowerSumIdentity,
    Source,
    Syzygy,
    WeightedSet,
)
from ucomp_verify.kernel.rationals import MultiIndex, Points, Vector
from ucomp_verify.kernel.refusals import (
    MalformedCertificate,
    RejectedCertificate,
    limit_work,
)
from ucomp_verify.writing import vector

Row: TypeAlias = tuple[int, ...]
Rows: TypeAlias = tuple[Row, ...]


@dataclass(frozen=True)
class Natural:
    """A dimension or degree, which Rocq writes in unary numbers."""

    value: int


@dataclass(frozen=True)
class Number:
    """An integer."""

    value: int


@dataclass(frozen=True)
class Count:
    """A number of points; None for every number of points."""

    value: int | None
    optional: bool


@dataclass(frozen=True)
class Numbers:
    """A list of integers, or a fixed number of them."""

    values: Row
    fixed: bool = False


@dataclass(frozen=True)
class Table:
    """Rows of integers, lists or a fixed number of them."""

    rows: Rows
    fixed: bool = False


@dataclass(frozen=True)
class Term:
    """A coefficient, exponents of the own point, and factors."""

    coefficient: int
    own: MultiIndex
    factors: Factors


@dataclass(frozen=True)
class Terms:
    """A list of terms."""

    terms: tuple[Term, ...]


@dataclass(frozen=True)
class Witness:
    """The fields of a weighted set, if there is one."""

    fields: "tuple[Field, ...] | None"


Value: TypeAlias = Natural | Number | Count | Numbers | Table | Terms | Witness
Field: TypeAlias = tuple[str, Value]


class NoChecker(ValueError):
    """The kind of this certificate is one that the checker does not know."""


def fields_of(certificate: Certificate, data: Source | None) -> tuple[str, tuple[Field, ...]]:
    """The kind of the certificate, and its fields in the order of the record.

    `data` is the measure that a cubature names by its digest. Raises `NoChecker`, and
    as the kernel `MalformedCertificate` for missing data or too much work and
    `RejectedCertificate` for other data.
    """
    if isinstance(certificate, Cubature):
        exact = not isinstance(certificate, ApproximateCubature)
        name = "cubature" if exact else "approximate_cubature"
        return name, _cubature(certificate, data)
    if isinstance(certificate, LevelSet):
        return "level_set", _level_set(certificate)
    if isinstance(certificate, PowerSumIdentity):
        return "power_sum_identity", _identity(certificate)
    if isinstance(certificate, Syzygy):
        return "syzygy", _syzygy(certificate)
    raise NoChecker(f"no checker in Rocq for {type(certificate).__name__}; the kernel checks it")


def _embedded(source: Source) -> tuple[Points, Vector]:
    if source.nodes is None or source.sha256:
        raise MalformedCertificate("expected nodes without a SHA-256, which is theirs alone")
    return source.nodes, source.weights or Vector(1, (1,) * len(source.nodes.numerators))


def _measure(c: Cubature, data: Source | None) -> tuple[Points, Vector]:
    """Nodes and weights of the source, which are those of the data if there are any."""
    given = None if data is None else _embedded(Source(data.nodes, data.weights, ()))
    if c.source.nodes is not None:
        own = _embedded(c.source)
        if given not in (None, own):
            raise RejectedCertificate("the certificate holds another measure than the data")
        return own
    if data is None or given is None:
        raise MalformedCertificate(f"give the data of SHA-256 {c.source.sha256[:2]} by --data")
    if c.source != Source(None, None, data.sha256):
        raise RejectedCertificate(f"other data, SHA-256 {data.sha256}")
    return given


def _cubature(c: Cubature, data: Source | None) -> tuple[Field, ...]:
    nodes, weights = _measure(c, data)
    limit_work(comb(nodes.dim + c.degree, c.degree) * (1000 + len(nodes.numerators)))
    return (
        ("dim", Natural(nodes.dim)),
        ("degree", Natural(c.degree)),
        ("point-denominator", Number(nodes.denominator)),
        ("node", Table(nodes.numerators)),
        ("source-denominator", Number(weights.denominator)),
        ("source-weights", Numbers(weights.numerators)),
        ("support", Numbers(c.support)),
        ("rule-denominator", Number(c.weights.denominator)),
        ("rule-weights", Numbers(c.weights.numerators)),
    )


def _pair(value: Fraction) -> Numbers:
    return Numbers((value.numerator, value.denominator), fixed=True)


def _piece(ends: tuple[Fraction, Fraction]) -> Row:
    common = vector(ends)
    return (*common.numerators, common.denominator)


def _level_set(c: LevelSet) -> tuple[Field, ...]:
    limit_work(len(c.coefficients.numerators) ** 2 * (len(c.domain.numerators) + len(c.pieces)))
    return (
        ("coefficient-denominator", Number(c.coefficients.denominator)),
        ("coefficients", Numbers(c.coefficients.numerators)),
        ("domain-denominator", Number(c.domain.denominator)),
        ("domain", Numbers(c.domain.numerators)),
        ("level", _pair(c.level)),
        ("peak", _pair(c.peak)),
        ("piece", Table(tuple(_piece(p) for p in c.pieces), fixed=True)),
    )


def _terms(coefficients: Sequence[int], rest: Iterable[tuple[MultiIndex, Factors]]) -> Terms:
    terms = tuple(Term(x, own, f) for x, (own, f) in zip(coefficients, rest, strict=True))
    for term in terms:
        limit_work(4 ** min(len(term.factors), 16))  # as the kernel: at most 14 factors
    return Terms(terms)


def _identity(c: PowerSumIdentity) -> tuple[Field, ...]:
    limit_work(c.dim * 10**6)
    own = (0,) * c.dim
    common = vector([x for x, _ in (*c.left, *c.right)])
    split, numerators = len(c.left), common.numerators
    return (
        ("dim", Natural(c.dim)),
        ("points", Count(c.num_points, optional=True)),
        ("denominator", Number(common.denominator)),
        ("left", _terms(numerators[:split], [(own, f) for _, f in c.left])),
        ("right", _terms(numerators[split:], [(own, f) for _, f in c.right])),
    )


def _weighted_set(at: WeightedSet | None) -> Witness:
    if at is None:
        return Witness(None)
    return Witness(
        (
            ("node-denominator", Number(at.nodes.denominator)),
            ("node", Table(at.nodes.numerators)),
            ("weight-denominator", Number(at.weights.denominator)),
            ("weights", Numbers(at.weights.numerators)),
            ("own", Number(at.own)),
        )
    )


def _syzygy(c: Syzygy) -> tuple[Field, ...]:
    limit_work(c.dim * 10**6)
    common = vector([x for x, _, _ in c.terms])
    if c.witness is not None:
        exponents = [(*own, *(e for f in factors for e in f)) for _, own, factors in c.terms]
        at = c.witness
        limit_powers(exponents, [*at.nodes.fractions(), at.weights.fractions()])
    return (
        ("dim", Natural(c.dim)),
        ("points", Count(c.num_points, optional=False)),
        ("denominator", Number(common.denominator)),
        ("term", _terms(common.numerators, [(own, f) for _, own, f in c.terms])),
        ("witness", _weighted_set(c.witness)),
    )
