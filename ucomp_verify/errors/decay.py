"""How fast the Chebyshev coefficients of a class of functions on a box fall, with proofs.

A function g analytic on a product of ellipses around the sides of the box, the j-th with
the ratio rho_j, and |g - c| <= G there for a constant c, has the coefficients
|a_alpha| <= 2^(number of alpha_j != 0) G prod rho_j^-alpha_j for alpha != 0 (Bernstein, in
each variable; Trefethen, "Approximation Theory and Approximation Practice", 2013,
Theorem 8.1). Every such product gives a bound; the best is taken for each alpha.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import inf, log, prod

from ucomp_verify.algebra.multi_indices import MultiIndex, multi_indices
from ucomp_verify.bounds.powers import PREC, ball, upper_value
from ucomp_verify.bounds.rounding import rounded_up
from ucomp_verify.bounds.statement import HypothesisNotMet, about, require

MOST_PREC = 1 << 16  # bits for the difference of a series and its head


@dataclass(frozen=True)
class Ellipses:
    """|g - c| <= bound on the product of ellipses with 1 / rho_j = ratios[j] < 1.

    The ratio 0 stands for functions that do not change along an axis, or a side of length 0.
    """

    bound: Fraction
    ratios: tuple[Fraction, ...]

    def __post_init__(self) -> None:
        require(self.bound >= 0, "ellipses", "a bound < 0", "G >= 0")
        inside = all(0 <= x < 1 for x in self.ratios)
        require(inside, "ellipses", f"{self.ratios} for 1/rho", "0 <= 1/rho < 1")

    def line_tail(self, degree: int) -> Fraction:
        """2 G rho^-k / (rho - 1) for the smallest rho: what is left of a function of one form.

        phi(<u, w>) is bounded by G on the ellipse around the values of <u, w> on the box with
        this rho: by Minkowski's inequality the values on the product of ellipses fill it.
        """
        x = max(self.ratios)
        return rounded_up(2 * self.bound * x ** (degree + 1) / (1 - x))

    def coefficient(self, alpha: MultiIndex) -> Fraction:
        """The bound of |a_alpha|, alpha != 0, rounded up."""
        powers = prod(
            (x**e for x, e in zip(self.ratios, alpha, strict=True) if e), start=self.bound
        )
        return rounded_up(powers * 2 ** sum(map(bool, alpha)))

    def with_one_ratio(self) -> "Ellipses":
        """The smaller product with the least rho on all axes along which functions change."""
        largest = max(self.ratios)
        return Ellipses(self.bound, tuple(largest if x else x for x in self.ratios))

    def tail(self, order: int) -> Fraction:
        """G times the sum of 2^(number of alpha_j != 0) rho^-alpha over |alpha| > order."""
        from flint import arb, ctx

        if not any(self.ratios):
            return Fraction(0)
        smallness = -_log(max(self.ratios)) / log(2)
        with ctx.workprec(PREC + min(int((order + 1) * smallness), MOST_PREC)):
            head, whole = [arb(1), *[arb(0)] * order], arb(1)
            for x in map(ball, self.ratios):
                # The series of (1 + x t) / (1 - x t), times what there is.
                head = [h + x * lower for h, lower in zip(head, [arb(0), *head], strict=False)]
                for j in range(1, order + 1):
                    head[j] += x * head[j - 1]
                whole *= (1 + x) / (1 - x)
            rest = whole - sum(head, arb(0))
            return rounded_up(self.bound * upper_value(rest))

    @cached_property
    def _logarithms(self) -> tuple[float, tuple[float, ...]]:
        return _log(self.bound), tuple(map(_log, self.ratios))

    def estimate(self, alpha: Sequence[int]) -> float:
        """About the logarithm of the bound of a coefficient: it only chooses."""
        size, logs = self._logarithms
        return size + sum(e * x for e, x in zip(alpha, logs, strict=True) if e)

    def tail_estimate(self, order: int) -> float:
        """About the logarithm of the tail, for a choice."""
        x = float(max(self.ratios))
        size = self._logarithms[0] - len(self.ratios) * log(max(1 - x, 1e-300))
        return size + (order + 1) * (log(x) if x else -inf)


@dataclass(frozen=True)
class Decay:
    """All functions of a class are bounded by each of `options`; |a_0| <= `central`.

    `central` is None where constants of any size belong to the class. With `ridges` each is
    a function of one linear form, or a mean of such.
    """

    options: tuple[Ellipses, ...]
    central: Fraction | None
    ridges: bool = False

    def __post_init__(self) -> None:
        require(bool(self.options), "decay", "no ellipses", "at least one product of them")

    @property
    def dim(self) -> int:
        """The number of axes."""
        return len(self.options[0].ratios)

    @cached_property
    def _known(self) -> dict[int, tuple[Fraction, ...]]:
        """What `coefficients` has found, as many boxes share a decay."""
        return {}

    @cached_property
    def _tails(self) -> dict[int, Fraction]:
        return {}

    def coefficients(self, order: int) -> tuple[Fraction, ...]:
        """Bounds of |a_alpha| for 0 < |alpha| <= order, in the order of `multi_indices`."""
        found = self._known.get(order)
        if found is None:
            alphas = list(multi_indices(self.dim, order))[1:]
            found = self._known[order] = tuple(self._best(a).coefficient(a) for a in alphas)
        return found

    @cached_property
    def of_one_form(self) -> "Decay":
        """The same for equal rho, for which <u, w> stays in the ellipse of this rho."""
        options = tuple(option.with_one_ratio() for option in self.options)
        return self if options == self.options else Decay(options, self.central, self.ridges)

    def tail(self, order: int) -> Fraction:
        """A bound of the sum of |a_alpha| over |alpha| > order."""
        found = self._tails.get(order)
        if found is None:
            best = min(self.options, key=lambda o: o.tail_estimate(order))
            found = self._tails[order] = best.tail(order)
        return found

    def distance(self, degree: int) -> Fraction:
        """A bound of the distance of every function from the polynomials up to the degree."""
        if not self.ridges:
            return self.tail(degree)
        return min(self.line_distance(degree), self.tail(degree))

    def line_distance(self, degree: int) -> Fraction:
        """A bound of |g - P| on the box, P the partial sum of the series of the one form."""
        assert self.ridges
        best = min(self.options, key=lambda o: o.tail_estimate(degree))
        return best.line_tail(degree)

    @property
    def size(self) -> Fraction:
        """The least bound of |g - c| on the box, for some constant c."""
        return min(option.bound for option in self.options)

    def constant(self, mismatch: Fraction) -> Fraction:
        """What a mismatch of the masses up to this size contributes at most."""
        if not mismatch:
            return Fraction(0)
        if self.central is None:
            raise HypothesisNotMet(
                f"decay: found masses that may differ by {about(mismatch)}; expected equal "
                "ones, as constants of any size belong to the class: match the moment of order 0"
            )
        return self.central * mismatch

    def _best(self, alpha: MultiIndex) -> Ellipses:
        return min(self.options, key=lambda o: o.estimate(alpha))


def _log(value: Fraction) -> float:
    """The logarithm, of numbers outside float64's range too."""
    if not value:
        return -inf
    bits = value.numerator.bit_length() - value.denominator.bit_length()
    return log(value / Fraction(2) ** bits) + bits * log(2)
