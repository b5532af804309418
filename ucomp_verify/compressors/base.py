"""What a compressor is: fewer nodes, other weights, the same measure as far as asked."""

from abc import ABC, abstractmethod
from dataclasses import dataclass

from ucomp_verify.measures import Compression, Measure


@dataclass(frozen=True)
class AbstractCompressor(ABC):
    """An algorithm that compresses measures; its settings are its fields."""

    @abstractmethod
    def compress(
        self, measure: Measure, *, degree: int, size: int | None = None, seed: int = 0
    ) -> Compression:
        """Weights on some of the nodes of the measure, which is left as it is.

        They are meant to have the moments up to `degree`, on at most `size` nodes (as many as
        the algorithm likes if None). The same seed gives the same result. Raises ValueError
        for a degree < 0, a size < 1, and a size that the algorithm cannot attain.
        """


def check_size(size: object) -> None:
    """Raise ValueError unless the size is None or an integer >= 1."""
    if size is not None and not _is_integer_from(1, size):
        raise ValueError(f"found the size {size!r}; expected an integer >= 1, or None")


def check_degree(degree: object) -> None:
    """Raise ValueError unless the degree is an integer >= 0."""
    if not _is_integer_from(0, degree):
        raise ValueError(f"found the degree {degree!r}; expected an integer >= 0")


def _is_integer_from(least: int, value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= least
