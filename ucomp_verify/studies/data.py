"""The random data of studies: clouds of points and vectors, by what they depend on alone.

All methods of a study that ask with the same dimension, size and trial see the same data.
"""

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from .seeds import Seeds

    Array: TypeAlias = npt.NDArray[np.float64]

NUM_VECTORS = 10


def uniform_cloud(seeds: "Seeds", *, dim: int, size: int, trial: int) -> "Array":
    """Independent uniform points of [-1, 1]^dim, shape (size, dim)."""
    return 2 * seeds.generator("cloud", m=dim, d=size, trial=trial).random((size, dim)) - 1


def uniform_vectors(
    seeds: "Seeds", *, dim: int, size: int, trial: int, count: int = NUM_VECTORS
) -> "Array":
    """Independent uniform vectors x_a in [-1, 1]^dim, shape (count, dim), of this trial."""
    return 2 * seeds.generator("vectors", m=dim, d=size, trial=trial).random((count, dim)) - 1
