"""Certificates: the kernel accepts the right ones and names what is wrong with others."""

import subprocess
import sys
import tracemalloc
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any, cast

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ucomp_verify.caratheodory import caratheodory_reduce
from ucomp_verify.compressors import ExactReduction
from ucomp_verify.kernel import RejectedCertificate, check, read_data
from ucomp_verify.kernel.certificates import ApproximateCubature, Cubature
from ucomp_verify.measures import (
    AtomicMeasure,
    BallWeights,
    FloatMeasure,
    FloatWeights,
    Rule,
    certificates,
    cubature_certificate,
    data_digest,
    exact_measure,
    read_points,
    read_rule,
    rule_certificate,
)
from ucomp_verify.measures.certificates import certificate_of, named_certificate
from ucomp_verify.strategies import degrees, float_points
from ucomp_verify.writing import save

POINTS = np.random.default_rng(5).normal(size=(200, 2))
WEIGHTS = np.random.default_rng(6).uniform(0, 3, 200)
DEGREE = 3


def exact_rule(weights: npt.NDArray[np.float64] | None = None) -> Rule:
    after = caratheodory_reduce(exact_measure(POINTS, weights), DEGREE)
    return Rule(after.support, tuple(after.weights[i] for i in after.support))


def rounded(rule: Rule) -> Rule:
    """What a library that works in float64 would return."""
    return Rule(rule.indices, tuple(Fraction(float(w)) for w in rule.weights))


def changed(rule: Rule, place: int, factor: Fraction) -> Rule:
    weights = [w * factor if i == place else w for i, w in enumerate(rule.weights)]
    return Rule(rule.indices, tuple(weights))


def test_unit_weights_are_left_out_of_the_certificate() -> None:
    ones = AtomicMeasure.unit([(0,), (1,), (2,)])
    other = AtomicMeasure(ones.nodes, [1, 1, 2])
    assert cubature_certificate(ones, ones, 1).source.weights is None
    assert cubature_certificate(other, other, 1).source.weights is not None


def test_the_kind_is_as_asked() -> None:
    measure = AtomicMeasure.unit([(0,), (1,)])
    assert type(cubature_certificate(measure, measure, 1)) is Cubature
    assert type(cubature_certificate(measure, measure, 1, exact=False)) is ApproximateCubature


def test_measures_on_other_nodes_are_refused() -> None:
    one, other = AtomicMeasure.unit([(0,), (1,)]), AtomicMeasure.unit([(0,)])
    with pytest.raises(ValueError, match="expected `after` on the nodes of `before`"):
        cubature_certificate(one, other, 1)


def test_a_false_certificate_can_be_made_and_is_rejected() -> None:
    before = AtomicMeasure.unit([(0,), (1,), (3,)])
    after = AtomicMeasure(before.nodes, [Fraction(3, 2), 0, Fraction(3, 2)])
    assert cast("Any", check(cubature_certificate(before, after, 0))).defect == 0
    with pytest.raises(RejectedCertificate, match=r"moment \(1,\) is off"):
        check(cubature_certificate(before, after, 1))


@pytest.mark.parametrize("weights", [None, WEIGHTS], ids=["unit", "weighted"])
@pytest.mark.parametrize("digest", [False, True], ids=["embedded", "digest"])
def test_exact_rules_get_the_exact_kind(
    weights: npt.NDArray[np.float64] | None, digest: bool
) -> None:
    certificate = rule_certificate(POINTS, weights, exact_rule(weights), DEGREE, digest=digest)
    assert type(certificate) is Cubature
    assert (certificate.source.nodes is None) == digest
    assert len(certificate.source.sha256) == (0 if not digest else 1 if weights is None else 2)


def test_float_rules_get_the_approximate_kind_with_their_exact_defect() -> None:
    certificate = rule_certificate(POINTS, None, rounded(exact_rule()), DEGREE)
    assert type(certificate) is ApproximateCubature
    assert 0 < cast("Any", check(certificate)).defect < Fraction(1, 10**13)


