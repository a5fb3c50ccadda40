"""One English text is one Dutch text in all rooms: Django joins the catalogues, and of two the first room's word would be shown everywhere."""

from collections import defaultdict
from pathlib import Path

from babel.messages.pofile import read_po

from tests.house.source import PACKAGE


def collisions(catalogues: list[Path]) -> dict[str, dict[str, list[str]]]:
    """Return every text (with its context) that rooms translate differently: text, translation, rooms."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for path in catalogues:
        with path.open("rb") as file:
            for message in filter(lambda message: message.id, read_po(file, locale="nl")):
                found[f"{message.context or ''}|{message.id}"][str(message.string)].append(path.parents[3].name)
    return {text: dict(ways) for text, ways in found.items() if len(ways) > 1}


def test_no_text_has_two_translations() -> None:
    found = collisions(sorted(PACKAGE.glob("*/locale/nl/LC_MESSAGES/django.po")))
    assert found == {}, "one translation for all, or a context: pgettext(\"goal\", \"Ended\")"


def planted(folder: Path, room: str, *rows: tuple[str, str, str]) -> Path:
    """Write a small catalogue of a room."""
    path = folder / room / "locale/nl/LC_MESSAGES/django.po"
    path.parent.mkdir(parents=True)
    lines = [f'{f"msgctxt {chr(34)}{context}{chr(34)}{chr(10)}" if context else ""}msgid "{text}"\nmsgstr "{dutch}"\n' for context, text, dutch in rows]
    path.write_text('msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n' + "\n".join(lines), encoding="utf-8")
    return path


def test_the_rules_can_fail(tmp_path) -> None:
    attic = planted(tmp_path, "attic", ("", "Ended", "Gestopt"), ("", "Role", "Functie"))
    cellar = planted(tmp_path, "cellar", ("goal", "Ended", "Afronden"), ("", "Role", "Rol"))
    assert collisions([attic, cellar]) == {"|Role": {"Functie": ["attic"], "Rol": ["cellar"]}}
