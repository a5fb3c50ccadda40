"""Dutch names as people type them."""

import re

from nabij.linkage.dutch import PREFIXES


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
