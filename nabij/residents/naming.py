"""Dutch names as people type them."""

import re

# Prefixes as the register of persons knows them (BRP table 36), the ones met in the street; lower case, longest first when read.
PREFIXES = (
    "van der", "van den", "van de", "van het", "van 't", "van t", "in 't", "in het", "in de", "in den", "op den", "op de", "op 't",
    "uit de", "uit den", "uit het", "uit 't", "voor de", "aan de", "aan den", "aan het", "bij de", "onder de", "over de", "de la",
    "von der", "von dem", "van", "von", "vom", "de", "den", "der", "het", "'t", "ter", "ten", "te", "tot", "op", "aan", "uit",
    "da", "das", "dos", "do", "di", "del", "della", "du", "des", "la", "le", "les", "el", "al", "ait", "ben", "bin", "ibn", "abu", "st", "st.",
)  # fmt: skip
SMALL_WORDS = {word for prefix in PREFIXES for word in re.findall(r"[a-z]+", prefix)}


def split_surname(typed: str) -> tuple[str, str]:
    """Return prefix and surname of `van der Berg`; a surname alone has no prefix."""
    words = typed.replace("’", "'").split()
    for length in (2, 1):
        head = " ".join(words[:length])
        if len(words) > length and head.casefold() in PREFIXES:
            return head, " ".join(words[length:])
    return "", " ".join(words)


def tidy_initials(typed: str) -> str:
    """Return initials as they are written: `jm` and `J M` become `J.M.`; two letters that are one sound stay together (`Th.`)."""
    parts = re.findall(r"[^\W\d_]+", typed)
    if len(parts) == 1 and (parts[0].isupper() or parts[0].islower()) and "." not in typed:
        parts = list(parts[0])
    return "".join(f"{part[0].upper()}{part[1:].lower()}." for part in parts)
