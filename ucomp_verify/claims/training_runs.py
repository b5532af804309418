"""How claims read what studies estimate of training: how close a run is to the original's."""

from collections.abc import Mapping
from math import isfinite

from ucomp_verify.findings import Estimate, Finding

from .base import SILENT, Bearing, Reading

LEAST_TRIALS = 2
ALLOWED = 0.1  # by which a loss that follows another may miss it, relatively
WIDEST = 0.05  # standard error, above which a mean says nothing of that


def follows(finding: Finding, quantity: str, wanted: Mapping[str, str]) -> Reading:
    """Whether a final loss over the original's is 1 up to a tenth and two standard errors.

    Silent about other quantities and settings, fewer than two trials, and means that are
    not known well enough.
    """
    found = _chosen(finding, quantity, wanted)
    return SILENT if found is None else judged(found, 1.0, allowed=ALLOWED, widest=WIDEST)


def exceeds(finding: Finding, quantity: str, wanted: Mapping[str, str]) -> Reading:
    """Whether a final loss is more than a tenth above the original's, by two standard errors.

    Silent where it may be either, and where `follows` is for what the finding is about.
    """
    found = _chosen(finding, quantity, wanted)
    if found is None or not _is_known(found):
        return SILENT
    apart = found.value - 1 - ALLOWED
    return SILENT if abs(apart) < 2 * found.spread else _reading(found, holds=apart > 0)


def judged(finding: Estimate, expected: float, *, allowed: float, widest: float) -> Reading:
    """An instance up to `allowed` and two standard errors; silent if these are too wide."""
    if not _is_known(finding):
        return SILENT
    close = abs(finding.value - expected) <= allowed + 2 * finding.spread
    if close and finding.spread > widest:
        return SILENT
    return _reading(finding, holds=close)


def _chosen(finding: Finding, quantity: str, wanted: Mapping[str, str]) -> Estimate | None:
    """The finding if it is of this quantity, these settings and enough trials."""
    if not isinstance(finding, Estimate) or finding.quantity != quantity:
        return None
    names = dict(finding.parameters)
    other = any(names.get(name) != value for name, value in wanted.items())
    return None if other or finding.trials < LEAST_TRIALS else finding


def _is_known(finding: Estimate) -> bool:
    return isfinite(finding.value) and isfinite(finding.spread) and finding.spread >= 0


def _reading(finding: Estimate, *, holds: bool) -> Reading:
    bearing = Bearing.INSTANCE if holds else Bearing.REFUTES
    shows = rf"{finding.quantity}: ${finding.value:.3f} \pm {finding.spread:.3f}$"
    return Reading(bearing, finding.parameters, shows=shows)
