import json
import re
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.cli.running import Cli, command
from ucomp_verify.caratheodory import reduce_measure
from ucomp_verify.measures import FloatMeasure

EPS = "1e-6"


@pytest.fixture(scope="module")
def small() -> tuple[Any, Any, Any]:
    """Points, and a compression of them that errs by at most 1e-7 for sigmoids."""
    points = np.random.default_rng(1).uniform(-1, 1, (1000, 2))
    after = reduce_measure(FloatMeasure(points), 13)
    return points, np.array(after.indices), after.rounded()


@pytest.fixture(autouse=True)
def _files(small: tuple[Any, Any, Any], _alone: None) -> None:
    np.save("points.npy", small[0])
    np.savez("small.npz", indices=small[1], weights=small[2])


def changed(**arrays: Any) -> str:
    with np.load("small.npz") as archive:
        known = dict(archive)
    np.savez("changed.npz", **(known | arrays))
    return "changed.npz"


def weights() -> Any:
    with np.load("small.npz") as archive:
        return archive["weights"]


def decimals(text: str) -> list[float]:
    return [float(n) for n in re.findall(r"\d+(?:\.\d+)?(?:e[+-]\d+)?", text)]


def test_a_class_is_certified(cli: Cli) -> None:
    ran = cli("bound", "points.npy", "small.npz", "-k", "13", "--function", "sigmoid")
    assert ran.code == 0 and ran.err == ""
    lines = ran.out.splitlines()
    assert lines[0] == "105 of 1000 nodes in dimension 2, mass 1000"
    assert lines[1].startswith("moments up to degree 13 differ by at most ")
    assert decimals(lines[1])[1] < 1e-15
    assert lines[2] == "sigmoid(<x, w> + b), |x|_1 <= 1, all b:"
    assert lines[3].startswith("  error of every such function at most ")
    assert 0 < decimals(lines[3])[0] < 1e-6
    assert lines[4].startswith("  promised for weights > 0 with equal moments: ")
    assert len(lines) == 5


def test_a_formula_has_an_error_and_a_bound(cli: Cli) -> None:
    formula = "sigmoid(x1/2 + x2/2)"
    ran = cli("bound", "points.npy", "small.npz", "-k", "13", "--function", formula, "--json")
    body = json.loads(ran.out)
    (entry,) = body["functions"]
    low, high = (float(entry["error"][end]) for end in ("lower", "upper"))
    nodes: Any = np.load("points.npy").astype(np.longdouble).sum(axis=1) / 2
    with np.load("small.npz") as archive:
        signed = -np.ones(1000, np.longdouble)
        signed[archive["indices"]] += archive["weights"]
    true = abs(float((signed / (1 + np.exp(-nodes))).sum()))
    assert 0 < low <= high <= float(entry["bound"]) <= float(entry["promised"])
    assert low == pytest.approx(true, rel=1e-3)
    assert (body["schema"], body["nodes"], body["kept"]) == ("ucomp-bound/1", 1000, 105)
    assert entry["cells"] == [] and "verdict" not in body


@pytest.mark.parametrize(
    ("options", "code", "sentence"),
    [
        (["--function", "sigmoid"], 0, f"certified: no error is above {EPS}"),
        (["--function", "sigmoid", "--slope", "4"], 3, f"undecided: a bound is above {EPS}"),
        (["--function", "tanh", "--function", "sin(9*x1)"], 1, "certified: an error is above"),
        (["--function", "cos", "--function", "exp"], 0, "certified: no error is above"),
    ],
)
def test_the_verdict_and_its_exit_code(
    cli: Cli, options: list[str], code: int, sentence: str
) -> None:
    ran = cli("bound", "points.npy", "small.npz", "-k", "13", "--error", EPS, *options)
    assert ran.code == code, ran.out
    assert ran.out.splitlines()[-1].startswith(sentence)
    verdict = json.loads(
        cli("bound", "points.npy", "small.npz", "-k13", "--error", EPS, "--json", *options).out
    )
    assert verdict["verdict"] == {0: "below", 1: "above", 3: "undecided"}[code]
    assert verdict["limit"] == EPS


def test_a_planted_fault_flips_the_verdict(cli: Cli) -> None:
    options = ("-k", "13", "--function", "sigmoid(x1)", "--error", "1e-7")
    assert cli("bound", "points.npy", "small.npz", *options).code == 0
    heavy = weights()
    heavy[heavy.argmax()] *= 1 + 1e-7
    assert cli("bound", "points.npy", changed(weights=heavy), *options).code == 1
    with np.load("small.npz") as archive:
        places = archive["indices"]
    places[7] += 1
    assert cli("bound", "points.npy", changed(indices=places), *options).code == 1
    undecided = ("-k", "13", "--function", "sigmoid", "--error", "1e-7")
    assert cli("bound", "points.npy", changed(weights=heavy), *undecided).code == 3


def test_weights_of_the_points_count(cli: Cli) -> None:
    np.save("w.npy", np.full(1000, 2.0))
    options = ("-k", "13", "--weights", "w.npy", "--function", "sigmoid", "--error", EPS)
    assert cli("bound", "points.npy", "small.npz", *options).code == 3
    assert cli("bound", "points.npy", changed(weights=2 * weights()), *options).code == 0


def test_results_of_other_programs(cli: Cli) -> None:
    with np.load("small.npz") as archive:
        rows, weights = np.load("points.npy")[archive["indices"]], archive["weights"]
    np.savez("other.npz", points=rows, weights=weights)
    options = ("-k", "13", "--function", "sigmoid")
    same = cli("bound", "points.npy", "other.npz", *options).out
    assert same == cli("bound", "points.npy", "small.npz", *options).out


