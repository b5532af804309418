"""Data larger than a chunk: time, memory and certificates from file to file.

Every row runs the command line in a process of its own, whose processor time and largest
memory are in the extra columns, and checks what it wrote. The largest data take 240 MB of disk.
"""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from ucomp_verify.algebra import num_monomials
from ucomp_verify.kernel import load

CASES = (  # number of nodes, dimension, degree
    (10**5, 3, 5),
    (10**6, 2, 6),
    (10**7, 2, 6),
    (10**7, 3, 4),
)
KERNEL_CASES = CASES[:2]  # more would take the kernel gigabytes

RUN = """
import resource, sys
from ucomp_verify.cli import main
if __name__ == "__main__":
    code = main(sys.argv[1:])
    used = resource.getrusage(resource.RUSAGE_SELF)
    print(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)
    sys.exit(code)
"""


@dataclass(frozen=True)
class Ran:
    """What a command printed, its seconds of processor time and its largest memory in MB."""

    out: str
    seconds: float
    megabytes: float


def run(folder: Path, *arguments: str) -> Ran:
    """The command in a process of its own, which has to succeed."""
    script = folder / "run.py"
    script.write_text(RUN)
    done = subprocess.run(
        [sys.executable, str(script), *arguments],
        cwd=folder,
        env={**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    *lines, used = done.stdout.splitlines()
    seconds, megabytes = map(float, used.split())
    return Ran("\n".join(lines), seconds, megabytes)


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the points of every case."""
    folder = tmp_path_factory.mktemp("scale")
    for count, dim in sorted({case[:2] for case in CASES}):
        rng = np.random.default_rng(7)
        np.save(folder / f"{count}-{dim}.npy", rng.uniform(-1, 1, (count, dim)))
    return folder


def timed(benchmark: Any, work: Any, *arguments: Any) -> Ran:
    ran: Ran = benchmark.pedantic(work, arguments, rounds=1, iterations=1)
    benchmark.extra_info["cpu seconds"] = round(ran.seconds, 2)
    benchmark.extra_info["megabytes"] = round(ran.megabytes)
    return ran


def compressed(folder: Path, case: tuple[int, int, int], *options: str) -> Ran:
    count, dim, degree = case
    return run(
        folder, "compress", f"{count}-{dim}.npy", "-k", str(degree), "-o", "out.npz",
        "--certificate", "c.json", "--digest", *options,
    )  # fmt: skip


@pytest.mark.parametrize("arithmetic", ["exact", "balls"])
@pytest.mark.parametrize("case", CASES, ids=str)
def test_compress(benchmark: Any, data: Path, case: tuple[int, int, int], arithmetic: str) -> None:
    benchmark.group = "compress, from file to certificate, one core"
    timed(benchmark, compressed, data, case, "--arithmetic", arithmetic)
    certificate: Any = load(data / "c.json")
    benchmark.extra_info["certificate bytes"] = (data / "c.json").stat().st_size
    assert len(certificate.support) == num_monomials(*case[1:])
    assert min(certificate.weights.numerators) > 0
    mass = sum(certificate.weights.fractions())
    assert mass == case[0] if arithmetic == "exact" else abs(mass - case[0]) < 1e-20


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_processes(benchmark: Any, data: Path, jobs: str) -> None:
    case = CASES[-1]
    benchmark.group = f"compress {case} in processes (wall time)"
    timed(benchmark, compressed, data, case, "-j", jobs)
    benchmark.extra_info["megabytes"] = None  # of the process that waits for the others
    certificate: Any = load(data / "c.json")
    assert len(certificate.support) == num_monomials(*case[1:])


@pytest.mark.parametrize("case", KERNEL_CASES, ids=str)
def test_the_kernels_check(benchmark: Any, data: Path, case: tuple[int, int, int]) -> None:
    benchmark.group = "the kernel's check of an exact certificate"
    compressed(data, case)
    points = f"{case[0]}-{case[1]}.npy"
    arguments = ("cert", "check", "c.json", "--points", points, "--require", "exact")
    ran = timed(benchmark, run, data, *arguments)
    assert ran.out.startswith("accepted")
    assert "defect 0" in ran.out


@pytest.mark.parametrize("case", KERNEL_CASES, ids=str)
def test_cert_make(benchmark: Any, data: Path, case: tuple[int, int, int]) -> None:
    """The certificate of a rule in float64, and its check by the kernel."""
    benchmark.group = "cert make of a rule in float64, check included"
    compressed(data, case)
    points, degree = f"{case[0]}-{case[1]}.npy", str(case[2])
    arguments = ("cert", "make", points, "out.npz", "-k", degree, "-o", "made.json", "--digest")
    assert timed(benchmark, run, data, *arguments).out.startswith("accepted")
