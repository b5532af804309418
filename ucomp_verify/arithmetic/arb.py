"""Enclosures of the solution of a linear system by Arb's own elimination."""

from fractions import Fraction
from typing import TYPE_CHECKING

from flint import arb, arb_mat, ctx

if TYPE_CHECKING:
    from .balls import FixedSystem

EXTRA = 64  # bits beyond those of the entries


def solve(system: "FixedSystem") -> tuple[tuple[Fraction, ...], Fraction] | None:
    """Midpoints, and one radius that does for all; None if pivots cannot be told from 0.

    Slower than an approximate inverse in float64, but no conditioning is too bad for it, if
    the system is known to enough bits.
    """
    bits = max(abs(v).bit_length() for row in system.rows for v in row)
    with ctx.workprec(bits + EXTRA):
        matrix = arb_mat(
            [
                [arb(v, e) for v in row]
                for row, e in zip(system.rows, system.row_errors, strict=True)
            ]
        )
        pairs = zip(system.right, system.right_errors, strict=True)
        right = arb_mat([[arb(b, e)] for b, e in pairs])
        try:
            solution = matrix.solve(right, algorithm="lu").entries()
        except ZeroDivisionError:
            return None
        if not all(x.is_finite() for x in solution):
            return None
        return tuple(_exact(x.mid()) for x in solution), max(_exact(x.rad()) for x in solution)


def _exact(value: arb) -> Fraction:
    """A ball of radius 0, which is a dyadic number."""
    mantissa, exponent = value.man_exp()
    return int(mantissa) * Fraction(2) ** int(exponent)
