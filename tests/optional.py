"""Parts that a test needs and that not every machine has.

Without the part the test is skipped, with the reason in the summary (`pytest -rs`); where
all parts must be there, as in CI, UCOMP_REQUIRE_ALL=1 turns the skip into a failure.
"""

import os
import shutil
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import NoReturn

import pytest


def require_program(*names: str) -> Path:
    """The first of the programs that is in PATH."""
    for name in names:
        if found := shutil.which(name):
            return Path(found)
    return missing(f"the program {' or '.join(names)} is not in PATH")


def require_module(name: str) -> ModuleType:
    """The module, imported; one that is there and broken raises as it would anywhere."""
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        if not error.name or not f"{name}.".startswith(f"{error.name}."):
            raise
    return missing(f"the module {name} is not installed")


def bare_path(folder: Path) -> str:
    """A PATH with what a shell script needs to start, and no other program."""
    folder.mkdir()
    for tool in [require_program(name) for name in ("dirname", "sh")]:
        (folder / tool.name).symlink_to(tool)
    return str(folder)


def missing(what: str) -> NoReturn:
    """Skip the test; fail it under UCOMP_REQUIRE_ALL=1."""
    if os.environ.get("UCOMP_REQUIRE_ALL") == "1":
        pytest.fail(f"{what}, and UCOMP_REQUIRE_ALL=1 asks for all parts", pytrace=False)
    pytest.skip(what, allow_module_level=True)
