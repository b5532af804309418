"""Classes of deep sets h(sum c_i g(w_i)) for which errors are bounded.

Each is a set of inner functions g, with the outer functions h that are Lipschitz between the
two values. A change of unit w -> s w takes a class to its `scaled(s)`, and no error changes.
Numbers are Fraction or int; a float64 is refused, as what is rounded proves nothing.
"""

from dataclasses import dataclass, replace
from fractions import Fraction

from .powers import root_below
from .statement import require, require_rational, require_size, require_whole, shown

ONE = Fraction(1)


@dataclass(frozen=True)
class SmoothClass:
    """|D^order g(x)[u, ..., u]| <= derivative for |u| = 1 on a convex D that holds the nodes.

    The class of degree order - 1: Taylor polynomials of this degree are used.
    """

    order: int
    derivative: Fraction
    lipschitz: Fraction = ONE

    def __post_init__(self) -> None:
        require_whole("smooth class", "the order", self.order)
        _keep_sizes(self, "smooth class", "derivative", "lipschitz")

    def scaled(self, factor: Fraction) -> "SmoothClass":
        """The functions g(w / factor), of which a derivative of order s shrinks by factor^s."""
        return replace(self, derivative=self.derivative / _factor(factor) ** self.order)


@dataclass(frozen=True)
class PolydiscClass:
    """g holomorphic with |g| <= bound on the polydisc of `radius` about all of [-R, R]^dim.

    R is `half_side`; the polydisc is a ball of the maximum norm of C^dim.
    """

    dim: int
    half_side: Fraction
    radius: Fraction
    bound: Fraction
    lipschitz: Fraction = ONE

    def __post_init__(self) -> None:
        require_whole("polydisc class", "the dimension", self.dim)
        _keep_sizes(self, "polydisc class", "half_side", "radius", "bound", "lipschitz")
        require(
            self.radius > 0, "polydisc class", f"the radius {shown(self.radius)}", "a number > 0"
        )

    def scaled(self, factor: Fraction) -> "PolydiscClass":
        """The functions g(w / factor)."""
        s = _factor(factor)
        return replace(self, half_side=self.half_side * s, radius=self.radius * s)

    def on_cells(self, side: int) -> "PolydiscClass":
        """The same functions on each of side^dim equal cells, moved to the origin."""
        count = require_whole("cells", "the number along an axis", side)
        return replace(self, half_side=self.half_side / count)

    def on_polyellipses(self) -> "PolyellipseClass":
        """A class that holds it: all within r R of [-R, R] lies around R E_rho for
        rho = r + sqrt(1 + r^2), r = radius / half_side; rounded down.

        >>> PolydiscClass(1, Fraction(4), Fraction(3), ONE).on_polyellipses().rho
        Fraction(2, 1)
        """
        require(self.half_side > 0, "inclusion", "the cube of side 0", "a half side > 0")
        r = self.radius / self.half_side
        rho = r + max(ONE, root_below(1 + r**2))
        return PolyellipseClass(self.dim, rho, self.bound, self.lipschitz, self.half_side)


@dataclass(frozen=True)
class PolyellipseClass:
    """g holomorphic with |g| <= bound on the product of the ellipses R E_rho, R = `half_side`.

    E_rho has the foci -1 and 1 and semi-axes of sum rho > 1; the nodes lie in [-R, R]^dim.
    """

    dim: int
    rho: Fraction
    bound: Fraction
    lipschitz: Fraction = ONE
    half_side: Fraction = ONE

    def __post_init__(self) -> None:
        require_whole("polyellipse class", "the dimension", self.dim)
        _keep_sizes(self, "polyellipse class", "rho", "bound", "half_side", "lipschitz")
        require(self.rho > 1, "polyellipse class", f"rho = {shown(self.rho)}", "a number > 1")

    def scaled(self, factor: Fraction) -> "PolyellipseClass":
        """The functions g(w / factor)."""
        return replace(self, half_side=self.half_side * _factor(factor))

    def on_polydiscs(self) -> PolydiscClass:
        """A class that holds it: R E_rho lies around all within ((rho + 1/rho) / 2 - 1) R of
        [-R, R], as no point of the ellipse is closer to its foci than its vertices.

        >>> PolyellipseClass(2, Fraction(2), ONE).on_polydiscs().radius
        Fraction(1, 4)
        """
        require(self.half_side > 0, "inclusion", "the cube of side 0", "a half side > 0")
        radius = self.half_side * ((self.rho + 1 / self.rho) / 2 - 1)
        return PolydiscClass(self.dim, self.half_side, radius, self.bound, self.lipschitz)


@dataclass(frozen=True)
class ComplexBallClass:
    """g holomorphic with |g| <= bound on the ball of C^m of `radius` about points of a set D.

    The ball is that of the norm sqrt(sum |z_a|^2), and nodes are near a point of D.
    """

    radius: Fraction
    bound: Fraction
    lipschitz: Fraction = ONE

    def __post_init__(self) -> None:
        _keep_sizes(self, "class on complex balls", "radius", "bound", "lipschitz")
        found = f"the radius {shown(self.radius)}"
        require(self.radius > 0, "class on complex balls", found, "a number > 0")

    def scaled(self, factor: Fraction) -> "ComplexBallClass":
        """The functions g(w / factor)."""
        return replace(self, radius=self.radius * _factor(factor))

    def on_polydiscs(self, dim: int, half_side: Fraction) -> PolydiscClass:
        """A class that holds it, where D = [-R, R]^dim: polydiscs of radius / sqrt(dim)."""
        radius = self.radius * root_below(Fraction(1, require_whole("inclusion", "dim", dim)))
        return PolydiscClass(dim, half_side, radius, self.bound, self.lipschitz)


def _keep_sizes(owner: object, name: str, *fields: str) -> None:
    """Check numbers >= 0 of a frozen class, and keep ints among them as fractions."""
    for field in fields:
        object.__setattr__(owner, field, require_size(name, field, getattr(owner, field)))


def _factor(factor: object) -> Fraction:
    number = require_rational("change of unit", "the factor", factor)
    require(number > 0, "change of unit", f"the factor {shown(number)}", "a number > 0")
    return number
