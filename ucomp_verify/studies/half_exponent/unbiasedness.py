"""Tests of what T9 says of an unbiased reduction: E c' = c, and the tail of the error."""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from ucomp_verify.caratheodory.batched import Direction
    from ucomp_verify.errors.residual_profiles import Profile

    Array: TypeAlias = npt.NDArray[np.float64]

LEVELS = (0.25, 0.5, 1.0, 1.5, 2.0, 3.0)  # of |error| / S
DEPENDENT = 1e-9  # of the largest eigenvalue of a covariance: smaller ones are rounding
FIXED = 1e-6  # of the expected weight: a combination that never varies may be off by rounding


@dataclass(frozen=True)
class MeanTest:
    """The largest and the rms z-score of the nodes, and Hotelling's p-value of all together."""

    largest: float
    rms: float
    p: float
    rank: int


def mean_test(weights: "Array", *, expected: float = 1.0) -> MeanTest:
    """Whether the mean of independent rows of weights, (repeats, nodes), may be `expected`.

    The moments fix some combinations of weights, which are left out if they are as expected:
    the covariance has the rank nodes - monomials. (Hotelling, "The generalization of
    Student's ratio", 1931.) A combination that never varies and is not as expected gives p = 0,
    a node whose weight never does a standard error of expected / repeats.
    """
    import numpy as np
    from scipy import stats

    repeats = len(weights)
    offset = weights.mean(axis=0) - expected
    covariance = np.cov(weights, rowvar=False)
    values, vectors = np.linalg.eigh(covariance)
    free = values > DEPENDENT * max(float(values[-1]), expected**2)
    rank, along = int(free.sum()), vectors.T @ offset
    errors = np.sqrt(np.maximum(np.diagonal(covariance), 0) / repeats)
    scores = offset / np.maximum(errors, expected / repeats)
    largest, rms = float(np.abs(scores).max()), float(np.sqrt((scores**2).mean()))
    if rank == 0 or float(np.abs(along[~free]).max(initial=0)) > FIXED * expected:
        return MeanTest(largest, rms, 0.0, rank)
    square = repeats * float((along[free] ** 2 / values[free]).sum())
    law: Any = stats.f
    p = law.sf(square * (repeats - rank) / (rank * (repeats - 1)), rank, repeats - rank)
    return MeanTest(largest, rms, float(p), rank)


@dataclass(frozen=True)
class Tail:
    """How many errors exceed each of `LEVELS` times S, and their mean square over S^2.

    `bias` is the |mean| over S.
    """

    counts: tuple[int, ...]
    variance: float
    bias: float


def tail_counts(
    groups: "Sequence[Array]",
    degree: int,
    direction: "Direction",
    random: "np.random.Generator",
    profile: "Profile",
    vector: "Array",
    repeats: int,
) -> Tail:
    """The errors of `repeats` independent reductions of cells (M, n, m), for one function.

    S^2 is the sum over cells of (n E)^2, E being the distance of the function from the
    polynomials up to the degree in the maximum norm on the nodes.
    """
    import numpy as np

    errors, square = np.zeros(repeats), 0.0
    for points in groups:
        for cell in points:
            rest = best_rest(cell, degree, profile, vector)
            square += (len(cell) * float(np.abs(rest).max())) ** 2
            errors += _errors(cell, rest, degree, direction, random, repeats)
    sizes = np.abs(errors) / square**0.5
    counts = tuple(int((sizes >= level).sum()) for level in LEVELS)
    return Tail(counts, float((sizes**2).mean()), abs(float(errors.mean())) / square**0.5)


def _errors(
    cell: "Array",
    rest: "Array",
    degree: int,
    direction: "Direction",
    random: "np.random.Generator",
    repeats: int,
) -> "Array":
    """sum (c' - c) g of each repeat: g may be replaced by its rest."""
    import numpy as np

    from ucomp_verify.caratheodory.batched import reduce_cells

    copies = np.repeat(cell[None], repeats, axis=0)
    rules = reduce_cells(copies, degree, direction, random)
    return (rules.weights * rest[rules.places]).sum(axis=1) - rest.sum()


def best_rest(cell: "Array", degree: int, profile: "Profile", vector: "Array") -> "Array":
    """g - P at the nodes for the P of the degree that is best in the maximum norm.

    By linear programming.
    """
    import numpy as np

    from ucomp_verify.caratheodory.batched import cell_features, in_own_boxes

    rows = cell_features(in_own_boxes(cell[None]), degree)[0].T
    values = profile.values(cell @ vector[0])
    basis = np.linalg.qr(rows)[0]
    fitted = values - basis @ (basis.T @ values)
    scale = float(np.abs(fitted).max())
    ones = np.ones((len(cell), 1))
    limits = np.block([[rows, -ones], [-rows, -ones]])
    right = np.concatenate([fitted, -fitted]) / scale
    cost = np.zeros(rows.shape[1] + 1)
    cost[-1] = 1
    optimize: Any = import_module("scipy.optimize")
    found: Any = optimize.linprog(cost, A_ub=limits, b_ub=right, bounds=(None, None))
    return fitted if found.x is None else fitted - scale * (rows @ found.x[:-1])
