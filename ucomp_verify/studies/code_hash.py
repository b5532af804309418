"""A hash of the code that a study runs: rows of other code are not mixed with it.

It covers the study's module and all modules of the package that it imports, anywhere in
their text and over any number of steps; comments, docstrings and blank lines do not count. Of a
study of the user's own it also covers modules of the same package or the same folder. What is
imported by a name that is made up while it runs is not seen, and no installed library.
"""

import ast
import io
import tokenize
from functools import cache
from hashlib import sha256
from pathlib import Path
from threading import RLock

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT.name
INSTALLED = {"site-packages", "dist-packages"}
ONE_THREAD = RLock()  # two that parse at once may get a SystemError from Python 3.11 (gh-106905)


@cache
def code_hash(module: str) -> str:
    """64 hexadecimal digits for a module of this package, or for the file of another one.

    Raises ModuleNotFoundError if there is no source.
    """
    total = sha256()
    for name in _covered(module):
        total.update(f"{name}\n".encode())
        total.update(essence(_source(name).read_text(encoding="utf-8")).encode())
    return total.hexdigest()


@cache
def sources(module: str) -> tuple[Path, ...]:
    """The files that the hash covers."""
    return tuple(_source(name) for name in _covered(module))


def forget() -> None:
    """Files are read again when a hash is asked for the next time."""
    for cached in (code_hash, sources, _covered):
        cached.cache_clear()


def essence(source: str) -> str:
    """The source without comments, docstrings, blank lines and spaces at ends of lines.

    >>> essence("'''What.'''\\nx = 1  # why\\n")
    'x = 1'
    >>> essence("def f(): 'what'; return 1")
    'def f(): ; return 1'
    """
    lines = source.split("\n")  # as the parser counts them: a form feed ends no line
    for line, column in _comments(source):
        lines[line - 1] = lines[line - 1][:column]
    for start, first, end, last in _docstrings(source):
        before, after = lines[start - 1].encode()[:first], lines[end - 1].encode()[last:]
        lines[start - 1 : end] = [(before + after).decode(), *[""] * (end - start)]
    return "\n".join(kept for line in lines if (kept := line.rstrip()))


def _docstrings(source: str) -> list[tuple[int, int, int, int]]:
    """Line and byte in it where each begins and ends, the last one first."""
    found: list[tuple[int, int, int, int]] = []
    for node in ast.walk(_tree(source)):
        holds = isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        if holds and node.body and ast.get_docstring(node, clean=False) is not None:
            first = node.body[0]
            end, last = first.end_lineno, first.end_col_offset
            found.append((first.lineno, first.col_offset, end or first.lineno, last or 0))
    return sorted(found, reverse=True)


def _tree(source: str) -> ast.Module:
    with ONE_THREAD:
        return ast.parse(source)


def _comments(source: str) -> list[tuple[int, int]]:
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    return [token.start for token in tokens if token.type == tokenize.COMMENT]


@cache
def _covered(module: str) -> tuple[str, ...]:
    """The modules that are covered and that the module imports, and itself, in order."""
    found, waiting = set[str](), [module]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting.extend(n for n in _imported(name) if _is_covered(n, module))
    return tuple(sorted(found))


def _imported(name: str) -> list[str]:
    path = _source(name)
    package = name if path.name == "__init__.py" else name.rpartition(".")[0]
    found: list[str] = []
    for node in ast.walk(_tree(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.extend(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            parts = package.split(".")
            base = ".".join(parts[: len(parts) - node.level + 1]) if node.level else ""
            whole = ".".join(p for p in (base, node.module or "") if p)
            found.extend([whole, *(f"{whole}.{alias.name}" for alias in node.names)])
    return found


def _is_covered(name: str, study: str) -> bool:
    """Whether the name is a module of this package, or of the study's own package or folder."""
    first, own = name.split(".")[0], study.split(".")[0]
    if first not in (PACKAGE, own) and (own == PACKAGE or not _are_beside(first, own)):
        return False
    return _path(name) is not None


def _are_beside(one: str, other: str) -> bool:
    folders = {place.parent for name in (one, other) for place in _places(name)[:1]}
    both = bool(_places(one)) and bool(_places(other)) and len(folders) == 1
    return both and not INSTALLED.intersection(folders.pop().parts)


def _source(name: str) -> Path:
    path = _path(name)
    if path is None:
        raise ModuleNotFoundError(f"found no source of {name}; expected a module in a .py file")
    return path


def _path(name: str) -> Path | None:
    first, *rest = name.split(".")
    for place in _places(first):
        if not rest and place.suffix == ".py" and place.is_file():
            return place
        whole = place.joinpath(*rest)
        for path in (whole / "__init__.py", whole.with_suffix(".py")):
            if path.is_file():
                return path
    return None


def _places(first: str) -> list[Path]:
    """The folders of a package, or the file of a module, by its first name; nothing is loaded."""
    from importlib.util import find_spec

    if first == PACKAGE:
        return [ROOT]
    try:
        spec = find_spec(first) if first else None
    except ValueError:  # of a module that was made by hand
        return []
    if spec is None:
        return []
    folders = spec.submodule_search_locations
    return [Path(place) for place in (folders or [spec.origin or ""]) if place]
