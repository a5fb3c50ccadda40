"""Ending a place in a team while somebody receives or accepts: never an orphan, whoever is first."""

import pytest
from django.db import IntegrityError
from django.utils import timezone

from nabij.access.models import Membership
from nabij.access.tests.factories import actor_for, make_member, make_team
from nabij.commitments.actions import finish_task
from nabij.commitments.models import Commitment
from nabij.commitments.tests.factories import make_task
from nabij.commitments.tests.test_two_connections import at_once
from nabij.core.errors import Refused
from nabij.handover.actions import accept_item, cancel_handover, offer_item, refuse_item, start_handover, withdraw_item
from nabij.handover.models import Handover, HandoverItem
from tests.support.meanwhile import again, later, meanwhile

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


@pytest.mark.parametrize("way", ["begun", "begun again"])
@pytest.mark.parametrize("order", ["begun first", "ended first"])
def test_no_handover_runs_for_who_left_at_that_moment(people, way, order):
    """A swap, which by itself writes nothing on the place in the team."""
    _team, noor, _bo = people
    facts = {"membership": noor, "reason": "swap", "planned_on": timezone.localdate(), "started_at": now()}
    over = Handover.objects.create(**facts, ended_at=now(), outcome="cancelled") if way == "begun again" else None

    def begin():
        if over:
            Handover.objects.filter(pk=over.pk).update(ended_at=None, outcome="")
        else:
            Handover.objects.create(**facts)

    refused = meanwhile(begin, ends(noor)) if order == "begun first" else meanwhile(ends(noor), begin)
    assert isinstance(refused, IntegrityError)
    assert Handover.objects.filter(ended_at__isnull=True).exists() == (again(noor).ended_at is None)


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


@pytest.mark.parametrize("other", ["said no", "taken back"])
def test_of_a_yes_and_a_no_at_one_moment_the_first_counts(people, other):
    _team, noor, bo = people
    [case] = make_residents(noor, "Riet")
    make_handover(noor, days=3)
    item = make_item(case, bo)
    no = later(refuse_item, bo, item=again(item), because="Te druk") if other == "said no" else later(withdraw_item, noor, item=again(item))
    refused = meanwhile(later(accept_item, bo, item=again(item)), no)
    assert (refused.message, again(item).commitment.is_open) == ("Hierop is al geantwoord.", True)
    assert again(case).commitment.owner == bo


def test_what_was_finished_at_the_moment_of_the_yes_stays_finished_by_who_did_it(people):
    _team, noor, bo = people
    [case] = make_residents(noor, "Riet")
    work = make_task(noor, dossier=case.commitment.dossier)
    make_handover(noor, days=3)
    item = make_item(case, bo)
    meanwhile(later(finish_task, noor, task=work.task), later(accept_item, bo, item=again(item)))
    assert (again(work).owner, again(work).is_open, again(case).commitment.owner) == (noor, False, bo)


def test_the_lead_finishes_the_reminder_at_the_moment_the_handover_ends(people):
    team, noor, _bo = people
    handover = make_handover(noor, days=3)
    task = handover.task
    meanwhile(later(finish_task, team.lead, task=again(task).task), later(cancel_handover, team.lead, handover=again(handover)))
    assert (again(task).outcome, task.turns.exclude(outcome="").count(), again(handover).outcome) == ("done", 1, "cancelled")


@pytest.mark.parametrize("order", ["asked first", "ended first"])
def test_nobody_is_asked_at_the_moment_the_handover_ends(people, order):
    team, noor, bo = people
    [case] = make_residents(noor, "Riet")
    handover = make_handover(noor, days=3)
    ask = later(offer_item, noor, membership=noor, to=bo, dossier=case.commitment.dossier, told="told")
    end = later(cancel_handover, team.lead, handover=again(handover))
    refused = meanwhile(ask, end) if order == "asked first" else meanwhile(end, ask)
    assert type(refused) is Refused
    assert (HandoverItem.objects.exists(), again(handover).ended_at is None) == ((True, True) if order == "asked first" else (False, False))
