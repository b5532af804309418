"""Plots as data: what is to be drawn, by whatever draws."""

from collections.abc import Sequence
from dataclasses import dataclass

STYLES = ("points", "line", "dashed", "band")


@dataclass(frozen=True)
class Curve:
    """Points (x, y), with ends of an interval for each y if they are known.

    `style` is "points" (joined by a thin line), "line", "dashed" (a slope to compare with, a
    bound), or "band" (between `low` and `high` alone). Curves with the same `hue` >= 0 have the
    same colour; -1 is grey, for what others measured or for guides to the eye.
    """

    label: str
    x: tuple[float, ...]
    y: tuple[float, ...]
    style: str = "points"
    hue: int = 0
    low: tuple[float, ...] = ()
    high: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        if self.style not in STYLES:
            raise ValueError(f"found the style {self.style!r}; expected one of {STYLES}")
        lengths = {len(self.x), len(self.y)} | {len(e) for e in (self.low, self.high) if e}
        if len(lengths) > 1:
            raise ValueError(f"{self.label}: found {sorted(lengths)} numbers; expected as many")

    @classmethod
    def of(
        cls, label: str, points: Sequence[tuple[float, float]], *, style: str = "points", hue: int
    ) -> "Curve":
        """The curve through points in any order."""
        ordered = sorted(points)
        return cls(label, tuple(p[0] for p in ordered), tuple(p[1] for p in ordered), style, hue)


@dataclass(frozen=True)
class Panel:
    """Curves in one pair of axes; logarithmic ones leave out what is not > 0."""

    title: str
    x_label: str
    y_label: str
    curves: tuple[Curve, ...]
    log_x: bool = True
    log_y: bool = True


@dataclass(frozen=True)
class Figure:
    """Panels side by side, with a caption that says what is seen and what was left out."""

    slug: str
    title: str
    panels: tuple[Panel, ...]
    caption: str = ""
