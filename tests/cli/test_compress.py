import os
import re
import signal
import time
from concurrent.futures import BrokenExecutor
from fractions import Fraction
from pathlib import Path
from typing import Any, cast

import numpy as np
import numpy.typing as npt
import pytest

from tests.cli.running import Cli, start
from tests.optional import require_module
from ucomp_verify.caratheodory import merging
from ucomp_verify.cli.compress import METHODS
from ucomp_verify.kernel import check, load
from ucomp_verify.kernel.certificates import ApproximateCubature
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


# Settings


@pytest.mark.parametrize("method", [m for m in METHODS if m != "exact"])
def test_every_method_keeps_the_moments_on_as_many_nodes_as_asked(cli: Cli, method: str) -> None:
    np.save("points.npy", np.random.default_rng(2).uniform(-1, 1, (300, 2)))
    options = ("-k", "2", "-n", "60", "--method", method, "--seed", "3", "-o", "out.npz")
    ran = cli("compress", "points.npy", *options, "--certificate", "c.json")
    assert ran.code == 0, ran.err
    kept = len(_arrays("out.npz")["indices"])
    assert 6 <= kept <= 60
    assert f"{kept} of 300 nodes in dimension 2 have all moments" in ran.out
    fact = check(load(Path("c.json")))
    assert isinstance(fact, CubatureFact)
    assert fact.defect < Fraction(1, 10**25)


def test_what_is_known_of_the_weights_is_told(cli: Cli) -> None:
    exact = cli("compress", "points.csv", "-k", "2", "-o", "a.npz").out
    assert "rank 6; weights > 0, exact as rationals" in exact
    options = ("-k", "2", "--arithmetic", "balls", "--digits", "50", "-o", "b.npz")
    balls = cli("compress", "points.csv", *options).out
    assert "weights certified > 0, each known to 50 digits" in balls
    options = ("-k", "2", "--arithmetic", "float", "-o", "c.npz", "--certificate", "c.json")
    floats = cli("compress", "points.csv", *options).out
    assert "have, up to rounding, all moments" in floats
    assert "not certified" in floats
    assert type(load(Path("c.json"))) is ApproximateCubature


def test_radii_hold_the_exact_weights_around_the_rounded_ones(cli: Cli) -> None:
    np.save("points.npy", np.random.default_rng(2).uniform(-1, 1, (300, 2)))
    cli("compress", "points.npy", "-k", "2", "-o", "a.npz", "--certificate", "c.json")
    cli("compress", "points.npy", "-k", "2", "--arithmetic", "balls", "-o", "b.npz")
    certificate: Any = load(Path("c.json"))
    arrays = _arrays("b.npz")
    assert arrays["indices"].tolist() == list(certificate.support)
    exact: list[Fraction] = list(certificate.weights.fractions())
    for weight, middle, radius in zip(exact, arrays["weights"], arrays["radii"], strict=True):
        assert abs(weight - Fraction(middle)) <= Fraction(radius) < Fraction(1e-13)
    assert cli("compress", "points.npy", "-k", "1", "-o", "b.npz").code == 0  # may be replaced
    assert cli("cert", "make", "points.npy", "b.npz", "-k", "1", "-o", "d.json").code == 0


@pytest.mark.parametrize(
    ("options", "text"),
    [
        (["--method", "magic"], "expected one of exact, cells, .*, got 'magic'"),
        (["--arithmetic", "double"], "expected one of exact, balls, float, got 'double'"),
        (["--method", "greedy", "-j", "2"], "--jobs: the method 'greedy' has no such choice"),
        (["--digits", "0"], "Invalid value"),
        (["--digits", "40"], "found weights that are exact; expected --arithmetic balls"),
        (["--digest"], "expected --certificate FILE beside it"),
        (["--embed"], "expected --certificate FILE beside it"),
        (["-k", "-1"], "Invalid value"),
    ],
)
def test_settings_that_cannot_be(cli: Cli, options: list[str], text: str) -> None:
    ran = cli("compress", "points.csv", "-k", "1", "-o", "out.npz", *options)
    assert ran.code == 2
    assert re.search(text, ran.err)
    assert not Path("out.npz").exists()


def test_a_degree_above_the_number_of_nodes_keeps_each_of_them(cli: Cli) -> None:
    nodes = {tuple(row) for row in np.loadtxt("points.csv", delimiter=",").tolist()}
    ran = cli("compress", "points.csv", "-k", "100000", "-o", "out.npz")
    assert ran.code == 0, ran.err
    assert f"rank {len(nodes)};" in ran.out
    assert len(_arrays("out.npz")["indices"]) == len(nodes)


# Data larger than a chunk, in every format


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> npt.NDArray[np.float64]:
    """Points in chunks of at most 60."""
    monkeypatch.setattr(merging, "VALUES", 1)
    return np.random.default_rng(4).normal(size=(1000, 2))


