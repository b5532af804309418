"""Search for a certificate that refutes a claim, guided by the claim's own reading."""

from typing import TYPE_CHECKING

from ucomp_verify.claims import Bearing
from ucomp_verify.claims.registry import find
from ucomp_verify.kernel import MalformedCertificate, RejectedCertificate, check

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

    from ucomp_verify.kernel import Certificate


class NothingFound(LookupError):
    """No candidate that was tried refutes the claim, which says nothing about the claim."""


def find_refutation(
    slug: str, candidates: "SearchStrategy[Certificate]", *, cases: int = 10_000, seed: int = 0
) -> "Certificate":
    """The simplest certificate found that the kernel accepts and the claim reads as refuting.

    The search knows the printed statement and nothing else: it draws candidates, lets
    the kernel check them and the claim read the fact, then shrinks. Raises
    `NothingFound` after `cases` candidates.
    """
    import random

    import hypothesis
    from hypothesis.errors import NoSuchExample

    claim, health = find(slug), hypothesis.HealthCheck

    def refutes(candidate: "Certificate") -> bool:
        try:
            fact = check(candidate)
        except (MalformedCertificate, RejectedCertificate):
            return False
        return claim.read(fact).bearing is Bearing.REFUTES

    settings = hypothesis.settings(
        max_examples=cases,
        database=None,
        deadline=None,
        suppress_health_check=[health.too_slow, health.data_too_large, health.filter_too_much],
    )
    try:
        return hypothesis.find(
            candidates,
            refutes,
            settings=settings,
            random=random.Random(seed),  # noqa: S311
        )
    except NoSuchExample:
        raise NothingFound(f"none of {cases} candidates refutes {slug}") from None
