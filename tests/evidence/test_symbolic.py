"""Symbolic checks: each is an instance of its claims, is named once, and can fail."""

import re
from functools import partial
from typing import Any

import pytest

from ucomp_verify.claims import Bearing
from ucomp_verify.claims.registry import find
from ucomp_verify.evidence import symbolic
from ucomp_verify.evidence.symbolic import (
    CHECKS,
    SymbolicCheck,
    SymbolicCheckFailed,
    find_check,
    run_check,
)
from ucomp_verify.findings import SymbolicIdentity

SETTLED = {  # no instance: one family settles the claim
    "lower-bound": Bearing.EMPTIES,
    "polylog-dropped-constants": Bearing.REFUTES,
    "dynamical-lth-hypothesis": Bearing.REFUTES,
}


@pytest.mark.parametrize("subject", CHECKS, ids=lambda c: c.name)
def test_every_check_is_an_instance_of_its_claims(subject: SymbolicCheck) -> None:
    finding, digest = run_check(subject.name)
    assert re.fullmatch("[0-9a-f]{64}", digest)
    for slug in subject.claims:
        reading = find(slug).read(finding)
        assert reading.bearing is SETTLED.get(slug, Bearing.INSTANCE)
        assert reading.parameters == finding.parameters
        assert finding.parameters or slug in SETTLED
        assert reading.family and reading.shows


def test_no_name_and_no_instance_occurs_twice() -> None:
    assert len({c.name for c in CHECKS}) == len(CHECKS)
    assert all(re.fullmatch(r"[\w(),. -]+", c.name) for c in CHECKS)


@pytest.mark.parametrize(
    "slug",
    [
        "ftsp-order-sharp",
        "symmetric-composition",
        "equivariant-representation",
        "mean-field-dynamics",
        *SETTLED,
    ],
)
def test_a_claim_reads_its_own_checks_only(slug: str) -> None:
    settling = map(find_check, ("unnormalised-gap", "unbounded-powers", "no-latent-form"))
    for subject in (*CHECKS[::7], *settling):
        bearing = SETTLED.get(slug, Bearing.INSTANCE)
        expected = bearing if slug in subject.claims else Bearing.SILENT
        assert find(slug).read(run_check(subject.name)[0]).bearing is expected


def test_a_check_that_fails_says_what_differs(monkeypatch: pytest.MonkeyPatch) -> None:
    def planted() -> SymbolicIdentity:
        from ucomp_verify.algebra.sharpness import check_pair

        check_pair([1, 2], [0, 4])
        raise AssertionError("the pair was accepted")

    wrong = SymbolicCheck("planted", ("ftsp-order-sharp",), planted)
    monkeypatch.setattr(symbolic, "CHECKS", (wrong,))
    with pytest.raises(
        SymbolicCheckFailed, match=r"^planted: the power sums of order 1 < 2 differ by -1$"
    ):
        run_check("planted")


def test_a_check_of_nothing_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    empty = SymbolicCheck("empty", (), partial(SymbolicIdentity, "kind", (), "", "", 0))
    monkeypatch.setattr(symbolic, "CHECKS", (empty,))
    with pytest.raises(SymbolicCheckFailed, match="no identity was compared, which shows nothing"):
        run_check("empty")


def test_a_wrong_power_sum_form_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    from ucomp_verify.algebra import equivariant
    from ucomp_verify.algebra.reduction import power_sum_form

    def planted(polynomial: object) -> object:
        products = power_sum_form(polynomial)  # pyright: ignore[reportArgumentType]  passed on
        return {factors: 2 * c if len(factors) > 1 else c for factors, c in products.items()}

    monkeypatch.setattr(equivariant, "power_sum_form", planted)
    with pytest.raises(SymbolicCheckFailed, match="coordinate 1 of T_1 has coefficient"):
        run_check("equivariant-form 1 3 8")


def test_forms_of_too_high_order_are_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    from ucomp_verify.algebra import equivariant
    from ucomp_verify.algebra.multisymmetric import MultisymmetricPolynomial, repetitions
    from ucomp_verify.algebra.reduction import monomials_to_power_sums

    def unreduced(polynomial: MultisymmetricPolynomial) -> object:
        sums = {parts: c / repetitions(parts) for parts, c in polynomial.orbits.items()}
        return monomials_to_power_sums(sums)

    monkeypatch.setattr(equivariant, "power_sum_form", unreduced)
    with pytest.raises(SymbolicCheckFailed, match="needed a moment of order"):
        run_check("equivariant-form 1 2 8")


@pytest.mark.parametrize(
    ("slope", "wrong"),
    [
        (-1, "6R L(k) - L(k+1) is -36*k*R**2"),  # another sign
        (2, "6R L(k) - L(k+1) is "),  # powers do not stay above twice the slope
        (0, "6R L(k) - L(k+1) is 6*R - 1, and not "),  # true, and bounded
    ],
)
def test_a_line_that_does_not_stay_below_the_powers_is_caught(
    slope: int, wrong: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ucomp_verify.algebra import bernoulli

    def planted(order: Any, excess: Any) -> Any:
        return 1 + slope * order * excess

    monkeypatch.setattr(bernoulli, "bernoulli_line", planted)
    with pytest.raises(SymbolicCheckFailed, match="^unbounded-powers: " + re.escape(wrong)):
        run_check("unbounded-powers")


def test_powers_of_the_wrong_radius_are_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    from ucomp_verify.algebra import bernoulli

    def planted(order: Any, excess: Any) -> Any:
        return 1 + order * (excess + 2)  # the line of 6R + 1 > 6R

    monkeypatch.setattr(bernoulli, "bernoulli_line", planted)
    with pytest.raises(SymbolicCheckFailed, match=r"^unbounded-powers: 6R L\(k\) - L\(k\+1\) is"):
        run_check("unbounded-powers")


def test_a_line_that_starts_elsewhere_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    from ucomp_verify.algebra import bernoulli

    def planted(order: Any, excess: Any) -> Any:
        return 2 + order * excess

    monkeypatch.setattr(bernoulli, "bernoulli_line", planted)
    with pytest.raises(SymbolicCheckFailed, match=r"^unbounded-powers: L\(0\) is 2, and not 1$"):
        run_check("unbounded-powers")


def test_an_unknown_check_lists_the_known_ones() -> None:
    with pytest.raises(KeyError, match="no symbolic check 'sharp'; known: closed-form 8, "):
        find_check("sharp")
