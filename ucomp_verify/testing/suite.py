"""All checks: a case, and what is asked of a compressor on it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from . import inputs
from .adapters import Adapter, adapt
from .cases import Case, Recipe
from .data import BAD, DEGENERATE, EXTREME, GENERAL, LARGE, NINE, ODD, RECIPES
from .refusals import IsRefused
from .relations import (
    BeatsTheControl,
    IsAffineEquivariant,
    IsDeterministic,
    IsIdempotent,
    IsMergeable,
    IsPermutationEquivariant,
    LeavesInputAlone,
    RefusesTooSmall,
    RespectsSize,
)
from .rules import LOOSE, TIGHT, IsRule, KeepsEveryNode
from .scale import Scales
from .types import Figures, Level, NotApplicable


class Ask(Protocol):
    """What is asked: returns figures, raises a Violation, Raised or NotApplicable."""

    @property
    def asks(self) -> str:
        """In words."""
        ...

    def __call__(self, compressor: Adapter, case: Case) -> Figures:
        """Look at the compressor on the case."""
        ...


@dataclass(frozen=True)
class Check:
    """One row of the suite. Called with a compressor it raises unless that passes."""

    name: str
    level: Level
    ask: Ask
    recipe: Recipe

    @property
    def asks(self) -> str:
        """What a compressor must do to pass, in words."""
        return f"{self.recipe.about}: {self.ask.asks}"

    def case(self, seed: int = 0, *, max_degree: int | None = None) -> Case:
        """The data of this check."""
        return self.recipe.case(seed, max_degree=max_degree)

    def __call__(
        self,
        compressor: Any,
        *,
        seed: int = 0,
        max_degree: int | None = None,
        case: Case | None = None,
    ) -> Figures:
        """The figures found; AssertionError, SkipTest or Raised if there is something to say.

        With a `case`, that one instead of the check's own.
        """
        data = self.case(seed, max_degree=max_degree) if case is None else case
        return self.ask(adapt(compressor), data)


def find_check(name: str) -> Check:
    """The check of this name; KeyError with the nearest names for any other."""
    from difflib import get_close_matches

    found = {check.name: check for check in CHECKS}
    if name not in found:
        near = ", ".join(get_close_matches(name, found)) or "core-..., exact-..., robust-..."
        raise KeyError(f"found the check {name!r}; expected one of the suite, such as {near}")
    return found[name]


def checks_of(levels: Iterable[str]) -> tuple[Check, ...]:
    """The checks of some levels, in the order of the suite; ValueError for another or none."""
    asked = [levels] if isinstance(levels, str) else list(levels)
    if not asked:
        raise ValueError(f"found no level; expected some of {', '.join(Level)}")
    for level in asked:
        if level not in list(Level):
            raise ValueError(f"found the level {level!r}; expected some of {', '.join(Level)}")
    return tuple(check for check in CHECKS if check.level in asked)


def _on_each(level: Level, ask: Ask, recipes: Sequence[Recipe]) -> tuple[Check, ...]:
    return tuple(Check(f"{level}-{recipe.name}", level, ask, recipe) for recipe in recipes)


_BY_NAME = {recipe.name: recipe for recipe in RECIPES}


def _on(level: Level, name: str, ask: Ask, recipe: str) -> Check:
    return Check(f"{level}-{name}", level, ask, _BY_NAME[recipe])


_CORE = (
    *_on_each(Level.CORE, IsRule(LOOSE), GENERAL),
    *_on_each(Level.CORE, IsRule(LOOSE), NINE),
    _on(Level.CORE, "deterministic", IsDeterministic(), "uniform-2d"),
    _on(Level.CORE, "input-unchanged", LeavesInputAlone(), "exponential-weights"),
    _on(Level.CORE, "control", BeatsTheControl(), "uniform-2d"),
    _on(Level.CORE, "size", RespectsSize(), "uniform-2d"),
    _on(Level.CORE, "size-too-small", RefusesTooSmall(), "uniform-2d"),
)

_SHARP = IsRule(TIGHT, sharp=True)
_EXACT = (
    *_on_each(Level.EXACT, _SHARP, GENERAL),
    *_on_each(Level.EXACT, _SHARP, NINE),
    *_on_each(Level.EXACT, _SHARP, DEGENERATE),
    _on(Level.EXACT, "permutation", IsPermutationEquivariant(), "exponential-weights"),
    _on(Level.EXACT, "affine", IsAffineEquivariant(), "dyadic"),
    _on(Level.EXACT, "idempotent", IsIdempotent(), "exponential-weights"),
    _on(Level.EXACT, "mergeable", IsMergeable(), "exponential-weights"),
)


def _short_weights(case: Case) -> tuple[Any, Any, Any, Any]:
    return case.points.copy(), case.weights[:-1].copy(), case.degree, None


def _long_weights(case: Case) -> tuple[Any, Any, Any, Any]:
    return case.points.copy(), np.ones(len(case.points) + 1), case.degree, None


def _complex(case: Case) -> tuple[Any, Any, Any, Any]:
    return case.points + 1j, case.weights.copy(), case.degree, None


def _strings(case: Case) -> tuple[Any, Any, Any, Any]:
    return case.points.astype(str), case.weights.copy(), case.degree, None


def _three_axes(case: Case) -> tuple[Any, Any, Any, Any]:
    return case.points[:, :, None].copy(), case.weights.copy(), case.degree, None


def _negative_degree(case: Case) -> tuple[Any, Any, Any, Any]:
    return case.points.copy(), case.weights.copy(), -1, None


def _half_degree(case: Case) -> tuple[Any, Any, Any, Any]:
    return case.points.copy(), case.weights.copy(), 1.5, None


def _size_0(case: Case) -> tuple[Any, Any, Any, Any]:
    return case.points.copy(), case.weights.copy(), case.degree, 0


_OF_ARRAYS = (
    ("complex-points", _complex, "an array of complex points"),
    ("strings", _strings, "an array of strings"),
    ("three-axes", _three_axes, "points of shape (d, m, 1)"),
)
_OF_ARGUMENTS: tuple[tuple[str, Callable[[Case], tuple[Any, Any, Any, Any]], str], ...] = (
    ("too-few-weights", _short_weights, "one weight less than nodes"),
    ("too-many-weights", _long_weights, "one weight more than nodes"),
    ("negative-degree", _negative_degree, "the degree -1"),
    ("fractional-degree", _half_degree, "the degree 1.5"),
    ("size-0", _size_0, "the size 0"),
)
_TYPES = (
    ("int64", inputs.as_int64, False),
    ("float32", inputs.as_float32, False),
    ("fortran-order", inputs.in_fortran_order, False),
    ("strided", inputs.strided, False),
    ("reversed-view", inputs.reversed_view, False),
    ("read-only", inputs.read_only, False),
    ("big-endian", inputs.as_big_endian, True),
    ("objects", inputs.as_objects, True),
    ("fractions", inputs.as_fractions, True),
    ("lists", inputs.as_lists, True),
)
_MAY_BE_EMPTY = ("empty", "no-mass")
_MAY_REFUSE = ("denormals", "weights-1e-300-1e300", "denormal-weights")


@dataclass(frozen=True)
class _OnlyArrays(IsRefused):
    """As `IsRefused`, for what cannot be written to the file of a program."""

    def __call__(self, compressor: Adapter, case: Case) -> Figures:
        if not compressor.takes_arrays:
            raise NotApplicable("it reads files, which have one type of array")
        return super().__call__(compressor, case)


_ROBUST = (
    *(
        Check(
            f"robust-{recipe.name}",
            Level.ROBUST,
            IsRule(LOOSE, may_refuse=recipe.name in _MAY_REFUSE),
            recipe,
        )
        for recipe in EXTREME
    ),
    *_on_each(Level.ROBUST, KeepsEveryNode(), ODD[:2]),
    *(
        _on(Level.ROBUST, name, inputs.AcceptsArrays(change, may_refuse), "integers")
        for name, change, may_refuse in _TYPES
    ),
    *(
        Check(
            f"robust-{recipe.name}",
            Level.ROBUST,
            IsRefused(what=recipe.about, empty_allowed=recipe.name in _MAY_BE_EMPTY),
            recipe,
        )
        for recipe in BAD
        if recipe.name != "good"
    ),
    *(_on(Level.ROBUST, n, _OnlyArrays(s, w), "good") for n, s, w in _OF_ARRAYS),
    *(_on(Level.ROBUST, n, IsRefused(s, w), "good") for n, s, w in _OF_ARGUMENTS),
)

CHECKS: tuple[Check, ...] = (*_CORE, *_EXACT, *_ROBUST, *_on_each(Level.SCALE, Scales(), LARGE))
