"""Letters and copies on paper: a plain structure of headings, paragraphs, lists and tables, as PDF/UA and as ODT.

Owns how a letter looks and that it can be read aloud. It knows nothing of what is in it: upper rooms give the words. Words are data and
never markup, so a `#` or a `*` that a resident wrote comes out as it was written.
"""

from .blocks import Block, Heading, Items, Letter, Picture, Table, Text, Tile, Tiles
from .opendocument import odt
from .portable import pdf

__all__ = ["Block", "Heading", "Items", "Letter", "Picture", "Table", "Text", "Tile", "Tiles", "odt", "pdf"]
