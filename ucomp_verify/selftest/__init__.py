"""Planted faults: what must be caught is planted, and it is seen whether it is."""

from .faults import FAULTS as FAULTS
from .types import Fault as Fault
from .types import Outcome as Outcome
from .types import smoke as smoke
from .types import try_fault as try_fault
