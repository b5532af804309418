"""Enclosures of the solution of a linear system that is known in fixed point, with its signs.

Float64 finds an approximate inverse and the corrections; what is claimed rests on integers.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from operator import mul

import numpy as np

from .contraction import Array, Contraction, contraction

VIEW = 60  # bits of an entry that are looked at in float64
VIEW_ERROR = 46  # bits to which an entry has to be known, relative to its row
COMBINATION = 60  # bits of the combinations of rows that improve the conditioning
ROUNDS = 6  # of such combinations; each gains up to 50 bits
ARB_ROWS = 300  # up to which elimination in balls is tried at last
GUARD = 6  # bits of the solution beyond those asked for
MAX_SCALE = 1 << 12  # bits below those asked for, after which an entry may well be 0
STALLED = 4  # bits that a correction must gain, or there is nothing left to gain


@dataclass(frozen=True)
class FixedSystem:
    """Equations sum_j a[i][j] x[j] = b[i], where a and b lie near integers.

    |a[i][j] - rows[i][j]| <= row_errors[i] and |b[i] - right[i]| <= right_errors[i], with
    as many rows as unknowns. A row and its right side may have any common unit.
    """

    rows: Sequence[Sequence[int]]
    right: Sequence[int]
    row_errors: Sequence[int]
    right_errors: Sequence[int]


@dataclass(frozen=True)
class Enclosure:
    """The system has exactly one solution x, and |x[j] - values[j]| <= radius."""

    values: tuple[Fraction, ...]
    radius: Fraction


def enclose(system: FixedSystem, digits: int) -> Enclosure | None:
    """The solution, with a radius below 10^-digits of its smallest entry if all goes well.

    Else the radius is what the errors of the system allow. None if the system is not known
    well enough to tell that it has one solution.

    With an approximate inverse R and ||I - R A|| < 1, which `contraction` proves, the
    solution differs from any x by at most ||R (b - A x)|| / (1 - ||I - R A||); the residual
    is computed in integers, and the errors of the system are added to it (Rump,
    "Verification methods", Acta Numerica 19, 2010). Rows that are too ill-conditioned for a
    float64 inverse are combined first, and if that does not do, Arb solves the system.
    """
    for better in _conditioned(system):
        found = _inverted(better)
        if found is not None:
            return _refined(better, *found, digits)
    if len(system.rows) > ARB_ROWS:
        return None
    from .arb import solve

    solved = solve(system)
    return None if solved is None else Enclosure(*solved)


def _conditioned(system: FixedSystem) -> Iterator[FixedSystem]:
    """The system, and equivalent ones, each better conditioned than the one before."""
    yield system
    for _ in range(ROUNDS):
        better = _combined(system)
        if better is None:
            return
        system = better
        yield system


def _inverted(system: FixedSystem) -> "tuple[Contraction, Array, list[int]] | None":
    """The proof that the system is invertible, its inverse for rows of unit size, and sizes."""
    matrix, exponents = _view(system)
    sizes = zip(exponents, system.row_errors, strict=True)
    if any(exponent - error.bit_length() < VIEW_ERROR for exponent, error in sizes):
        return None
    try:
        inverse = np.linalg.inv(matrix).astype(np.float64)
    except np.linalg.LinAlgError:
        return None
    proof = contraction(matrix, inverse)
    return None if proof is None else (proof, inverse, exponents)


def _view(system: FixedSystem) -> "tuple[Array, list[int]]":
    """The rows in float64, divided by powers of 2 that leave them below 1; the exponents.

    Truncation to `VIEW` bits and rounding to float64 cost an entry less than 2^-52. With
    what an entry of `VIEW_ERROR` correct bits is wrong by, that is at most MATRIX_ERROR.
    """
    exponents = [max(max(row), -min(row)).bit_length() for row in system.rows]
    shifts = [max(e - VIEW, 0) for e in exponents]
    entries = [[v >> s for v in row] for row, s in zip(system.rows, shifts, strict=True)]
    sizes = np.array([s - e for s, e in zip(shifts, exponents, strict=True)])
    return np.ldexp(np.array(entries, np.float64), sizes[:, None]), exponents


def _refined(
    system: FixedSystem,
    proof: Contraction,
    inverse: "Array",
    exponents: Sequence[int],
    digits: int,
) -> Enclosure:
    """Newton steps with the approximate inverse, until the goal or the errors are reached."""
    bits = int(digits * 3.3219281) + GUARD
    scale, solution, residual = 0, [0] * len(system.rows), list(system.right)
    radius: Fraction | None = None
    while True:
        floats, common = _floats(residual, [e + scale for e in exponents])
        step = inverse @ floats
        solution, residual, scale = _moved(system, solution, residual, scale, step, common)
        before, radius = radius, _radius(system, proof, exponents, solution, residual, scale)
        reached = radius * 2 ** (bits + scale) <= min(map(abs, solution))
        stalled = before is not None and radius * 2**STALLED > before
        if reached or stalled or scale > bits + MAX_SCALE:
            return Enclosure(tuple(Fraction(x, 1 << scale) for x in solution), radius)


def _floats(residual: Sequence[int], sizes: Sequence[int]) -> "tuple[Array, int]":
    """The numbers residual * 2^-sizes, times 2^-common, as float64 of size at most 1."""
    tops = [abs(r).bit_length() - s for r, s in zip(residual, sizes, strict=True) if r]
    common = max(tops, default=0)
    shifts = [abs(r).bit_length() - VIEW for r in residual]
    mantissas = [r >> t if t > 0 else r for r, t in zip(residual, shifts, strict=True)]
    powers = [max(max(t, 0) - s - common, -2000) for t, s in zip(shifts, sizes, strict=True)]
    return np.ldexp(np.array(mantissas, np.float64), np.array(powers)), common


def _moved(
    system: FixedSystem,
    solution: list[int],
    residual: list[int],
    scale: int,
    step: "Array",
    common: int,
) -> tuple[list[int], list[int], int]:
    """The solution plus step * 2^common, at a scale that holds the step, and its residual."""
    top = int(np.frexp(np.abs(step).max())[1])
    more = max(53 - top - common - scale, 0)
    scale += more
    whole = [int(v) for v in np.rint(np.ldexp(step, 53 - top)).tolist()]
    shift = scale + common + top - 53
    whole = [v << shift for v in whole]
    solution = [(x << more) + v for x, v in zip(solution, whole, strict=True)]
    changes = [sum(map(mul, row, whole)) for row in system.rows]
    residual = [(r << more) - c for r, c in zip(residual, changes, strict=True)]
    return solution, residual, scale


def _radius(
    system: FixedSystem,
    proof: Contraction,
    exponents: Sequence[int],
    solution: Sequence[int],
    residual: Sequence[int],
    scale: int,
) -> Fraction:
    """What the residual and the system's errors prove of the distance to the solution."""
    total = sum(map(abs, solution))
    errors = zip(system.row_errors, system.right_errors, strict=True)
    sizes = [abs(r) + a * total + (b << scale) for r, (a, b) in zip(residual, errors, strict=True)]
    # Row i is 2^-exponents[i] of itself in the view that the proof is about.
    least = min(exponents)
    upper = [(s >> (e - least)) + 1 for s, e in zip(sizes, exponents, strict=True)]
    return proof.bound(upper) / Fraction(2) ** (least + scale)


