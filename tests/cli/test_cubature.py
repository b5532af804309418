import json
from pathlib import Path

import numpy as np
import pytest

from tests.cli.running import Cli
from ucomp_verify.cli import app as application
from ucomp_verify.cli.cubature import cubature


@pytest.fixture(autouse=True)
def _registered(monkeypatch: pytest.MonkeyPatch) -> None:
    commands = application.app.registered_commands
    if not any(command.callback is cubature for command in commands):
        monkeypatch.setattr(application.app, "registered_commands", list(commands))
        application.app.command()(cubature)


def test_a_hundred_digits_on_the_simplex(cli: Cli) -> None:
    ran = cli("cubature", "simplex", "-m", "3", "-k", "10", "--dps", "100")
    assert ran.code == 0
    assert "nodes: 286, all interior, rational; N = 286" in ran.out
    assert "fewer than 56" in ran.out
    bound = ran.out.split("residual: at most ")[1].split(",")[0]
    assert int(bound.split("e-")[1]) > 95


@pytest.mark.parametrize("suffix", ["json", "txt", "npz"])
@pytest.mark.parametrize("name", ["ball", "sphere", "chebyshev1"])
def test_a_written_rule_passes_its_check_and_no_higher_one(
    cli: Cli, suffix: str, name: str
) -> None:
    options = (name, "-m", "2", "-k", "3")
    assert cli("cubature", *options, "--dps", "30", "-o", f"rule.{suffix}").code == 0
    ran = cli("cubature", *options, "--check", f"rule.{suffix}")
    assert ran.code == 0
    assert "0 outside" in ran.out
    higher = cli("cubature", name, "-m", "2", "-k", "4", "--check", f"rule.{suffix}")
    assert higher.code == 1
    assert "claim that degree" in higher.err
    assert "degree: 3; claimed 4" in higher.out


def test_a_wrong_rule_is_rejected_with_the_first_failing_moment(cli: Cli) -> None:
    nodes, weights = np.polynomial.legendre.leggauss(3)
    np.savez("rule.npz", nodes=nodes, weights=weights * [1, 1, 1.001])
    ran = cli("cubature", "cube", "-m", "1", "-k", "5", "--check", "rule.npz")
    assert ran.code == 1
    assert "the moment (0,) is" in ran.err
    assert "expected 2 " in ran.err


def test_json_and_elimination(cli: Cli) -> None:
    ran = cli("cubature", "cube", "-m", "2", "-k", "3", "--eliminate", "--json")
    data = json.loads(ran.out)
    assert ran.code == 0
    assert data["num_nodes"] == len(data["nodes"]) == len(data["weights"]) <= 5
    assert (data["size_bound"], data["lower_bound"], data["interior"]) == (10, 3, True)
    assert not data["exact_nodes"]


@pytest.mark.parametrize(
    ("arguments", "match"),
    [
        (("simplx", "-m", "2", "-k", "2"), "did you mean 'simplex'"),
        (("cube", "-m", "2", "-k", "2", "--dps", "14"), "expected 15 to 500"),
        (("cube", "-m", "2", "-k", "2", "--dps", "501"), "expected 15 to 500"),
        (("cube", "-m", "9", "-k", "9"), "expected at most 1100"),
        (("cube", "-m", "0", "-k", "2"), "found dimension 0"),
        (("cube", "-m", "2", "-k", "-1"), "found degree -1"),
        (("cube", "-m", "2", "-k", "2", "-o", "rule.csv"), "expected a name that ends in"),
        (("cube", "-m", "2", "-k", "2", "--tolerance", "1e-9"), "goes with --check"),
        (("cube", "-m", "1", "-k", "1", "--check", "r.json", "--tolerance", "nan"), "a decimal"),
        (("cube", "-m", "1", "-k", "1", "--check", "r.json", "--tolerance", "2"), "a decimal"),
        (("cube", "-m", "2", "-k", "2", "--check", "none.json"), "no file of this name"),
        (("cube", "-m", "2", "-k", "2", "--check", "a.csv"), "ends in '.csv'"),
    ],
)
def test_refusals(cli: Cli, arguments: tuple[str, ...], match: str) -> None:
    ran = cli("cubature", *arguments)
    assert ran.code == 2
    assert match in ran.err
    assert not ran.out


@pytest.mark.parametrize(
    ("name", "text", "match"),
    [
        ("r.json", "{", "no JSON"),
        ("r.json", "[]", 'an object with "nodes"'),
        ("r.json", '{"nodes": [["x"]], "weights": ["1"]}', "the number 'x'"),
        ("r.json", '{"nodes": [["1/0"]], "weights": ["1"]}', "the number '1/0'"),
        ("r.json", '{"nodes": [["1e99999999"]], "weights": ["1"]}', "the number '1e99999999'"),
        ("r.json", '{"nodes": [[null]], "weights": [1]}', "the number 'None'"),
        ("r.json", '{"nodes": [[0, 0]], "weights": [1, 2]}', "2 weights for 1 nodes"),
        ("r.txt", "0.1 0.2 nan\n", "the number 'nan'"),
        ("r.txt", "# nothing\n", "0 weights for 0 nodes"),
        ("r.txt", "0.1 0.2\n", "found nodes with 1 coordinates"),
    ],
)
def test_unreadable_rules(cli: Cli, name: str, text: str, match: str) -> None:
    Path(name).write_text(text)
    ran = cli("cubature", "cube", "-m", "2", "-k", "1", "--check", name)
    assert ran.code == 2
    assert match in ran.err


def test_files_are_not_overwritten_unless_forced(cli: Cli) -> None:
    Path("rule.json").write_text("precious")
    options = ("cube", "-m", "1", "-k", "1", "-o", "rule.json")
    ran = cli("cubature", *options)
    assert ran.code == 2
    assert "give --force" in ran.err
    assert Path("rule.json").read_text() == "precious"
    assert cli("cubature", *options, "--force").code == 0


def test_tolerances_are_not_rounded_to_0(cli: Cli) -> None:
    options = ("cube", "-m", "1", "-k", "1")
    assert cli("cubature", *options, "--dps", "350", "--eliminate", "-o", "rule.txt").code == 0
    ran = cli("cubature", *options, "--check", "rule.txt", "--tolerance", "1e-340")
    assert ran.code == 0
    assert "tolerance 1.0e-340" in ran.out


def test_arrays_of_other_shapes_are_refused(cli: Cli) -> None:
    np.savez("rule.npz", nodes=np.zeros((2, 1, 1)), weights=np.ones((2, 1)))
    ran = cli("cubature", "cube", "-m", "1", "-k", "0", "--check", "rule.npz")
    assert ran.code == 2
    assert "found nodes of shape (2, 1, 1) and weights of shape (2, 1)" in ran.err


def test_long_rational_nodes_are_checked_in_little_time(cli: Cli) -> None:
    options = ("sphere", "-m", "3", "-k", "10")
    assert cli("cubature", *options, "-o", "rule.json").code == 0
    assert cli("cubature", *options, "--check", "rule.json").code == 0
