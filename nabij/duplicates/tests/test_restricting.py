"""What was merged is one person: restricted, widened, shared and closed as one, whichever side somebody stands on."""

import pytest

from nabij.access import doors
from nabij.access.actions import give_grant, mark_acquaintance, restrict_dossier, share_dossier, widen_dossier
from nabij.access.models import Dossier, Grant, Role
from nabij.access.tests.factories import actor_for, make_grant, make_member, make_team
from nabij.commitments.actions import add_task
from nabij.core.errors import Refused
from nabij.linkage.birthdays import Birth
from nabij.residents.actions import break_glass
from nabij.residents.models import Knock

from .factories import join, make_twice, part

pytestmark = pytest.mark.django_db
SIDES = pytest.mark.parametrize("side", [0, 1])
ACT = {"what": "Afspraken", "why": "Samen één plan", "basis": "Wmo 2015 art. 5.2.1", "resident_word": "agreed"}


def opens(member, dossier) -> bool:
    return Dossier.objects.visible_to(actor_for(member)).filter(pk=dossier.pk).exists()


def restrict(dossier, by, *named):
    actor = actor_for(by)
    return restrict_dossier(actor=actor, at=actor.at, dossier=Dossier.objects.get(pk=dossier.pk), workers=[member.worker for member in named])


@SIDES
@pytest.mark.parametrize("widened", [False, True])
def test_restricting_one_side_closes_both_for_everybody_but_the_named(team, side, widened) -> None:
    one, two = people = make_twice(team)
    named = make_member(team, Role.WORKER, "Nadia")
    join(one, two, team.lead, widen=widened)
    restrict(people[side].dossier, team.lead, named)
    assert [opens(member, at.dossier) for member in (team.lead, named, team.lead_substitute) for at in people] == [True] * 4 + [False] * 2


@SIDES
def test_undoing_the_merge_opens_neither_side(team, side) -> None:
    one, two = people = make_twice(team)
    merge = join(one, two, team.lead)
    restrict(people[side].dossier, team.lead)
    part(merge, team.lead)
    assert [opens(member, at.dossier) for member in (team.lead, team.lead_substitute) for at in people] == [True, True, False, False]


@SIDES
def test_widening_one_side_opens_both(team, side) -> None:
    one, two = people = make_twice(team)
    join(one, two, team.lead)
    restrict(people[1 - side].dossier, team.lead)
    actor = actor_for(team.lead)
    widen_dossier(actor=actor, at=actor.at, dossier=Dossier.objects.get(pk=people[side].pk))
    assert [opens(team.lead_substitute, at.dossier) for at in people] == [True, True]
    assert not Grant.objects.filter(kind="restricted", ended_at__isnull=True).exists()


@SIDES
def test_the_ordinary_side_of_a_restricted_dossier_is_not_shared(team, side) -> None:
    one, two = people = make_twice(team)
    restrict(one.dossier, team.lead)
    one.dossier.refresh_from_db()
    join(one, two, team.lead)
    actor = actor_for(team.lead)
    with pytest.raises(Refused):
        share_dossier(actor=actor, at=actor.at, dossier=Dossier.objects.get(pk=people[side].pk), to_team=make_team(), **ACT)
    assert not Grant.objects.filter(kind="sharing").exists()


def test_who_answers_on_one_side_cannot_close_the_other_for_themselves(team) -> None:
    one, two = make_twice(team)
    join(one, two, team.lead)
    actor = actor_for(team.lead)
    add_task(actor=actor, at=actor.at, what="Bellen", owner=team.lead, due_at=actor.at, dossier=one.dossier)
    with pytest.raises(Refused):
        mark_acquaintance(actor=actor.again(), at=actor.at, dossier=Dossier.objects.get(pk=two.pk))


@pytest.fixture
def inside():
    """A step runs inside an action only."""
    token = doors._under_way.set("test")
    yield
    doors._under_way.reset(token)


def test_who_could_open_one_side_before_is_let_in_when_given_access_again(team, inside) -> None:
    one, two = make_twice(team)
    volunteer = make_member(team, Role.VOLUNTEER, "Vera")
    old = make_grant(two.dossier, volunteer.worker, kind="casework")
    join(one, two, team.lead)
    actor, facts = actor_for(team.lead), {"worker": volunteer.worker, "kind": "casework", "purpose": "casework", "basis": "Wmo 2015 art. 5.1.1"}
    dossier = Dossier.objects.get(pk=two.pk)
    new = give_grant(actor=actor, at=actor.at, dossier=dossier, **facts)
    assert new.pk != old.pk
    assert opens(volunteer, dossier)
    assert give_grant(actor=actor, at=actor.at, dossier=dossier, **facts) == new


def test_emergency_access_to_the_ordinary_side_is_told_to_the_named_people(team) -> None:
    one, two = make_twice(team)
    restrict(one.dossier, team.lead)
    one.dossier.refresh_from_db()
    join(one, two, team.lead)
    actor = actor_for(team.lead_substitute)
    assert break_glass(actor=actor, at=actor.at, surname="Vermeulen", call_name="Rita", birth=Birth(1951, 7, 4), reason="Brand")
    assert Knock.objects.get().dossier_ids == [one.pk]
