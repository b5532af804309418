"""The irrational factor that all moments of a measure share, exactly as it is."""

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flint import arb


@dataclass(frozen=True)
class Constant:
    """pi**pi * 2**two * product of Gamma(argument)**power over `gammas`, a number > 0.

    >>> Constant(pi=2).text, Constant().text
    ('pi^2', '1')
    """

    pi: Fraction = Fraction(0)
    two: Fraction = Fraction(0)
    gammas: tuple[tuple[Fraction, int], ...] = ()

    @property
    def is_one(self) -> bool:
        """Whether all moments are rational as they stand."""
        return not (self.pi or self.two or self.gammas)

    @property
    def text(self) -> str:
        """The constant as a formula."""
        parts = [_power("pi", self.pi), _power("2", self.two)]
        parts += [_power(f"Gamma({x})", Fraction(e)) for x, e in self.gammas]
        return " * ".join(part for part in parts if part) or "1"

    def ball(self, prec: int) -> "arb":
        """An enclosure at the precision, in bits."""
        from flint import arb, ctx, fmpq

        with ctx.workprec(prec + 32):
            value = arb.pi() ** _arb(self.pi) * arb(2) ** _arb(self.two)
            for argument, power in self.gammas:
                value *= arb.gamma_fmpq(fmpq(argument.numerator, argument.denominator)) ** power
            return value

    def __pow__(self, exponent: int) -> "Constant":
        """The constant of a product of `exponent` equal measures."""
        gammas = tuple((x, e * exponent) for x, e in self.gammas)
        return Constant(self.pi * exponent, self.two * exponent, gammas)


def _power(base: str, exponent: Fraction) -> str:
    if exponent in (0, 1):
        return base if exponent else ""
    return f"{base}^{exponent}" if exponent.denominator == 1 else f"{base}^({exponent})"


def _arb(value: Fraction) -> "arb":
    from flint import arb

    return arb(value.numerator) / value.denominator
