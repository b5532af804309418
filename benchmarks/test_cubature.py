"""Cubature of continuous measures: cost by degree, digits and elimination."""

from typing import Any

import pytest

from ucomp_verify.cubature import CubatureRule, cubature

RATIONAL = (("simplex", 3, 10, 100), ("cube", 2, 20, 50), ("ball", 3, 8, 200), ("cube", 1, 100, 50))
FEWER = (("cube", 2, 7), ("simplex", 2, 6), ("sphere", 3, 7), ("gaussian", 2, 5))


def _once(benchmark: Any, *arguments: Any, eliminate: bool) -> CubatureRule:
    rule: CubatureRule = benchmark.pedantic(
        cubature, arguments, {"eliminate": eliminate}, rounds=1, iterations=1
    )
    assert rule.check().is_right
    return rule


@pytest.mark.parametrize(("name", "dim", "degree", "dps"), RATIONAL)
def test_rational_nodes(benchmark: Any, name: str, dim: int, degree: int, dps: int) -> None:
    benchmark.group = f"cubature, {name}, m = {dim}, k = {degree}, {dps} digits"
    rule = _once(benchmark, name, dim, degree, dps, eliminate=False)
    assert len(rule) == rule.size_bound


@pytest.mark.parametrize(("name", "dim", "degree"), FEWER)
@pytest.mark.parametrize("mode", ["N nodes", "eliminated"])
def test_elimination(benchmark: Any, name: str, dim: int, degree: int, mode: str) -> None:
    benchmark.group = f"cubature, {name}, m = {dim}, k = {degree}, 50 digits"
    eliminate = mode == "eliminated"
    rule = _once(benchmark, name, dim, degree, 50, eliminate=eliminate)
    assert (len(rule) < rule.size_bound) == eliminate
