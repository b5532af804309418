import json
import subprocess
import sys
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any, cast

import numpy as np
import numpy.typing as npt
import pytest

from tests.cli.running import Cli
from tests.optional import require_module
from ucomp_verify.kernel import load
from ucomp_verify.kernel.certificates import ApproximateCubature, Cubature
from ucomp_verify.selftest import samples
from ucomp_verify.writing import save

Array = npt.NDArray[Any]
DEGREE = 2


def _data() -> Array:
    return np.random.default_rng(0).normal(size=(60, 2))


def _moments(points: Array) -> Array:
    x, y = points.T
    return np.array([np.ones_like(x), x, y, x * x, x * y, y * y])


def _foreign_rule(points: Array) -> tuple[Array, Array]:
    """A rule found in floating point, as another library would (nonnegative least squares)."""
    from scipy import optimize

    system = _moments(points)
    weights: Array = cast("Any", optimize).nnls(system, system.sum(axis=1))[0]
    (kept,) = np.nonzero(weights)
    return kept, weights[kept]


class Folder:
    """POINTS and RESULT.npz of another library, the result spoilt on demand."""

    def __init__(self) -> None:
        self.points = _data()
        np.save("points.npy", self.points)
        self.indices, self.weights = _foreign_rule(self.points)

    def result(self, name: str = "result.npz", **arrays: Array) -> str:
        given = {"indices": self.indices, "weights": self.weights, **arrays}
        np.savez(name, **given)  # type: ignore[arg-type]  # its stub takes a flag by name
        return name


@pytest.fixture
def foreign(tmp_path: Path) -> Folder:
    del tmp_path  # the current folder, see conftest
    return Folder()


def _isolated_kernel(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-I", "-m", "ucomp_verify.kernel", *arguments],
        capture_output=True,
        text=True,
        check=False,
    )


def _make(cli: Cli, *options: str) -> tuple[int, str]:
    ran = cli(
        "cert", "make", "points.npy", "result.npz", "-k", str(DEGREE), "-o", "c.json", *options
    )
    return ran.code, ran.out


def test_a_right_result_of_another_library_is_accepted(cli: Cli, foreign: Folder) -> None:
    foreign.result()
    code, out = _make(cli)
    assert code == 0
    assert out.startswith("accepted   c.json: 6 of 60 nodes in dimension 2")
    assert out.count("\n") == 1
    again = _isolated_kernel("c.json")
    assert (again.returncode, again.stdout) == (0, out)
    assert isinstance(load(Path("c.json")), ApproximateCubature)


def test_points_and_weights_are_a_result_too(cli: Cli, foreign: Folder) -> None:
    np.savez("result.npz", points=foreign.points[foreign.indices], weights=foreign.weights)
    assert _make(cli)[0] == 0


def _scaled(weights: Array) -> Array:
    out = weights.copy()
    out[0] *= 1 + 1e-6
    return out


def _negative(weights: Array) -> Array:
    out = weights.copy()
    out[0] = -out[0]
    return out


def _next_float(weights: Array) -> Array:
    out = weights.copy()
    out[0] = np.nextafter(out[0], np.inf)
    return out


@pytest.mark.parametrize(
    ("spoil", "options", "reason"),
    [
        (_scaled, [], r"moment (0, 0) is off by"),
        (_negative, [], "is not positive"),
        (_next_float, ["--require", "exact"], "the limit is 0"),
    ],
)
def test_a_wrong_result_is_refused_and_its_certificate_kept(
    cli: Cli,
    foreign: Folder,
    spoil: Callable[[Array], Array],
    options: list[str],
    reason: str,
) -> None:
    foreign.result(weights=spoil(foreign.weights))
    code, out = _make(cli, *options)
    assert code == 1
    assert out.startswith("rejected   c.json: ")
    assert reason in out
    again = _isolated_kernel("c.json", *options)
    assert (again.returncode, again.stdout) == (1, out)


def test_the_first_failing_moment_and_the_defect_are_told(cli: Cli, foreign: Folder) -> None:
    foreign.result(weights=_scaled(foreign.weights))
    code, out = _make(cli)
    assert code == 1
    assert "moment (0, 0) is off by" in out
    assert "the defect is" in out
    assert "the limit is 1/10000000000" in out


def test_an_exact_result_is_exact_until_the_last_bit_changes(cli: Cli, foreign: Folder) -> None:
    np.save("points.npy", np.array([[-1.0], [0.0], [1.0]]))
    foreign.result(indices=np.array([0, 2]), weights=np.array([1.5, 1.5]))
    strict = ("cert", "make", "points.npy", "result.npz", "-k", "1", "--require", "exact")
    assert cli(*strict, "-o", "c.json").code == 0
    assert type(load(Path("c.json"))) is Cubature
    foreign.result(indices=np.array([0, 2]), weights=_next_float(np.array([1.5, 1.5])))
    assert cli(*strict, "-o", "c.json").code == 1


