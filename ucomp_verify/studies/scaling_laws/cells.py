"""The cells of `scaling_laws`: one size and trial with all arms, of data sets or of widths."""

from math import isqrt
from typing import TYPE_CHECKING

from ucomp_verify.studies.config import Config, Result

if TYPE_CHECKING:
    from ucomp_verify.studies.seeds import Seeds


def cell(config: Config, seeds: "Seeds") -> Result:
    """Test losses at the end of the training of all arms; `part` is "data" or "width"."""
    from .data_sets import data_losses
    from .widths import width_losses

    parts = {"data": data_losses, "width": width_losses}
    if config["part"] not in parts:
        raise ValueError(f"found the part {config['part']!r}; expected one of {', '.join(parts)}")
    return Result(parts[config["part"]](config, seeds, budget(config["d"])))


def budget(d: int) -> int:
    """d' = [16 sqrt d], the number of objects after compression; d itself if that is less.

    >>> budget(256), budget(512), budget(32768)
    (256, 362, 2896)
    """
    return min(d, isqrt(256 * d))
