from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.cli.running import Cli
from ucomp_verify.kernel import check, load
from ucomp_verify.kernel.facts import CubatureFact


@pytest.fixture(autouse=True)
def _points() -> None:
    rows = np.random.default_rng(1).integers(-8, 9, size=(40, 2)) / 8
    np.savetxt("points.csv", rows, delimiter=",", fmt="%.17g")


def _arrays(path: str) -> dict[str, Any]:
    with np.load(path, allow_pickle=False) as archive:
        return dict(archive)


@pytest.mark.parametrize("degree", range(4))
def test_few_nodes_keep_all_moments(cli: Cli, degree: int) -> None:
    options = ("-k", str(degree), "-o", "out.npz", "--certificate", "c.json")
    ran = cli("compress", "points.csv", *options)
    assert ran.code == 0
    bound = (degree + 1) * (degree + 2) // 2
    fact = check(load(Path("c.json")))
    assert isinstance(fact, CubatureFact)
    assert (fact.degree, fact.num_nodes, fact.defect) == (degree, 40, 0)
    assert fact.support_size <= bound
    assert f"N = {bound}" in ran.out
    assert ran.out.startswith(f"{fact.support_size} of 40 nodes in dimension 2")
    arrays = _arrays("out.npz")
    assert arrays["indices"].dtype == np.int64
    assert arrays["weights"].dtype == np.float64
    assert len(arrays["indices"]) == len(arrays["weights"]) == fact.support_size


def test_the_weights_in_the_file_are_those_of_the_certificate_rounded(cli: Cli) -> None:
    cli("compress", "points.csv", "-k", "2", "-o", "out.npz", "--certificate", "c.json")
    certificate: Any = load(Path("c.json"))
    arrays = _arrays("out.npz")
    assert arrays["indices"].tolist() == list(certificate.support)
    exact: list[Fraction] = list(certificate.weights.fractions())
    assert arrays["weights"].tolist() == [float(w) for w in exact]


def test_the_result_passes_as_that_of_any_library(cli: Cli) -> None:
    cli("compress", "points.csv", "-k", "2", "-o", "out.npz")
    assert cli("cert", "make", "points.csv", "out.npz", "-k", "2", "-o", "c.json").code == 0
    assert cli("cert", "make", "points.csv", "out.npz", "-k", "3", "-o", "c.json").code == 1


def test_source_weights_count(cli: Cli) -> None:
    np.save("weights.npy", np.arange(1.0, 41.0))
    options = ("--weights", "weights.npy", "-k", "1", "-o", "out.npz", "--certificate", "c.json")
    assert cli("compress", "points.csv", *options).code == 0
    assert check(load(Path("c.json")))
    assert _arrays("out.npz")["weights"].sum() == pytest.approx(820)


def test_equal_nodes_are_kept_apart(cli: Cli) -> None:
    np.save("points.npy", np.array([[0.0], [0.0], [1.0], [1.0], [2.0]]))
    assert (
        cli("compress", "points.npy", "-k", "2", "-o", "o.npz", "--certificate", "c.json").code == 0
    )
    indices = _arrays("o.npz")["indices"].tolist()
    assert len(set(indices)) == len(indices) == 3


def test_a_size_that_cannot_be_is_refused(cli: Cli) -> None:
    ran = cli("compress", "points.csv", "-k", "2", "-n", "3", "-o", "out.npz")
    assert ran.code == 2
    assert "expected at least 6" in ran.err
    assert not Path("out.npz").exists()


@pytest.mark.parametrize(
    ("options", "text"),
    [
        (["-o", "out.csv"], "expected a name that ends in .npz"),
        (["-o", "thesis.npz"], "exists and is no compression; name another file, or give --force"),
        (["-o", "zip.npz"], "exists and is no compression"),
        (["-o", "out.npz", "--certificate", "thesis.npz"], "exists and is no certificate"),
        (["-o", "out.npz", "--certificate", "points.csv"], "is an input"),
        (["-o", "out.npz", "--certificate", "out.npz"], "two results would go to one file"),
        (["-o", "no/such/../../points.csv/x.npz"], "cannot be written"),
    ],
)
def test_files_that_exist_are_kept(cli: Cli, options: list[str], text: str) -> None:
    Path("thesis.npz").write_text("three years of work")
    np.savez("zip.npz", other=np.zeros(3))
    before = {p.name: p.read_bytes() for p in Path().iterdir() if p.is_file()}
    ran = cli("compress", "points.csv", "-k", "1", *options)
    assert ran.code == 2
    assert text in ran.err
    assert {p.name: p.read_bytes() for p in Path().iterdir() if p.is_file()} == before


def test_an_earlier_result_is_replaced_and_others_if_forced(cli: Cli) -> None:
    for degree in ("1", "2"):
        assert cli("compress", "points.csv", "-k", degree, "-o", "out.npz").code == 0
    assert len(_arrays("out.npz")["indices"]) == 6
    Path("thesis.npz").write_text("three years of work")
    assert cli("compress", "points.csv", "-k", "1", "-o", "thesis.npz", "--force").code == 0
    assert len(_arrays("thesis.npz")["indices"]) == 3


def test_an_unreadable_table_says_where(cli: Cli) -> None:
    Path("bad.csv").write_text("x,y\n1,2\n3,four\n")
    ran = cli("compress", "bad.csv", "-k", "1", "-o", "out.npz")
    assert ran.code == 2
    assert "four" in ran.err
    assert "line 3" in ran.err


def test_weights_that_float64_cannot_hold_are_told(cli: Cli) -> None:
    np.save("weights.npy", np.full(40, 1e308))
    ran = cli("compress", "points.csv", "--weights", "weights.npy", "-k", "0", "-o", "out.npz")
    assert ran.code == 2
    assert "too large for float64" in ran.err
    assert not Path("out.npz").exists()
