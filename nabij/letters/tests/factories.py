"""A letter with one of everything."""

from datetime import date

from nabij.letters import Heading, Items, Letter, Picture, Table, Text, Tile, Tiles

CIRCLE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><circle cx="5" cy="5" r="4"/></svg>'
MARKUP = "#let a = 1 $x$ *dik* _schuin_ [haak] @bron <b> \\ `code` // weg"


def make_letter(**wanted: object) -> Letter:
    blocks = [
        Heading("Uw vraag"),
        Text(f"{MARKUP}\nTweede regel.\n\nTweede alinea."),
        Text("Belangrijk", strong=True),
        Items(["Eerste", "Tweede\nmet nog een regel"]),
        Items(["Een", "Twee"], numbered=True),
        Heading("Wie doet wat?"),
        Heading("Deze maand", 3),
        Table(["Wat", "Wie"], [["Post openen", "Uzelf"], [MARKUP, "Samira"]], (3, 1)),
        Picture(CIRCLE, "Een cirkel", 30),
        Tiles([Tile(Picture(CIRCLE, "Een telefoon", 30), "Bellen"), Tile(Picture(CIRCLE, "Een huis", 30), "Bezoek")]),
    ]
    facts = {
        "title": "Uw plan",
        "language": "nl",
        "blocks": blocks,
        "sender": ["Wijkteam", "0299 123"],
        "date": date(2026, 11, 3),
        "to": ["Mevrouw A", "Straat 1"],
    }
    return Letter(**(facts | wanted))
