"""The certificates in this folder, as the tests see them."""

import os
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ucomp_verify.kernel import read_data
from ucomp_verify.kernel.certificates import ApproximateCubature, Certificate, Cubature, Source

HERE = Path(__file__).parent
PROOFS = HERE.parents[1] / "proofs"
POINTS, WEIGHTS = HERE / "valid" / "points.npy", HERE / "valid" / "weights.npy"


def seconds() -> float:
    """The processor time in which anything is refused."""
    # Mutation testing wraps every function of the kernel, which takes its time.
    return 60.0 if "MUTANT_UNDER_TEST" in os.environ else 1.0


@dataclass(frozen=True)
class Refused:
    """A file, a pattern of the reason to refuse it, and whether data are given beside it."""

    path: Path
    reason: str
    data: bool

    def source(self) -> Source | None:
        """The measure in `valid/*.npy`, if this file is checked beside it."""
        return read_data(POINTS, WEIGHTS) if self.data else None


@cache
def _refused(folder: str) -> tuple[Refused, ...]:
    table = tomllib.loads((HERE / "gallery.toml").read_text(encoding="utf-8"))
    beside_data = set(table["with_data"].get(folder, ()))
    return tuple(
        Refused(HERE / folder / name, reason, name in beside_data)
        for name, reason in table[folder].items()
    )


def forged() -> tuple[Refused, ...]:
    """The certificates that are read and rejected."""
    return _refused("forged")


def malformed() -> tuple[Refused, ...]:
    """The files that cannot be read as certificates, or exceed a limit."""
    return _refused("malformed")


def valid() -> tuple[Path, ...]:
    """The certificates that are accepted."""
    return tuple(sorted((HERE / "valid").glob("*.json")))


def shipped() -> tuple[Path, ...]:
    """The certificates under `proofs/`, as many as there are."""
    return tuple(sorted(PROOFS.glob("**/*.json")))


def data_of(certificate: Certificate) -> Source | None:
    """The measure that a valid certificate names by its digests."""
    if not isinstance(certificate, Cubature | ApproximateCubature):
        return None
    named = len(certificate.source.sha256)
    return read_data(POINTS, WEIGHTS if named == 2 else None) if named else None
