"""Modules are named after what is in them; `core` knows no word of the field."""

import ast
import copy
import re
from pathlib import Path

from tests.house.source import PACKAGE, place, python_files, tree

NEVER = {"services", "signals", "policy", "domain", "utils", "util", "helpers", "common", "manager", "managers", "misc"}
DOMAIN = re.compile(
    r"\b(residents?|dossiers?|wijkteams?|volunteers?|commitments?|casework|neighbourhoods?|referrals?|municipalit(y|ies)"
    r"|grants?|watch(es)?|handovers?|reporters?|teams?|memberships?)\b",
    re.IGNORECASE,
)


def badly_named(path: Path) -> bool:
    """Tell whether a module has a name that says nothing; the room `signals` is the field's own word."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    never = NEVER - {"signals"} if parts[0] == "signals" else NEVER
    return bool(never & set(parts))


def domain_words(module: ast.Module) -> list[str]:
    """Return the words of the field in the names and strings of a program; docstrings and comments may give examples."""
    code = copy.deepcopy(module)
    for node in ast.walk(code):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node) is not None:
            node.body[0] = ast.Pass()
    return sorted({match.group().lower() for match in DOMAIN.finditer(ast.unparse(code))})


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert [place(p) for p in python_files() if badly_named(p)] == []


def test_core_knows_no_word_of_the_field() -> None:
    found = {place(path): domain_words(tree(path)) for path in python_files(within=PACKAGE / "core")}
    assert {name: words for name, words in found.items() if words} == {}


def test_the_rules_can_fail() -> None:
    assert badly_named(PACKAGE / "casework/utils.py")
    assert badly_named(PACKAGE / "casework/signals.py")
    assert badly_named(PACKAGE / "helpers/text.py")
    assert not badly_named(PACKAGE / "signals/actions.py")
    assert domain_words(ast.parse('"""A grant."""\nteam_board = teams["Resident"]')) == ["resident", "teams"]
