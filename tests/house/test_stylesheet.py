"""The stylesheet: small, and without classes, sizes or colours that nothing uses any more."""

import ast
import re
from functools import cache
from pathlib import Path

from tests.house.source import PACKAGE, python_files, templates, tree

SHEET = PACKAGE / "core/static/core/nabij.css"
SCRIPTS = sorted(PACKAGE.glob("*/static/**/*.js"))
PICTURES = sorted(PACKAGE.glob("*/static/**/*.svg"))
CEILING = 36_000  # bytes, before compression
LIBRARIES = {"htmx-request"}  # set by a library's script
COMMENT = re.compile(r"/\*.*?\*/|\{#.*?#\}", re.DOTALL)
SAID = re.compile(r"\bn?gettext\([^)]*\)|\b_\(\"[^\"]*\"|\b_\('[^']*'")  # what people read
WORD = re.compile(r"[A-Za-z][\w-]*")
BEGINNING = re.compile(r"(?<![\w-])([a-z][\w-]*-)(?:\{\{|\{|\"\s*~|\$\{)")  # of a class whose end is filled in: map-line-{{ strength }}


def classes(css: str) -> set[str]:
    """Return the classes that a stylesheet has rules for."""
    selectors = re.findall(r"([^{};]+)\{", COMMENT.sub("", css))
    return {name for selector in selectors for name in re.findall(r"\.([A-Za-z][\w-]*)", selector)}


def unused_names(css: str, pictures: str = "") -> set[str]:
    """Return the custom properties of our own that are given a value and never read, and animations that never run."""
    css = COMMENT.sub("", css)
    given = set(re.findall(r"(?<![\w-])(--[\w-]+)\s*:", css)) - set(re.findall(r"var\((--[\w-]+)", css + pictures))
    moving = {name for name in re.findall(r"@keyframes ([\w-]+)", css) if not re.search(rf"animation[^;]*\b{name}\b", css)}
    return given | moving


def words_in(text: str) -> set[str]:
    """Return the words of a template or script in which a class may stand: not what people read, and no comment."""
    return set(WORD.findall(SAID.sub("", COMMENT.sub("", text))))


def words_of_python(path: Path) -> set[str]:
    """Return the words in the texts of a program, docstrings apart."""
    module = tree(path)
    told = {id(node.body[0].value) for node in ast.walk(module) if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node)}
    texts = [node.value for node in ast.walk(module) if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told]
    return {word for text in texts for word in WORD.findall(text)}


@cache
def used() -> tuple[set[str], set[str]]:
    """Return all words that may be a class, and the beginnings of those whose end is filled in."""
    pages = [path.read_text(encoding="utf-8") for path in [*templates(), *SCRIPTS]]
    programs = [path.read_text(encoding="utf-8") for path in python_files()]
    words = set().union(*map(words_in, pages), *map(words_of_python, python_files()))
    return words, {begin for text in [*pages, *programs] for begin in BEGINNING.findall(text)}


def is_used(name: str, words: set[str], beginnings: set[str]) -> bool:
    """Tell whether a class stands somewhere, whole or as a beginning with its end filled in."""
    if name in words | LIBRARIES:
        return True
    ends = [name.removeprefix(begin) for begin in beginnings if name.startswith(begin)]
    return any(end in words or end.isdigit() for end in ends)


def test_the_stylesheet_stays_small() -> None:
    assert SHEET.stat().st_size <= CEILING


def test_no_class_is_unused() -> None:
    assert sorted(name for name in classes(SHEET.read_text(encoding="utf-8")) if not is_used(name, *used())) == []


def test_no_value_or_animation_is_unused() -> None:
    pictures = "".join(path.read_text(encoding="utf-8") for path in PICTURES)
    assert unused_names(SHEET.read_text(encoding="utf-8"), pictures) == set()


def test_what_is_unused_is_found() -> None:
    css = "/* .gone */ .card, .card > .lost:hover { --kept: 1; --idle: 2; width: var(--kept); } @media print { .t-nowhere { color: #fff.5 } } @keyframes spin { to { } }"
    assert classes(css) == {"card", "lost", "t-nowhere"}
    assert unused_names(css) == {"--idle", "spin"}
    words, beginnings = {"card", "danger"}, {"t-", "map-line-"}
    assert [is_used(name, words, beginnings) for name in ("card", "t-danger", "map-line-3")] == [True, True, True]
    assert [is_used(name, words, beginnings) for name in ("lost", "t-nowhere", "map-line", "map-line-far")] == [False] * 4
    assert words_in('<p class="meta {{ tone }}">{{ _("lost here") }}{# gone #}</p>') == {"p", "class", "meta", "tone"}
