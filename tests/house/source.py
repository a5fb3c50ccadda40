"""Reading the source as the house tests see it."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "nabij"
SKIP = {"migrations", "tests", "__pycache__"}


def rooms() -> list[Path]:
    """Return the folders of all rooms."""
    return sorted(folder for folder in PACKAGE.iterdir() if (folder / "__init__.py").exists())


def python_files(*names: str, within: Path = PACKAGE) -> list[Path]:
    """Return the source files, migrations and tests apart; with names, only `name.py` and what stands in a package `name/`."""
    files = [path for path in sorted(within.rglob("*.py")) if not SKIP & set(path.relative_to(within).parts)]
    return [path for path in files if not names or path.stem in names or path.parent.name in names]


def templates() -> list[Path]:
    """Return every page template and fragment."""
    return sorted(PACKAGE.glob("*/templates/**/*.html"))


@cache
def tree(path: Path) -> ast.Module:
    """Return the syntax tree of a file."""
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(module: ast.Module) -> Iterator[ast.FunctionDef]:
    """Yield every function and method."""
    for node in ast.walk(module):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def public_functions(module: ast.Module) -> list[ast.FunctionDef]:
    """Return the functions that other modules may call."""
    return [node for node in module.body if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")]


def length(node: ast.AST) -> int:
    """Return how many lines a function takes, decorators and docstring not counted."""
    body = node.body[1:] if ast.get_docstring(node) is not None and len(node.body) > 1 else node.body
    return node.end_lineno - body[0].lineno + 2


def place(path: Path) -> str:
    """Return a path as people write it."""
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else path.name
