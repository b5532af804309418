"""The kernel and the checker that Rocq proves sound agree on every certificate."""

import json
import random
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import RecordEffective
from tests.kernel.gallery import data_of, forged, shipped, valid
from tests.kernel.leaves import leaves
from tests.optional import bare_path, missing, require_program
from tests.proofs.rocq_answers import KNOWN, Case, answers, cases, disagreements, mutated
from ucomp_verify.cli.rocq_checker import find_checker
from ucomp_verify.cli.rocq_writing import lines, theory
from ucomp_verify.kernel import load
from ucomp_verify.kernel.certificates import ApproximateCubature, Cubature, Source
from ucomp_verify.kernel.rationals import Points, Vector
from ucomp_verify.writing import to_json

ROCQ = Path(__file__).parents[2] / "proofs" / "rocq"


@pytest.fixture(scope="module")
def program() -> Path:
    for name in ("coqc", "ocamlfind", "ocamlopt"):
        require_program(name)
    zarith = subprocess.run(["ocamlfind", "query", "zarith"], capture_output=True, check=False)
    if zarith.returncode:
        missing("the OCaml library zarith is not installed")
    return find_checker()


def _body(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def _gallery() -> Iterator[Case]:
    for path in valid():
        yield from cases(path.stem, _body(path), data_of(load(path)))
    for file in forged():
        yield from cases(f"{file.path.parent.name}/{file.path.stem}", _body(file.path))


def _gallery_mutants() -> Iterator[Case]:
    for path in valid():
        yield from mutated(path.stem, _body(path), data=data_of(load(path)))
    for file in forged():
        yield from mutated(file.path.stem, _body(file.path))


def _shipped_mutants(most: int) -> Iterator[Case]:
    for path in shipped():
        if not isinstance(load(path), KNOWN):
            continue
        body = _body(path)
        chosen = list(leaves(body))
        few = max(4, min(most, 6_000_000 // path.stat().st_size))
        if len(chosen) > few:
            chosen = random.Random(path.name).sample(chosen, few)
        yield from cases(path.stem, body)
        yield from mutated(path.stem, body, chosen)


def _random_cubature(seed: int) -> Cubature:
    """The source itself with a weight moved between equal nodes, or a rule that is false."""
    rng = random.Random(seed)
    dim, size, kind = (
        rng.randint(1, 3),
        rng.randint(1, 6),
        rng.choice((Cubature, ApproximateCubature)),
    )
    rows = [tuple(rng.randint(-3, 3) for _ in range(dim)) for _ in range(size)]
    rows += [rows[0]]
    weights = [rng.randint(0, 4) for _ in rows[:-1]] + [1]
    kept = [i for i, w in enumerate(weights) if w]
    moved = [w * 2 for w in (weights[i] for i in kept)]
    if 0 in kept and rng.random() < 0.7:  # from the last node to the first, which is the same
        moved[0], moved[-1] = moved[0] + 1, moved[-1] - 1
    elif rng.random() < 0.5:
        moved[rng.randrange(len(moved))] += rng.choice((-1, 1))
    nodes = Points(rng.randint(1, 9) if any(map(any, rows)) else 1, tuple(rows))
    order = rng.sample(range(len(kept)), len(kept))
    return kind(
        Source(nodes, Vector(3, tuple(weights)), ()),
        rng.randint(0, 5),
        tuple(kept[i] for i in order),
        Vector(6, tuple(moved[i] for i in order)),
    )


def _random_cubatures(count: int) -> Iterator[Case]:
    for seed in range(count):
        yield from cases(f"random {seed}", to_json(_random_cubature(seed)))


def _assert_agree(program: Path, found: list[Case], folder: Path, least: int) -> None:
    words = [case.fact is not None for case in found]
    assert len(found) >= least
    assert min(words.count(True), words.count(False)) >= least // 20  # both words are met
    assert disagreements(program, found, folder / "certificates") == []


def test_they_agree_on_the_gallery(program: Path, tmp_path: Path) -> None:
    _assert_agree(program, [*_gallery()], tmp_path, 60)


def test_they_agree_with_any_leaf_of_the_gallery_changed(
    program: Path, tmp_path: Path, record_effective: RecordEffective
) -> None:
    found = [*_gallery_mutants()]
    record_effective(len(found))
    _assert_agree(program, found, tmp_path, 800)


def test_they_agree_on_random_rules(
    program: Path, tmp_path: Path, record_effective: RecordEffective
) -> None:
    found = [*_random_cubatures(1500)]
    record_effective(len(found))
    _assert_agree(program, found, tmp_path, 1000)


@pytest.mark.slow
def test_they_agree_on_the_shipped_certificates_and_with_a_leaf_changed(
    program: Path, tmp_path: Path, record_effective: RecordEffective
) -> None:
    found = [*_shipped_mutants(20)]
    record_effective(len(found))
    _assert_agree(program, found, tmp_path, 1000)


def test_a_disagreement_is_noticed(program: Path, tmp_path: Path) -> None:
    (right,) = cases("line", _body(next(p for p in valid() if p.stem == "cubature-line")))
    assert disagreements(program, [right], tmp_path / "c") == []
    assert disagreements(program, [replace(right, fact=None)], tmp_path / "c") == ["line"]


def _large(size: int, degree: int) -> Cubature:
    """A grid whose every node is doubled, and the rule that keeps one of each two."""
    rng = random.Random(0)
    rows = [(rng.getrandbits(40), rng.getrandbits(40)) for _ in range(size // 2)]
    twice = tuple(row for row in rows for _ in range(2))
    weights = tuple(rng.randrange(1, 9) for _ in twice)
    merged = tuple(weights[i] + weights[i + 1] for i in range(0, size, 2))
    source = Source(Points(1 << 40, twice), Vector(1, weights), ())
    return Cubature(source, degree, tuple(range(0, size, 2)), Vector(1, merged))


def test_a_large_rule_is_accepted_and_refused_after_one_flipped_bit(
    program: Path, tmp_path: Path
) -> None:
    right = _large(20_000, 6)
    row = right.source.nodes
    assert row is not None
    x, y = row.numerators[777]
    flipped = (*row.numerators[:777], (x ^ 1, y), *row.numerators[778:])
    wrong = replace(right, source=replace(right.source, nodes=Points(row.denominator, flipped)))
    for certificate, word in ((right, "accepted"), (wrong, "rejected")):
        found = [Case("large", certificate, None, None)]
        assert [w for w, _ in answers(program, found, tmp_path / "c")] == [word]


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("ucomp-lines 1", "ucomp-lines 2", "expected `ucomp-lines 1 KIND`"),
        ("1 cubature", "1 packing", "a kind that is not known: packing"),
        ("end\n", "", "the end is missing"),
        ("degree", "peak", "a line that is no field of cubature"),
        ("degree 3\n", "", "expected the field degree once, found it 0 times"),
        ("degree 3\n", "degree 3\ndegree 3\n", "found it 2 times"),
        ("degree 3", "degree 3 3", "expected one value in degree"),
        ("degree 3", "degree -3", "a negative number"),
        ("degree 3", "degree 0x3", "no hexadecimal integer"),
        ("degree 3", "degree 3_0", "no hexadecimal integer"),
        ("degree 3", "degree ffffff", "a number that is too large"),
    ],
)
def test_what_are_no_lines_of_a_certificate_is_malformed(
    program: Path, tmp_path: Path, old: str, new: str, reason: str
) -> None:
    good = "".join(lines(load(next(p for p in valid() if p.stem == "cubature-line"))))
    assert good.count(old) == 1
    file = tmp_path / "c"
    file.write_text(good.replace(old, new))
    done = subprocess.run([str(program), str(file)], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stdout.startswith("malformed") and reason in done.stdout


def test_without_the_tools_the_script_says_so(tmp_path: Path) -> None:
    command = ["sh", str(ROCQ / "checker.sh"), str(tmp_path / "build")]
    alone = {"PATH": bare_path(tmp_path / "bin")}
    found = subprocess.run(command, capture_output=True, text=True, check=False, env=alone)
    assert found.returncode == 77
    assert "coqc not found: no checker (Debian packages: coq " in found.stdout


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The theories that an exported certificate needs."""
    require_program("coqc")
    folder = tmp_path_factory.mktemp("theories")
    probe = folder / "Probe.v"
    probe.write_text("From SsrMultinomials Require mpoly. From mathcomp Require ssrZ ring.\n")
    if subprocess.run(["coqc", "-q", str(probe)], capture_output=True, check=False).returncode:
        missing("the Coq libraries of proofs/rocq/packages.txt are not installed")
    names = ["Tchakaloff", "CheckerNumbers", "CheckerCubature", "CheckerLevelSet"]
    names += ["CheckerCubatureSound", "CheckerDefectSound", "CheckerLevelSetSound"]
    names += ["CheckerPowerSums", "CheckerDistinctSums", "CheckerPowerSumsSound"]
    names += ["CheckerSyzygySound"]
    for name in names:
        shutil.copy(ROCQ / "theories" / f"{name}.v", folder)
        _coqc(folder, folder / f"{name}.v").check_returncode()
    return folder


def _coqc(theories: Path, file: Path) -> subprocess.CompletedProcess[str]:
    command = ["coqc", "-q", "-w", "none", "-Q", str(theories), "UComp", str(file)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.slow
@pytest.mark.parametrize(
    "name",
    [
        "cubature-line",
        "cubature-square",
        "approximate-cubature-line",
        "level-set-line",
        "power-sum-identity-plane",
        "syzygy-own-point",
    ],
)
def test_rocq_itself_states_the_fact(built: Path, tmp_path: Path, name: str) -> None:
    path = next(p for p in valid() if p.stem == name)
    file = tmp_path / "certificate.v"
    file.write_text("".join(theory(load(path))))
    done = _coqc(built, file)
    assert done.returncode == 0, done.stderr
    assert "Closed under the global context" in done.stdout
    assert ("same_moments" if name.startswith("cubature") else "forall") in done.stdout


@pytest.mark.slow
def test_rocq_itself_refuses_a_false_one(built: Path, tmp_path: Path) -> None:
    certificate = load(next(p for p in valid() if p.stem == "cubature-line"))
    assert isinstance(certificate, Cubature)
    file = tmp_path / "certificate.v"
    file.write_text("".join(theory(replace(certificate, degree=4))))
    done = _coqc(built, file)
    assert done.returncode != 0
    assert 'has type "true = true" while it is expected' in done.stderr


def test_the_limit_is_that_of_the_defect(program: Path, tmp_path: Path) -> None:
    from ucomp_verify.cli.rocq_checker import run

    certificate = load(next(p for p in valid() if p.stem == "approximate-cubature-line"))
    (tmp_path / "c").write_text("".join(lines(certificate)))
    (accepted,) = run(program, tmp_path / "c", Fraction(1, 20))
    (rejected,) = run(program, tmp_path / "c", Fraction(1, 20) - Fraction(1, 10**9))
    assert accepted.startswith("accepted") and accepted.endswith("defect 1/20")
    assert rejected.startswith("rejected") and "the defect 1/20 is larger than" in rejected
