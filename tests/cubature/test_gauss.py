"""Gauss rules against NumPy's, and against their own moments."""

import numpy as np
import pytest
from flint import arb, ctx, fmpq

from ucomp_verify.cubature.gauss import gauss_rule
from ucomp_verify.cubature.laws import Jacobi, Laguerre, Law, Normal


@pytest.mark.parametrize("size", [1, 2, 5, 20])
def test_as_numpy(size: int) -> None:
    for law, theirs, mass in (
        (Jacobi(), np.polynomial.legendre.leggauss(size), 2),
        (Laguerre(), np.polynomial.laguerre.laggauss(size), 1),
        (Normal(), np.polynomial.hermite_e.hermegauss(size), np.sqrt(2 * np.pi)),
    ):
        nodes, weights = gauss_rule(law, size).rounded()
        assert np.allclose(nodes, theirs[0], rtol=1e-12, atol=1e-12)
        assert np.allclose(weights * mass, theirs[1], rtol=1e-9)


@pytest.mark.parametrize("law", [Jacobi(), Laguerre(), Normal()])
@pytest.mark.parametrize("dps", [20, 200])
def test_moments_to_all_digits(law: Law, dps: int) -> None:
    rule = gauss_rule(law, 6, dps=dps)
    with ctx.workdps(dps + 30):
        for order in range(13):
            value = law.moment(order)
            pairs = zip(rule.nodes, rule.weights, strict=True)
            total = sum((w * x**order for x, w in pairs), arb(0))
            error = total - arb(fmpq(value.numerator, value.denominator))
            assert error.contains(0) == (order < 12)
            assert order == 12 or error.rad() < arb(10) ** (12 - dps)


def test_no_nodes_are_refused() -> None:
    with pytest.raises(ValueError, match="found 0 nodes"):
        gauss_rule(Jacobi(), 0)
