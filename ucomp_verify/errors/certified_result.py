"""What is certain about the error of a compression: for a class, and for one function."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from ucomp_verify.bounds.statement import Bound, require_size
from ucomp_verify.findings import Enclosure
from ucomp_verify.functions import Function
from ucomp_verify.measures import Compression, Measure
from ucomp_verify.measures.rules import Rule

from .certified import CellShare, Posterior, posterior_bound
from .certified_values import enclosed_error
from .expansions import Expandable

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt


@dataclass(frozen=True)
class CertifiedError:
    """No function of the class errs by more than `upper`; `error` encloses that of a function.

    `error` is None for a class of functions. `posterior` is the bound for what came out,
    with the one that the degree alone promises and the shares of the cells.
    """

    posterior: Posterior
    error: Enclosure | None = None

    @property
    def bound(self) -> Bound:
        """The bound for the class that the mismatches of the moments prove."""
        return self.posterior.bound

    @property
    def prior(self) -> Bound:
        """The bound that the degree promises for weights with exactly equal moments."""
        return self.posterior.prior

    @property
    def shares(self) -> tuple[CellShare, ...]:
        """What the cells contribute to the bound at most, the largest first."""
        return self.posterior.shares

    @property
    def hypotheses(self) -> tuple[str, ...]:
        """What was checked, in words."""
        return self.bound.hypotheses

    @property
    def upper(self) -> Fraction:
        """The least proved upper bound of the error."""
        if self.error is None:
            return self.bound.value
        return min(self.bound.value, self.error.upper)

    @property
    def lower(self) -> Fraction:
        """The largest proved lower bound of the error of the worst function; 0 for a class."""
        return Fraction(0) if self.error is None else self.error.lower

    def within(self, error: Fraction) -> bool | None:
        """Whether the error is certainly at most this, certainly more, or None: not known."""
        allowed = require_size("certified error", "the error", error)
        if self.upper <= allowed:
            return True
        return False if self.lower > allowed else None


def certified_error(
    measure: Measure,
    rule: Rule,
    functions: Expandable,
    *,
    degree: int,
    cells: "Sequence[npt.NDArray[np.intp]]" = (),
) -> CertifiedError:
    """The certified error of a rule on the nodes of a measure, for a class or a function.

    Weights may be of any sign and anything may be wrong with them: it is counted. `degree` is
    up to which the moments are said to agree, `cells` in which each on its own. Raises
    `HypothesisNotMet` where the functions do not fit the nodes, ValueError for bad input.
    """
    posterior = posterior_bound(measure, rule, functions, degree=degree, cells=cells)
    if not isinstance(functions, Function):
        return CertifiedError(posterior)
    return CertifiedError(posterior, enclosed_error(functions, measure, rule))


def compression_error(after: Compression, functions: Expandable) -> CertifiedError:
    """The certified error of a compression with its weights: midpoints, if they are balls.

    >>> import numpy as np
    >>> from ucomp_verify.bounds import sigmoid_class
    >>> from ucomp_verify.caratheodory import reduce_measure
    >>> from ucomp_verify.measures import FloatMeasure
    >>> line = FloatMeasure(np.linspace(-1, 1, 101).reshape(-1, 1))
    >>> after = reduce_measure(line, 9)
    >>> compression_error(after, sigmoid_class(1)).within(Fraction(1, 10**5))
    True
    """
    return certified_error(
        after.source, after.rule, functions, degree=after.degree, cells=after.cells
    )
