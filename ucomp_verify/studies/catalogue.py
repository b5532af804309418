"""The studies that come with the project, and how others are found."""

from functools import partial
from importlib import import_module

from .code_hash import code_hash
from .model import Study

MODULES = (
    "error_scaling",
    "half_exponent",
    "polylog",
    "runtime",
    "precision",
    "worst_case",
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

    That of the module of its cell function: how rows are shown later does not count. Raises
    UnknownStudy, and ModuleNotFoundError if there is no source.
    """
    function: object = load(place).cell
    while isinstance(function, partial):
        function = function.func  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
    return code_hash(getattr(function, "__module__", "") or place.partition(":")[0])
