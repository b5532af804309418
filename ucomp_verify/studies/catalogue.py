"""The studies that come with the project, and how others are found."""

import sys
from functools import partial
from hashlib import sha256
from importlib import import_module
from types import FunctionType
from typing import TypeGuard

from .code_hash import code_hash
from .model import Study

MODULES = (
    "error_scaling",
    "half_exponent",
    "polylog",
    "runtime",
    "precision",
    "worst_case",
    "lottery_ticket",
    "attention",
    "optimisers",
    "dataset_compression",
    "scaling_laws",
)


class UnknownStudy(KeyError):
    """No study has this name; the text names those there are."""


def slugs() -> tuple[str, ...]:
    """The names of the studies that come with the project."""
    return tuple(module.replace("_", "-") for module in MODULES)


def place_of(name: str) -> str:
    """module:attribute of the study with this slug; what has a colon already is one.

    >>> place_of("error-scaling")
    'ucomp_verify.studies.error_scaling:STUDY'
    """
    if ":" in name:
        return name
    if name not in slugs():
        raise UnknownStudy(
            f"found no study {name!r}; expected one of {', '.join(slugs())}, or MODULE:STUDY"
        )
    return f"ucomp_verify.studies.{name.replace('-', '_')}:STUDY"


def load(place: str) -> Study:
    """The study at module:attribute; UnknownStudy if there is none."""
    module, _, attribute = place.partition(":")
    try:
        found = getattr(import_module(module), attribute)
    except (ImportError, AttributeError, ValueError) as error:
        raise UnknownStudy(
            f"{place}: {error}; expected MODULE:STUDY that can be imported"
        ) from None
    if not isinstance(found, Study):
        raise UnknownStudy(f"{place}: found {type(found).__name__}; expected a Study")
    return found


def code_of(place: str) -> str:
    """The hash of all code that the cells of the study at module:attribute run.

    That of the module of its cell function: how rows are shown later does not count. A cell
    that is made where the study is, such as a `partial` or what another function returns, has
    settings there, so that the study's module counts, too. Raises UnknownStudy, and
    ModuleNotFoundError if there is no source.
    """
    hashes = {code_hash(module) for module in code_modules(place)}
    return (
        hashes.pop() if len(hashes) == 1 else sha256("".join(sorted(hashes)).encode()).hexdigest()
    )


def code_modules(place: str) -> tuple[str, ...]:
    """The modules whose code, with all that they import, is that of the study's cells."""
    function: object = load(place).cell
    own = place.partition(":")[0]
    if _is_named(function):
        return (function.__module__,)
    while isinstance(function, partial):
        function = function.func  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
    return (getattr(function, "__module__", "") or own, own)


def _is_named(function: object) -> TypeGuard[FunctionType]:
    """Whether it is a function that its module defines by this very name."""
    if not isinstance(function, FunctionType):
        return False
    return getattr(sys.modules.get(function.__module__), function.__name__, None) is function
