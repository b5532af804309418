"""Polynomial implications, written as formulas are."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from ucomp_verify.kernel.certificates import Implication, Relation


@dataclass(frozen=True)
class Expression:
    """A polynomial in the variables of one implication; supports +, -, * and ** n."""

    terms: tuple[tuple[tuple[int, ...], Fraction], ...]

    def _with(self, other: "Expression | int", sign: int) -> "Expression":
        total = dict(self.terms)
        for alpha, c in self.lift(other).terms:
            total[alpha] = total.get(alpha, Fraction(0)) + sign * c
        return _expression(total)

    def lift(self, other: "Expression | int") -> "Expression":
        """The other expression; an integer becomes a constant of the same variables."""
        if isinstance(other, Expression):
            return other
        zero = (0,) * len(self.terms[0][0])
        return Expression(((zero, Fraction(other)),))

    def __add__(self, other: "Expression | int") -> "Expression":
        return self._with(other, 1)

    def __sub__(self, other: "Expression | int") -> "Expression":
        return self._with(other, -1)

    def __mul__(self, other: "Expression | int") -> "Expression":
        total: dict[tuple[int, ...], Fraction] = {}
        for alpha, c in self.terms:
            for beta, e in self.lift(other).terms:
                key = tuple(a + b for a, b in zip(alpha, beta, strict=True))
                total[key] = total.get(key, Fraction(0)) + c * e
        return _expression(total)

    def __pow__(self, exponent: int) -> "Expression":
        out = self.lift(1)
        for _ in range(exponent):
            out = out * self
        return out

    def relation(self, sign: str) -> Relation:
        """The relation "this expression `sign` 0"."""
        polynomial = tuple((c, alpha) for alpha, c in self.terms)
        return Relation(polynomial, sign)


def _expression(total: dict[tuple[int, ...], Fraction]) -> Expression:
    kept = sorted((alpha, c) for alpha, c in total.items() if c)
    zero = (0,) * len(next(iter(total)))
    return Expression(tuple(kept) or ((zero, Fraction(0)),))


def variables(*names: str) -> tuple[Expression, ...]:
    """One expression a name.

    >>> x, y = variables("x", "y")
    >>> equal(x * x, y)
    Relation(polynomial=((Fraction(-1, 1), (0, 1)), (Fraction(1, 1), (2, 0))), sign='=')
    """
    count = len(names)
    rows = [tuple(int(i == j) for j in range(count)) for i in range(count)]
    return tuple(Expression(((row, Fraction(1)),)) for row in rows)


def equal(left: Expression, right: Expression | int) -> Relation:
    """left = right."""
    return (left - right).relation("=")


def at_least(left: Expression, right: Expression | int) -> Relation:
    """left >= right."""
    return (left - right).relation(">=")


def greater(left: Expression, right: Expression | int) -> Relation:
    """left > right."""
    return (left - right).relation(">")


def implication(
    names: Sequence[str], hypotheses: Sequence[Relation], conclusion: Relation
) -> Implication:
    """For all real values of the named variables, the hypotheses imply the conclusion."""
    return Implication(tuple(names), tuple(hypotheses), conclusion)
