"""The personal code: drawn, written in groups, and read however it is typed."""

from secrets import choice

# 31 signs, none that looks like another: 16 of them are 79 random bits, typed from paper
SIGNS, GROUPS, LENGTH = "23456789ABCDEFGHJKMNPQRSTUVWXYZ", 4, 4


def fresh_code() -> str:
    """Return a new code as people read it: four groups of four."""
    return "-".join("".join(choice(SIGNS) for _sign in range(LENGTH)) for _group in range(GROUPS))


def plain_code(typed: str) -> str:
    """Return a code as it is kept, whatever spaces, dashes and small letters somebody typed."""
    return "".join(sign for sign in typed.upper() if sign in SIGNS)
