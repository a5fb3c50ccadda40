"""Access can be blocked at once, always; what somebody owns goes to the lead; a membership with open work does not end."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from nabij.access.actions import end_membership
from nabij.access.models import Membership, Role, Worker
from nabij.access.tests.factories import actor_for, make_dossier, make_member, make_municipality, make_team
from nabij.commitments.actions import block_worker, unblock_worker
from nabij.commitments.models import Commitment, Turn
from nabij.core.errors import Absent, Refused

from .factories import log_in
from .rows import in_days, make_commitment

pytestmark = pytest.mark.django_db
NOW = timezone.now


@pytest.fixture
def admin(team):
    return make_member(team, Role.ADMINISTRATOR, name="Ada")


def test_all_that_a_blocked_worker_owned_is_the_leads_within_a_day(team, noor, admin):
    at = NOW()
    late, soon = make_commitment(noor, make_dossier(team), due_at=at - timedelta(days=2)), make_commitment(noor, due_at=in_days(9))
    block_worker(actor=actor_for(admin), at=at, worker=noor.worker)
    late.refresh_from_db()
    soon.refresh_from_db()
    assert (late.owner, late.due_at, late.taken_at) == (team.lead, at - timedelta(days=2), None)
    assert (soon.owner, soon.due_at) == (team.lead, at + timedelta(days=1))
    assert Turn.objects.filter(commitment=soon).order_by("-id").first().by == admin


def test_a_log_in_that_was_blocked_does_not_open_again_with_the_account(team, noor, admin):
    stolen, bo = Client(), Client()
    log_in(stolen, noor.worker)
    log_in(bo, team.lead.worker)
    block_worker(actor=actor_for(admin), at=NOW(), worker=noor.worker)
    unblock_worker(actor=actor_for(admin), at=NOW(), worker=Worker.objects.get(pk=noor.worker_id))
    assert stolen.get("/").status_code == 302
    assert bo.get("/").status_code == 200


def test_when_the_lead_is_blocked_the_leads_substitute_gets_it(team, admin):
    owned = make_commitment(team.lead)
    block_worker(actor=actor_for(admin), at=NOW(), worker=team.lead.worker)
    assert Commitment.objects.get(pk=owned.pk).owner == team.lead_substitute


def test_who_answers_for_something_is_not_blocked_when_nobody_is_left_to_take_it(team, admin):
    owned = make_commitment(team.lead)
    block_worker(actor=actor_for(admin), at=NOW(), worker=team.lead_substitute.worker)
    with pytest.raises(Refused, match=f"van {team.name} zijn allebei"):
        block_worker(actor=actor_for(admin), at=NOW(), worker=team.lead.worker)
    team.lead.worker.refresh_from_db()
    assert (team.lead.worker.blocked_at, Commitment.objects.get(pk=owned.pk).owner) == (None, team.lead)


def test_a_blocked_worker_is_out_at_the_next_request(client, team, noor, admin):
    log_in(client, noor.worker)
    assert client.get("/").status_code == 200
    block_worker(actor=actor_for(admin), at=NOW(), worker=noor.worker)
    assert client.get("/").headers["Location"].startswith("/account/login")


def test_unblocking_gives_the_log_in_back_and_leaves_the_work_where_it_is(team, noor, admin):
    owned = make_commitment(noor)
    block_worker(actor=actor_for(admin), at=NOW(), worker=noor.worker)
    unblock_worker(actor=actor_for(admin), at=NOW(), worker=noor.worker)
    noor.worker.refresh_from_db()
    assert (noor.worker.is_active, Commitment.objects.get(pk=owned.pk).owner) == (True, team.lead)


def test_nobody_blocks_themselves(admin):
    with pytest.raises(Refused):
        block_worker(actor=actor_for(admin), at=NOW(), worker=admin.worker)


def test_an_administrator_of_another_municipality_finds_nobody_to_block(noor):
    stranger = make_member(make_team(make_municipality(), name="Team Elders"), Role.ADMINISTRATOR)
    with pytest.raises(Absent):
        block_worker(actor=actor_for(stranger), at=NOW(), worker=noor.worker)


def test_a_membership_that_owns_or_leads_open_work_does_not_end(team, noor, admin):
    make_commitment(noor)
    for membership in (noor, team.lead):
        with pytest.raises(Refused), transaction.atomic():
            end_membership(actor=actor_for(admin), at=NOW(), membership=membership)
    assert Membership.objects.filter(ended_at__isnull=False).count() == 0


def test_somebody_who_owns_nothing_leaves_and_may_come_back_in_the_same_role(team, noor, admin):
    from nabij.access.actions import add_membership

    end_membership(actor=actor_for(admin), at=NOW(), membership=noor)
    again = add_membership(
        actor=actor_for(admin), at=NOW(), worker=noor.worker, team=team, role=Role.WORKER, paid=True, from_on=timezone.localdate()
    )
    assert Membership.objects.filter(worker=noor.worker, ended_at__isnull=True).get() == again