def test_a_small_change_of_one_weight_shows_in_the_defect() -> None:
    rule = changed(rounded(exact_rule()), 2, 1 + Fraction(1, 10**6))
    fact = cast("Any", check(rule_certificate(POINTS, None, rule, DEGREE)))
    assert Fraction(1, 10**10) < fact.defect < Fraction(1, 10**5)


@pytest.mark.parametrize(
    ("rule", "reason"),
    [
        (Rule((0, 1), (Fraction(201), Fraction(-1))), "the weight at node 1 is not positive"),
        (Rule((0, 0), (Fraction(100), Fraction(100))), "the support repeats an index"),
        (Rule((0, 200), (Fraction(100), Fraction(100))), "support index 200 is not below 200"),
    ],
)
def test_wrong_rules_get_a_certificate_that_the_kernel_rejects(rule: Rule, reason: str) -> None:
    certificate = rule_certificate(POINTS, None, rule, DEGREE)
    with pytest.raises(RejectedCertificate, match=reason):
        check(certificate)


@given(points=float_points(), degree=degrees(max_degree=3), data=st.data())
def test_every_exact_reduction_of_floats_is_certified(
    points: npt.NDArray[np.float64], degree: int, data: st.DataObject
) -> None:
    entries = st.lists(st.floats(0, 100), min_size=len(points), max_size=len(points))
    weights = np.array(data.draw(entries.filter(any)))
    after = caratheodory_reduce(exact_measure(points, weights), degree)
    rule = Rule(after.support, tuple(after.weights[i] for i in after.support))
    certificate = rule_certificate(points, weights, rule, degree)
    assert type(certificate) is Cubature
    assert cast("Any", check(certificate)).defect == 0


def test_the_digest_is_the_kernels(tmp_path: Path) -> None:
    np.save(tmp_path / "points.npy", POINTS)
    np.save(tmp_path / "weights.npy", WEIGHTS)
    source = read_data(tmp_path / "points.npy", tmp_path / "weights.npy")
    assert source.sha256 == (data_digest(POINTS), data_digest(WEIGHTS))
    assert data_digest(np.asfortranarray(POINTS).astype(">f8")) == data_digest(POINTS)
    assert data_digest(POINTS.reshape(100, 4)) != data_digest(POINTS)


