"""JAX and optax, where they are installed."""

from collections.abc import Generator
from contextlib import contextmanager
from importlib import import_module
from typing import Any


def require(name: str) -> Any:
    """The module, imported; an ImportError that says how to get it."""
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        if not error.name or not f"{name}.".startswith(f"{error.name}."):
            raise
        raise ImportError(
            f"the module {error.name} is not installed: pip install ucomp-verify[dlth]",
            name=error.name,
        ) from None


@contextmanager
def double_precision() -> Generator[None]:
    """JAX computes in float64 inside, and as before outside."""
    jax = require("jax")
    if hasattr(jax, "enable_x64"):
        context = jax.enable_x64(new_val=True)
    else:  # until JAX 0.7
        context = require("jax.experimental").enable_x64()
    with context:
        yield
