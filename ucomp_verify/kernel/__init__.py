"""The trusted checker: certificate in, fact out. Standard library only.

Everything else in the package may be clever and wrong; a fact exists only if the few
hundred lines here accepted the numbers behind it. No tolerance, no floating point.
"""

from collections.abc import Callable
from typing import Any

from . import algebra, geometry, moments
from . import certificates as given
from .certificates import Certificate as Certificate
from .data import read_data as read_data
from .facts import Fact as Fact
from .reader import load as load
from .refusals import MalformedCertificate as MalformedCertificate
from .refusals import RejectedCertificate as RejectedCertificate

_CHECKS: dict[type, Callable[[Any], Fact]] = {
    given.PowerSumIdentity: algebra.check_power_sum_identity,
    given.Syzygy: algebra.check_syzygy,
    given.Counterexample: algebra.check_counterexample,
    given.LevelSet: geometry.check_level_set,
    given.Covering: geometry.check_covering,
    given.Packing: geometry.check_packing,
    given.Growth: geometry.check_growth,
}


def check(certificate: Certificate, data: given.Source | None = None) -> Fact:
    """The fact that the certificate establishes; `RejectedCertificate` if none.

    `data` is the measure that a cubature certificate names by its digest alone.
    """
    try:
        if isinstance(certificate, given.Cubature):
            return moments.check_cubature(certificate, data)
        return _CHECKS[type(certificate)](certificate)
    except MemoryError:
        raise MalformedCertificate("the check needs more memory than there is") from None
