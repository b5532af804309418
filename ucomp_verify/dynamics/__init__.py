"""Training of compressed systems: lifting of steps, optimisers, certified bounds.

What needs JAX (`pip install ucomp-verify[dlth]`) is imported when it is asked for.
"""

from importlib import import_module
from typing import Any

PLACES = {
    "Adam": "optimisers",
    "CertifiedTraining": "certified",
    "OPTIMISERS": "optimisers",
    "TwoLayer": "networks",
    "certified_training": "certified",
    "compress_dataset": "compressing",
    "compress_network": "compressing",
    "compress_tree": "compressing",
    "duplication_table": "duplication",
    "mini_batches": "batches",
    "prediction_gap": "training",
    "pytorch_two_layer": "initialisation",
    "random_subset": "controls",
    "train": "training",
    "Certificate": "lift",
    "Lifted": "lift",
    "NotEquivariant": "lift",
    "duplicate": "lift",
    "tags_of_result": "lift",
    "OptimiserRow": "zoo",
    "optimiser_row": "zoo",
    "optimiser_table": "zoo",
}
"""The names of this package, and the part that has them; `lift.lift` is the function."""


def __getattr__(name: str) -> Any:
    """The name, from its part, imported when it is first asked for."""
    if name not in PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{PLACES[name]}"), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *PLACES])
