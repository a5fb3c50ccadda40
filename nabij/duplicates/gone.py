"""By what somebody who was erased is recognised, without keeping who it was."""

from collections.abc import Sequence

from nabij.core import crypto
from nabij.core.text import plain
from nabij.linkage import traits
from nabij.linkage.persons import Person, digits_of

Numbers = Sequence[Sequence[str]]


def marks_of(person: Person, *, controller_id: int, numbers: Numbers = (), fingerprint: str = "") -> list[str]:
    """Return the marks of one person within one organisation: HMAC-SHA256, so that nobody reads or guesses a name without the key.

    Surname with birth date; surname, first letter and house; the number of another system; the citizen service number's fingerprint.
    """
    of = traits(person)
    name, first = "".join(sorted(of.surnames)), (of.givens[0] if of.givens else of.initials)[:1]
    texts = [f"number|{plain(system)}|{plain(number)}" for system, number in numbers if number]
    if name and all(of.birth):
        texts.append("birth|{}|{}-{}-{}".format(name, *of.birth))
    for home in of.homes:
        if name and home.postcode and digits_of(home.number):
            texts.append(f"house|{name}|{first}|{home.postcode}|{digits_of(home.number)}")
    if fingerprint:
        texts.append(f"bsn|{fingerprint}")
    return sorted({crypto.sign(text.encode(), purpose=f"erased:{controller_id}") for text in texts})
