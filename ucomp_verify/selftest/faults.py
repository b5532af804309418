"""All faults that are planted."""

from .planted_certificates import IN_FILES, IN_NUMBERS, IN_READINGS
from .planted_evidence import IN_EVIDENCE, IN_STANDINGS
from .planted_instances import IN_INSTANCES
from .types import Fault

FAULTS: tuple[Fault, ...] = (
    *IN_FILES,
    *IN_NUMBERS,
    *IN_READINGS,
    *IN_EVIDENCE,
    *IN_INSTANCES,
    *IN_STANDINGS,
)
