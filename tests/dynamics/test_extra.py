"""JAX is asked for only when it is needed, and its absence has a cure."""

import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from tests.optional import require_module
from ucomp_verify.dynamics.extra import double_precision, require


def test_without_jax_the_cure_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    from ucomp_verify.dynamics.lift import duplicate, lift
    from ucomp_verify.dynamics.zoo import optimiser_table

    monkeypatch.setitem(sys.modules, "jax", None)
    monkeypatch.setitem(sys.modules, "optax", None)
    for call in (
        lambda: lift(abs, 1.0, axes=("",)),
        lambda: duplicate(1.0, "", {}),
        lambda: optimiser_table(["SGD"]),
    ):
        with pytest.raises(ImportError, match=r"pip install ucomp-verify\[dlth\]"):
            call()


def test_a_module_that_is_there_and_broken_raises_its_own_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "half_a_module.py").write_text("import no_such_other_module\n")
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    with pytest.raises(ModuleNotFoundError, match="No module named 'no_such_other_module'"):
        require("half_a_module")


def _loaded(module: str) -> set[str]:
    code = f"import sys, {module}; print(*({{'jax', 'optax', 'numpy'}} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_nothing_heavy_is_imported_before_it_is_used() -> None:
    assert _loaded("ucomp_verify.dynamics.lift, ucomp_verify.dynamics.zoo") == set()


def test_the_isolation_test_can_fail() -> None:
    assert "numpy" in _loaded("numpy")


def test_double_precision_ends_with_its_block() -> None:
    jnp = require_module("jax.numpy")
    before = jnp.ones(1).dtype
    with double_precision():
        assert jnp.ones(1).dtype == jnp.float64
    assert jnp.ones(1).dtype == before


def test_names_of_the_package_come_from_its_parts() -> None:
    import ucomp_verify.dynamics as dynamics

    for name in dynamics.PLACES:
        assert name in dir(dynamics)
        part = import_module(f"ucomp_verify.dynamics.{dynamics.PLACES[name]}")
        assert getattr(dynamics, name) is getattr(part, name)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = dynamics.nothing