def test_the_limit_is_the_users(cli: Cli, foreign: Folder) -> None:
    foreign.result(weights=_scaled(foreign.weights))
    assert _make(cli, "--max-defect", "1e-3")[0] == 0
    assert _make(cli, "--max-defect", "1e-9")[0] == 1


def test_source_weights_count(cli: Cli, foreign: Folder) -> None:
    np.savetxt("weights.csv", np.full(60, 2.0))
    foreign.result(weights=2 * foreign.weights)
    assert _make(cli)[0] == 1
    assert _make(cli, "--weights", "weights.csv")[0] == 0


def test_the_certificate_names_the_data_by_digest_on_demand(cli: Cli, foreign: Folder) -> None:
    foreign.result()
    assert _make(cli, "--digest")[0] == 0
    assert Path("c.json").stat().st_size < 2000
    assert cli("cert", "check", "c.json").code == 2
    assert cli("cert", "check", "c.json", "--points", "points.npy").code == 0
    np.savetxt("points.csv", foreign.points, delimiter=",", fmt="%.17g")
    assert cli("cert", "check", "c.json", "--points", "points.csv").code == 0
    np.save("other.npy", foreign.points + 1)
    ran = cli("cert", "check", "c.json", "--points", "other.npy")
    assert (ran.code, "other data" in ran.out) == (1, True)


@pytest.mark.parametrize("order", ["integers", "columns", "parquet"])
def test_data_in_another_form_are_the_same_data(cli: Cli, foreign: Folder, order: str) -> None:
    whole = np.round(4 * foreign.points) + 0.0  # no -0.0, which integers do not have
    np.save("points.npy", whole)
    indices, weights = _foreign_rule(whole)
    foreign.result(indices=indices, weights=weights)
    assert _make(cli, "--digest")[0] == 0
    name = "other.npy"
    if order == "integers":
        np.save(name, whole.astype(np.int64))
    elif order == "columns":
        np.save(name, np.asfortranarray(whole))
    else:
        name = "other.parquet"
        arrow: Any = require_module("pyarrow")
        parquet: Any = require_module("pyarrow.parquet")
        parquet.write_table(arrow.table({"x": whole[:, 0], "y": whole[:, 1]}), name)
    assert cli("cert", "check", "c.json", "--points", name).code == 0
    assert cli("cert", "make", name, "result.npz", "-k", "2", "-o", "d.json").code == 0


def test_data_that_cannot_be_read_are_told_by_check(cli: Cli, foreign: Folder) -> None:
    foreign.result()
    assert _make(cli, "--digest")[0] == 0
    ran = cli("cert", "check", "c.json", "--points", "gone.npy")
    assert (ran.code, "malformed" in ran.out) == (2, True)
    Path("broken.npy").write_bytes(Path("points.npy").read_bytes()[:-3])
    ran = cli("cert", "check", "c.json", "--points", "broken.npy")
    assert ran.code == 2
    assert "announces" in ran.err


def test_digest_and_weights_in_a_table(cli: Cli, foreign: Folder) -> None:
    np.save("weights.npy", np.full(60, 2.0))
    foreign.result(weights=2 * foreign.weights)
    assert _make(cli, "--digest", "--weights", "weights.npy")[0] == 0
    np.savetxt("weights.csv", np.full(60, 2.0))
    options = ("--points", "points.npy", "--weights", "weights.csv")
    assert cli("cert", "check", "c.json", *options).code == 0


@pytest.mark.parametrize("name", ["points.csv", "integers.npy"])
def test_a_digest_is_of_float64_only(cli: Cli, foreign: Folder, name: str) -> None:
    np.savetxt("points.csv", foreign.points, delimiter=",")
    np.save("integers.npy", np.arange(60).reshape(60, 1))
    foreign.result()
    ran = cli("cert", "make", name, "result.npz", "-k", "1", "-o", "c.json", "--digest")
    assert ran.code == 2
    assert "float64" in ran.err
    assert not Path("c.json").exists()


@pytest.mark.parametrize(
    ("points", "result", "text"),
    [
        ("none.npy", "result.npz", "none.npy"),
        ("points.npy", "none.npz", "none.npz"),
        ("text.csv", "result.npz", "text.csv"),
        ("points.npy", "text.npz", "text.npz"),
        ("pickled.npy", "result.npz", "pickled.npy"),
    ],
)
def test_what_cannot_be_read_exits_with_2_and_writes_nothing(
    cli: Cli, foreign: Folder, points: str, result: str, text: str
) -> None:
    foreign.result()
    Path("text.csv").write_text("a,b\n1,x\n")
    Path("text.npz").write_text("no archive")
    np.save("pickled.npy", np.array([{}], dtype=object), allow_pickle=True)
    ran = cli("cert", "make", points, result, "-k", "1", "-o", "c.json")
    assert ran.code == 2
    assert text in ran.err
    assert ran.out == ""
    assert not Path("c.json").exists()


