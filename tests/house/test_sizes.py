"""Nothing grows beyond what one can read in one go. Numbers: docs/explanation/house.md."""

import ast
import tokenize
from pathlib import Path

from tests.house.source import PACKAGE, ROOT, functions, length, place, python_files, rooms, templates, tree

FILE, TEMPLATE, ROOM, CORE, SETTINGS = 400, 150, 1800, 1500, 250
# what a line can hold without holding code
SHAPE = {getattr(tokenize, name) for name in ["COMMENT", "NL", "NEWLINE", "INDENT", "DEDENT", "ENCODING", "ENDMARKER"]}
FUNCTION, VIEW, COMMAND, TEST = 50, 20, 15, 40


def lines(path: Path) -> int:
    """Return the number of lines of a file."""
    return path.read_text(encoding="utf-8").count("\n")


def code_lines(path: Path) -> int:
    """Return the number of lines with code: blank lines, comments and docstrings are not counted."""
    words = {
        line
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node) is not None
        for line in range(node.body[0].lineno, node.body[0].end_lineno + 1)
    }
    with path.open("rb") as source:
        tokens = [token for token in tokenize.tokenize(source.readline) if token.type not in SHAPE]
    return len({line for token in tokens for line in range(token.start[0], token.end[0] + 1)} - words)


def too_long(module: ast.Module, limit: int) -> list[str]:
    """Return the functions that take more lines than the limit."""
    return [f"{f.name} takes {length(f)} lines, at most {limit}" for f in functions(module) if length(f) > limit]


def limit_for(path: Path) -> int:
    """Return how long a function in this file may be."""
    if "tests" in path.parts and path.stem.startswith("test_"):
        return TEST
    if path.stem == "views" or path.parent.name == "views":
        return VIEW
    return COMMAND if path.parent.name == "commands" else FUNCTION


def all_python() -> list[Path]:
    """Return every Python file of the project, tests and tools included, migrations apart."""
    found = [path for folder in ("nabij", "tests", "tools", "benchmarks") for path in (ROOT / folder).rglob("*.py")]
    return sorted([*found, ROOT / "start.py", ROOT / "conftest.py"], key=str)


def in_scope() -> list[Path]:
    """Return the files whose size is ours to decide."""
    return [path for path in all_python() if "migrations" not in path.parts]


def test_no_file_is_too_long() -> None:
    assert [f"{place(p)}: {lines(p)}" for p in in_scope() if lines(p) > FILE] == []
    assert lines(PACKAGE / "config/settings.py") <= SETTINGS


def test_no_function_is_too_long() -> None:
    assert [f"{place(p)}: {why}" for p in in_scope() for why in too_long(tree(p), limit_for(p))] == []


def test_no_template_is_too_long() -> None:
    assert [f"{place(p)}: {lines(p)}" for p in templates() if lines(p) > TEMPLATE] == []


def test_no_room_is_too_large() -> None:
    sizes = {room.name: sum(map(code_lines, python_files(within=room))) for room in rooms()}
    assert {name: size for name, size in sizes.items() if size > (CORE if name == "core" else ROOM)} == {}


def test_the_rules_can_fail(tmp_path) -> None:
    small = tmp_path / "small.py"
    small.write_text(
        '"""Words.\n\nMore words."""\n\nx = (\n    1,\n)  # why\n\n# why not\n\ndef f():\n    """Words."""\n    return x\n'
    )
    assert code_lines(small) == 5
    long = ast.parse("def f():\n" + "    x = 1\n" * 20)
    assert too_long(long, 20) == ["f takes 21 lines, at most 20"]
    assert too_long(long, 21) == []
    assert limit_for(Path("nabij/desk/views.py")) == limit_for(Path("nabij/access/views/teams.py")) == VIEW
    assert limit_for(Path("nabij/desk/tests/test_my_day.py")) == TEST
    assert limit_for(Path("nabij/upkeep/management/commands/sweep.py")) == COMMAND
