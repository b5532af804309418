"""How close to their limits bounds were seen: the largest ratios of decided instances."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import log10

from ucomp_verify.findings import Comparisons

from .model import Entry


@dataclass(frozen=True)
class Ratio:
    """The largest left / right over one family of instances of the claim `slug`.

    `ratio` is the upper end of its enclosure, `at` the instance in words, `exact` whether no
    ball was used.
    """

    slug: str
    family: str
    effective: int
    ratio: float
    at: str
    exact: bool

    @property
    def text(self) -> str:
        """The ratio with three digits; 1 is written without any only if it is attained."""
        return "1" if self.ratio == 1 else f"{self.ratio:.3g}"

    @property
    def orders(self) -> float:
        """How many powers of ten the bound lies above what was seen, at least 0."""
        return max(0.0, -log10(self.ratio)) if self.ratio > 0 else 0.0


def ratios(entries: Iterable[Entry]) -> tuple[Ratio, ...]:
    """One row a family of decided instances, the tightest family of a claim first."""
    rows = [
        _ratio(entry.claim.slug, piece.finding)
        for entry in entries
        for piece in (*entry.verdict.basis, *entry.verdict.besides)
        if isinstance(piece.finding, Comparisons) and piece.finding.ratio is not None
    ]
    order = {entry.claim.slug: i for i, entry in enumerate(entries)}
    return tuple(sorted(rows, key=lambda r: (order[r.slug], -r.ratio, r.family)))


def _ratio(slug: str, found: Comparisons) -> Ratio:
    assert found.ratio is not None
    at = ", ".join(f"{name} = {value}" for name, value in found.at)
    upper = float(found.ratio.upper)
    return Ratio(slug, found.family, found.effective, upper, at, found.prec == 0)
