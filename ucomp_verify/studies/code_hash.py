"""A hash of the code that a study runs: rows of other code are not mixed with it.

It covers the study's module and all modules of the package that it imports, anywhere in
their text and over any number of steps; comments, docstrings and blank lines do not count.
"""

import ast
import io
import tokenize
from functools import cache
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT.name


@cache
def code_hash(module: str) -> str:
    """64 hexadecimal digits for a module of this package, or for the file of another one.

    Raises ModuleNotFoundError if there is no source.
    """
    total = sha256()
    for name in sorted(_closure(module)):
        total.update(f"{name}\n".encode())
        total.update(essence(_source(name).read_text(encoding="utf-8")).encode())
    return total.hexdigest()


def essence(source: str) -> str:
    """The source without comments, docstrings, blank lines and spaces at ends of lines.

    >>> essence("'''What.'''\\nx = 1  # why\\n")
    'x = 1'
    """
    lines = source.splitlines()
    for start, end in _docstrings(source):
        for number in range(start, end + 1):
            lines[number - 1] = ""
    for line, column in _comments(source):
        lines[line - 1] = lines[line - 1][:column]
    return "\n".join(kept for line in lines if (kept := line.rstrip()))


def _docstrings(source: str) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for node in ast.walk(ast.parse(source)):
        holds = isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        if holds and node.body and ast.get_docstring(node, clean=False) is not None:
            first = node.body[0]
            found.append((first.lineno, first.end_lineno or first.lineno))
    return found


def _comments(source: str) -> list[tuple[int, int]]:
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    return [token.start for token in tokens if token.type == tokenize.COMMENT]


def _closure(module: str) -> set[str]:
    """The modules of the package that the module imports, and itself."""
    found, waiting = set[str](), [module]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting.extend(_imported(name))
    return found


def _imported(name: str) -> list[str]:
    path = _source(name)
    package = name if path.name == "__init__.py" else name.rpartition(".")[0]
    found: list[str] = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.extend(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            parts = package.split(".")
            base = ".".join(parts[: len(parts) - node.level + 1]) if node.level else ""
            whole = ".".join(p for p in (base, node.module or "") if p)
            found.extend([whole, *(f"{whole}.{alias.name}" for alias in node.names)])
    return [n for n in found if n.split(".")[0] == PACKAGE and _path(n) is not None]


def _source(name: str) -> Path:
    path = _path(name)
    if path is None:
        raise ModuleNotFoundError(f"found no source of {name}; expected a module in a .py file")
    return path


def _path(name: str) -> Path | None:
    first, *rest = name.split(".")
    if first != PACKAGE:
        return _elsewhere(name)
    place = ROOT.joinpath(*rest)
    for path in (place / "__init__.py", place.with_suffix(".py")):
        if path.is_file():
            return path
    return None


def _elsewhere(name: str) -> Path | None:
    from importlib.util import find_spec

    spec = find_spec(name)
    path = Path(spec.origin) if spec and spec.origin else None
    return path if path and path.suffix == ".py" and path.is_file() else None
