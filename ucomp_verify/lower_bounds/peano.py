"""The exact worst case of a rule over functions of fixed smoothness, by its Peano kernel."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import factorial
from typing import TYPE_CHECKING

from ucomp_verify.bounds.statement import require, require_whole
from ucomp_verify.findings import Enclosure

from .bernstein import BoxPolynomial
from .conversions import to_fraction, to_rational
from .univariate import PREC, integral_of_size

if TYPE_CHECKING:
    from flint import fmpq_poly

Node = tuple[Fraction, ...]


@dataclass(frozen=True)
class Functional:
    """L(g) = sum of weights[i] * g(nodes[i]) on functions of one variable.

    The weights may have either sign: those of one measure minus those of another.
    """

    nodes: tuple[Fraction, ...]
    weights: tuple[Fraction, ...]

    @classmethod
    def difference(
        cls, before: Mapping[Node, Fraction], after: Mapping[Node, Fraction]
    ) -> "Functional":
        """The first measure minus the second, each as weights by nodes; the nodes increase."""
        zero = Fraction(0)
        gaps = [
            (node[0], before.get(node, zero) - after.get(node, zero))
            for node in sorted({*before, *after})
        ]
        kept = [(x, w) for x, w in gaps if w]
        return cls(tuple(x for x, _ in kept), tuple(w for _, w in kept))

    def moment(self, order: int) -> Fraction:
        """L(x^order)."""
        pairs = zip(self.nodes, self.weights, strict=True)
        return sum((w * x**order for x, w in pairs), Fraction(0))


def smooth_worst_case(functional: Functional, order: int, *, prec: int = PREC) -> Enclosure:
    """The supremum of |L(g)| over the g in C^s(R) with |g^(s)| <= 1, s = `order` >= 1.

    L(g) is the integral of K g^(s) if L is 0 on polynomials of degree < s, with the kernel
    K(t) = L((x - t)_+^(s-1)) / (s-1)! (Peano, 1913): the supremum is the integral of |K|. If
    L is not 0 on them there is no finite one: `HypothesisNotMet`. It is exact where the
    kernel changes its sign at nodes or, for s <= 2, anywhere.
    """
    require_whole("Peano", "the order", order)
    for i in range(order):
        moment = functional.moment(i)
        require(moment == 0, "Peano", f"L(x^{i}) = {moment}", f"0 for all degrees < {order}")
    exact, rest = Fraction(0), Enclosure.of(0)
    for piece, a, b in _pieces(functional, order):
        known = _exact_integral(piece, a, b)
        if known is not None:
            exact += known
        else:
            part = integral_of_size([to_fraction(c) for c in piece.coeffs()], a, b, prec=prec)
            rest = Enclosure(rest.lower + part.lower, rest.upper + part.upper, prec)
    return Enclosure(exact + rest.lower, exact + rest.upper, rest.prec)


def _pieces(functional: Functional, order: int) -> "Iterator[tuple[fmpq_poly, Fraction, Fraction]]":
    """The polynomials that are the kernel between consecutive nodes.

    As L is 0 on (x - t)^(s-1), the kernel is 0 left of all nodes, and at a node x of weight w
    it changes by -w (x - t)^(s-1) / (s-1)!.
    """
    from flint import fmpq_poly

    kernel = fmpq_poly([0])
    pairs = zip(functional.nodes, functional.weights, strict=True)
    for (a, weight), (b, _) in pairwise(pairs):
        factor = to_rational(weight / factorial(order - 1))
        kernel -= fmpq_poly([to_rational(a), -1]) ** (order - 1) * factor
        yield kernel, a, b


def _exact_integral(piece: "fmpq_poly", a: Fraction, b: Fraction) -> Fraction | None:
    """The integral of |K| on [a, b] if its sign changes at no irrational place, else None."""
    coefficients = [to_fraction(c) for c in piece.coeffs()]
    if not coefficients:
        return Fraction(0)
    if len(coefficients) == 2:
        root = -coefficients[0] / coefficients[1]
        if a < root < b:
            return abs(_integral(piece, a, root)) + abs(_integral(piece, root, b))
    on_interval = BoxPolynomial.of({(i,): c for i, c in enumerate(coefficients)}, [(a, b)])
    if on_interval.lower < 0 < on_interval.upper:
        return None
    return abs(_integral(piece, a, b))


def _integral(piece: "fmpq_poly", a: Fraction, b: Fraction) -> Fraction:
    whole = piece.integral()
    return to_fraction(whole(to_rational(b)) - whole(to_rational(a)))
