"""Receipt numbers: read aloud, typed into a form, never stored as they are."""

from nabij.core.crypto import sign
from nabij.core.ids import ALPHABET, new_receipt_number

GROUPS = (0, 4, 8)


def number_for(*, request_id: str, origin: str) -> str:
    """Return the number of one attempt: the same form sent twice shows the same number. Without a request id: a fresh one."""
    if not request_id:
        return new_receipt_number()
    drawn = int(sign(f"{request_id} {origin}".encode(), purpose="receipt-number"), 16)
    letters = "".join(ALPHABET[drawn // len(ALPHABET) ** place % len(ALPHABET)] for place in range(12))
    return "-".join(letters[start : start + 4] for start in GROUPS)


def mark_of(number: str) -> str:
    """Return the keyed fingerprint under which a number is kept; capitals, spaces and dashes do not matter."""
    bare = "".join(c for c in number.lower() if c.isalnum())
    return sign(bare.encode(), purpose="receipt")
