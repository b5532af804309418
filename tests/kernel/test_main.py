"""`python -m ucomp_verify.kernel`: what it prints, and its exit status."""

import json
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import pytest

from tests.kernel.forging import but
from tests.kernel.forms import Json, points, source, vector
from tests.kernel.gallery import HERE, POINTS, WEIGHTS, forged, malformed, valid
from tests.kernel.valid_examples import cubature, npy
from ucomp_verify.kernel.__main__ import main

VALID = HERE / "valid"
LINE, ROUGH = VALID / "cubature-line.json", VALID / "approximate-cubature-line.json"
NAMED, UNIT = VALID / "cubature-named.json", VALID / "cubature-named-unit.json"
FORGED, MALFORMED = forged()[0].path, malformed()[0].path

Capture = pytest.CaptureFixture[str]


def _status(*arguments: str | Path) -> int:
    return main([str(a) for a in arguments])


def test_the_fact_is_said_in_one_line(capsys: Capture) -> None:
    assert _status(LINE) == 0
    said = "3 of 5 nodes in dimension 1 have all moments up to degree 3, defect 0"
    assert capsys.readouterr().out == f"accepted   {LINE}: {said}\n"


@pytest.mark.parametrize(
    "path", [p for p in valid() if "cubature" not in p.name], ids=lambda p: p.stem
)
def test_other_kinds_are_said_by_their_fact(path: Path, capsys: Capture) -> None:
    assert _status(path) == 0
    said = capsys.readouterr().out
    assert said.startswith(f"accepted   {path}: ") and said.endswith("Fact\n")


def test_a_rejection_is_said_with_its_reason(capsys: Capture) -> None:
    assert _status(HERE / "forged" / "cubature" / "wrong-moment.json") == 1
    said = capsys.readouterr().out
    assert (
        said.startswith("rejected   ") and "moment (4,) is off by 3/40; the defect is 3/40" in said
    )


@pytest.mark.parametrize(
    ("paths", "status"),
    [
        ([LINE, LINE], 0),
        ([LINE, FORGED], 1),
        ([FORGED, LINE], 1),
        ([LINE, MALFORMED], 2),
        ([MALFORMED, LINE], 2),
        ([FORGED, MALFORMED], 1),
        ([MALFORMED, FORGED], 1),
        ([MALFORMED, MALFORMED], 2),
        ([MALFORMED, FORGED, LINE], 1),
    ],
)
def test_the_status_is_that_of_the_worst(paths: list[Path], status: int, capsys: Capture) -> None:
    assert _status(*paths) == status
    assert len(capsys.readouterr().out.splitlines()) == len(paths)


def test_what_cannot_be_read_is_malformed(tmp_path: Path, capsys: Capture) -> None:
    assert _status(tmp_path / "absent.json", tmp_path) == 2
    absent, folder = capsys.readouterr().out.splitlines()
    assert absent.startswith("malformed  ") and "No such file" in absent
    assert folder.startswith("malformed  ") and "Is a directory" in folder


@pytest.mark.parametrize(
    ("options", "status"),
    [
        ((), 1),
        (("--max-defect", "0.05"), 0),  # the defect is 1/20, and the limit allowed
        (("--max-defect", "5e-2"), 0),
        (("--max-defect", "1"), 0),
        (("--max-defect", "0.04999999999999999999"), 1),
        (("--max-defect", "0"), 1),
        (("--require", "exact"), 1),
        (("--require", "exact", "--max-defect", "1"), 1),
    ],
)
def test_a_defect_is_accepted_up_to_its_limit(
    options: tuple[str, ...], status: int, capsys: Capture
) -> None:
    assert _status(*options, ROUGH) == status
    said = capsys.readouterr().out
    assert ("defect 1/20" if status == 0 else "the defect is 1/20, the limit is ") in said
    assert _status(*options, LINE) == 0


def _rule(folder: Path, weights: list[float]) -> Path:
    """A rule on 0, 1/2 and 1 with these floating-point weights, for ten nodes of mass 1/10."""
    exact = [Fraction(w) for w in weights]
    common = max(w.denominator for w in exact)
    mass = source(points([[i] for i in range(11)], 10), vector([1] * 11, 11))
    body = cubature(
        mass, 2, [0, 5, 10], vector([int(w * common) for w in exact], common), "approximate_"
    )
    path = folder / "rule.json"
    path.write_text(json.dumps(body))
    return path


# The exact weights: 1/5, 3/5, 1/5 have the mean and the second moment of eleven equal nodes.
ROUNDED = [0.2, 0.6, 0.2]


def test_rounded_weights_are_accepted_by_default_and_not_as_exact(
    tmp_path: Path, capsys: Capture
) -> None:
    path = _rule(tmp_path, ROUNDED)
    assert _status(path) == 0
    assert ", defect 1/45035996273704960\n" in capsys.readouterr().out
    assert _status("--require", "exact", path) == 1
    assert "; the defect is 1/45035996273704960, the limit is 0" in capsys.readouterr().out


