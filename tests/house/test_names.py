"""Modules are named after what is in them; `core` knows no word of the field."""

import re
from pathlib import Path

from tests.house.source import PACKAGE, place, python_files

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


def domain_words(text: str) -> list[str]:
    """Return the words of the field in a text."""
    return sorted({match.group().lower() for match in DOMAIN.finditer(text)})


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert [place(p) for p in python_files() if badly_named(p)] == []


def test_core_knows_no_word_of_the_field() -> None:
    # its own docstring names the words it must not know
    files = [path for path in python_files(within=PACKAGE / "core") if path != PACKAGE / "core/__init__.py"]
    found = {place(path): domain_words(path.read_text(encoding="utf-8")) for path in files}
    assert {name: words for name, words in found.items() if words} == {}


def test_the_rules_can_fail() -> None:
    assert badly_named(PACKAGE / "casework/utils.py")
    assert badly_named(PACKAGE / "casework/signals.py")
    assert badly_named(PACKAGE / "helpers/text.py")
    assert not badly_named(PACKAGE / "signals/actions.py")
    assert domain_words("The Resident of a team_board and teams") == ["resident", "teams"]
