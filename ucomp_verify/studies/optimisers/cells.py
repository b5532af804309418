"""One cell: an optimiser on a network, compared with the network of equal objects."""

from math import isnan
from typing import TYPE_CHECKING

from ucomp_verify.studies.config import Config, Result, Value

if TYPE_CHECKING:
    from ucomp_verify.studies.seeds import Seeds

LARGEST = 1e300


def cell(config: Config, seeds: "Seeds") -> Result:
    """Which rule for weights is exact; ImportError without JAX and optax.

    Gaps are found to a digit ("exact": up to rounding), as rounding differs with the machine;
    the gaps themselves are measured.
    """
    from ucomp_verify.dynamics.zoo.catalogue import find_optimiser
    from ucomp_verify.dynamics.zoo.networks import find_network
    from ucomp_verify.dynamics.zoo.table import optimiser_row

    first = seeds.number("problems", network=config["network"]) % (1 << 31)
    row = optimiser_row(
        find_optimiser(config["optimiser"]),
        find_network(config["network"]),
        steps=config["steps"],
        seeds=range(first, first + config["trials"]),
    )
    told = row.to_json()
    names = ("family", "equivariant", "refused", "weighted_sums")
    gaps = ("paper", "raw", "lifted")
    found: dict[str, Value] = {name: told[name] for name in (*names, *gaps)}
    measured: dict[str, Value] = {}
    for name in ("permuted", *gaps):
        gap = getattr(row, name)
        measured[f"{name}_gap"] = None if gap is None else _finite(gap)
    return Result(found, measured)


def _finite(gap: float) -> float:
    """The gap; a run that diverged counts as the largest number."""
    return LARGEST if isnan(gap) else min(gap, LARGEST)
