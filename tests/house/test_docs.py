"""What is written about the code is complete, and what it points at is there."""

import re
from pathlib import Path

from django.apps import apps

from tests.house.source import PACKAGE, ROOT

DOCS = ROOT / "docs"
LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)")
# tables of the plumbing, with no word in the street
PLUMBING = {"DoneRequest", "NeighbourhoodPostcode"}


def read(path: Path) -> str:
    """Return the text of a page."""
    return path.read_text(encoding="utf-8")


def glossary_rows() -> list[list[str]]:
    """Return the rows of the glossary: English, Dutch, model, meaning."""
    lines = [line for line in read(DOCS / "glossary.md").splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[1:]]


def our_models() -> set[str]:
    """Return the names of all our tables."""
    return {model.__name__ for model in apps.get_models() if model.__module__.startswith("nabij.")}


def commands() -> set[str]:
    """Return the names of all our commands."""
    return {path.stem for path in PACKAGE.glob("*/management/commands/*.py") if not path.stem.startswith("_")}


def settings_read() -> set[str]:
    """Return every name that the settings read from the environment."""
    found = re.findall(r"""env\.\w+\(\s*["'](\w+)["']""", read(PACKAGE / "config/settings.py"))
    return {f"NABIJ_{name}" for name in found}


def broken_links(page: Path, text: str) -> list[str]:
    """Return the links of a page that lead nowhere."""
    return [target for target in LINK.findall(text) if not (page.parent / target).exists()]


def test_every_row_of_the_glossary_is_whole() -> None:
    assert [row for row in glossary_rows() if len(row) != 4 or not all(row)] == []


def test_every_model_stands_in_the_glossary() -> None:
    assert our_models() - PLUMBING - {row[2] for row in glossary_rows()} == set()


def test_every_model_in_the_glossary_exists() -> None:
    assert {row[2] for row in glossary_rows()} - our_models() - {"—"} == set()


def test_every_command_is_described() -> None:
    assert {name for name in commands() if f"`{name}" not in read(DOCS / "reference/commands.md")} == set()


def test_every_setting_is_described() -> None:
    assert {name for name in settings_read() if f"`{name}`" not in read(DOCS / "reference/settings.md")} == set()


def test_no_link_leads_nowhere() -> None:
    pages = [*ROOT.glob("*.md"), *DOCS.rglob("*.md")]
    assert {str(page.relative_to(ROOT)): bad for page in pages if (bad := broken_links(page, read(page)))} == {}


def test_a_decision_takes_one_page() -> None:
    records = sorted((DOCS / "decisions").glob("[0-9]*.md"))
    assert [page.name for page in records if read(page).count("\n") > 60] == []
    assert [page.name[:4] for page in records] == [f"{number:04}" for number in range(1, len(records) + 1)]


def test_the_rules_can_fail() -> None:
    assert broken_links(DOCS / "README.md", "[attic](attic.md) and [house](explanation/house.md)") == ["attic.md"]
    assert "NABIJ_DATA" in settings_read()
    assert "migrate" in commands()
    assert "Commitment" in our_models()
