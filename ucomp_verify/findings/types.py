"""The kinds of finding, from a proof for all parameters to an estimate of one number."""

from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from ucomp_verify.kernel import Fact


@dataclass(frozen=True)
class SymbolicIdentity:
    """Polynomial identities of one kind hold: both sides were expanded exactly and compared.

    `statement` names the kind, `parameters` the instance; `family` says for which values
    of letters that stayed symbols it holds at once. `checks` counts the identities.
    """

    statement: str
    parameters: tuple[tuple[str, str], ...]
    family: str
    shows: str
    checks: int

    def __post_init__(self) -> None:
        if self.checks < 1:
            raise ValueError(f"{self.statement}: no identity was compared, which shows nothing")


@dataclass(frozen=True)
class Enclosure:
    """A real number lies between two exact rationals, by ball arithmetic at `prec` bits.

    `prec` is 0 if no ball was used.
    """

    lower: Fraction
    upper: Fraction
    prec: int

    def __post_init__(self) -> None:
        if self.lower > self.upper:
            raise ValueError(f"expected lower <= upper, got {self.lower} > {self.upper}")

    @classmethod
    def of(cls, value: Fraction | int) -> "Enclosure":
        """The rational itself."""
        return cls(Fraction(value), Fraction(value), 0)


@dataclass(frozen=True)
class FormalProof:
    """A proof assistant has accepted a theorem, for all values of what it quantifies over.

    `statement` is the closed statement as the assistant prints it, `words` says it in plain
    words, `file` holds the proof; `axioms` is what it rests on besides the logic. `here`
    tells whether the proof was checked on this machine; else a committed log says so.
    """

    theorem: str
    file: str
    words: str
    statement: str
    axioms: tuple[str, ...]
    assistant: str
    date: str
    here: bool


@dataclass(frozen=True)
class Comparisons:
    """left <= right in instances of a statement, each decided on the ends of enclosures.

    In `effective` of the `cases` the hypotheses were met in such a way that the comparison
    could have failed, and it was decided. `failing` describes the first instance in which
    left > right, or is None. `ratio` encloses the largest left / right of the effective
    ones, `at` names the instance. Balls had at most `prec` bits; 0 means rationals alone.
    """

    statement: str
    family: str
    cases: int
    effective: int
    failing: str | None
    ratio: Enclosure | None
    at: tuple[tuple[str, str], ...]
    prec: int

    def __post_init__(self) -> None:
        if not 0 <= self.effective <= self.cases:
            raise ValueError(f"{self.effective} effective cases among {self.cases}")
        if (self.ratio is None) != (self.effective == 0):
            raise ValueError("expected a ratio exactly if some case is effective")


@dataclass(frozen=True)
class Sample:
    """Random cases of a property: how many were drawn, and met its hypotheses.

    `falsifying` is the JSON text of the simplest case that failed, or None.
    """

    property: str
    cases: int
    effective: int
    falsifying: str | None
    seed: int

    def __post_init__(self) -> None:
        if not 0 <= self.effective <= self.cases:
            raise ValueError(f"{self.effective} effective cases among {self.cases}")
        if self.falsifying is not None and not self.effective:
            raise ValueError("a case that fails is an effective one, but none is counted")


@dataclass(frozen=True)
class Estimate:
    """A number observed: its value, standard error, how many trials, and digits of the data.

    `quantity` says what it is, in words that a claim knows, for the `parameters`. However
    many digits the data have, an estimate is an observation.
    """

    value: float
    spread: float
    trials: int
    dps: int
    quantity: str = ""
    parameters: tuple[tuple[str, str], ...] = ()


Finding: TypeAlias = (Fact | SymbolicIdentity | FormalProof | Enclosure | Comparisons) | (
    Sample | Estimate
)
