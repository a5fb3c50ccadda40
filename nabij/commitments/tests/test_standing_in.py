"""Who is away, and who answers meanwhile: what is refused, in which words, and that nothing is arranged then."""

from datetime import timedelta
from functools import partial

import pytest
from django.utils import timezone

from nabij.access.models import ActingLead, Role
from nabij.access.tests.factories import actor_for, make_member, make_team
from nabij.commitments.actions import change_substitute, end_stand_in, stand_in
from nabij.commitments.models import StandIn
from nabij.core.errors import Refused

pytestmark = pytest.mark.django_db
NOW = timezone.now
OVER, LEFT, OTHER = (
    "Deze afwezigheid is al voorbij",
    "Deze collega is weg uit het team",
    "Kies iemand anders van hetzelfde team",
)


def in_so_many(days):
    return timezone.localdate() + timedelta(days)


def arrange(team, membership, substitute, first=0, last=7):
    days = {"from_on": in_so_many(first), "until_on": in_so_many(last)}
    return stand_in(actor=actor_for(team.lead), at=NOW(), membership=membership, substitute=substitute, **days)


def gone(team, how):
    """Return somebody who cannot stand in any more."""
    member = make_member(team, name="Bo", ended_at=NOW() if how == "ended" else None)
    member.worker.blocked_at = NOW() if how == "blocked" else None
    member.worker.save()
    return member


def test_an_absence_that_is_past_is_not_arranged(team, noor):
    with pytest.raises(Refused, match="Deze datum is voorbij") as refused:
        arrange(team, noor, team.lead_substitute, first=-5, last=-1)
    assert (refused.value.field, StandIn.objects.count()) == ("until_on", 0)


def test_nobody_is_absent_from_a_team_they_left(team):
    with pytest.raises(Refused, match=LEFT) as refused:
        arrange(team, gone(team, "ended"), team.lead_substitute)
    assert (refused.value.field, StandIn.objects.count()) == (None, 0)


@pytest.mark.parametrize("how", ["ended", "blocked"])
def test_who_is_gone_stands_in_for_nobody(team, noor, how):
    with pytest.raises(Refused, match=LEFT) as refused:
        arrange(team, noor, gone(team, how))
    assert (refused.value.field, StandIn.objects.count()) == ("substitute", 0)


@pytest.mark.parametrize("who", ["nobody", "a volunteer"])
def test_a_lead_is_not_away_without_somebody_who_may_lead(team, who):
    volunteer = make_member(team, Role.VOLUNTEER, "Vera") if who == "a volunteer" else None
    team.lead_substitute = None
    team.save()
    why = (
        "Alleen een betaalde collega van hetzelfde team"
        if volunteer
        else "Het team heeft geen vervanger voor de teamleider"
    )
    with pytest.raises(Refused, match=why):
        arrange(team, team.lead, volunteer)
    assert (StandIn.objects.count(), ActingLead.objects.count()) == (0, 0)


@pytest.mark.parametrize("verb", ["end_stand_in", "change_substitute"])
@pytest.mark.parametrize("how", ["ended", "past"])
def test_an_absence_that_is_over_is_not_changed_any_more(team, noor, verb, how):
    row = arrange(team, noor, team.lead_substitute)
    StandIn.objects.filter(pk=row.pk).update(
        **{"ended_at": NOW()} if how == "ended" else {"from_on": in_so_many(-9), "until_on": in_so_many(-1)}
    )
    before = StandIn.objects.values().get()
    row.refresh_from_db()
    over = {"end_stand_in": end_stand_in, "change_substitute": partial(change_substitute, substitute=None)}[verb]
    with pytest.raises(Refused, match=OVER):
        over(actor=actor_for(team.lead), at=NOW(), stand_in=row)
    assert StandIn.objects.values().get() == before


@pytest.mark.parametrize("who", ["another team", "oneself", "ended", "blocked"])
def test_an_absence_is_not_given_to_who_cannot_stand_in(team, noor, who):
    row = arrange(team, noor, team.lead_substitute)
    makers = {"another team": lambda: make_team(team.municipality, name="Team Centrum").lead, "oneself": lambda: noor}
    substitute = makers.get(who, lambda: gone(team, who))()
    with pytest.raises(Refused, match=LEFT if who in {"ended", "blocked"} else OTHER) as refused:
        change_substitute(actor=actor_for(team.lead), at=NOW(), stand_in=row, substitute=substitute)
    assert (refused.value.field, StandIn.objects.get().substitute) == ("substitute", team.lead_substitute)
