"""Certificates of cubature for the kernel: of exact reductions, and of anybody's rules."""

from collections.abc import Iterable
from fractions import Fraction
from hashlib import sha256
from typing import TYPE_CHECKING

from ucomp_verify.kernel import RejectedCertificate, check
from ucomp_verify.kernel.certificates import ApproximateCubature, Cubature, Source
from ucomp_verify.kernel.facts import CubatureFact
from ucomp_verify.writing import points as exact_points
from ucomp_verify.writing import vector

from .atomic import AtomicMeasure

if TYPE_CHECKING:
    from .arrays import Array
    from .rules import Rule


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
    ones = all(weight == 1 for weight in before.weights)
    weights = None if ones else vector(before.weights)
    source = Source(nodes=exact_points(before.nodes), weights=weights, sha256=())
    kept = [after.weights[i] for i in after.support]
    return _cubature(source, degree, after.support, kept, exact=exact)


def rule_certificate(
    points: "Array",
    weights: "Array | None",
    rule: "Rule",
    degree: int,
    *,
    digest: bool = False,
) -> Cubature:
    """The certificate that the rule has the moments of float64 data up to the degree.

    `points` have shape (d, m), `weights` (d,), all 1 if None. A `Cubature` if the moments
    agree exactly, else an `ApproximateCubature`; a wrong rule gets one too, for the kernel to
    reject. With `digest` it names the data by SHA-256 instead of holding them.
    """
    exact_weights = None if weights is None else vector(map(Fraction, weights.tolist()))
    nodes = exact_points([Fraction(x) for x in row] for row in points.tolist())
    names = tuple(data_digest(array) for array in (points, weights) if array is not None)
    source = Source(None, None, names) if digest else Source(nodes, exact_weights, ())
    data = Source(nodes, exact_weights, names) if digest else None
    approximate = _cubature(source, degree, rule.indices, rule.weights, exact=False)
    try:
        fact = check(approximate, data)
    except RejectedCertificate:
        return approximate
    assert isinstance(fact, CubatureFact)
    exact = not fact.defects
    return _cubature(source, degree, rule.indices, rule.weights, exact=exact)


def data_digest(array: "Array") -> str:
    """SHA-256 of a float64 array of shape (d, m) or (d,), as the kernel's data.py defines it.

    >>> import numpy as np
    >>> data_digest(np.zeros((1, 2)))[:8]
    'e4e0fed4'
    """
    import numpy as np

    rows, columns = array.reshape(len(array), -1).shape
    body = np.ascontiguousarray(array, dtype="<f8").tobytes()
    return sha256(b"%d,%d;" % (rows, columns) + body).hexdigest()


def _cubature(
    source: Source,
    degree: int,
    support: Iterable[int],
    weights: Iterable[Fraction],
    *,
    exact: bool,
) -> Cubature:
    kind = Cubature if exact else ApproximateCubature
    return kind(source, degree, tuple(support), vector(weights))
