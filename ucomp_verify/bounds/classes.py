"""Classes of deep sets h(sum c_i g(w_i)) for which errors are bounded.

Each is a set of inner functions g, with the outer functions h that are Lipschitz between the
two values. A change of unit w -> s w takes a class to its `scaled(s)`, and no error changes.
"""

from dataclasses import dataclass, replace
from fractions import Fraction

from .statement import require


@dataclass(frozen=True)
class SmoothClass:
    """|D^order g(x)[u, ..., u]| <= derivative for |u| = 1 on a convex D that holds the nodes.

    The class of degree order - 1: Taylor polynomials of this degree are used.
    """

    order: int
    derivative: Fraction
    lipschitz: Fraction = Fraction(1)

    def __post_init__(self) -> None:
        require(self.order >= 1, "smooth class", f"the order {self.order}", "an integer >= 1")
        _require_sizes(derivative=self.derivative, lipschitz=self.lipschitz)

    def scaled(self, factor: Fraction) -> "SmoothClass":
        """The functions g(w / factor), of which a derivative of order s shrinks by factor^s."""
        return replace(self, derivative=self.derivative / factor**self.order)


@dataclass(frozen=True)
class PolydiscClass:
    """g holomorphic with |g| <= bound on the polydisc of `radius` about all of [-R, R]^dim.

    R is `half_side`; the polydisc is a ball of the maximum norm of C^dim.
    """

    dim: int
    half_side: Fraction
    radius: Fraction
    bound: Fraction
    lipschitz: Fraction = Fraction(1)

    def __post_init__(self) -> None:
        require(self.dim >= 1, "polydisc class", f"the dimension {self.dim}", "an integer >= 1")
        require(self.radius > 0, "polydisc class", f"the radius {self.radius}", "a number > 0")
        _require_sizes(bound=self.bound, half_side=self.half_side, lipschitz=self.lipschitz)

    def scaled(self, factor: Fraction) -> "PolydiscClass":
        """The functions g(w / factor)."""
        sides = {"half_side": self.half_side * factor, "radius": self.radius * factor}
        return replace(self, **sides)


@dataclass(frozen=True)
class PolyellipseClass:
    """g holomorphic with |g| <= bound on the product of the ellipses R E_rho, R = `half_side`.

    E_rho has the foci -1 and 1 and semi-axes of sum rho > 1; the nodes lie in [-R, R]^dim.
    """

    dim: int
    rho: Fraction
    bound: Fraction
    lipschitz: Fraction = Fraction(1)
    half_side: Fraction = Fraction(1)

    def __post_init__(self) -> None:
        require(self.dim >= 1, "polyellipse class", f"the dimension {self.dim}", "an integer >= 1")
        require(self.rho > 1, "polyellipse class", f"rho = {self.rho}", "a number > 1")
        _require_sizes(bound=self.bound, half_side=self.half_side, lipschitz=self.lipschitz)

    def scaled(self, factor: Fraction) -> "PolyellipseClass":
        """The functions g(w / factor)."""
        return replace(self, half_side=self.half_side * factor)


def _require_sizes(**sizes: Fraction) -> None:
    for name, size in sizes.items():
        require(size >= 0, "class of functions", f"{name} = {size}", "a number >= 0")