@pytest.mark.parametrize("size", ["1E-10", "-1", "nan", "1e9999", "", "1/2"])
def test_a_limit_that_is_no_number_is_told_before_the_work(
    cli: Cli, foreign: Folder, size: str
) -> None:
    foreign.result()
    ran = cli(
        "cert",
        "make",
        "points.npy",
        "result.npz",
        "-k",
        "1",
        "-o",
        "c.json",
        f"--max-defect={size}",
    )
    assert ran.code == 2
    assert "expected a number such as 1e-10" in ran.err
    assert not Path("c.json").exists()


# Files that exist


def test_a_certificate_may_be_overwritten(cli: Cli, foreign: Folder) -> None:
    save(samples.RULE, Path("c.json"))
    foreign.result()
    assert _make(cli)[0] == 0
    assert isinstance(load(Path("c.json")), ApproximateCubature)


def test_any_other_file_is_kept_unless_forced(cli: Cli, foreign: Folder) -> None:
    foreign.result()
    Path("c.json").write_text('{"thesis": "three years of work"}')
    ran = cli("cert", "make", "points.npy", "result.npz", "-k", "1", "-o", "c.json")
    assert ran.code == 2
    assert "exists and is no certificate; name another file, or give --force" in ran.err
    assert "thesis" in Path("c.json").read_text()
    assert _make(cli, "--force")[0] == 0


@pytest.mark.parametrize("target", ["points.npy", "result.npz", "./points.npy"])
def test_an_input_is_never_overwritten(cli: Cli, foreign: Folder, target: str) -> None:
    foreign.result()
    before = Path(target).read_bytes()
    ran = cli("cert", "make", "points.npy", "result.npz", "-k", "1", "-o", target, "--force")
    assert ran.code == 2
    assert "is an input" in ran.err
    assert Path(target).read_bytes() == before


# cert check, cert show


def test_check_is_as_good_as_its_worst_file(cli: Cli) -> None:
    save(samples.RULE, Path("right.json"))
    save(samples.rule((0, 1, 2), (2, -1, 2)), Path("wrong.json"))
    Path("broken.json").write_text("{")
    assert cli("cert", "check", "right.json").code == 0
    assert cli("cert", "check", "right.json", "broken.json").code == 2
    ran = cli("cert", "check", "right.json", "broken.json", "wrong.json", "none.json")
    assert ran.code == 1
    words = [line.split()[0] for line in ran.out.splitlines()]
    assert words == ["accepted", "malformed", "rejected", "malformed"]


@pytest.mark.parametrize(
    ("certificate", "words"),
    [
        (samples.RULE, "cubature: a measure on 2 nodes has exactly all moments up to degree 1"),
        (samples.named_rule((-1.0, 0.0, 1.0)), "data with the SHA-256"),
        (samples.identity(-1), "power sum identity: a combination of 1 monomial"),
        (samples.syzygy(1, 1, -1), "syzygy: a nonzero polynomial of 2 terms"),
        (samples.level_set(), "|p| <= 1/2 on 1 interval of total length 1"),
        (samples.counterexample(3), "fails at\n  x = 3"),
        (samples.growth(2), "weights on 1 node err by more than 1/4 * n^1"),
        (samples.covering(Fraction(1, 2), Fraction(1, 2)), "to hold 2 points in dimension 1"),
        (samples.packing(2), "the closest 2 are among 3 points"),
        (samples.approximate(Fraction(1)), "approximate cubature: a measure on 2 nodes nearly"),
    ],
)
def test_show_says_what_a_certificate_states(cli: Cli, certificate: Any, words: str) -> None:
    save(certificate, Path("c.json"))
    ran = cli("cert", "show", "c.json")
    assert ran.code == 0
    assert words in ran.out
    assert "It was not checked" in ran.out


def test_show_refuses_what_is_no_certificate(cli: Cli) -> None:
    Path("c.json").write_text(json.dumps({"format": "ucomp-certificate 1", "kind": "magic"}))
    ran = cli("cert", "show", "c.json")
    assert ran.code == 2
    assert "kind" in ran.err


# What would be ignored is refused


def test_data_beside_a_certificate_that_holds_its_own_are_refused(
    cli: Cli, foreign: Folder
) -> None:
    foreign.result()
    assert _make(cli)[0] == 0
    ran = cli("cert", "check", "c.json", "--points", "points.npy")
    assert ran.code == 2
    assert "c.json: holds its nodes, or has none; expected one that names them" in ran.err
    ran = cli("cert", "check", "c.json", "--weights", "points.npy")
    assert ran.code == 2
    assert "--weights: expected --points FILE beside it" in ran.err


def test_a_degree_that_is_too_high_is_no_fault_of_the_program(
    cli: Cli, foreign: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise ValueError("found the degree 9; expected less: lower the degree")

    monkeypatch.setattr("ucomp_verify.measures.certificates.rule_certificate", refused)
    foreign.result()
    ran = cli("cert", "make", "points.npy", "result.npz", "-k", "9", "-o", "c.json")
    assert ran.code == 2
    assert "lower the degree" in ran.err
    assert not Path("c.json").exists()


def test_what_cannot_be_shown_is_named(cli: Cli) -> None:
    Path("text.json").write_text("hello")
    assert cli("cert", "show", "text.json").err.startswith("ucomp-verify: text.json: not a cert")
