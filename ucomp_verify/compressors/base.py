"""What a compressor is: fewer nodes, other weights, the same measure as far as asked."""

from abc import ABC, abstractmethod
from dataclasses import dataclass

from ucomp_verify.measures import AtomicMeasure


@dataclass(frozen=True)
class AbstractCompressor(ABC):
    """An algorithm that compresses measures; its settings are its fields."""

    @abstractmethod
    def compress(
        self, measure: AtomicMeasure, *, degree: int, size: int | None = None
    ) -> AtomicMeasure:
        """A measure on the same nodes whose support is a part of the old one.

        It is meant to have the moments up to `degree`, and a support of at most `size`
        nodes (as many as the algorithm likes if None). Raises ValueError for a degree < 0,
        a size < 1, and a size that the algorithm cannot attain.
        """


def check_size(size: int | None) -> None:
    """Raise ValueError unless the size is None or an integer >= 1."""
    if size is not None and (isinstance(size, bool) or size < 1):
        raise ValueError(f"found the size {size!r}; expected an integer >= 1, or None")
