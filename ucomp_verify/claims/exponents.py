"""How claims read the exponents that studies estimate."""

from dataclasses import dataclass
from fractions import Fraction
from math import inf, isfinite

from ucomp_verify.findings import Estimate, Finding

from .base import SILENT, Bearing, Reading

EXPONENT = "exponent"  # of an error against the number of objects
TIME_EXPONENT = "time exponent"  # of a time against the number of objects
SLACK = 0.25  # by which an exponent may miss the predicted one, besides two standard errors
WIDEST = 0.125  # a standard error with which laws that are 1/2 apart are still told apart
LEAST_TRIALS = 3  # no line is fitted through fewer


@dataclass(frozen=True)
class Exponent:
    """An exponent, with the method and the letters m and k that it is for."""

    method: str
    dim: int
    degree: int
    value: float
    spread: float

    @property
    def parameters(self) -> tuple[tuple[str, str], ...]:
        """As a reading has them."""
        return (("method", self.method), ("m", str(self.dim)), ("k", str(self.degree)))

    @property
    def text(self) -> str:
        """The exponent with its standard error."""
        return rf"${self.value:.2f} \pm {self.spread:.2f}$"


def exponent_in(finding: Finding, quantity: str) -> Exponent | None:
    """The exponent of this quantity in an estimate; None in other findings.

    None, too, for what is no number or has no spread, and for fewer trials than a fit takes.
    """
    if not isinstance(finding, Estimate) or finding.quantity != quantity:
        return None
    known = isfinite(finding.value) and 0 <= finding.spread < inf
    if not known or finding.trials < LEAST_TRIALS:
        return None
    names = dict(finding.parameters)
    if not {"method", "m", "k"} <= names.keys():
        return None
    return Exponent(
        names["method"], int(names["m"]), int(names["k"]), finding.value, finding.spread
    )


def near(found: Exponent, predicted: Fraction) -> Reading:
    """An instance if the exponent is within `SLACK` and two standard errors of the predicted.

    Silent if that is so for a standard error that would let any law pass.
    """
    return _read(found, predicted, miss=abs(found.value - float(predicted)))


def at_least(found: Exponent, predicted: Fraction) -> Reading:
    """As `near`, but an exponent may be larger: the predicted one is that of a bound."""
    return _read(found, predicted, miss=float(predicted) - found.value)


def _read(found: Exponent, predicted: Fraction, *, miss: float) -> Reading:
    close = miss <= SLACK + 2 * found.spread
    if close and found.spread > WIDEST:
        return SILENT
    bearing = Bearing.INSTANCE if close else Bearing.REFUTES
    shows = rf"exponent {found.text}, predicted ${predicted.numerator}/{predicted.denominator}$"
    return Reading(bearing, found.parameters, shows=shows)
