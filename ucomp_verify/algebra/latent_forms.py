"""One step of gradient descent leaves the functions h(sum_i g(w_i)) of few latent dimensions.

The network is y = sum_i g(w_i) for d objects w_i in [-1, 1], with g(w) = log((2 + w) / 4) < 0 and
the loss y^2 / 2. With x_i = 2 + w_i in [1, 3] and c = eta y < 0 one step takes x_i to x_i - c / x_i
> 0. The argument is in proofs/dynamical-lth-hypothesis/argument.md.
"""

from fractions import Fraction
from math import prod
from typing import Any

from .rational_rings import rational_ring

LARGEST = 6  # latent dimensions that are tried out in numbers, too


def check_no_latent_form() -> int:
    """How many identities hold that exclude L latent dimensions for all L and d >= L + 3.

    If f(T(theta)) = h(sum_i k(w_i)) with L latent dimensions, then d/dw_i of it, divided by
    g'(w_i) = 1 / x_i, is <grad h, k'(w_i) / g'(w_i)>. It is also psi_c(x_i^2) + S, where S is
    the same for all i and psi_c(u) = (u + c) / (u - c). Nodes w_0, ..., w_{L+1} that L + 1
    configurations share, with one more node that gives each its own c_j < 0, then make a
    matrix psi_{c_j}(u_i) - psi_{c_j}(u_0), i, j = 1, ..., L + 1, of rank at most L. But it is
    a Cauchy matrix up to factors of its rows and columns, and invertible.

    Raises ValueError if an identity fails.
    """
    _, (x, c, u, v, d, e) = rational_ring(["x", "c", "u", "v", "d", "e"])
    moved, old = moved_node(x, c), x  # the new node is moved / old
    derivative = moved.diff(x) * old - moved * old.diff(x)  # of log, times moved * old
    top, bottom = psi(u, c)
    other, under = psi(v, c)
    identities = (
        ("(x^2 - c) x d/dx log(x - c/x)", derivative, psi(x * x, c)[0]),
        ("the denominator of psi(x^2)", moved, psi(x * x, c)[1]),
        ("psi(u) - psi(v)", top * under - other * bottom, 2 * c * (v - u)),
        ("a column less the last one", (u - d) - (u - c), c - d),
        ("a row less the last one", (e - c) - (u - c), e - u),
    )
    for name, left, right in identities:
        if left != right:
            raise ValueError(f"{name} is {left}, and not {right}")
    return len(identities) + sum(_check_determinant(size) for size in range(1, LARGEST + 2))


def moved_node(x: Any, c: Any) -> Any:
    """x^2 - c: the node after one step is x - c / x = (x^2 - c) / x."""
    return x * x - c


def psi(u: Any, c: Any) -> tuple[Any, Any]:
    """Numerator and denominator of psi_c(u)."""
    return u + c, u - c


def differences(squares: list[Fraction], slopes: list[Fraction]) -> list[list[Fraction]]:
    """psi_{c_j}(u_i) - psi_{c_j}(u_0) for the numbers u_0, u_1, ... and c_1, c_2, ..."""

    def value(u: Fraction, c: Fraction) -> Fraction:
        top, bottom = psi(u, c)
        return top / bottom

    first, *others = squares
    return [[value(u, c) - value(first, c) for c in slopes] for u in others]


def _check_determinant(size: int) -> bool:
    """The determinant for nodes in [1, 3] and different c < 0 is Cauchy's product, and not 0."""
    from flint import fmpq, fmpq_mat

    squares = [(1 + Fraction(2 * i, size)) ** 2 for i in range(size + 1)]
    slopes = [Fraction(-j, 2) for j in range(1, size + 1)]
    rows = differences(squares, slopes)
    entries = [fmpq(e.numerator, e.denominator) for row in rows for e in row]
    found = fmpq_mat(size, size, entries).det()
    expected = determinant(squares, slopes)
    if not expected or found != fmpq(expected.numerator, expected.denominator):
        raise ValueError(f"the determinant of size {size} is {found}, and not {expected}")
    return True


def determinant(squares: list[Fraction], slopes: list[Fraction]) -> Fraction:
    """The determinant of the differences (Cauchy 1841), by its factors, none of which is 0.

    psi_c(u) - psi_c(v) = 2 c (v - u) / ((u - c) (v - c)), and det 1 / (u_i - c_j) is the product of
    (u_i - u_k) (c_k - c_i) over k < i, divided by that of all u_i - c_j.
    """
    first, *others = squares
    columns = prod(2 * c / (first - c) for c in slopes)
    rows = prod(first - u for u in others)
    pairs = [(k, i) for i in range(len(slopes)) for k in range(i)]
    over = prod((others[i] - others[k]) * (slopes[k] - slopes[i]) for k, i in pairs)
    under = prod(u - c for u in others for c in slopes)
    return Fraction(columns * rows * over, under)
