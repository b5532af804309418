"""How far a run is, and how long the rest may take."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from ucomp_verify.studies.config import Config, Scalar

Kind = tuple[tuple[str, Scalar], ...]


@dataclass(frozen=True)
class Progress:
    """Cells that ended well, ended otherwise, are run by this coordinator, and are there.

    `remaining_seconds` is an estimate, None while no cell has ended.
    """

    done: int
    failed: int
    running: int
    total: int
    remaining_seconds: float | None

    @property
    def remaining(self) -> int:
        """Cells that have not ended."""
        return self.total - self.done - self.failed


class Pace:
    """The mean seconds of cells that differ in their trial alone.

    A kind of which no cell has ended is taken to be as the most similar one of which some
    have: the one with the most equal settings.
    """

    def __init__(self, configs: Iterable[Config]) -> None:
        self._left = Counter(_kind(config) for config in configs)
        self._seconds: dict[Kind, tuple[float, int]] = {}
        self._similar: dict[Kind, tuple[int, Kind]] = {}

    def ended(self, config: Config, seconds: float) -> None:
        """A cell took so long; negative if it is not known how long."""
        kind = _kind(config)
        self._left[kind] -= 1
        if seconds < 0:
            return
        if kind not in self._seconds:
            self._compare(kind)
        total, count = self._seconds.get(kind, (0.0, 0))
        self._seconds[kind] = (total + seconds, count + 1)

    def remaining(self, capacity: int) -> float | None:
        """The seconds that the other cells take if `capacity` of them run at once."""
        if not self._seconds:
            return None
        left = sum(count * self._mean(kind) for kind, count in self._left.items() if count > 0)
        return left / max(1, capacity)

    def _mean(self, kind: Kind) -> float:
        total, count = self._seconds[kind if kind in self._seconds else self._similar[kind][1]]
        return total / count

    def _compare(self, known: Kind) -> None:
        settings = set(known)
        for kind, count in self._left.items():
            if count > 0 and kind not in self._seconds:
                equal = len(settings.intersection(kind))
                if equal > self._similar.get(kind, (-1, kind))[0]:
                    self._similar[kind] = (equal, known)


def _kind(config: Config) -> Kind:
    return tuple(setting for setting in config.settings if setting[0] != "trial")
