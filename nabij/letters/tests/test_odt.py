"""A letter as ODT: it opens, and everything is there as what it is."""

from io import BytesIO

import odfdo
import pytest

from nabij.letters import odt
from nabij.letters.tests.factories import MARKUP, make_letter


@pytest.fixture(scope="module")
def document() -> odfdo.Document:
    return odfdo.Document(BytesIO(odt(make_letter())))


def test_headings_are_headings_with_the_style_of_their_level(document):
    found = [
        (h.get_attribute("text:outline-level"), h.get_attribute("text:style-name"), h.text)
        for h in document.body.get_headers()
    ]
    assert found == [
        ("1", "Heading_20_1", "Uw plan"),
        ("2", "Heading_20_2", "Uw vraag"),
        ("2", "Heading_20_2", "Wie doet wat?"),
        ("3", "Heading_20_3", "Deze maand"),
    ]


def test_every_word_is_there_as_it_was_written(document):
    words = "\n".join(p.inner_text for p in document.body.get_paragraphs())
    assert words.count(MARKUP) == 2
    for line in ("Wijkteam", "Mevrouw A", "3 november 2026", "Tweede alinea.", "Belangrijk", "Bellen", "Bezoek"):
        assert line in words


def test_the_language_and_the_title_are_set(document):
    assert (document.language, document.meta.title) == ("nl-NL", "Uw plan")
    assert odfdo.Document(BytesIO(odt(make_letter(language="en")))).language == "en-GB"


def test_lists_tables_and_pictures_are_there(document):
    assert [len(made.get_elements("text:list-item")) for made in document.body.get_lists()] == [2, 2]
    assert len(document.body.get_elements("//table:table-header-rows//table:table-cell")) == 2
    assert [desc.text for desc in document.body.get_elements("//svg:desc")] == [
        "Een cirkel",
        "Een telefoon",
        "Een huis",
    ]
