"""Determinants that exclude deep-set forms: not 0 for real networks, 0 for polynomial ones."""

from fractions import Fraction
from math import exp, tanh

import pytest
from flint import arb_series, ctx

from ucomp_verify.dynamics.certified import Logistic, Sine, Tanh, latent_determinant
from ucomp_verify.dynamics.certified.latent import Cubic, Expandable, Exponential


@pytest.mark.parametrize("phi", [Tanh(), Sine(), Logistic(), Exponential()], ids=repr)
@pytest.mark.parametrize("latent_dim", range(1, 11))
def test_no_form_of_a_network_that_was_trained_for_one_step(
    phi: Expandable, latent_dim: int
) -> None:
    found = latent_determinant(phi, latent_dim)
    smaller = min(abs(found.lower), abs(found.upper))
    assert found.lower > 0 or found.upper < 0
    assert found.upper - found.lower < Fraction(1, 10**9) * smaller


def test_a_polynomial_network_has_a_form_of_7_dimensions() -> None:
    for latent_dim in (7, 8):
        found = latent_determinant(Cubic(), latent_dim)
        assert found.lower <= 0 <= found.upper
        assert found.upper - found.lower < Fraction(1, 10**100)
    first = latent_determinant(Cubic(), 1)  # but none of one dimension
    assert first.lower > 0 or first.upper < 0


def test_the_determinant_of_two_rows_by_hand() -> None:
    """psi_Y(w) = e^(-c z) (1 - c z) for exponentials, with z = e^w and c = rate Y."""
    shared, others, rate = (-1.0, 0.0, 1.0), (1 / 5, 3 / 5), 0.1
    base = sum(map(exp, shared))
    pulls = [rate * (base + exp(w)) for w in others]
    psi = [[exp(-c * exp(w)) * (1 - c * exp(w)) for c in pulls] for w in shared]
    (a, b), (c, d) = [[p - q for p, q in zip(row, psi[0], strict=True)] for row in psi[1:]]
    found = latent_determinant(Exponential(), 1)
    assert float(found.lower) == pytest.approx(a * d - b * c)


def test_the_determinant_for_tanh_by_hand() -> None:
    """phi, phi' and phi'' differ here: psi_Y(w) = phi'(w - c s) (1 - c phi''(w)) / s, s = phi'."""
    shared, others, rate = (-1.0, 0.0, 1.0), (1 / 5, 3 / 5), 0.1
    pulls = [rate * (sum(map(tanh, shared)) + tanh(w)) for w in others]

    def psi(w: float, c: float) -> float:
        slope = 1 - tanh(w) ** 2
        return (1 - tanh(w - c * slope) ** 2) * (1 + c * 2 * tanh(w) * slope) / slope

    rows = [[psi(w, c) - psi(shared[0], c) for c in pulls] for w in shared[1:]]
    (a, b), (c, d) = rows
    assert float(latent_determinant(Tanh(), 1).lower) == pytest.approx(a * d - b * c, rel=1e-9)


def test_settings_are_put_back() -> None:
    before = ctx.prec, ctx.cap
    latent_determinant(Tanh(), 2)
    assert (ctx.prec, ctx.cap) == before
    assert Exponential().of_series(arb_series([0, 1]))[0][1] == 1


def test_too_few_bits_decide_nothing() -> None:
    found = latent_determinant(Tanh(), 6, prec=60)
    assert found.lower <= 0 <= found.upper


def test_no_dimension_is_refused() -> None:
    with pytest.raises(ValueError, match="found 0 latent dimensions; expected 1 or more"):
        latent_determinant(Tanh(), 0)