def _combined(system: FixedSystem) -> FixedSystem | None:
    """Combinations of the rows that are nearer to orthogonal; None if float64 finds none."""
    from flint import fmpz_mat

    matrix, exponents = _view(system)
    _, triangle = np.linalg.qr(matrix.T)
    inverse = _inverse(triangle)
    if not np.isfinite(inverse).all():
        return None
    highest = max(exponents)
    rounded = np.rint(np.ldexp(inverse, COMBINATION)).tolist()
    combinations = [
        [int(t) << (highest - e) for t, e in zip(row, exponents, strict=True)] for row in rounded
    ]
    table = [[*row, b] for row, b in zip(system.rows, system.right, strict=True)]
    product = (fmpz_mat(combinations) * fmpz_mat(table)).tolist()
    rows = [[int(v) for v in row] for row in product]
    return FixedSystem(
        [row[:-1] for row in rows],
        [row[-1] for row in rows],
        [sum(map(mul, map(abs, row), system.row_errors)) for row in combinations],
        [sum(map(mul, map(abs, row), system.right_errors)) for row in combinations],
    )


def _inverse(triangle: "Array") -> "Array":
    """The inverse of the transposed triangle, each row with the largest entry 1.

    Diagonal entries that are mere rounding are moved by its size, so that it exists; not a
    number where it does not all the same, as for rows of zeros.
    """
    diagonal = np.abs(np.diag(triangle))
    floor = 1e-17 * diagonal.max()
    with np.errstate(all="ignore"):
        try:
            inverse = np.linalg.inv((triangle + np.diag(np.where(diagonal < floor, floor, 0))).T)
        except np.linalg.LinAlgError:
            return np.full_like(triangle, np.nan)
        return inverse / np.abs(inverse).max(axis=1, keepdims=True)
