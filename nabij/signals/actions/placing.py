"""Which team a signal goes to, and who answers for it first."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from nabij.access.actor import Actor
from nabij.access.doors import step
from nabij.access.models import Dossier, Membership, Municipality, Neighbourhood, Team
from nabij.access.queries import on_duty, team_for
from nabij.commitments.models import Commitment, Kind
from nabij.core.errors import Absent, Refused


@step
def place_signal(
    *, actor: Actor, on: date, municipality: Municipality | None, neighbourhood: Neighbourhood | None, team: Team | None, dossier: Dossier | None
) -> tuple[Team, Membership]:
    """Choose the team and the first owner: the resident's team, else the place's, else the given one, else the front door, else any.

    Raises Refused when no team in the municipality can answer for anything, Absent for another municipality than one's own.
    """
    if actor.kind == "worker" and neighbourhood and neighbourhood.municipality_id not in actor.municipality_ids:
        raise Refused(_("This place lies in another municipality. Pass it on there by telephone."), field="postcode")
    # who lives across the border is helped there: the place counts before the municipality that was chosen
    house = (neighbourhood.municipality if neighbourhood else municipality) or (team or dossier).municipality  # type: ignore[union-attr]
    if actor.kind == "worker" and house.pk not in actor.municipality_ids:
        raise Absent
    for candidate in _candidates(house, neighbourhood, team, dossier, on):
        if not (candidate.lead_id and candidate.lead_substitute_id) or candidate.ended_at:
            continue
        try:
            duty = on_duty(team=candidate, on=on)
        except Absent:
            continue
        if candidate.municipality_id == house.pk:
            candidate.municipality = house  # was read a moment ago
        return candidate, _who_may_open(actor, dossier, candidate) or duty
    raise Refused(_("No team can take this up yet. Call the municipality: %(phone)s.") % {"phone": house.phone or house.name})


def _candidates(house: Municipality, neighbourhood: Neighbourhood | None, team: Team | None, dossier: Dossier | None, on: date) -> Iterator[Team]:
    if dossier is not None:
        yield dossier.team
    yield from (one for one in (_local(house, neighbourhood, on), team) if one is not None)
    if house.front_door is not None:
        yield house.front_door
    yield from Team.objects.filter(municipality=house, ended_at__isnull=True).order_by("id")[:20]  # asked only when nobody else can


def _local(house: Municipality, neighbourhood: Neighbourhood | None, on: date) -> Team | None:
    """Return the team that works in this very place, or None when it is the front door's."""
    try:
        placed = team_for(municipality=house, neighbourhood=neighbourhood, on=on) if neighbourhood else None
    except Absent:
        return None
    return placed if placed and placed.pk != house.front_door_id else None


def _who_may_open(actor: Actor, dossier: Dossier | None, team: Team) -> Membership | None:
    """A protected dossier is closed to the duty worker: who coordinates it answers, else who wrote this down."""
    if dossier is None or not dossier.is_closed():
        return None
    case = Commitment.objects.open().filter(dossier__root_id=dossier.root_id, kind=Kind.CASE).select_related("owner").first()
    if case is not None:
        return case.owner
    mine = actor.acting_in(team.pk)
    return Membership.objects.get(pk=mine) if mine else None
