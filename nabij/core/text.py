"""Small work on text that every room shares."""

import re
import unicodedata

LIGATURES = str.maketrans({"ĳ": "ij", "Ĳ": "IJ", "ß": "ss", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "æ": "ae"})


def plain(text: str) -> str:
    """Return text in lower case without accents, ligatures and punctuation, words one space apart."""
    bare = unicodedata.normalize("NFKD", text.translate(LIGATURES).casefold())
    bare = "".join(c for c in bare if not unicodedata.combining(c))
    return " ".join(re.findall(r"[a-z0-9]+", bare))


def one_line(text: str, limit: int) -> str:
    """Return text on one line of at most `limit` characters, cut at a word with an ellipsis."""
    line = " ".join(text.split())
    if len(line) <= limit:
        return line
    return line[: limit - 1].rsplit(" ", 1)[0].rstrip(" ,.;:") + "…"


def harmless(cell: object) -> str:
    """Return a cell that a spreadsheet does not take for a formula."""
    text = str(cell)
    return f"'{text}" if text.lstrip()[:1] in {"=", "+", "-", "@"} or text[:1] in {"\t", "\r"} else text


def unquoted(cell: str) -> str:
    """Return a cell as it was before `harmless`; whatever else begins with an apostrophe ('t Hart) stays as it is."""
    return cell[1:] if cell[:1] == "'" and harmless(cell[1:]) == cell else cell
