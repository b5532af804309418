"""Examples here need JAX: without it they are skipped, unless all parts must be there."""

import os
from importlib.util import find_spec
from pathlib import Path

import pytest


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip the examples of this folder where JAX is not installed."""
    if find_spec("jax") is None and os.environ.get("UCOMP_REQUIRE_ALL") != "1":
        for item in items:
            if Path(__file__).parent in item.path.parents:
                item.add_marker(pytest.mark.skip(reason="the module jax is not installed"))
