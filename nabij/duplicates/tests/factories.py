"""Two dossiers about one person, as people make them."""

from nabij.access.models import Membership, Team
from nabij.access.tests.factories import actor_for
from nabij.duplicates import actions
from nabij.duplicates.models import Merge, Pair
from nabij.residents.models import Resident
from nabij.residents.tests.factories import make_resident

HOME = {"street": "Gorslaan", "number": "12", "postcode": "1441 AB", "place": "Waterdam"}
OTHER_HOME = {"street": "Weerwal", "number": "3", "postcode": "1441 CD", "place": "Waterdam"}


def make_twice(team: Team, other_team: Team | None = None) -> tuple[Resident, Resident]:
    """Return one person written down twice: another spelling, another address."""
    born = {"birth_year": 1951, "birth_month": 7, "birth_day": 4}
    one = make_resident(team, "Vermeulen", call_name="Ria", address=HOME, phone="0612345678", **born)
    two = make_resident(other_team or team, "Vermeulen", call_name="Rita", address=OTHER_HOME, phone="0612345678", language="Fries", **born)
    return one, two


def lay(one: Resident, two: Resident, by: Membership) -> Pair:
    """Return the pair of two residents."""
    actor = actor_for(by)
    return actions.look_at(actor=actor, at=actor.at, dossier=one.dossier, other=two.dossier)


def join(one: Resident, two: Resident, by: Membership, **more: object) -> Merge:
    """Merge two residents into the first, the way a colleague does."""
    actor = actor_for(by)
    return actions.merge(actor=actor, at=actor.at, pair=lay(one, two, by), keep=one.dossier, reason="Zelf gevraagd", **more)


def part(merge: Merge, by: Membership) -> Merge:
    """Undo a merge, the way a colleague does."""
    actor = actor_for(by)
    merge.refresh_from_db()
    return actions.unmerge(actor=actor, at=actor.at, merge=merge)
