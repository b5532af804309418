"""Mean-field maps T_i = Phi(w_i, sum_l G(w_l)), with Phi and G for any number of objects.

The form (Phi, G) fixes what the map does to weighted objects: T'_j = Phi(w_j, sum_l c_l
G(w_l)), the weights unchanged.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, TypeAlias

from .equivariant import Component, EquivariantForm, Key, product_of
from .multi_indices import MultiIndex

Polynomial: TypeAlias = Mapping[MultiIndex, Fraction]
Value: TypeAlias = Any  # a Fraction, or an element of a SymPy ring over the rationals
State: TypeAlias = tuple[Value, ...]


def _same(value: Fraction) -> Value:
    return value


@dataclass(frozen=True)
class MeanFieldMap:
    """Phi and G with polynomial entries, for objects with `dim` coordinates.

    `statistics` are the entries of G, in the coordinates of an object; `update` are those
    of Phi, in the coordinates, then the sums of G, then `num_shared` numbers that all
    objects share (step sizes). Raises ValueError for exponents of another length.
    """

    dim: int
    statistics: tuple[Polynomial, ...]
    update: tuple[Polynomial, ...]
    num_shared: int = 0

    def __post_init__(self) -> None:
        arguments = self.dim + len(self.statistics) + self.num_shared
        if len(self.update) != self.dim:
            raise ValueError(f"expected {self.dim} entries of Phi, got {len(self.update)}")
        for polynomials, length in ((self.statistics, self.dim), (self.update, arguments)):
            for exponents in (e for polynomial in polynomials for e in polynomial):
                if len(exponents) != length:
                    raise ValueError(f"expected {length} exponents, got {exponents}")

    def step(
        self,
        objects: Sequence[State],
        weights: Sequence[Value] | None = None,
        *,
        shared: Sequence[Value] = (),
        lift: Callable[[Fraction], Value] = _same,
    ) -> tuple[State, ...]:
        """Where objects of these weights (all 1 if none are given) are after one step.

        The numbers may be fractions or elements of a ring into which `lift` takes the
        rationals. Raises ValueError if the numbers of objects and weights, or of shared
        numbers, differ from those expected.
        """
        scales = [lift(Fraction(1))] * len(objects) if weights is None else list(weights)
        if len(scales) != len(objects) or len(shared) != self.num_shared:
            raise ValueError(
                f"{len(objects)} objects with {len(scales)} weights and {len(shared)} shared "
                f"numbers; expected one weight each and {self.num_shared} shared numbers"
            )
        sums: list[Value] = []
        for statistic in self.statistics:
            values = (evaluate(statistic, x, lift) for x in objects)
            products = (c * v for c, v in zip(scales, values, strict=True))
            sums.append(sum(products, start=lift(Fraction(0))))
        return tuple(
            tuple(evaluate(entry, (*x, *sums, *shared), lift) for entry in self.update)
            for x in objects
        )

    def form(self, shared: Sequence[Fraction] = ()) -> EquivariantForm:
        """The map in the own point and power sums, for every number of objects.

        Raises ValueError if a statistic has a constant term: it counts the objects, and
        the number of objects is no power sum here.
        """
        zero = (0,) * self.dim
        if any(zero in statistic for statistic in self.statistics):
            raise ValueError("a statistic has a constant term: give the number of objects itself")
        own = [_own_coordinate(axis, self.dim) for axis in range(self.dim)]
        sums: list[Component] = [{(zero, (a,)): c for a, c in s.items()} for s in self.statistics]
        numbers: list[Component] = [{(zero, ()): c} for c in shared]
        components = tuple(_substituted(p, [*own, *sums, *numbers], zero) for p in self.update)
        return EquivariantForm(self.dim, None, components)


def evaluate(
    polynomial: Polynomial, at: Sequence[Value], lift: Callable[[Fraction], Value] = _same
) -> Value:
    """The value of the polynomial.

    >>> evaluate({(2, 1): Fraction(3)}, (Fraction(2), Fraction(5)))
    Fraction(60, 1)
    """
    total = lift(Fraction(0))
    for exponents, coefficient in polynomial.items():
        term = lift(coefficient)
        for value, exponent in zip(at, exponents, strict=True):
            if exponent:
                term = term * value**exponent
        total = total + term
    return total


def copies(objects: Sequence[State], counts: Sequence[int]) -> tuple[State, ...]:
    """The objects, the j-th one `counts[j]` times.

    >>> copies([(1,), (2,)], [2, 1])
    ((1,), (1,), (2,))
    """
    return tuple(x for x, n in zip(objects, counts, strict=True) for _ in range(n))


def _own_coordinate(axis: int, dim: int) -> Component:
    return {(tuple(int(a == axis) for a in range(dim)), ()): Fraction(1)}


def _substituted(
    polynomial: Polynomial, arguments: Sequence[Component], zero: MultiIndex
) -> Component:
    """The polynomial at arguments that are polynomials in own point and power sums."""
    total: dict[Key, Fraction] = defaultdict(Fraction)
    for exponents, coefficient in polynomial.items():
        term: Component = {(zero, ()): coefficient}
        for argument, exponent in zip(arguments, exponents, strict=True):
            for _ in range(exponent):
                term = product_of(term, argument)
        for key, value in term.items():
            total[key] += value
    return {key: value for key, value in sorted(total.items()) if value}
