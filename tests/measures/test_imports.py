"""Importing measures and compressors is cheap: what is heavy waits for its use."""

import subprocess
import sys

import pytest

HEAVY = ("numpy", "flint", "scipy", "sympy", "hypothesis")


def loaded(module: str) -> set[str]:
    program = f"import sys, {module}; print(*sys.modules)"
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return set(done.stdout.split())


@pytest.mark.parametrize("module", ["ucomp_verify.measures", "ucomp_verify.compressors"])
def test_nothing_heavy_is_imported(module: str) -> None:
    modules = loaded(module)
    assert module in modules
    assert modules.isdisjoint(HEAVY)


def test_the_check_would_notice() -> None:
    assert not loaded("ucomp_verify.strategies").isdisjoint(HEAVY)
