"""Deep sets h(sum_i c_i g(w_i)), and what a Lipschitz constant of h makes of an error."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from .box_objectives import RealBox
from .derivatives import derivative_bound, range_on, require_box
from .elementary import NotAnalytic
from .expressions import PREC, Function
from .integrals import Nodes, Weights, enclose_integral

if TYPE_CHECKING:
    from flint import arb


class NoLipschitzConstant(ValueError):
    """A bound of the error was asked for without a Lipschitz constant of the outer function."""


@dataclass(frozen=True)
class DeepSet:
    """h(int g dmu): the outer function h of the integrals of the inner functions g.

    h takes a variable for each inner function; errors of several integrals are measured by
    the Euclidean length. One function may stand for a tuple of one.

    >>> from .expressions import variables
    >>> (x,) = variables(1)
    >>> DeepSet(x**2, 1 + x).at([[0], [Fraction(1, 2)]], [1, 2])
    Fraction(16, 1)
    """

    outer: Function
    inner: Function | tuple[Function, ...]

    def __post_init__(self) -> None:
        for part in (self.outer, *self.components):
            if not isinstance(part, Function):  # pyright: ignore[reportUnnecessaryIsInstance]
                raise TypeError(
                    f"found {part!r} of type {type(part).__name__}; expected functions, made of "
                    "`variables` or `constant`"
                )
        if not self.components or self.outer.dim > len(self.components):
            raise ValueError(
                f"found an outer function of {self.outer.dim} variables and "
                f"{len(self.components)} inner functions; expected an inner function for each "
                "variable of the outer one"
            )

    @property
    def components(self) -> tuple[Function, ...]:
        """The inner functions."""
        return (self.inner,) if isinstance(self.inner, Function) else self.inner

    @property
    def dim(self) -> int:
        """The number of variables of the inner functions."""
        return max(g.dim for g in self.components)

    def at(
        self, nodes: Sequence[Sequence[Fraction | int]], weights: Sequence[Fraction | int]
    ) -> Fraction:
        """The exact value on sum_i weights[i] * delta(nodes[i]); raises `NotRational`."""
        pairs = list(zip(nodes, weights, strict=True))
        sums = [sum((c * g.at(w) for w, c in pairs), Fraction(0)) for g in self.components]
        return self.outer.at(sums)

    def enclose(self, nodes: Nodes, weights: Weights = None, *, prec: int = PREC) -> "arb":
        """A ball that holds the value; nodes and weights as `enclose_integral` takes them."""
        return self.outer.enclose(
            [enclose_integral(g, nodes, weights, prec=prec) for g in self.components], prec=prec
        )

    def latent_box(self, box: RealBox, mass: Fraction) -> tuple[tuple[Fraction, Fraction], ...]:
        """A box that holds int g dmu for every measure of the mass on the box."""
        if mass < 0:
            raise ValueError(f"found the mass {mass}; expected a number >= 0")
        ranges = [range_on(g, box) for g in self.components]
        return tuple((mass * low, mass * high) for low, high in ranges)

    def lipschitz(self, box: RealBox, mass: Fraction) -> Fraction:
        """A Lipschitz constant of h between the values of any two such measures."""
        return lipschitz_bound(self.outer, self.latent_box(box, mass))


def lipschitz_bound(outer: Function, box: RealBox) -> Fraction:
    """A proved Lipschitz constant of the function on the box: the supremum of its gradient.

    Raises `NoLipschitzConstant` if none is found: then no error of h(int g dmu) is bounded by
    one of int g dmu.
    """
    require_box(outer, box)
    try:
        return derivative_bound(outer, box, 1)
    except NotAnalytic as error:
        shown = " x ".join(f"[{low}, {high}]" for low, high in box)
        raise NoLipschitzConstant(
            f"found no Lipschitz constant of the outer function {outer.shown} on the range {shown} "
            "of the integrals; expected one that is smooth there: give a smaller range or mass, or "
            "another outer function; no error is claimed"
        ) from error
