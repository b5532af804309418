"""Polynomials in power sums: values, expansion, normalisation, LaTeX, certificate."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import prod

from ucomp_verify.kernel.certificates import PowerSumIdentity

from .multi_indices import MultiIndex
from .multisymmetric import MultisymmetricPolynomial, Parts, repetitions

Node = Sequence[Fraction | int]


@dataclass(frozen=True)
class PowerSumPolynomial:
    """Sum of coefficient * product of power sums q_alpha of points of R^dim.

    `products` names a product by the sorted multi-indices of its factors; the empty
    product is 1. With `num_points` = d the polynomial stands for a function of d points,
    otherwise for one of any number of points.
    """

    dim: int
    num_points: int | None
    products: Mapping[Parts, Fraction]

    @property
    def order(self) -> int:
        """The largest order |alpha| of a power sum in it; 0 for a constant."""
        return max((sum(a) for factors in self.products for a in factors), default=0)

    @property
    def degree(self) -> int:
        """The largest total degree of a product; 0 for a constant."""
        return max((sum(map(sum, factors)) for factors in self.products), default=0)

    def evaluate(
        self, nodes: Iterable[Node], weights: Iterable[Fraction | int] | None = None
    ) -> Fraction:
        """The value at power sums sum_i c_i w_i^alpha; every weight is 1 if none is given.

        Raises ValueError if the numbers of nodes and weights differ.
        """
        points = [tuple(map(Fraction, x)) for x in nodes]
        scales = [Fraction(1)] * len(points) if weights is None else list(map(Fraction, weights))
        if len(scales) != len(points):
            raise ValueError(f"{len(points)} nodes but {len(scales)} weights")
        alphas = {alpha for factors in self.products for alpha in factors}
        sums = {alpha: _power_sum(points, scales, alpha) for alpha in alphas}
        return sum(
            (c * prod(sums[a] for a in factors) for factors, c in self.products.items()),
            start=Fraction(0),
        )

    def expand(self, num_points: int | None = None) -> MultisymmetricPolynomial:
        """The polynomial in the coordinates of `num_points` points (default: its own).

        Raises ValueError if neither is known.
        """
        count = self.num_points if num_points is None else num_points
        if count is None:
            raise ValueError("say for how many points: this holds for any number of them")
        total: dict[Parts, Fraction] = defaultdict(Fraction)
        for factors, coefficient in self.products.items():
            for parts, multiplicity in _expanded(factors, count).items():
                total[parts] += coefficient * multiplicity * repetitions(parts)
        kept = {parts: c for parts, c in sorted(total.items()) if c}
        return MultisymmetricPolynomial(self.dim, count, kept)

    def in_moments(self, num_points: int) -> dict[Parts, Fraction]:
        """Coefficients of the same function in p_alpha = q_alpha / d, for d points."""
        return {f: c * num_points ** len(f) for f, c in self.products.items()}

    def in_moments_of_any_size(self) -> dict[Parts, tuple[Fraction, int]]:
        """Coefficients in p_alpha = q_alpha / d as (number, power of d), for symbolic d."""
        return {f: (c, len(f)) for f, c in self.products.items()}

    def latex(self, *, letter: str = "q", most: int | None = None) -> str:
        r"""The formula in LaTeX, its first `most` products if there are more.

        >>> PowerSumPolynomial(1, None, {((1,), (1,)): Fraction(1)}).latex()
        'q_{1}^{2}'
        """
        items = list(self.products.items())
        shown = items if most is None else items[:most]
        text = ""
        for factors, coefficient in shown:
            size, minus = _latex_rational(abs(coefficient)), coefficient < 0
            product = _latex_product(factors, letter)
            body = product if product and size == "1" else f"{size} {product}".strip()
            text += (" - " if minus else " + ") + body if text else ("-" if minus else "") + body
        return (text or "0") + (r" + \cdots" if len(shown) < len(items) else "")

    def certificate(self, polynomial: MultisymmetricPolynomial) -> PowerSumIdentity:
        """The certificate that `polynomial` is this function of its points."""
        left = [(c / repetitions(parts), parts) for parts, c in polynomial.orbits.items()]
        right = [(c, factors) for factors, c in self.products.items()]
        return PowerSumIdentity(self.dim, polynomial.num_points, tuple(left), tuple(right))


def _power_sum(
    points: Sequence[tuple[Fraction, ...]], weights: Sequence[Fraction], alpha: MultiIndex
) -> Fraction:
    values = (prod(v**e for v, e in zip(x, alpha, strict=True)) for x in points)
    return sum((w * v for w, v in zip(weights, values, strict=True)), start=Fraction(0))


def _expanded(factors: Parts, num_points: int) -> dict[Parts, int]:
    """A product of power sums in the sums M_parts over ordered distinct points."""
    total: dict[Parts, int] = {(): 1}
    for alpha in factors:
        out: dict[Parts, int] = defaultdict(int)
        for parts, count in total.items():
            for i, part in enumerate(parts):
                merged = tuple(a + b for a, b in zip(part, alpha, strict=True))
                out[tuple(sorted((*parts[:i], merged, *parts[i + 1 :])))] += count
            if len(parts) < num_points:
                out[tuple(sorted((*parts, alpha)))] += count
        total = out
    return total


def _latex_rational(value: Fraction) -> str:
    if value.denominator == 1:
        return str(value.numerator)
    return rf"\tfrac{{{value.numerator}}}{{{value.denominator}}}"


def _latex_product(factors: Parts, letter: str) -> str:
    names: list[str] = []
    for alpha in dict.fromkeys(factors):
        index = "".join(map(str, alpha)) if max(alpha) < 10 else ",".join(map(str, alpha))
        power = factors.count(alpha)
        names.append(f"{letter}_{{{index}}}" + (f"^{{{power}}}" if power > 1 else ""))
    return " ".join(names)
