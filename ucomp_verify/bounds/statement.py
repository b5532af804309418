"""What a proved bound says, and the refusal of one whose hypotheses are not met."""

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Bound:
    """No error of the class exceeds `value`; of a lower bound: some error is at least `value`.

    `value` is a rational, rounded outward where the formula is irrational; `theorem` is its
    name in the ledger (such as "T4b"), `claim` the slug of the claim that states it, and
    `hypotheses` what was checked, in words.
    """

    value: Fraction
    theorem: str
    claim: str
    hypotheses: tuple[str, ...]

    def __float__(self) -> float:
        """The nearest float64, which may lie on the other side."""
        return float(self.value)


class HypothesisNotMet(ValueError):
    """A bound was asked for where its theorem says nothing."""


def require(holds: bool, theorem: str, found: str, expected: str) -> None:  # noqa: FBT001
    """Raise `HypothesisNotMet` unless the hypothesis holds."""
    if not holds:
        raise HypothesisNotMet(f"{theorem}: found {found}; expected {expected}")
