"""What is written about the code is complete, and what it points at is there."""

import re
from pathlib import Path

from babel.messages.pofile import read_po
from django.apps import apps
from django.utils.translation import gettext, ngettext, override

from nabij.access.models import Role
from nabij.access.web.addresses import rules_of
from nabij.access.web.context import MENU
from nabij.config.api import api
from tests.house.source import PACKAGE, ROOT

DOCS = ROOT / "docs"
LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)")
# which function a guide is for; what its main menu shows must stand in it
GUIDES = {
    Role.COUNTER: "as-a-counter-worker",
    Role.GGD: "as-a-mental-health-outreach-worker",
    Role.WORKER: "as-a-team-worker",
    Role.VOLUNTEER: "as-a-team-volunteer",
    Role.LEAD: "as-a-team-lead",
    Role.PRIVACY_OFFICER: "as-a-privacy-officer",
    Role.ADMINISTRATOR: "as-an-administrator",
}
BOLD = re.compile(r"\*\*([^*]+)\*\*")
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


def words_of_the_interface() -> tuple[set[str], set[str]]:
    """Return everything the pages say, in Dutch and in English: where rooms word one text differently, what the reader gets to see."""
    dutch, english = set(), set()
    with override("nl"):
        for catalogue in PACKAGE.glob("*/locale/nl/LC_MESSAGES/django.po"):
            with catalogue.open("rb") as file:
                for message in filter(lambda message: message.id, read_po(file, locale="nl")):
                    forms = message.id if isinstance(message.id, tuple) else (message.id,)
                    english |= set(forms)
                    dutch |= {gettext(forms[0])} if len(forms) == 1 else {ngettext(*forms, 1), ngettext(*forms, 2)}
    return dutch, english


def bold_names(page: Path) -> tuple[set[str], set[str]]:
    """Return the bold names in the Dutch half of a guide and in its English half, which begins at the second heading of the first level."""
    halves = re.split(r"^# .*$", read(page), flags=re.MULTILINE)[1:]
    return tuple(set(BOLD.findall(half)) for half in halves)


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


def test_every_guide_is_in_the_index() -> None:
    index = read(DOCS / "README.md")
    guides = [
        page for folder in ("how-to", "tutorial", "explanation", "reference") for page in (DOCS / folder).glob("*.md")
    ]
    assert [page.name for page in guides if f"]({page.parent.name}/{page.name})" not in index] == []


def test_every_decision_is_in_its_index() -> None:
    index = read(DOCS / "decisions/README.md")
    assert [page.name for page in (DOCS / "decisions").glob("[0-9]*.md") if f"]({page.name})" not in index] == []


def test_every_button_that_a_guide_names_exists_in_both_languages() -> None:
    dutch, english = words_of_the_interface()
    guides = {page.name: bold_names(page) for page in sorted((DOCS / "how-to").glob("as-*.md"))}
    assert {name: missing for name, (said, _) in guides.items() if (missing := said - dutch)} == {}
    assert {name: missing for name, (_, said) in guides.items() if (missing := said - english)} == {}


def test_a_guide_names_everything_in_the_menu_of_its_function() -> None:
    with override("nl"):
        menus = {role: {str(label) for name, label, _ in MENU[1:] if role in rules_of(name)} for role in GUIDES}
    told = {role: bold_names(DOCS / "how-to" / f"{name}.md")[0] for role, name in GUIDES.items()}
    assert {GUIDES[role]: missing for role, menu in menus.items() if (missing := menu - told[role])} == {}


def test_every_guide_of_a_function_is_short() -> None:
    lines = {page.name: read(page).count("\n") for page in (DOCS / "how-to").glob("as-*.md")}
    assert {name: count for name, count in lines.items() if not 30 <= count <= 90} == {}


def test_every_address_of_the_api_is_described() -> None:
    page = read(DOCS / "reference/api.md")
    paths = api.get_openapi_schema(path_prefix="/api/v1/")["paths"]
    said = {f"### {method.upper()} {path}" for path, methods in paths.items() for method in methods}
    assert said
    assert {one for one in said if one not in page} == set()


def test_a_decision_takes_one_page() -> None:
    records = sorted((DOCS / "decisions").glob("[0-9]*.md"))
    assert [page.name for page in records if read(page).count("\n") > 60] == []
    assert [page.name[:4] for page in records] == [f"{number:04}" for number in range(1, len(records) + 1)]


def test_the_rules_can_fail() -> None:
    assert broken_links(DOCS / "README.md", "[attic](attic.md) and [house](explanation/house.md)") == ["attic.md"]
    assert "NABIJ_DATA" in settings_read()
    assert "migrate" in commands()
    assert "Commitment" in our_models()
    dutch, english = words_of_the_interface()
    assert ("Ik pak dit op" in dutch, "Deze knop bestaat niet" in dutch) == (True, False)
    assert ("I take this" in english, "Ik pak dit op" in english) == (True, False)