@pytest.mark.parametrize("size", [1, 7, 1 << 16])
def test_the_digest_does_not_depend_on_how_much_is_hashed_at_a_time(
    size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = data_digest(POINTS), data_digest(WEIGHTS)
    monkeypatch.setattr(certificates, "ROWS", size)
    assert (data_digest(POINTS), data_digest(WEIGHTS)) == expected


COMPRESSION = ExactReduction().compress(FloatMeasure(POINTS, WEIGHTS), degree=DEGREE)


@pytest.mark.parametrize("digest", [False, True])
def test_a_compression_gets_the_certificate_of_its_rule(digest: bool) -> None:
    certificate = certificate_of(COMPRESSION, digest=digest)
    rule = COMPRESSION.rule
    assert certificate == rule_certificate(POINTS, WEIGHTS, rule, DEGREE, digest=digest)
    names = data_digest(POINTS), data_digest(WEIGHTS)
    assert certificate.source.sha256 == (names if digest else ())
    named = named_certificate(names, rule, DEGREE, exact=True)
    assert (certificate == named) == digest


def test_the_embedded_form_is_that_of_the_fractions() -> None:
    fractions = FloatMeasure(POINTS, WEIGHTS).exact()
    after = COMPRESSION.to_atomic()
    assert certificate_of(COMPRESSION) == cubature_certificate(fractions, after, DEGREE)


def test_balls_and_floats_get_the_approximate_kind() -> None:
    values = tuple(Fraction(float(w)) for w in COMPRESSION.weights.values)
    balls = BallWeights(values, (Fraction(1, 10**9),) * len(values), 53)
    for weights in (balls, FloatWeights(tuple(float(w) for w in values))):
        certificate = certificate_of(replace(COMPRESSION, weights=weights))
        assert type(certificate) is ApproximateCubature
        assert certificate.weights.fractions() == values


def test_fractions_have_no_digest() -> None:
    measure = AtomicMeasure.unit([(0,), (1,), (2,)])
    compression = ExactReduction().compress(measure, degree=1)
    assert type(certificate_of(compression)) is Cubature
    with pytest.raises(ValueError, match="expected float64 data, which alone have a digest"):
        certificate_of(compression, digest=True)


def moved(rule: Rule) -> Rule:
    """A rule with the right mass and wrong moments, which no sum of weights gives away."""
    first, second, *rest = rule.weights
    return Rule(rule.indices, (first + second / 2, second / 2, *rest))


def test_the_right_mass_alone_is_not_exact() -> None:
    rule = moved(exact_rule())
    assert sum(rule.weights) == len(POINTS)
    assert type(rule_certificate(POINTS, None, rule, DEGREE)) is ApproximateCubature
    assert type(rule_certificate(POINTS, None, rule, 0)) is Cubature


def test_a_digest_takes_no_copy_of_the_data(tmp_path: Path) -> None:
    points = np.random.default_rng(0).uniform(-1, 1, (400_000, 2))
    np.save(tmp_path / "p.npy", points)
    mapped = read_points(tmp_path / "p.npy")
    rule = Rule((0, 1), (Fraction(200_000), Fraction(200_000)))
    rule_certificate(POINTS, None, exact_rule(), 1, digest=True)  # what is loaded once
    tracemalloc.start()
    certificate = rule_certificate(mapped, None, rule, 1, digest=True)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert type(certificate) is ApproximateCubature
    assert certificate.source.sha256 == (data_digest(points),)
    assert peak < points.nbytes  # moments are found in chunks of 2^16 nodes


def kernel(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-I", "-m", "ucomp_verify.kernel", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_a_digest_certificate_is_checked_against_the_data_in_a_file(tmp_path: Path) -> None:
    nodes, weights, file = (tmp_path / n for n in ("p.npy", "w.npy", "c.json"))
    np.save(nodes, POINTS)
    np.save(weights, WEIGHTS)
    save(rule_certificate(POINTS, WEIGHTS, exact_rule(WEIGHTS), DEGREE, digest=True), file)
    good = kernel(file, "--data", nodes, "--weights", weights, "--require", "exact")
    assert (good.returncode, good.stdout.split()[0]) == (0, "accepted")
    assert kernel(file).returncode == 2  # without the data nothing can be checked
    np.save(nodes, POINTS + 1e-9)
    other = kernel(file, "--data", nodes, "--weights", weights)
    assert other.returncode == 1 and "other data" in other.stdout


RULE = exact_rule()
DENSE = np.zeros(len(POINTS))
DENSE[list(RULE.indices)] = [float(w) for w in RULE.weights]


@pytest.mark.parametrize(
    "arrays",
    [
        {"indices": np.array(RULE.indices), "weights": DENSE[list(RULE.indices)]},
        {"indices": np.array(RULE.indices, np.int32), "weights": DENSE[list(RULE.indices)]},
        {"points": POINTS[list(RULE.indices)], "weights": DENSE[list(RULE.indices)]},
        {"weights": DENSE},
    ],
    ids=["indices", "int32 indices", "points", "dense"],
)
def test_results_of_other_libraries_from_file_to_verdict(
    tmp_path: Path, arrays: dict[str, npt.NDArray[Any]]
) -> None:
    np.savez(tmp_path / "result.npz", allow_pickle=False, **arrays)
    rule = read_rule(tmp_path / "result.npz", POINTS)
    save(rule_certificate(POINTS, None, rule, DEGREE), tmp_path / "c.json")
    assert kernel(tmp_path / "c.json").returncode == 0
    assert kernel(tmp_path / "c.json", "--require", "exact").returncode == 1
