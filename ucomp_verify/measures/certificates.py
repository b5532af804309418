"""Certificates of cubature for the kernel: of exact reductions, and of anybody's rules.

Those that name the data by digest hold the weights of the support alone, and are made
without a copy of the data.
"""

from collections.abc import Iterable
from hashlib import sha256
from operator import mul
from typing import TYPE_CHECKING

from ucomp_verify.kernel.certificates import ApproximateCubature, Cubature, Source
from ucomp_verify.kernel.rationals import Points, Vector
from ucomp_verify.writing import points as exact_points
from ucomp_verify.writing import vector

from .atomic import AtomicMeasure
from .compression import Compression, ExactWeights
from .exact_moments import exact_moments
from .float_measure import FloatMeasure, Measure
from .monomials import monomial_rows
from .rules import Rule

if TYPE_CHECKING:
    from .arrays import Array

ROWS = 1 << 16  # of an array that are hashed at a time


def cubature_certificate(
    before: AtomicMeasure, after: AtomicMeasure, degree: int, *, exact: bool = True
) -> Cubature:
    """The certificate that `after` has the moments of `before` up to the degree.

    An `ApproximateCubature` unless `exact`. It holds the nodes themselves. Whether it is
    true, the kernel says. Raises ValueError if the two measures have other nodes.
    """
    if after.nodes != before.nodes:
        raise ValueError(
            "found measures on different nodes; expected `after` on the nodes of `before`, in "
            "their order, with weight 0 where one was dropped"
        )
    rule = Rule(after.support, tuple(after.weights[i] for i in after.support))
    return _cubature(_embedded(before), degree, rule, exact=exact)


def certificate_of(compression: Compression, *, digest: bool = False) -> Cubature:
    """The certificate of a compression: of the midpoints, where its weights are balls.

    A `Cubature` if the weights are exact, else an `ApproximateCubature`. With `digest` it
    names the data, which must be float64, by SHA-256 instead of holding them; ValueError if
    they are not.
    """
    exact = isinstance(compression.weights, ExactWeights)
    source = _source(compression.source, digest=digest)
    return _cubature(source, compression.degree, compression.rule, exact=exact)


def rule_certificate(
    points: "Array",
    weights: "Array | None",
    rule: Rule,
    degree: int,
    *,
    digest: bool = False,
) -> Cubature:
    """The certificate that the rule has the moments of float64 data up to the degree.

    `points` have shape (d, m), `weights` (d,), all 1 if None. A `Cubature` if the moments
    agree exactly, else an `ApproximateCubature`; a wrong rule gets one too, for the kernel to
    reject. With `digest` it names the data by SHA-256 instead of holding them.
    """
    measure = FloatMeasure(points, weights)
    source = _source(measure, digest=digest)
    return _cubature(source, degree, rule, exact=_is_exact(measure, rule, degree))


def named_certificate(
    digests: tuple[str, ...], rule: Rule, degree: int, *, exact: bool
) -> Cubature:
    """The certificate of a rule on data with these digests, an exact one or not, unchecked."""
    return _cubature(Source(None, None, digests), degree, rule, exact=exact)


def data_digest(array: "Array") -> str:
    """SHA-256 of a float64 array of shape (d, m) or (d,), as the kernel's data.py defines it.

    >>> import numpy as np
    >>> data_digest(np.zeros((1, 2)))[:8]
    'e4e0fed4'
    """
    starts = range(0, len(array), ROWS)
    shape = len(array), array.size // max(len(array), 1)
    return digest_of_blocks((array[i : i + ROWS] for i in starts), shape)


def digest_of_blocks(blocks: "Iterable[Array]", shape: tuple[int, int]) -> str:
    """The same of an array of this shape that comes in blocks of rows."""
    import numpy as np

    state = sha256(b"%d,%d;" % shape)
    for block in blocks:
        state.update(np.ascontiguousarray(block, dtype="<f8").data)
    return state.hexdigest()


def _is_exact(measure: FloatMeasure, rule: Rule, degree: int) -> bool:
    """Whether the rule is one at all, and has exactly the moments of the measure."""
    good = all(0 <= i < len(measure) for i in rule.indices) and min(rule.weights, default=0) > 0
    if not good or len(set(rule.indices)) != len(rule.indices):
        return False
    if sum(rule.weights) != measure.total_mass:  # as nearly all rules in float64: quick to see
        return False
    moments = exact_moments(measure, degree)
    rows = monomial_rows(moments.frame.integers(measure.part(list(rule.indices))), degree)
    weights = vector(rule.weights)
    scale = moments.unit * weights.denominator
    return all(
        sum(map(mul, row, weights.numerators)) == scale * value
        for row, value in zip(rows, moments.values, strict=True)
    )


def _source(measure: Measure, *, digest: bool) -> Source:
    if not digest:
        return _embedded(measure)
    if isinstance(measure, AtomicMeasure):
        raise ValueError("found fractions; expected float64 data, which alone have a digest")
    arrays = (measure.nodes, measure.weights)
    return Source(None, None, tuple(data_digest(a) for a in arrays if a is not None))


def _embedded(measure: Measure) -> Source:
    """The source with its nodes and weights, these left out when all are 1."""
    if isinstance(measure, AtomicMeasure):
        ones = all(weight == 1 for weight in measure.weights)
        weights = None if ones else vector(measure.weights)
        return Source(exact_points(measure.nodes), weights, ())
    exact = _dyadic(measure.nodes)
    entries = zip(*[iter(exact.numerators)] * measure.dim, strict=True)
    weights = None if measure.weights is None else _dyadic(measure.weights)
    return Source(Points(exact.denominator, tuple(entries)), weights, ())


def _dyadic(array: "Array") -> Vector:
    """The entries, row by row, on their least common denominator, which is a power of 2."""
    ratios = [x.as_integer_ratio() for x in array.reshape(-1).tolist()]
    common = max(q for _, q in ratios)
    return Vector(common, tuple([p * (common // q) for p, q in ratios]))


def _cubature(source: Source, degree: int, rule: Rule, *, exact: bool) -> Cubature:
    kind = Cubature if exact else ApproximateCubature
    return kind(source, degree, rule.indices, vector(rule.weights))
