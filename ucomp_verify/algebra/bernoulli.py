"""Bernoulli's line below the powers of 6R, checked for a symbolic order and radius."""

from typing import Any

from .rational_rings import rational_ring


def check_unbounded_powers() -> int:
    """How many identities hold that leave (6R)^(k+1), k >= 0, without a bound if R > 1/6.

    Let x = 6R - 1 > 0 and L(k) = 1 + k x. Then L(0) = 1 = (6R)^0, and 6R L(k) - L(k+1) =
    k x^2 is not negative, so (6R)^k >= L(k) for all k >= 0, by induction. For any C > 0
    take k >= C / x: L(k+1) = k x + 6R > C. Raises ValueError if an identity fails.
    """
    _, (order, radius) = rational_ring(["k", "R"])
    base, excess = 6 * radius, 6 * radius - 1
    line, following = bernoulli_line(order, excess), bernoulli_line(order + 1, excess)
    identities = (
        ("L(0)", bernoulli_line(0 * order, excess), 1),
        ("6R L(k) - L(k+1)", base * line - following, order * excess**2),
        ("L(k+1)", following, order * excess + base),
    )
    for name, left, right in identities:
        if left != right:
            raise ValueError(f"{name} is {left}, and not {right}")
    return len(identities)


def bernoulli_line(order: Any, excess: Any) -> Any:
    """1 + k x, in any ring."""
    return 1 + order * excess
