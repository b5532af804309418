"""What an investigation returns, before anyone says what it means for a claim."""

from .types import Comparisons as Comparisons
from .types import Enclosure as Enclosure
from .types import Estimate as Estimate
from .types import Finding as Finding
from .types import FormalProof as FormalProof
from .types import Sample as Sample
from .types import SymbolicIdentity as SymbolicIdentity
