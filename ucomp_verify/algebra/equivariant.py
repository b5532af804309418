"""Equivariant polynomial maps of points, in the own point and power sums of all points.

T_1 is invariant under permutations of the other d - 1 points, so it is a polynomial in
w_1 and their power sums, which are those of all points less the powers of w_1 (paper,
lemma:ev_fund_rep).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from math import prod
from typing import TypeAlias

from ucomp_verify.kernel.certificates import PowerSumIdentity, Syzygy, WeightedSet

from .multi_indices import MultiIndex
from .multisymmetric import MultisymmetricPolynomial, Parts
from .power_sum_polynomial import PowerSumPolynomial
from .reduction import power_sum_form

Key: TypeAlias = tuple[MultiIndex, Parts]
Component: TypeAlias = Mapping[Key, Fraction]
Node: TypeAlias = tuple[Fraction, ...]


class WrongForm(ValueError):
    """A polynomial in the own point and power sums is not the map it is said to be."""


@dataclass(frozen=True)
class EquivariantMap:
    """A polynomial map T of `num_points` points of R^dim that commutes with permutations.

    Coordinate by coordinate T_i is the sum of coefficient * w_i^own * m_parts, where
    m_parts is the sum of an orbit of monomials of the other points; `components` holds
    the coefficients by (own, parts). Raises ValueError for keys that name no such orbit.
    """

    dim: int
    num_points: int
    components: tuple[Component, ...]

    def __post_init__(self) -> None:
        if self.num_points < 1 or len(self.components) != self.dim:
            raise ValueError(
                f"expected {self.dim} components and at least one point, got "
                f"{len(self.components)} components and {self.num_points} points"
            )
        others = (self.num_points - 1, self.dim)
        for own, parts in (key for component in self.components for key in component):
            if len(own) != self.dim or not _is_orbit(parts, *others):
                raise ValueError(f"no orbit of {others[0]} other points in R^{self.dim}: {parts}")

    @property
    def degree(self) -> int:
        """The total degree; 0 for a constant map."""
        return max((_degree(key) for c in self.components for key in c if c[key]), default=0)

    def polarised(self) -> MultisymmetricPolynomial:
        """The polynomial sum_i <u_i, T_i(w)> of the points (w_i, u_i), which is symmetric.

        It determines the map; the map is equivariant because the polynomial is symmetric
        (polarisation: Weyl, "The classical groups", 1939, chapter II).
        """
        orbits = _polarised(self.components)
        return MultisymmetricPolynomial(2 * self.dim, self.num_points, orbits)


@dataclass(frozen=True)
class EquivariantForm:
    """T_i = sum of coefficient * w_i^own * product of power sums q_alpha of all points.

    `components` holds the coefficients by (own, factors), one mapping a coordinate. With
    `num_points` = d the form stands for a map of d points, else for maps of any number.
    """

    dim: int
    num_points: int | None
    components: tuple[Component, ...]

    @property
    def order(self) -> int:
        """The largest order |alpha| of a power sum in it; 0 if there is none."""
        factors = (f for c in self.components for (_, f) in c)
        return max((sum(alpha) for f in factors for alpha in f), default=0)

    def polarised(self) -> PowerSumPolynomial:
        """The form of sum_i <u_i, T_i(w)>: the own point's factor is a power sum with u."""
        products = _polarised(self.components)
        return PowerSumPolynomial(2 * self.dim, self.num_points, products)

    def expand(self, num_points: int | None = None) -> EquivariantMap:
        """The map of `num_points` points (default: its own number), orbit by orbit.

        Raises ValueError if neither number is known.
        """
        expanded = self.polarised().expand(num_points)
        components = _unpolarised(expanded.orbits, self.dim)
        return EquivariantMap(self.dim, expanded.num_points, components)

    def evaluate(
        self,
        nodes: Iterable[Sequence[Fraction | int]],
        weights: Iterable[Fraction | int] | None = None,
    ) -> tuple[Node, ...]:
        """Where the points go, at power sums sum_j c_j w_j^alpha; unit weights by default.

        For weighted points this is the compressed map that belongs to the form (paper,
        definition of the compressed dynamics). Raises ValueError if the numbers of
        nodes and weights differ.
        """
        points = [tuple(map(Fraction, x)) for x in nodes]
        scales = [Fraction(1)] * len(points) if weights is None else list(map(Fraction, weights))
        if len(scales) != len(points):
            raise ValueError(f"{len(points)} nodes but {len(scales)} weights")
        alphas = {alpha for c in self.components for _, f in c for alpha in f}
        sums = {
            alpha: sum(
                (w * _power(x, alpha) for x, w in zip(points, scales, strict=True)), Fraction(0)
            )
            for alpha in alphas
        }
        return tuple(tuple(_value(c, x, sums) for c in self.components) for x in points)

    def latex(self, *, own: str = "w", most: int | None = None) -> str:
        r"""The components in LaTeX, each with at most `most` powers of the own point.

        >>> EquivariantForm(1, None, ({((1,), ((1,),)): Fraction(2)},)).latex()
        'w_{1} (2 q_{1})'
        """
        rows = [_latex_component(c, self.dim, own, most) for c in self.components]
        return rows[0] if len(rows) == 1 else rf"\left({', '.join(rows)}\right)"

    def certificate(self) -> PowerSumIdentity:
        """The certificate that the form is its expansion, on its number of points or on any."""
        right = self.polarised()
        count = max((len(factors) for factors in right.products), default=1)
        identity = right.certificate(right.expand(self.num_points or count))
        return PowerSumIdentity(identity.dim, self.num_points, identity.left, identity.right)