def test_cells(cli: Cli) -> None:
    method = ("--method", "cells", "--arithmetic", "balls", "-n", "400")
    cli("compress", "points.npy", "-k", "2", "-o", "cells.npz", *method)
    nodes = np.load("points.npy")
    np.save("labels.npy", (nodes[:, 0] > 0) + 2 * (nodes[:, 1] > 0))
    options = ("-k", "2", "--function", "sigmoid")
    for cells, count in (("labels.npy", 4), ("3", 9)):
        ran = cli("bound", "points.npy", "small.npz", *options, "--cells", cells)
        assert ran.code == 0 and f"of a cell, in {count} cells" in ran.out
        assert len(re.findall(r"  cell \d+, mass [\d.]+: at most .* %", ran.out)) == 3
    body = json.loads(
        cli("bound", "points.npy", "small.npz", *options, "--cells", "2", "--json").out
    )
    shares = [float(cell["bound"]) for cell in body["functions"][0]["cells"]]
    assert len(shares) == 4 == body["cells"] and shares == sorted(shares, reverse=True)


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        ([], "--function: expected a class or a formula"),
        (["--function", "sigmoidal"], "found the name 'sigmoidal'; expected x1, x2; or one of"),
        (["--function", "1/(x1 - x2)"], "no neighbourhood of the box in which 1/(x1"),
        (["--function", "x3"], "found the name 'x3'; expected x1, x2"),
        (["--function", "sigmoid(x1"], "found '(' was never closed"),
        (["--function", "sigmoid", "--slope", "-1"], "--slope: found '-1'; expected a decimal"),
        (["--function", "sigmoid", "--error", "0"], "--error: found '0'; expected a decimal"),
        (["--function", "sigmoid", "--cells", "0"], "--cells: found 0 along each of 2 axes"),
        (["--function", "sigmoid", "--cells", "no.npy"], "no.npy: found no file of this name"),
        (["--function", "sigmoid", "--cells", "points.npy"], "labels of shape (1000, 2) for 1000"),
        (["--function", "sigmoid", "--weights", "points.npy"], "points.npy: found weights of"),
        (["--function", "sigmoid", "-k", "500"], "expected an integer >= 0 with at most"),
    ],
)
def test_bad_input_is_refused_in_words(cli: Cli, arguments: list[str], text: str) -> None:
    ran = cli("bound", "points.npy", "small.npz", "-k", "13", *arguments)
    assert ran.code == 2 and ran.out == ""
    assert text in ran.err, ran.err
    assert "Traceback" not in ran.err and "internal error" not in ran.err


def test_points_that_were_not_compressed_are_refused(cli: Cli) -> None:
    np.save("few.npy", np.load("points.npy")[:100])
    ran = cli("bound", "few.npy", "small.npz", "-k", "13", "--function", "sigmoid")
    assert ran.code == 2 and "for 100 points; expected rows of few.npy" in ran.err
    ran = cli("bound", "none.npy", "small.npz", "-k", "13", "--function", "sigmoid")
    assert ran.code == 2 and "none.npy: found no file of this name" in ran.err


def test_a_promise_of_nodes(cli: Cli) -> None:
    options = ("-m", "2", "--mass", "1000000", "--error", "1e-8")
    ran = cli("nodes", "--function", "sigmoid", *options)
    assert ran.code == 0
    lines = ran.out.splitlines()
    assert lines[0] == "210 nodes are enough: one reduction of degree 19 of all nodes"
    assert lines[1].startswith("sigmoid(<x, w> + b), |x|_1 <= 1, all b: error at most 5.")
    assert lines[2] == "ucomp-verify compress POINTS -k 19 -o OUT.npz"
    body = json.loads(cli("nodes", "--function", "sigmoid", *options, "--json").out)
    assert (body["nodes"], body["degree"], body["theorem"]) == (210, 19, "T7d")
    assert Fraction(body["bound"]) <= Fraction("1e-8")
    flat = cli("nodes", "--function", "exp", "--half-side", "0.5", *options).out
    steep = cli("nodes", "--function", "exp", "--slope", "8", *options).out
    assert decimals(flat)[0] < decimals(steep)[0]
    assert "in each of" in cli("nodes", "--function", "sigmoid", "--slope", "99", *options).out


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (["--function", "1/x1", "--mass", "9"], "no neighbourhood of the box"),
        (["--function", "sigmoid", "--mass", "nan"], "--mass: found 'nan'; expected a decimal"),
        (["--function", "relu", "--mass", "9"], "or one of the classes sigmoid, tanh"),
    ],
)
def test_a_promise_that_nobody_can_give(cli: Cli, arguments: list[str], text: str) -> None:
    ran = cli("nodes", "-m", "2", "--error", "1e-3", *arguments)
    assert ran.code == 2 and text in ran.err and ran.out == ""


@pytest.mark.slow
def test_a_million_points(tmp_path: Path) -> None:
    """210 nodes are promised for 1e-8, kept, and certified, each step a command of its own."""
    np.save(tmp_path / "million.npy", np.random.default_rng(0).uniform(-1, 1, (10**6, 2)))
    options = ("--function", "sigmoid", "-m", "2", "--mass", "1000000", "--error", "1e-8")
    promised = json.loads(command("nodes", *options, "--json", cwd=tmp_path).out)
    degree = str(promised["degree"])
    ran = command("compress", "million.npy", "-k", degree, "-o", "few.npz", cwd=tmp_path)
    assert ran.out.startswith(f"{promised['nodes']} of 1000000 nodes")
    asked = ("-k", degree, "--function", "sigmoid", "--error", "1e-8")
    ran = command("bound", "million.npy", "few.npz", *asked, cwd=tmp_path)
    assert ran.code == 0, ran.out + ran.err
    assert ran.out.splitlines()[-1] == "certified: no error is above 1e-8"
