"""Data of several shapes, and features of them in three bases, in float64."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ucomp_verify.studies.data import uniform_cloud

if TYPE_CHECKING:
    from ucomp_verify.studies.data import Array
    from ucomp_verify.studies.seeds import Seeds

CLUSTERS, WIDTH = 3, 1e-3


@dataclass(frozen=True)
class Choice:
    """Nodes that float64 kept, with weights > 0; none, and a problem, where it failed."""

    places: tuple[int, ...]
    weights: tuple[float, ...]
    condition: float
    problem: str


def cloud(seeds: "Seeds", data: str, *, dim: int, size: int, trial: int) -> "Array":
    """Points of shape (size, dim): uniform, normal, lognormal or in clusters."""
    import numpy as np

    if data == "uniform":
        return uniform_cloud(seeds, dim=dim, size=size, trial=trial)
    draws = seeds.generator("cloud", data=data, m=dim, d=size, trial=trial)
    if data == "normal":
        return draws.standard_normal((size, dim))
    if data == "lognormal":
        return np.exp(draws.standard_normal((size, dim)))
    if data == "clusters":
        centres = draws.uniform(-1, 1, (CLUSTERS, dim))
        return centres[draws.integers(CLUSTERS, size=size)] + WIDTH * draws.uniform(
            -1, 1, (size, dim)
        )
    raise ValueError(
        f"found the data {data!r}; expected 'uniform', 'normal', 'lognormal' or 'clusters'"
    )


def features(basis: str, points: "Array", degree: int) -> "Array":
    """Values of polynomials up to the degree at the points, (r, n), as one program has them."""
    import numpy as np

    from ucomp_verify.algebra.multi_indices import multi_indices
    from ucomp_verify.caratheodory.features import orthonormal_features
    from ucomp_verify.caratheodory.legendre import in_own_box, legendre

    if basis == "monomial":
        scaled = points / np.abs(points).max()
        exponents = np.array(list(multi_indices(points.shape[1], degree)))
        return np.prod(scaled.T[None, :, :] ** exponents[:, :, None], axis=1)
    if basis == "legendre":
        return legendre(in_own_box(points), degree)
    if basis == "arnoldi":
        return orthonormal_features(_about_a_middle_one(points), degree)
    raise ValueError(f"found the basis {basis!r}; expected 'monomial', 'legendre' or 'arnoldi'")


def _about_a_middle_one(points: "Array") -> "Array":
    """The points in units of their box, 0 at one amid most of them: accurate for heavy tails."""
    import numpy as np

    centre = np.partition(points, len(points) // 2, axis=0)[len(points) // 2]
    return (points - centre) / (points.max(axis=0) - points.min(axis=0))


def selected(rows: "Array", *, seed: int) -> Choice:
    """A support for points of weight 1 by their features, as float64 finds it."""
    import numpy as np

    from ucomp_verify.caratheodory.selection import select

    ones = np.ones(len(rows[0]), dtype=np.float64)
    try:
        with np.errstate(all="ignore"):  # nothing but the result counts
            narrow, _ = select(rows, ones, seed=seed % (1 << 32))
            condition = float(np.linalg.cond(rows[:, narrow.places]))
    except (np.linalg.LinAlgError, FloatingPointError, ValueError) as error:
        return Choice((), (), 0.0, f"{type(error).__name__}: {error}")
    return Choice(narrow.places, narrow.weights, condition, "")
