"""What a proved bound says, and the refusal of one whose hypotheses are not met."""

from dataclasses import dataclass
from fractions import Fraction

SHOWN_BITS = 100  # of numbers that are written out in texts
MOST_BITS = 900  # before the point, or zeros after it, of what float64 shows


@dataclass(frozen=True)
class Bound:
    """No error of the class exceeds `value`; of a lower bound: some error is at least `value`.

    `value` is a rational, rounded outward where the formula is irrational; `theorem` is its
    name in the ledger (such as "T4b"), `claim` the slug of the claim that states it, and
    `hypotheses` what was checked, in words, and what is left to the caller.
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


def require(holds: bool, theorem: str, found: str, expected: str) -> None:  # noqa: FBT001 (the condition itself)
    """Raise `HypothesisNotMet` unless the hypothesis holds."""
    if not holds:
        raise HypothesisNotMet(f"{theorem}: found {found}; expected {expected}")


def shown(number: Fraction) -> str:
    """The number, or about what it is if it takes more than a few words to write.

    >>> shown(Fraction(1, 3)), shown(Fraction(1, 10**5000))
    ('1/3', 'about 2^-16609')
    """
    over, under = number.numerator.bit_length(), number.denominator.bit_length()
    if max(over, under) <= SHOWN_BITS:
        return str(number)
    if max(over - under, under - over) < MOST_BITS:
        return f"about {float(number):.6g}"
    return f"about {'-' if number < 0 else ''}2^{over - under}"


def about(number: Fraction) -> str:
    """A few digits of the number, of any size.

    >>> about(Fraction(1, 3)), about(Fraction(10) ** 400)
    ('0.3333', 'about 2^1328')
    """
    bits = number.numerator.bit_length() - number.denominator.bit_length()
    return f"{float(number):.4g}" if abs(bits) < MOST_BITS else shown(number)


def require_kind(theorem: str, value: object, *kinds: type) -> None:
    """Raise `HypothesisNotMet` unless the value is of one of the kinds, such as a class."""
    expected = " or ".join(kind.__name__ for kind in kinds)
    require(isinstance(value, kinds), theorem, f"a {type(value).__name__}", f"a {expected}")


def require_size(theorem: str, name: str, value: object) -> Fraction:
    """The rational number >= 0 that `value` is; anything else is refused, float64 too.

    A float64 is refused as a bound that came out of float arithmetic may lie on either side.
    """
    number = require_rational(theorem, name, value)
    require(number >= 0, theorem, f"{name} = {shown(number)}", "a number >= 0")
    return number


def require_rational(theorem: str, name: str, value: object) -> Fraction:
    """The rational number that `value` is, given as a Fraction or an int."""
    if isinstance(value, Fraction):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return Fraction(value)
    raise HypothesisNotMet(
        f"{theorem}: found {name} = {value!r} of type {type(value).__name__}; expected a Fraction "
        'or an int, such as Fraction("1e-8"): Fraction(x) is what a float64 x is, exactly'
    )


def require_whole(theorem: str, name: str, value: object, *, least: int = 1) -> int:
    """The integer >= `least` that `value` is."""
    whole = isinstance(value, int) and not isinstance(value, bool) and value >= least
    require(whole, theorem, f"{name} = {value!r}", f"an integer >= {least}")
    assert isinstance(value, int)
    return value
