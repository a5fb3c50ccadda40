"""Ids that cannot be guessed."""

import os
import secrets
import uuid

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"  # no 0/o, 1/l/i: people read these aloud


def new_ref() -> str:
    """Return a 20-character id of about 99 random bits, for addresses, mail and API."""
    number = int.from_bytes(os.urandom(16))  # 128 bits for 99: no letter is likelier than another by more than 2^-28
    letters = []
    for _place in range(20):
        number, rest = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[rest])
    return "".join(letters)


def names_nothing(ref: str) -> bool:
    """Tell that no row can have this ref, so that nobody asks the database: PostgreSQL takes no text with a NUL in it."""
    return "\0" in ref


def new_receipt_number() -> str:
    """Return a number a person can copy from paper, in groups: `7kq4-m2xz-9ahw` (about 59 random bits)."""
    drawn = "".join(secrets.choice(ALPHABET) for _ in range(12))
    return "-".join(drawn[i : i + 4] for i in range(0, 12, 4))


def new_request_id() -> str:
    """Return the id of one attempt to do something; sending it twice does it once."""
    return uuid.uuid4().hex