@pytest.mark.parametrize("factor", [1 + 1e-6, 1 - 1e-6, 1 + 1e-9])
def test_a_weight_that_is_wrong_is_refused(factor: float, tmp_path: Path, capsys: Capture) -> None:
    assert _status(_rule(tmp_path, [0.2, 0.6 * factor, 0.2])) == 1
    said = capsys.readouterr().out
    assert "rejected" in said and "moment (0,) is off by " in said
    assert "the limit is 1/10000000000" in said


def test_the_default_limit_is_a_ten_billionth(tmp_path: Path) -> None:
    limit = Fraction(1, 10**10)
    for gap, status in ((limit, 0), (limit + Fraction(1, 10**30), 1)):
        weights = vector([int((1 + gap) * 10**30)], 10**30)
        path = tmp_path / "rule.json"
        body = cubature(source(points([[0]])), 0, [0], weights, "approximate_")
        path.write_text(json.dumps(body))
        assert _status(path) == status


@pytest.mark.parametrize(
    "text", ["ten", "-1", "1e", "1e+5", "0x1", "1/2", "nan", "inf", "1e9999", ""]
)
def test_other_limits_are_wrong_usage(text: str, capsys: Capture) -> None:
    with pytest.raises(SystemExit, match=r"^2$"):
        _status(f"--max-defect={text}", LINE)
    assert "expected a number such as 1e-10, got " in capsys.readouterr().err


@pytest.mark.parametrize("options", [(), ("--require", "proof", LINE), ("--unknown", LINE)])
def test_wrong_usage_has_status_2(options: tuple[str | Path, ...], capsys: Capture) -> None:
    with pytest.raises(SystemExit, match=r"^2$"):
        _status(*options)
    assert "usage: python -m ucomp_verify.kernel" in capsys.readouterr().err


def test_a_wrong_limit_is_quoted_in_part(capsys: Capture) -> None:
    with pytest.raises(SystemExit, match=r"^2$"):
        _status("--max-defect", "x" * 100, LINE)
    assert f"got '{'x' * 40}'\n" in capsys.readouterr().err


def test_the_help_says_what_everything_is(capsys: Capture) -> None:
    with pytest.raises(SystemExit, match=r"^0$"):
        _status("--help")
    said = " ".join(capsys.readouterr().out.split())
    for text in (
        "usage: python -m ucomp_verify.kernel [-h] [--data DATA] [--weights WEIGHTS]",
        " FILE [FILE ...]",
        "check certificates with nothing but Python.",
        "--data DATA the nodes, a .npy file of float64 rows",
        "--weights WEIGHTS their weights, likewise; 1 if not given",
        "--require {exact} refuse any defect",
    ):
        assert text in said


def test_data_are_given_beside_the_certificate(tmp_path: Path, capsys: Capture) -> None:
    assert _status("--data", POINTS, "--weights", WEIGHTS, NAMED) == 0
    assert _status("--data", POINTS, UNIT) == 0
    capsys.readouterr()
    assert _status(NAMED, UNIT) == 2
    assert capsys.readouterr().out.count("give the data of SHA-256") == 2
    assert _status("--data", POINTS, NAMED) == 1
    assert _status("--data", POINTS, "--weights", WEIGHTS, UNIT) == 1
    assert _status("--data", WEIGHTS, "--weights", WEIGHTS, NAMED) == 1
    capsys.readouterr()
    assert _status("--data", tmp_path / "absent.npy", UNIT) == 2
    assert "absent.npy" in capsys.readouterr().out
    assert _status("--data", LINE, UNIT) == 2
    assert "to hold .npy rows of little-endian float64" in capsys.readouterr().out


def test_data_must_be_those_that_the_certificate_holds(tmp_path: Path, capsys: Capture) -> None:
    """Nobody takes a certificate on other nodes for one on the data that were given."""
    mine = tmp_path / "points.npy"
    mine.write_bytes(npy([0.0, 1.0, 2.0, 3.0, 4.0], (5, 1)))
    assert _status("--data", mine, LINE) == 0
    mine.write_bytes(npy([0.0, 1.0, 2.0, 3.0, 5.0], (5, 1)))
    assert _status("--data", mine, LINE) == 1
    assert "holds another measure than the data" in capsys.readouterr().out
    assert _status("--data", mine, VALID / "packing-line.json") == 0  # it has no source


def test_it_runs_as_a_module() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "ucomp_verify.kernel", str(FORGED)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.startswith("rejected")


def test_long_names_and_odd_values_are_printed(tmp_path: Path, capsys: Capture) -> None:
    path = tmp_path / "a b \u03b1.json"
    body: Json = json.loads((VALID / "counterexample-square.json").read_text())
    odd = but(
        body, (("statement", "variables", 0), "\ud800"), (("statement", "hypotheses"), "\ud800")
    )
    path.write_text(json.dumps(odd))
    assert _status(path) == 2
    assert "expected a list, got '\\ud800'" in capsys.readouterr().out
