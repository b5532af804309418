"""How many coefficients FLINT keeps of power series."""

from collections.abc import Generator
from contextlib import contextmanager


@contextmanager
def kept_terms(count: int) -> Generator[None]:
    """So many coefficients are kept inside; FLINT's own number is put back afterwards."""
    from flint import ctx

    before = ctx.cap
    ctx.cap = count
    try:
        yield
    finally:
        ctx.cap = before
