"""All families of instances, found by the slug of the claim that they are instances of."""

from collections.abc import Iterator
from hashlib import sha256
from importlib import import_module
from pathlib import Path

from ucomp_verify.findings import Comparisons

from .base import InstanceCheck, compare

SLUGS = (
    "small-ball-repaired",
    "sphere-packing-repaired",
    "universal-compression-repaired",
    "one-shot-compression",
    "fixed-smoothness-rate",
    "polylog-repaired",
    "polylog-rate",
    "polylog-universal",
    "levelset-remez-repaired",
    "lower-bound-repaired",
    "dynamical-lth-repaired",
)


PROGRAMS = (
    "bounds",
    "lower_bounds",
    "functions",
    "dynamics/certified",
)  # packages that evaluate the instances


def instance_checks(slug: str) -> tuple[InstanceCheck, ...]:
    """The families of the claim, `CHECKS` of the module with its name; KeyError for another."""
    if slug not in SLUGS:
        raise KeyError(f"no instances of {slug!r}; known: {', '.join(SLUGS)}")
    module = import_module(f"{__package__}.{slug.replace('-', '_')}")
    return module.CHECKS


def run_instances(slug: str, number: int) -> tuple[Comparisons, str]:
    """Decide the instances of one family; with the SHA-256 of the programs that did it."""
    subject = instance_checks(slug)[number]
    return compare(slug, subject.family, subject.instances()), _digest()


def _digest() -> str:
    """SHA-256 of these modules and of the bounds and functions, in the order of their names."""
    return sha256(b"".join(path.read_bytes() for path in _sources())).hexdigest()


def _sources() -> Iterator[Path]:
    here = Path(__file__).resolve().parent
    for folder in (here, *(here.parents[1] / name for name in PROGRAMS)):
        yield from sorted(folder.glob("*.py"))
