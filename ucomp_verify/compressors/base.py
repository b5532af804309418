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


def check_size(size: int | None) -> None:
    """Raise ValueError unless the size is None or an integer >= 1."""
    if size is not None and (isinstance(size, bool) or size < 1):
        raise ValueError(f"found the size {size!r}; expected an integer >= 1, or None")
