"""How a claim that is an inequality reads the instances of it that were decided."""

from collections.abc import Callable

from ucomp_verify.findings import Comparisons, Finding

from .base import SILENT, Bearing, Reading


def comparisons_of(statement: str) -> Callable[[Finding], Reading]:
    """Instances of the statement with this slug speak for it; one that fails refutes it."""

    def read(finding: Finding) -> Reading:
        if not isinstance(finding, Comparisons) or finding.statement != statement:
            return SILENT
        if finding.failing is not None:
            return Reading(Bearing.REFUTES, shows=f"it fails for {finding.failing}")
        if finding.ratio is None:
            return SILENT
        most = f"{float(finding.ratio.upper):.3g}"
        shows = (
            f"{finding.family}: it holds in {finding.effective} instances that could fail, of "
            f"{finding.cases} tried; the largest ratio of the two sides is {most}"
        )
        return Reading(Bearing.INSTANCE, shows=shows)

    return read
