"""The length of power series, which FLINT keeps for the whole process."""

from collections.abc import Generator
from contextlib import contextmanager


@contextmanager
def series_length(length: int) -> Generator[None, None, None]:
    """Power series keep so many coefficients inside the block."""
    from flint import ctx

    before = ctx.cap
    ctx.cap = length
    try:
        yield
    finally:
        ctx.cap = before
