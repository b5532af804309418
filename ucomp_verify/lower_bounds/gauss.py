"""Gauss rules of measures on finitely many nodes of a line, in balls."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Any, cast

from ucomp_verify.bounds.statement import require, require_whole

from .conversions import to_ball

if TYPE_CHECKING:
    from flint import arb, arb_poly

PREC = 256  # bits, doubled until the nodes are isolated
RAISES = 5


@dataclass(frozen=True)
class BallRule:
    """Nodes and weights in balls: each holds the true one."""

    nodes: "tuple[arb, ...]"
    weights: "tuple[arb, ...]"


def discrete_gauss_rule(
    nodes: Sequence[Fraction], weights: Sequence[Fraction], size: int, *, prec: int = PREC
) -> BallRule:
    """The `size` nodes with weights > 0 that integrate all degrees < 2 * size as the measure does.

    They are the zeros of the orthogonal polynomial of this degree, which exists for more
    than `size` nodes of positive weight, and lie between them; the weights are 1 over the sum
    of the squares of the orthonormal ones (Gauss, 1814; Christoffel, 1858). FLINT
    isolates the zeros of the polynomial in balls, all of them real.
    """
    require_whole("Gauss", "the number of nodes", size)
    distinct = {x for x, w in zip(nodes, weights, strict=True) if w > 0}
    enough = len(distinct) > size and min(weights) >= 0
    require(enough, "Gauss", f"{len(distinct)} nodes with a weight > 0", f"more than {size}")
    for attempt in range(RAISES):
        rule = _rule(nodes, weights, size, prec << attempt)
        if rule is not None:
            return rule
    raise ArithmeticError(f"found no {size} zeros with {prec << RAISES} bits; ask for more")


def _rule(
    nodes: Sequence[Fraction], weights: Sequence[Fraction], size: int, prec: int
) -> BallRule | None:
    from flint import acb, acb_poly, arb, arb_poly, ctx

    with ctx.workprec(prec):
        points = [to_ball(x) for x in nodes]
        masses = [to_ball(w) for w in weights]
        basis, norms = [arb_poly([1])], list[arb]()
        for step, norm in _recurrence(points, masses, size):
            basis.append(step)
            norms.append(norm)
        if any(not norm > 0 for norm in norms):
            return None
        try:
            found: list[acb] = cast("Any", acb_poly(basis[size])).roots(tol=arb(2) ** -(prec // 2))
        except ValueError:
            return None
        zeros = sorted((z.real for z in found), key=lambda x: float(x.mid()))
        if len(zeros) < size or not all(a < b for a, b in pairwise(zeros)):
            return None
        lower = zip(basis[:size], norms, strict=True)
        squares = [(p, norm) for p, norm in lower]
        values = [1 / sum((p(x) * p(x) / n for p, n in squares), arb(0)) for x in zeros]
    return BallRule(tuple(zeros), tuple(values))


def _recurrence(
    points: "Sequence[arb]", masses: "Sequence[arb]", size: int
) -> "Iterator[tuple[arb_poly, arb]]":
    """The monic orthogonal polynomial of degree j + 1, and the square norm of that before.

    p_(j+1) = (x - a) p_j - b p_(j-1), with a and b from sums over the nodes (Stieltjes, 1884).
    """
    from flint import arb, arb_poly

    before, now = arb_poly([0]), arb_poly([1])
    old_values, values = [arb(0)] * len(points), [arb(1)] * len(points)
    old_norm = arb(1)
    for _ in range(size):
        squares = [w * v * v for w, v in zip(masses, values, strict=True)]
        norm = sum(squares, arb(0))
        a = sum((s * x for s, x in zip(squares, points, strict=True)), arb(0)) / norm
        b = norm / old_norm
        before, now = now, arb_poly([-a, 1]) * now - b * before
        triples = zip(points, values, old_values, strict=True)
        values, old_values = [(x - a) * v - b * o for x, v, o in triples], values
        old_norm = norm
        yield now, norm
