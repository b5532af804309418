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
    if not isinstance(finding, Estimate) or finding.quantity != quantity:
        return SILENT
    names = dict(finding.parameters)
    if finding.trials < LEAST_TRIALS or any(names.get(k) != v for k, v in wanted.items()):
        return SILENT
    return judged(finding, 1.0, allowed=ALLOWED, widest=WIDEST)


def judged(finding: Estimate, expected: float, *, allowed: float, widest: float) -> Reading:
    """An instance up to `allowed` and two standard errors; silent if these are too wide."""
    if not (isfinite(finding.value) and isfinite(finding.spread) and finding.spread >= 0):
        return SILENT
    close = abs(finding.value - expected) <= allowed + 2 * finding.spread
    if close and finding.spread > widest:
        return SILENT
    bearing = Bearing.INSTANCE if close else Bearing.REFUTES
    shows = rf"{finding.quantity}: ${finding.value:.3f} \pm {finding.spread:.3f}$"
    return Reading(bearing, finding.parameters, shows=shows)
