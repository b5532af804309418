"""What a run did."""

from collections.abc import Mapping
from dataclasses import dataclass

from ucomp_verify.studies.model import Status


@dataclass(frozen=True)
class Tally:
    """How many cells ended well in this run and before it, failed by status, and remain.

    `failed` counts the rows of this run alone, `failed_before` those that were there.
    """

    done: int
    before: int
    failed: Mapping[Status, int]
    failed_before: int
    remaining: int
    seconds: float
    stopped: bool

    @property
    def complete(self) -> bool:
        """Whether every cell asked for ended well."""
        return self.remaining == 0 and not self.failed and self.failed_before == 0
