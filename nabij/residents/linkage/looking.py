"""Who it could be, and whether that is certain enough to be told that another team knows this person."""

from collections.abc import Sequence
from dataclasses import dataclass

from nabij.linkage import DUTCH, Person, find_any, start_model, traits
from nabij.linkage.birthdays import Birth
from nabij.linkage.keys import birth_keys
from nabij.residents.models import SearchKey

from .store import Tables, keyed

MOST = 40  # looked at for one question; a page shows fewer


@dataclass(frozen=True)
class Found:
    """A dossier that could be this person: how likely, by which levels, and whether in full: name, and birth date or address."""

    dossier_id: int
    probability: float
    weight: float
    levels: tuple[str, ...]

    @property
    def full(self) -> bool:
        """Tell whether surname, and birth date or whole address, are the same."""
        same = set(self.levels)
        named = bool(same & {"surname:same", "surname:half"})
        placed = "number:same" in same and ("postcode:same" in same or {"street:same", "town:same"} <= same)
        return named and ("birth:same" in same or placed)


def look_up(people: Sequence[Person], *, team_ids: Sequence[int] = (), most: int = MOST) -> list[Found]:
    """Return who this could be, the likeliest first, in three queries whatever comes out; several people are ways to read one.

    No rights are looked at here: the caller decides what may be shown.
    """
    readings = [traits(person, DUTCH) for person in people]
    matches = find_any(readings, Tables(team_ids), start_model(), DUTCH, most=most)
    return [Found(*match) for match in matches]


def born_on(birth: Birth) -> list[int]:
    """Return the dossiers of everybody born on this day."""
    token = keyed()
    keys = [token(key) for key in birth_keys((birth.year, birth.month or 0, birth.day or 0))]
    return list(SearchKey.objects.filter(key__in=keys).values_list("dossier_id", flat=True))
