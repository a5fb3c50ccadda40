"""Why somebody could be the same person, in words; and how sure, in one word."""

from collections.abc import Collection, Iterable

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy

CERTAIN, LIKELY, MAYBE = 0.985, 0.6, 0.05
# what says more than a name: a birth date, an address, a telephone number, an e-mail address or a number
BESIDE_NAME = {
    "birth:same", "birth:swapped", "birth:year", "birth:day", "birth:month", "birth:digit", "birth:part", "street:same", "street:near",
    "postcode:same", "postcode:near", "phone:same", "email:same", "email:near", "id:same", "id:near",
}  # fmt: skip

# level: the words, and whether it speaks for (True), against (False) or neither
WORDS = {
    "surname:same": (gettext_lazy("same surname"), True),
    "surname:half": (gettext_lazy("same surname in part"), True),
    "surname:sound": (gettext_lazy("surname sounds alike"), True),
    "surname:near1": (gettext_lazy("surname one letter off"), True),
    "surname:near2": (gettext_lazy("surname looks alike"), True),
    "surname:near3": (gettext_lazy("surname looks a little alike"), True),
    "surname:start": (gettext_lazy("surname begins the same"), True),
    "surname:other": (gettext_lazy("other surname"), False),
    "given:same": (gettext_lazy("same first name"), True),
    "given:sound": (gettext_lazy("first name sounds alike"), True),
    "given:near1": (gettext_lazy("first name one letter off"), True),
    "given:near2": (gettext_lazy("first name looks alike"), True),
    "given:near3": (gettext_lazy("first name looks a little alike"), True),
    "given:kin": (gettext_lazy("first name is a form of the other"), True),
    "given:start": (gettext_lazy("first name begins the same"), True),
    "given:initial": (gettext_lazy("same initial"), True),
    "given:initial_other": (gettext_lazy("other initial"), False),
    "given:letter": (gettext_lazy("other first name, same initial"), False),
    "given:other": (gettext_lazy("other first name"), False),
    "crossed:yes": (gettext_lazy("first name and surname turned around"), True),
    "prefix:short": (gettext_lazy("prefix looks alike"), True),
    "prefix:one_none": (gettext_lazy("prefix is missing"), False),
    "prefix:other": (gettext_lazy("other prefix"), False),
    "birth:same": (gettext_lazy("same birth date"), True),
    "birth:swapped": (gettext_lazy("day and month of birth turned around"), True),
    "birth:year": (gettext_lazy("birth date the same but for the year"), True),
    "birth:day": (gettext_lazy("birth date the same but for the day"), True),
    "birth:month": (gettext_lazy("birth date the same but for the month"), True),
    "birth:digit": (gettext_lazy("birth date one figure off"), True),
    "birth:part": (gettext_lazy("birth date the same as far as known"), True),
    "birth:same_year": (gettext_lazy("same birth year only"), False),
    "birth:other": (gettext_lazy("other birth date"), False),
    "town:near": (gettext_lazy("town looks alike"), True),
    "town:same": (gettext_lazy("same town"), True),
    "town:other": (gettext_lazy("other town"), False),
    "street:same": (gettext_lazy("same street"), True),
    "street:near": (gettext_lazy("street looks alike"), True),
    "street:other": (gettext_lazy("other street"), False),
    "postcode:same": (gettext_lazy("same postcode"), True),
    "postcode:near": (gettext_lazy("postcode one sign off"), True),
    "postcode:area": (gettext_lazy("same figures of the postcode"), True),
    "postcode:other": (gettext_lazy("other postcode"), False),
    "number:same": (gettext_lazy("same house number"), True),
    "number:addition": (gettext_lazy("house number with another addition"), True),
    "number:other": (gettext_lazy("other house number"), False),
    "phone:same": (gettext_lazy("same telephone number"), True),
    "phone:other": (gettext_lazy("other telephone number"), False),
    "email:same": (gettext_lazy("same e-mail address"), True),
    "email:near": (gettext_lazy("e-mail address one letter off"), True),
    "email:other": (gettext_lazy("other e-mail address"), False),
    "sex:other": (gettext_lazy("other sex"), False),
    "region:other": (gettext_lazy("other region"), False),
    "description:same": (gettext_lazy("words of the description"), True),
    "id:same": (gettext_lazy("same number"), True),
    "id:near": (gettext_lazy("number one figure off"), True),
    "id:other": (gettext_lazy("other number"), False),
}


def reasons_in_words(levels: Iterable[str], *, against: bool = True) -> list[str]:
    """Return the reasons in the reader's language: what speaks for it first, then what speaks against it."""
    known = [WORDS[level] for level in levels if level in WORDS]
    told = [str(words) for words, speaks_for in known if speaks_for]
    return told + [str(words) for words, speaks_for in known if not speaks_for and against]


class Sure(TextChoices):
    """How sure, in one word."""

    CERTAIN = "certain", gettext_lazy("certain")
    LIKELY = "likely", gettext_lazy("likely")
    MAYBE = "maybe", gettext_lazy("maybe")


def how_sure(probability: float, levels: Collection[str]) -> Sure:
    """Return how sure this is, by probability and by what kind of evidence.

    A name alone is never certain, however rare it is in the file: who asks may mean a namesake who is not in it, and in a small file that
    is likelier than its counts can tell.
    """
    if probability >= CERTAIN and not BESIDE_NAME.isdisjoint(levels):
        return Sure.CERTAIN
    return Sure.LIKELY if probability >= LIKELY else Sure.MAYBE