def represent(equivariant: EquivariantMap) -> EquivariantForm:
    """The map in the own point and power sums of all points, of order at most d - 1.

    >>> other = EquivariantMap(1, 2, ({((0,), ((1,),)): Fraction(1)},))  # T_1 = w_2
    >>> represent(other).latex()
    'q_{1} - w_{1}'
    """
    components = tuple(_in_all_points(equivariant, c) for c in equivariant.components)
    form = EquivariantForm(equivariant.dim, equivariant.num_points, components)
    check_form(form, equivariant)
    return form


def check_form(form: EquivariantForm, equivariant: EquivariantMap) -> int:
    """The number of orbits compared, if the form expands to the map; else `WrongForm`."""
    found = form.polarised().expand(equivariant.num_points).orbits
    expected = equivariant.polarised().orbits
    orbits = sorted({*found, *expected})
    for parts in orbits:
        x, y = expected.get(parts, Fraction(0)), found.get(parts, Fraction(0))
        if x != y:
            (coordinate, own, others) = _split_marked(parts, equivariant.dim)
            raise WrongForm(
                f"coordinate {coordinate + 1} of T_1 has coefficient {x} at own exponents {own} "
                f"and others {others}, but the form expands to {y}"
            )
    return len(orbits)


def difference_syzygy(
    first: EquivariantForm,
    second: EquivariantForm,
    *,
    coordinate: int,
    num_points: int,
    witness: WeightedSet | None = None,
) -> Syzygy:
    """The certificate that two forms are one map of `num_points` points, yet differ.

    With a weighted set as witness: that their compressed maps differ there.
    """
    terms: dict[Key, Fraction] = defaultdict(Fraction)
    for form, sign in ((first, 1), (second, -1)):
        for key, coefficient in form.components[coordinate].items():
            terms[key] += sign * coefficient
    kept = tuple((c, own, factors) for (own, factors), c in sorted(terms.items()) if c)
    return Syzygy(first.dim, num_points, kept, witness)


def product_of(left: Component, right: Component) -> dict[Key, Fraction]:
    """The product of two polynomials in the own point and power sums."""
    out: dict[Key, Fraction] = defaultdict(Fraction)
    for (own, factors), x in left.items():
        for (more, others), y in right.items():
            out[_plus(own, more), tuple(sorted((*factors, *others)))] += x * y
    return {key: value for key, value in out.items() if value}


def _is_orbit(parts: Parts, count: int, dim: int) -> bool:
    well_formed = all(len(alpha) == dim and any(alpha) for alpha in parts)
    return well_formed and list(parts) == sorted(parts) and len(parts) <= count


def _degree(key: Key) -> int:
    own, parts = key
    return sum(own) + sum(map(sum, parts))


