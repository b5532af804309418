"""Private copies of the kernel with one call left out, to see what would be missed."""

import ast
import importlib.util
import shutil
import sys
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ucomp_verify.kernel

KERNEL = Path(ucomp_verify.kernel.__file__).parent


@dataclass(frozen=True)
class Site:
    """One call of `require` or `expect` in the kernel."""

    module: str
    line: int
    column: int
    reason: str  # the source text of its second argument

    def __str__(self) -> str:
        return f"{self.module}:{self.line}"


def tree_of(module: str) -> ast.Module:
    """The syntax tree of a module of the kernel."""
    return ast.parse((KERNEL / module).read_text(encoding="utf-8"))


def modules() -> tuple[str, ...]:
    """The file names of the kernel's modules."""
    return tuple(sorted(path.name for path in KERNEL.glob("*.py")))


def sites(function: str) -> tuple[Site, ...]:
    """Every call of the function in the kernel."""
    found = [
        Site(module, node.lineno, node.col_offset, ast.unparse(node.args[1]))
        for module in modules()
        for node in ast.walk(tree_of(module))
        if isinstance(node, ast.Call)
        if isinstance(node.func, ast.Name) and node.func.id == function
    ]
    return tuple(sorted(found, key=lambda site: (site.module, site.line)))


class _Without(ast.NodeTransformer):
    """The module with the call at one place replaced by its last argument."""

    def __init__(self, site: Site) -> None:
        self.site, self.removed = site, 0

    def visit_Call(self, node: ast.Call) -> ast.AST:
        if (node.lineno, node.col_offset) != (self.site.line, self.site.column):
            return self.generic_visit(node)
        self.removed += 1
        # `require` answers nothing, `expect` its third argument.
        kept = node.args[2] if len(node.args) > 2 else ast.Constant(None)
        return ast.copy_location(kept, node)


def without(site: Site) -> str:
    """The source of the module without this one call."""
    remover = _Without(site)
    tree = remover.visit(tree_of(site.module))
    assert remover.removed == 1, f"{remover.removed} calls at {site}"
    return ast.unparse(tree)


@contextmanager
def private_kernel(folder: Path, module: str, text: str, name: str) -> Generator[Any]:
    """The kernel as a package of another name, with this text as one of its modules."""
    home = folder / name
    shutil.copytree(KERNEL, home, ignore=shutil.ignore_patterns("__pycache__"))
    (home / module).write_text(text, encoding="utf-8")
    spec = importlib.util.spec_from_file_location(
        name, home / "__init__.py", submodule_search_locations=[str(home)]
    )
    assert spec is not None and spec.loader is not None
    sys.modules[name] = package = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(package)
        yield package
    finally:
        for loaded in [key for key in sys.modules if key == name or key.startswith(f"{name}.")]:
            del sys.modules[loaded]
        shutil.rmtree(home)
