"""What is asked on bad input: an exception that says what is wrong, and no result."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .adapters import Adapter
from .cases import Case
from .results import Found
from .types import Figures, Raised, Violation

SHOWN = 160  # characters of an error text in a message


def refusal_of(raised: Raised) -> str:
    """The text of a proper refusal; a Violation for an internal error.

    Proper are ValueError and TypeError and what derives from them, with a text; LinAlgError
    derives from ValueError, but tells of what happened inside.
    """
    import numpy as np

    error = raised.error
    text, name = str(error).strip(), type(error).__name__
    if isinstance(error, ValueError | TypeError) and not isinstance(error, np.linalg.LinAlgError):
        if text:
            return f"{name}: {text}"[:SHOWN]
        expected = "expected a text that says what is wrong"
        raise Violation("refusal", f"refused by {name} without a text; {expected}")
    expected = "expected a ValueError or TypeError that says what is wrong with the input"
    raise Violation("refusal", f"refused by an internal error, {raised}"[:SHOWN] + f"; {expected}")


Spoil = Callable[[Case], tuple[Any, Any, Any, Any]]
"""The points, weights, degree and size that are passed for a case."""


def as_they_are(case: Case) -> tuple[Any, Any, Any, Any]:
    """The data as they are."""
    return case.points.copy(), case.weights.copy(), case.degree, None


@dataclass(frozen=True)
class IsRefused:
    """Bad input is refused: a ValueError or TypeError (or one derived) with a text.

    An answer is a failure, however it looks, and so are IndexError, AttributeError,
    AssertionError, LinAlgError, MemoryError, a crash, and no answer in time.
    """

    spoil: Spoil = as_they_are
    what: str = "the input"
    empty_allowed: bool = False  # an answer without mass is an answer where there is none

    @property
    def asks(self) -> str:
        """In words."""
        other = ", or an empty rule" if self.empty_allowed else ""
        return f"refused with a ValueError or TypeError that says why{other}"

    def __call__(self, compressor: Adapter, case: Case) -> Figures:
        """The text of the refusal; a Violation for anything else."""
        points, weights, degree, size = self.spoil(case)
        try:
            raw = compressor.raw(points, weights, degree, size=size, seed=case.seed)
        except Raised as raised:
            return {"refusal": refusal_of(raised)}
        if self.empty_allowed and self._is_empty(compressor, raw, case):
            return {"nodes": 0}
        expected = "expected a ValueError or TypeError that says what is wrong"
        text = f"{self.what} was accepted: found {describe(raw)}; {expected}"
        raise Violation("accepted", text)

    def _is_empty(self, compressor: Adapter, raw: Any, case: Case) -> bool:
        found: Found = compressor.read(raw, case)
        return not found.weights


def describe(raw: Any) -> str:
    """A result in a few words."""
    text = " ".join(repr(raw).split())
    return f"a result of type {type(raw).__name__}, {text[:100]}"
