"""Growth certificates: why no weights on few nodes can keep some sums small in error."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations
from math import isqrt, lcm

from ucomp_verify.kernel.certificates import Growth, Obstruction, Polynomial, Source
from ucomp_verify.writing import points, vector

Node = tuple[Fraction, ...]


class NoObstruction(ValueError):
    """On some nodes no combination of the functions rules the compression out."""


def growth_certificate(
    nodes: Sequence[Sequence[Fraction | int]],
    functions: Sequence[Polynomial],
    *,
    size: int,
    power: int,
    error: Fraction,
) -> Growth:
    """The certificate that n unit copies of `nodes` cannot be compressed to `size` nodes.

    Some function (sum c g)^power then errs by more than error * n^power. Raises
    `NoObstruction` naming the nodes for which the functions do not show it. `power` is 1
    or 2; for 2 every g must be nonnegative on the nodes.
    """
    exact = [tuple(Fraction(v) for v in x) for x in nodes]
    values = [[_evaluate(g, x) for x in exact] for g in functions]
    bounds = [_bounds(sum(row, Fraction(0)), power, error) for row in values]
    found = [_obstruction(values, bounds, kept) for kept in combinations(range(len(exact)), size)]
    return Growth(
        source=Source(points(exact), None, ()),
        size=size,
        power=power,
        functions=tuple(functions),
        error=error,
        lower=vector(low for low, _ in bounds),
        upper=vector(high for _, high in bounds),
        obstructions=tuple(found),
    )


def monomials(alphas: Sequence[Sequence[int]]) -> tuple[Polynomial, ...]:
    """The monomials x^alpha as the functions of a certificate."""
    return tuple(((Fraction(1), tuple(alpha)),) for alpha in alphas)


def _evaluate(g: Polynomial, x: Node) -> Fraction:
    total = Fraction(0)
    for coefficient, alpha in g:
        for value, exponent in zip(x, alpha, strict=True):
            coefficient *= value**exponent
        total += coefficient
    return total


def _bounds(total: Fraction, power: int, error: Fraction) -> tuple[Fraction, Fraction]:
    """Rationals between which a sum lies whose power is within `error` of the true one."""
    if power == 1:
        return total - error, total + error
    scale = 1000
    low = max(total**2 - error, Fraction(0)) * scale**2
    high = (total**2 + error) * scale**2
    above = isqrt(-(-high.numerator // high.denominator)) + 1
    return Fraction(isqrt(low.numerator // low.denominator), scale), Fraction(above, scale)


def _obstruction(
    values: Sequence[Sequence[Fraction]],
    bounds: Sequence[tuple[Fraction, Fraction]],
    kept: Sequence[int],
) -> Obstruction:
    """A combination that vanishes on the nodes kept and is positive between the bounds."""
    for basis in _null_space([[row[i] for row in values] for i in kept], len(values)):
        for multipliers in (basis, [-x for x in basis]):
            least = sum(
                (x * b[x < 0] for x, b in zip(multipliers, bounds, strict=True)), Fraction(0)
            )
            if least > 0:
                support = tuple(kept)
                return Obstruction(support, vector(multipliers))
    raise NoObstruction(f"the functions do not rule out the nodes {tuple(kept)}")


def _null_space(rows: Sequence[Sequence[Fraction]], width: int) -> list[list[Fraction]]:
    """A basis of the vectors that every row annihilates, as primitive integers."""
    from flint import fmpz_mat

    if not rows:
        return [[Fraction(int(i == j)) for i in range(width)] for j in range(width)]
    integral: list[list[int]] = []
    for row in rows:
        common = lcm(*(x.denominator for x in row))
        integral.append([int(x * common) for x in row])
    basis, nullity = fmpz_mat(integral).nullspace()
    columns = [[int(basis[i, j]) for i in range(width)] for j in range(int(nullity))]
    return [[Fraction(x) for x in column] for column in columns]
