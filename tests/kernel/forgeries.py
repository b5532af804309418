"""Certificates that can be read and are false: for every `require` of the kernel one at least."""

from tests.kernel.forged_measures import CUBATURE_FORGERIES, DISTANCE_FORGERIES, GROWTH_FORGERIES
from tests.kernel.forged_polynomials import (
    COUNTEREXAMPLE_FORGERIES,
    IDENTITY_FORGERIES,
    LEVEL_SET_FORGERIES,
    SYZYGY_FORGERIES,
)

FORGERIES = (
    *CUBATURE_FORGERIES,
    *IDENTITY_FORGERIES,
    *SYZYGY_FORGERIES,
    *LEVEL_SET_FORGERIES,
    *DISTANCE_FORGERIES,
    *GROWTH_FORGERIES,
    *COUNTEREXAMPLE_FORGERIES,
)
