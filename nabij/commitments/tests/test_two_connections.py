"""Assigning and ending in two transactions at once never makes an orphan."""

import threading

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction
from django.utils import timezone

from nabij.access.models import Membership, Team
from nabij.access.tests.factories import make_dossier, make_member, make_team
from nabij.commitments.actions import block_worker, finish_task, take_commitment
from nabij.commitments.models import Commitment, StandIn
from nabij.core.errors import Refused
from tests.support.meanwhile import again, later, meanwhile

from .rows import make_commitment

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(first, second):
    """Run two writers in threads with a connection each, both held inside their transaction until the other has begun."""
    met = threading.Barrier(2, timeout=3)
    outcome = {}

    def play(name, write):
        try:
            with transaction.atomic():
                if connection.vendor == "postgresql":
                    met.wait()  # both transactions are open; SQLite lets only one in at a time
                write()
                if connection.vendor == "postgresql":
                    threading.Event().wait(0.2)
            outcome[name] = "done"
        except (IntegrityError, OperationalError) as error:
            outcome[name] = str(error).split("\n", maxsplit=1)[0]
        finally:
            connection.close()

    threads = [threading.Thread(target=play, args=pair) for pair in (("assign", first), ("end", second))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    return outcome


@pytest.mark.parametrize("attempt", range(6))
def test_assigning_to_somebody_who_leaves_at_the_same_moment(attempt):
    team = make_team()
    noor, bo = make_member(team, name="Noor"), make_member(team, name="Bo")
    open_one = make_commitment(noor, make_dossier(team))

    def assign():
        Commitment.objects.filter(pk=open_one.pk).update(owner=bo)

    def end():
        Membership.objects.filter(pk=bo.pk).update(ended_at=timezone.now())

    outcome = at_once(assign, end)
    assert sorted(value == "done" for value in outcome.values()) == [False, True]
    open_one.refresh_from_db()
    assert open_one.owner.ended_at is None


def test_the_message_says_what_is_wrong():
    team = make_team()
    noor = make_member(team)
    make_commitment(noor, make_dossier(team))
    with pytest.raises(IntegrityError, match="a membership cannot end while it owns something"), transaction.atomic():
        Membership.objects.filter(pk=noor.pk).update(ended_at=timezone.now())


@pytest.fixture
def people():
    team = make_team()
    return team, make_member(team, name="Noor"), make_member(team, name="Bo")


def ends(membership):
    return lambda: Membership.objects.filter(pk=membership.pk).update(ended_at=timezone.now())


def stands_in(membership, substitute):
    today = timezone.localdate()
    return StandIn.objects.create(membership=membership, substitute=substitute, from_on=today, until_on=today)


def open_for(bo, team, noor):
    return lambda: make_commitment(bo)


def given_to(bo, team, noor):
    work = make_commitment(noor)
    return lambda: Commitment.objects.filter(pk=work.pk).update(owner=bo)


def leads(bo, team, noor):
    return lambda: Team.objects.filter(pk=team.pk).update(lead_substitute=bo)


def substitute_of(bo, team, noor):
    return lambda: stands_in(noor, bo)


def substitute_instead(bo, team, noor):
    row = stands_in(noor, None)
    return lambda: StandIn.objects.filter(pk=row.pk).update(substitute=bo)


@pytest.mark.parametrize("way", [open_for, given_to, leads, substitute_of, substitute_instead])
@pytest.mark.parametrize("order", ["tied first", "ended first"])
def test_nobody_is_tied_to_anything_by_who_ends_a_place_at_that_moment(people, way, order):
    team, noor, bo = people
    tied, ended = way(bo, team, noor), ends(bo)
    refused = meanwhile(tied, ended) if order == "tied first" else meanwhile(ended, tied)
    assert isinstance(refused, IntegrityError)
    assert again(bo).ended_at is None or order == "ended first"


@pytest.mark.parametrize("way", ["opened", "moved"])
@pytest.mark.parametrize("order", ["work first", "lead first"])
def test_a_team_is_left_without_a_lead_or_gets_work_but_not_both(people, way, order):
    team, noor, _bo = people
    other = make_team(team.municipality, name="Team Centrum")
    work = make_commitment(other.lead)

    def come():
        if way == "opened":
            make_commitment(noor)
        else:
            Commitment.objects.filter(pk=work.pk).update(team=team)

    def leave():
        Team.objects.filter(pk=team.pk).update(lead=None)

    refused = meanwhile(come, leave) if order == "work first" else meanwhile(leave, come)
    assert isinstance(refused, IntegrityError)
    assert (again(team).lead is None) != Commitment.objects.open().filter(team=team).exists()


def test_what_is_finished_at_that_moment_stays_with_who_finished_it(people):
    team, noor, _bo = people
    work = make_commitment(noor)
    stopped = meanwhile(later(finish_task, noor, task=work.task), later(block_worker, team.lead, worker=noor.worker))
    assert stopped.blocked_at is not None
    row = again(work)
    assert (row.owner, row.left_by, row.turns.filter(outcome="").count()) == (noor, None, 1)


def test_of_two_who_take_it_the_second_is_told_who_was_first(people):
    team, noor, bo = people
    work = make_commitment(team.lead)
    refused = meanwhile(later(take_commitment, noor, commitment=again(work)), later(take_commitment, bo, commitment=again(work)))
    assert (type(refused), again(work).owner) == (Refused, noor)
