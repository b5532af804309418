"""Exact linear algebra over Q on columns of integers, by FLINT."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any, cast

from flint import fmpq, fmpq_mat, fmpz, fmpz_mat, nmod_mat

Column = Sequence[int]


def independent(columns: Sequence[Column]) -> list[int]:
    """Places of independent columns, as many as the rank over Q.

    They are those that no earlier ones span, unless the integers are made for the prime near
    2^63 that is looked at: then some other independent ones of that number.

    >>> independent([(1, 0), (2, 0), (1, 1), (0, 1)])
    [0, 2]
    """
    return _pivots(fmpz_mat(columns).transpose())


def solve(columns: Sequence[Column], right: Sequence[fmpq]) -> list[fmpq] | None:
    """The one x with sum_i x[i] * columns[i] = right; None if there is none.

    Raises ValueError if the columns are not independent.
    """
    matrix = fmpz_mat(columns)
    rows = _pivots(matrix)
    if len(rows) != len(columns):
        raise ValueError(f"{len(columns)} columns of rank {len(rows)}; expected independent ones")
    square = fmpz_mat([[column[i] for column in columns] for i in rows])
    chosen = fmpq_mat(len(rows), 1, [right[i] for i in rows])
    solution = fmpq_mat(square).solve(chosen, "dixon")
    numerators, denominator = solution.numer_denom()
    target, unit = fmpq_mat(len(right), 1, list(right)).numer_denom()
    exact = matrix.transpose() * numerators * unit == target * denominator
    return solution.entries() if exact else None


def to_rational(value: Fraction) -> fmpq:
    """The same number for FLINT."""
    return fmpq(value.numerator, value.denominator)


def to_fraction(value: fmpq) -> Fraction:
    """The same number for Python.

    FLINT keeps it in lowest terms, which Fraction would find out once more, in a time that
    grows with the square of the bits: it is given the denominator where it keeps its own.
    """
    out = Fraction(int(value.p))
    cast("Any", out)._denominator = int(value.q)
    return out


def _pivots(matrix: fmpz_mat) -> list[int]:
    """Independent columns of the matrix, as many as its rank.

    Those that no earlier ones span modulo a prime: what is independent there is independent
    over Q. A rank that is not full is confirmed over Q, and another prime is taken if it was
    too low.
    """
    full, rank = min(matrix.nrows(), matrix.ncols()), -1
    for prime in _primes():
        pivots = _pivots_modulo(matrix, prime)
        if len(pivots) == full:
            return pivots
        rank = matrix.rank() if rank < 0 else rank
        if len(pivots) == rank:
            return pivots
    raise AssertionError("all but finitely many primes keep the rank")


def _pivots_modulo(matrix: fmpz_mat, prime: int) -> list[int]:
    reduced, rank = nmod_mat(matrix, prime).rref()
    pivots: list[int] = []
    column = 0
    for row in range(rank):
        while not reduced[row, column]:
            column += 1
        pivots.append(column)
    return pivots


def _primes() -> Iterator[int]:
    """The odd primes below 2^63, from the largest down."""
    for number in range(2**63 - 1, 2, -2):
        if fmpz(number).is_prime():
            yield number
