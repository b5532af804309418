"""How claims read identities that were checked by symbolic computation."""

from ucomp_verify.findings import Finding, SymbolicIdentity

from .base import SILENT, Bearing, Reading

CLOSED_FORM = "sums over distinct points are sums over set partitions"
DUPLICATION = "weights are numbers of copies"
INVARIANT_COMPOSITION = "invariant after equivariant is invariant"
EQUIVARIANT_FORM = "equivariant maps are polynomials in own point and power sums"
GENERATION = "power sums of order at most d span the symmetric polynomials"
UNNORMALISED_GAP = "a polynomial without normalisation has any gap"
SHARP_ORDER = "equal power sums below order d, different ones of order d"
UNBOUNDED_POWERS = "6R (1 + k x) = 1 + (k+1) x + k x^2 for x = 6R - 1, so (6R)^k >= 1 + k x"
UNBOUNDED_POWERS_FAMILY = "every m >= 1 and R > 1/6"
NO_LATENT_FORM = "after one step of gradient descent a sum of logarithms has no deep-set form"
NO_LATENT_FORM_FAMILY = "g = log((2 + w)/4), R = rho = 1, every eta > 0, L >= 1 and d >= L + 3"


def instance_of(statement: str, finding: Finding) -> Reading:
    """An instance if identities of this kind were found to hold; else silent."""
    if not isinstance(finding, SymbolicIdentity) or finding.statement != statement:
        return SILENT
    return Reading(Bearing.INSTANCE, finding.parameters, finding.family, finding.shows)