def _save(kind: str, array: npt.NDArray[Any], name: str = "large") -> str:
    path = f"{name}.{kind}"
    if kind == "npy":
        np.save(path, array)
    elif kind == "csv":
        np.savetxt(path, array, delimiter=",", fmt="%.17g")
    else:
        arrow: Any = require_module("pyarrow")
        columns = array.reshape(len(array), -1)
        table = arrow.table(list(columns.T), [f"x{j}" for j in range(columns.shape[1])])
        parquet: Any = require_module("pyarrow.parquet")
        parquet.write_table(table, path, row_group_size=77)
    return path


@pytest.mark.parametrize("kind", ["npy", "csv", "parquet"])
@pytest.mark.parametrize("form", ["--digest", "--embed"])
def test_from_file_to_a_certificate_that_is_accepted(
    cli: Cli, large: npt.NDArray[np.float64], kind: str, form: str
) -> None:
    data = _save(kind, large), "--weights", _save(kind, np.arange(1000.0), "weights")
    options = ("-k", "3", "-o", "out.npz", "--certificate", "c.json", form)
    ran = cli("compress", *data, *options)
    assert ran.code == 0, ran.err
    assert ran.out.startswith("10 of 1000 nodes in dimension 2 have all moments up to degree 3")
    named = form == "--digest"
    words = "not checked yet: ucomp-verify cert check c.json --points" if named else "defect 0"
    assert words in ran.out
    assert f"certificate of {Path('c.json').stat().st_size} bytes" in ran.out
    shown = ["--points", *data] if named else []
    checked = cli("cert", "check", "c.json", "--require", "exact", *shown)
    assert checked.code == 0, checked.out
    assert cli("cert", "make", *data, "out.npz", "-k", "3", "-o", "d.json").code == 0


def test_large_data_are_named_by_digest_and_small_ones_held(cli: Cli) -> None:
    np.save("large.npy", np.random.default_rng(4).normal(size=(50_001, 2)))
    cli("compress", "large.npy", "-k", "1", "-o", "out.npz", "--certificate", "large.json")
    cli("compress", "points.csv", "-k", "1", "-o", "out.npz", "--certificate", "small.json")
    large, small = (cast("Any", load(Path(f"{n}.json"))).source for n in ("large", "small"))
    assert large.nodes is None and len(large.sha256) == 1
    assert small.nodes is not None and small.sha256 == ()


def test_the_number_of_processes_changes_nothing(cli: Cli, large: npt.NDArray[np.float64]) -> None:
    np.save("large.npy", large)
    for jobs in ("1", "2"):
        options = ("-k", "3", "-j", jobs, "-o", f"{jobs}.npz", "--certificate", f"{jobs}.json")
        assert cli("compress", "large.npy", *options).code == 0
    assert Path("1.json").read_bytes() == Path("2.json").read_bytes()
    one, two = _arrays("1.npz"), _arrays("2.npz")
    assert all(np.array_equal(one[name], two[name]) for name in one)


def test_a_process_that_is_killed_is_a_limit(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(*_: object, **__: object) -> None:
        raise BrokenExecutor("a process in the process pool was terminated abruptly")

    monkeypatch.setattr("ucomp_verify.compressors.merge_reduce.reduce_stream", killed)
    ran = cli("compress", "points.csv", "-k", "1", "-j", "2", "-o", "out.npz")
    assert ran.code == 6
    assert "out of memory: use fewer nodes, a lower degree or -j 1" in ran.err


def test_a_spoilt_number_far_down_leaves_no_file(cli: Cli, large: npt.NDArray[np.float64]) -> None:
    large[777, 1] = np.nan
    for kind in ("npy", "csv", "parquet"):
        ran = cli("compress", _save(kind, large), "-k", "1", "-o", "out.npz")
        assert ran.code == 2
        assert "nan in row 777, column 1 (counted from 0); expected finite numbers" in ran.err
    assert not [p for p in Path().iterdir() if "out" in p.name or "tmp" in p.name]


@pytest.mark.skipif(os.name != "posix", reason="os.killpg, which is POSIX")
@pytest.mark.parametrize("jobs", ["1", pytest.param("2", marks=pytest.mark.slow)])
def test_ctrl_c_leaves_no_part_of_a_file(tmp_path: Path, jobs: str) -> None:
    np.save("large.npy", np.random.default_rng(4).normal(size=(3_000_000, 2)))
    before = set(tmp_path.iterdir())
    options = ("-k", "9", "-j", jobs, "-o", "out.npz", "--certificate", "c.json")
    with start("compress", "large.npy", *options, cwd=tmp_path) as process:
        time.sleep(2.5)
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does
        out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err) == (130, "", "ucomp-verify: interrupted\n")
    assert set(tmp_path.iterdir()) - before <= {tmp_path / "cache"}
