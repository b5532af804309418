"""The data of the suite: each case is a measure and a degree, the same for one seed."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    from numpy.random import Generator

    from ucomp_verify.measures.arrays import Array

Data: TypeAlias = "tuple[npt.NDArray[np.floating[Any]], npt.NDArray[np.floating[Any]], int]"
"""Points, weights (both float64) and a degree."""


@dataclass(frozen=True, eq=False)
class Case:
    """Nodes of shape (d, m) with weights of shape (d,), both float64, and a degree.

    Bad input is a case too, so nothing is checked here.
    """

    name: str
    points: "Array"
    weights: "Array"
    degree: int
    seed: int = 0

    @property
    def dim(self) -> int:
        """The number of coordinates of a node."""
        return self.points.shape[1]

    @property
    def num_monomials(self) -> int:
        """N = binom(m + k, k), the number of moments to keep."""
        from ucomp_verify.algebra.multi_indices import num_monomials

        return num_monomials(self.dim, self.degree)


@dataclass(frozen=True)
class Recipe:
    """How the data of a case are drawn, and in words what they are."""

    name: str
    about: str
    draw: "Callable[[Generator], Data]"

    def case(self, seed: int = 0, *, max_degree: int | None = None) -> Case:
        """The case; a degree above `max_degree` is lowered to it."""
        import numpy as np

        draw = np.random.default_rng([seed, *self.name.encode()])
        points, weights, degree = self.draw(draw)
        lowered = degree if max_degree is None else min(degree, max_degree)
        return Case(self.name, _float64(points), _float64(weights), lowered, seed)


def _float64(array: "npt.NDArray[np.floating[Any]]") -> "Array":
    import numpy as np

    return np.ascontiguousarray(array, dtype=np.float64)


def make_case(name: str, *, seed: int = 0, max_degree: int | None = None) -> Case:
    """The case of this name; KeyError with all names for any other.

    >>> make_case("uniform-2d").points.shape
    (400, 2)
    """
    from .data import RECIPES

    found = {recipe.name: recipe for recipe in RECIPES}
    if name not in found:
        raise KeyError(f"found the case {name!r}; expected one of {', '.join(found)}")
    return found[name].case(seed, max_degree=max_degree)
