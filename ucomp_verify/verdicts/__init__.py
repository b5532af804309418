"""From evidence to verdicts: pure functions."""

from .baseline import UnreadableBaseline as UnreadableBaseline
from .baseline import baseline_text as baseline_text
from .baseline import read_baseline as read_baseline
from .baseline import shipped_baseline as shipped_baseline
from .decide import decide as decide
from .propagate import Premises as Premises
from .propagate import closure as closure
from .propagate import propagate as propagate
from .standing import Expectation as Expectation
from .standing import Standing as Standing
from .standing import standing as standing
from .types import ContradictoryEvidence as ContradictoryEvidence
from .types import Scope as Scope
from .types import Status as Status
from .types import Verdict as Verdict
