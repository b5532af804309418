"""Optimisers for objects with weights, by name."""

from collections.abc import Mapping
from types import MappingProxyType

from .optimisers_base import AbstractOptimiser as AbstractOptimiser
from .optimisers_base import Family as Family
from .optimisers_base import State as State
from .optimisers_matrix import Adafactor as Adafactor
from .optimisers_matrix import Muon as Muon
from .optimisers_matrix import Shampoo as Shampoo
from .optimisers_norms import LAMB as LAMB
from .optimisers_norms import LARS as LARS
from .optimisers_norms import NormClipped as NormClipped
from .optimisers_norms import NovoGrad as NovoGrad
from .optimisers_plain import SGD as SGD
from .optimisers_plain import Adagrad as Adagrad
from .optimisers_plain import Adam as Adam
from .optimisers_plain import Lion as Lion
from .optimisers_plain import Penalised as Penalised
from .optimisers_plain import RMSprop as RMSprop
from .optimisers_plain import ValueClipped as ValueClipped

OPTIMISERS: tuple[AbstractOptimiser, ...] = (
    SGD(0.1),
    SGD(0.03, 0.9),
    SGD(0.03, 0.9, nesterov=True),
    Adam(0.01),
    Adam(0.01, decay=0.1),
    RMSprop(0.003),
    Adagrad(0.05, initial=0.1),
    Lion(0.003, decay=0.1),
    ValueClipped(SGD(0.1), 0.02),
    Penalised(Adam(0.01), 0.05),
    NormClipped(SGD(0.1), 0.3),
    NormClipped(Adam(0.01, eps=1e-3), 0.1),
    LARS(),
    NovoGrad(),
    Shampoo(),
    LAMB(),
    Adafactor(0.02),
    Muon(),
)
"""One of each kind, with settings for the small problems of `duplication`, family by family."""

BY_NAME: Mapping[str, AbstractOptimiser] = MappingProxyType({o.name: o for o in OPTIMISERS})


def find_optimiser(name: str) -> AbstractOptimiser:
    """The optimiser of this name in `OPTIMISERS`; LookupError if there is none."""
    if name not in BY_NAME:
        raise LookupError(f"found the optimiser {name!r}; expected one of {sorted(BY_NAME)}")
    return BY_NAME[name]
