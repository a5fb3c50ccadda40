"""A letter as PDF/UA: what a screen reader finds in it."""

import pikepdf
import pytest

from nabij.letters import Picture, Table, Text, pdf
from nabij.letters.tests import tags
from nabij.letters.tests.factories import CIRCLE, MARKUP, make_letter
from nabij.letters.tests.reading import words


@pytest.fixture(scope="module")
def made() -> bytes:
    return pdf(make_letter())


def test_a_letter_says_that_it_is_pdf_ua_and_tagged(made):
    pdf_file = tags.opened(made)
    assert pdf_file.Root.MarkInfo.Marked is True
    assert pdf_file.Root.ViewerPreferences.DisplayDocTitle is True
    with pdf_file.open_metadata() as told:
        assert (told["pdfuaid:part"], told["dc:title"]) == ("1", "Uw plan")


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_letter_says_in_which_language_it_is(language):
    assert str(tags.opened(pdf(make_letter(language=language))).Root.Lang).startswith(language)


def test_the_title_and_the_headings_are_headings_in_their_order(made):
    tree = tags.tree(made)
    assert [len(tree.every(name)) for name in ("H1", "H2", "H3", "H4")] == [1, 2, 1, 0]


def test_lists_and_tables_are_lists_and_tables(made):
    tree = tags.tree(made)
    assert len(tree.every("L")) == 2
    assert len(tree.every("LI")) == 4
    assert len(tree.every("Table")) == 1
    assert [head.attribute("/Scope") for head in tree.every("TH")] == ["/Column", "/Column"]
    assert len(tree.every("TD")) == 4


def test_every_picture_says_what_it_shows(made):
    figures = tags.tree(made).every("Figure")
    assert [str(figure.element["/Alt"]) for figure in figures] == ["Een cirkel", "Een telefoon", "Een huis"]


def test_nothing_is_shown_outside_a_tag(made):
    assert tags.outside_tags(made) == []


def test_fonts_are_in_the_file_and_can_be_read_back(made):
    found = tags.fonts(made)
    assert found
    for font in found:
        descriptor = font["/DescendantFonts"][0]["/FontDescriptor"]
        assert "/ToUnicode" in font
        assert any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3"))


def test_what_a_resident_wrote_comes_out_as_it_was_written(made):
    assert words(made).count(MARKUP.replace(" ", "")) == 2


def test_signs_that_no_font_has_are_written_as_their_name():
    made = pdf(make_letter(blocks=[Text("Blij \U0001f9d1\u200d\U0001f9b2 en 👩")]))
    assert "Blij[adult]" in words(made)


def test_signs_of_other_scripts_do_not_stop_a_letter():
    assert isinstance(tags.opened(pdf(make_letter(blocks=[Text("مرحبا Łódź Ελλάδα Україна 漢字")]))), pikepdf.Pdf)


def test_an_empty_letter_is_still_a_letter():
    assert tags.tree(pdf(make_letter(blocks=[], sender=(), to=(), date=None))).every("H1")


def test_a_long_letter_has_numbered_pages_and_repeats_the_head_of_its_table():
    made = pdf(make_letter(blocks=[Table(["Wat"], [[f"Regel {n}"] for n in range(80)])]))
    assert len(tags.opened(made).pages) >= 3
    assert tags.outside_tags(made) == []
    assert len(tags.tree(made).every("TD")) == 80


def test_a_picture_without_words_and_a_row_too_short_are_refused():
    with pytest.raises(ValueError, match="in words"):
        Picture(CIRCLE, " ")
    with pytest.raises(ValueError, match="a cell for each column"):
        Table(["a", "b"], [["c"]])