def _plus(alpha: MultiIndex, beta: MultiIndex) -> MultiIndex:
    return tuple(a + b for a, b in zip(alpha, beta, strict=True))


def _power(x: Node, alpha: MultiIndex) -> Fraction:
    return prod((v**e for v, e in zip(x, alpha, strict=True)), start=Fraction(1))


def _value(component: Component, x: Node, sums: Mapping[MultiIndex, Fraction]) -> Fraction:
    return sum(
        (
            c * _power(x, own) * prod((sums[a] for a in factors), start=Fraction(1))
            for (own, factors), c in component.items()
        ),
        Fraction(0),
    )


def _polarised(components: Sequence[Component]) -> dict[Parts, Fraction]:
    """Keys (own, parts) of a coordinate as parts in twice the dimension, own marked by u."""
    dim = len(components)
    zero, out = (0,) * dim, dict[Parts, Fraction]()
    for axis, component in enumerate(components):
        mark = tuple(int(a == axis) for a in range(dim))
        for (own, parts), coefficient in component.items():
            if coefficient:
                marked = sorted([(*own, *mark), *((*alpha, *zero) for alpha in parts)])
                out[tuple(marked)] = coefficient
    return out


def _unpolarised(orbits: Mapping[Parts, Fraction], dim: int) -> tuple[Component, ...]:
    components: tuple[dict[Key, Fraction], ...] = tuple({} for _ in range(dim))
    for marked, coefficient in orbits.items():
        axis, own, parts = _split_marked(marked, dim)
        components[axis][own, parts] = coefficient
    return components


def _split_marked(marked: Parts, dim: int) -> tuple[int, MultiIndex, Parts]:
    """The coordinate, the own exponents and the other parts that marked parts stand for."""
    own = next(alpha for alpha in marked if any(alpha[dim:]))
    others = tuple(alpha[:dim] for alpha in marked if not any(alpha[dim:]))
    return own[dim:].index(1), own[:dim], others


def _in_all_points(equivariant: EquivariantMap, component: Component) -> Component:
    """One coordinate of T_1 with the power sums of the others as q_alpha - w_1^alpha."""
    by_own: dict[MultiIndex, dict[Parts, Fraction]] = defaultdict(dict)
    for (own, parts), coefficient in component.items():
        by_own[own][parts] = coefficient
    out: dict[Key, Fraction] = defaultdict(Fraction)
    for own, orbits in by_own.items():
        others = MultisymmetricPolynomial(equivariant.dim, equivariant.num_points - 1, orbits)
        for factors, coefficient in power_sum_form(others).items():
            for key, value in _with_own_point(own, factors):
                out[key] += coefficient * value
    return {key: value for key, value in sorted(out.items()) if value}


def _with_own_point(own: MultiIndex, factors: Parts) -> Iterator[tuple[Key, int]]:
    """w^own times the product of q_alpha - w^alpha, multiplied out."""
    for count in range(len(factors) + 1):
        for taken in combinations(range(len(factors)), count):
            exponents = own
            for i in taken:
                exponents = _plus(exponents, factors[i])
            rest = tuple(f for i, f in enumerate(factors) if i not in taken)
            yield (exponents, rest), (-1) ** count


def _latex_component(component: Component, dim: int, own: str, most: int | None) -> str:
    by_own: dict[MultiIndex, dict[Parts, Fraction]] = defaultdict(dict)
    for (exponents, factors), coefficient in sorted(component.items()):
        by_own[exponents][factors] = coefficient
    shown = list(by_own.items())[:most]
    text = ""
    for exponents, products in shown:
        letters = (f"{own}_{{{a + 1}}}" for a in range(dim))
        powers = [(a, e) for a, e in zip(letters, exponents, strict=True) if e]
        monomial = " ".join(a if e == 1 else f"{a}^{{{e}}}" for a, e in powers)
        sums = PowerSumPolynomial(dim, None, products).latex()
        body = {"1": monomial, "-1": f"-{monomial}"}.get(sums, f"{monomial} ({sums})")
        body = body if monomial else sums
        joined = f" - {body[1:]}" if body.startswith("-") else f" + {body}"
        text = text + joined if text else body
    return (text or "0") + (r" + \cdots" if len(shown) < len(by_own) else "")
