"""Ending a place in a team while somebody receives or accepts: never an orphan, whoever is first."""

import pytest
from django.utils import timezone

from nabij.access.models import Membership
from nabij.access.tests.factories import actor_for, make_member, make_team
from nabij.commitments.models import Commitment
from nabij.commitments.tests.test_two_connections import at_once
from nabij.core.errors import Refused
from nabij.handover.actions import accept_item, offer_item, start_handover
from nabij.handover.models import Handover, HandoverItem

from .factories import make_handover, make_item, make_residents

pytestmark = pytest.mark.django_db(transaction=True)


def now():
    return timezone.now()


def ends(membership):
    return lambda: Membership.objects.filter(pk=membership.pk).update(ended_at=now())


def nobody_who_left_owns():
    return not Commitment.objects.open().filter(owner__ended_at__isnull=False).exists()


@pytest.fixture
def people():
    team = make_team()
    return team, make_member(team, name="Noor"), make_member(team, name="Bo")


@pytest.mark.parametrize("attempt", range(4))
def test_the_successor_leaves_at_the_moment_of_the_yes(people, attempt):
    _team, noor, bo = people
    [case] = make_residents(noor, "Riet")
    make_handover(noor, days=3)
    item = make_item(case, bo)
    outcome = at_once(lambda: accept_item(actor=actor_for(bo), at=now(), item=item), ends(bo))
    assert (outcome["assign"], outcome["end"] == "done") == ("done", False)  # who was asked owns the question: no end
    assert nobody_who_left_owns()


@pytest.mark.parametrize("attempt", range(4))
def test_the_colleague_leaves_at_the_moment_of_the_question(people, attempt):
    _team, noor, bo = people
    [case] = make_residents(noor, "Riet")
    make_handover(noor, days=3)
    dossier = case.commitment.dossier

    def ask():
        offer_item(actor=actor_for(noor), at=now(), membership=noor, to=bo, dossier=dossier, told="told")

    outcome = at_once(ask, ends(bo))
    assert sorted(value == "done" for value in outcome.values()) == [False, True]
    assert nobody_who_left_owns()
    assert HandoverItem.objects.count() == (outcome["assign"] == "done")


@pytest.mark.parametrize("attempt", range(4))
def test_a_handover_begins_at_the_moment_of_the_end(people, attempt):
    team, noor, _bo = people

    def begin():
        start_handover(actor=actor_for(team.lead), at=now(), membership=noor, reason="leave", planned_on=timezone.localdate())

    outcome = at_once(begin, ends(noor))
    assert sorted(value == "done" for value in outcome.values()) == [False, True]
    noor.refresh_from_db()
    assert Handover.objects.filter(ended_at__isnull=True).exists() == (noor.ended_at is None)


def test_two_answers_at_once_pass_it_on_once(people):
    _team, noor, bo = people
    [case] = make_residents(noor, "Riet")
    make_handover(noor, days=3)
    item = make_item(case, bo)
    said = []

    def accept():
        try:
            accept_item(actor=actor_for(bo), at=now(), item=HandoverItem.objects.get(pk=item.pk))
        except Refused as refused:
            said.append(refused.message)

    at_once(accept, accept)
    assert len(said) == 1
    case.commitment.refresh_from_db()
    assert case.commitment.owner == bo
    assert case.commitment.turns.count() == 2
