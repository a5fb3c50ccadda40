"""Letters and copies on paper: a plain structure of headings, paragraphs, lists and tables, as PDF/UA and as ODT.

Owns how a letter looks and that it can be read aloud. It knows nothing of what is in it: upper rooms give the words. Words are data and
never markup, so a `#` or a `*` that a resident wrote comes out as it was written.
"""

from .blocks import Block, Heading, Items, Letter, Picture, Table, Text, Tile, Tiles

__all__ = ["Block", "Heading", "Items", "Letter", "Picture", "Table", "Text", "Tile", "Tiles", "odt", "pdf"]


def pdf(letter: Letter) -> bytes:
    """Return a letter as PDF/UA. The typesetter takes eight megabytes: it is loaded by the process that makes a letter."""
    from . import portable

    return portable.pdf(letter)


def odt(letter: Letter) -> bytes:
    """Return a letter as an OpenDocument text; its library is loaded when one is made, like the typesetter."""
    from . import opendocument

    return opendocument.odt(letter)
