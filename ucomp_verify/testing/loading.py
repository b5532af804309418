"""Finds a compressor by its place in the source: MODULE:NAME or FILE.py:NAME."""

import sys
import textwrap
from importlib import import_module
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

from .adapters import Adapter, adapt


class CannotLoad(ValueError):
    """There is no compressor at that place; the text says what is missing."""


def load_compressor(place: str, *, result: str = "auto", free_nodes: bool = False) -> Adapter:
    """The adapter of the function, instance or class at MODULE:NAME or FILE.py:NAME.

    A class is called without arguments. `result` and `free_nodes` are those of `adapt`.
    The current folder is searched for modules, too. Raises CannotLoad.

    >>> load_compressor("ucomp_verify.compressors:ExactReduction").name
    'ExactReduction()'
    """
    where, colon, name = place.rpartition(":")
    if not colon or not where or not name:
        raise CannotLoad(f"found {place!r}; expected MODULE:NAME or FILE.py:NAME")
    found: Any = _module(where)
    for part in name.split("."):
        if not hasattr(found, part):
            names = ", ".join(n for n in dir(found) if not n.startswith("_"))
            near = textwrap.shorten(names, 200, placeholder=" ...") or "nothing public"
            raise CannotLoad(f"found no {part!r} in {where}; it has {near}")
        found = getattr(found, part)
    try:
        compressor = found() if isinstance(found, type) else found
    except (Exception, SystemExit) as error:  # whatever a class does is told to its author
        text = f"{place} cannot be called without arguments: {type(error).__name__}: {error}"
        raise CannotLoad(f"{text}; give a function, or an instance") from error
    try:
        return adapt(compressor, result=result, free_nodes=free_nodes)
    except TypeError as error:
        raise CannotLoad(f"{place}: {error}") from error


def _module(where: str) -> ModuleType:
    if where.endswith(".py"):
        return _from_file(Path(where))
    if "" not in sys.path and str(Path.cwd()) not in sys.path:
        sys.path.insert(0, str(Path.cwd()))
    try:
        return import_module(where)
    except (Exception, SystemExit) as error:  # whatever the module does
        text = str(error) if isinstance(error, ImportError) else f"{type(error).__name__}: {error}"
        raise CannotLoad(f"the module {where} cannot be imported: {text}") from error


def _from_file(path: Path) -> ModuleType:
    if not path.is_file():
        raise CannotLoad(f"{path}: no such file; expected FILE.py:NAME")
    name = f"conform_{path.stem}"
    spec = spec_from_file_location(name, path)
    assert spec and spec.loader
    module = module_from_spec(spec)
    sys.modules[name] = module  # dataclasses look their module up there
    sys.path.insert(0, str(path.resolve().parent))
    try:
        spec.loader.exec_module(module)
    except (Exception, SystemExit) as error:  # whatever the file does is told to its author
        raise CannotLoad(f"{path}: {type(error).__name__}: {error}") from error
    finally:
        sys.path.remove(str(path.resolve().parent))
    return module
