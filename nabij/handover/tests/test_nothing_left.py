"""Whatever somebody had and in whatever order it was passed on: after leaving nothing open is theirs."""

import random
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from nabij.access.models import DutyTurn, Membership
from nabij.access.tests.factories import actor_for, make_dossier, make_grant, make_member, make_team
from nabij.casework.actions import add_activity
from nabij.commitments.actions import block_worker, pause_commitment, stand_in
from nabij.commitments.models import Commitment, StandIn
from nabij.commitments.tests.factories import make_task
from nabij.commitments.tests.rows import make_commitment
from nabij.core.errors import Refused
from nabij.handover.actions import accept_item, finish_handover, give_duty, name_in_restricted, offer_item, refuse_item
from nabij.handover.models import HandoverItem
from nabij.handover.queries import worklist
from nabij.handover.sources import alone_in, left

from .factories import make_handover, make_item, make_residents

pytestmark = pytest.mark.django_db


def now():
    return timezone.now()


def fill(luck, team, noor, mates):
    """Give somebody a little of everything that can hang on a place in a team."""
    today = timezone.localdate()
    for number, case in enumerate(make_residents(noor, *["Riet", "Wim", "Truus"][: luck.randint(0, 3)])):
        if luck.random() < 0.5:
            add_activity(actor=actor_for(noor), at=now(), case=case, text="Samen lopen", rung=2, carrier="buur")
        if luck.random() < 0.4:
            words = {"reason": "Rust", "agreed_with": "Zij", "sooner_if": "Zij belt", "look_again_on": today + timedelta(9)}
            pause_commitment(actor=actor_for(noor), at=now(), commitment=case.commitment, **words)
        if luck.random() < 0.5:
            make_task(noor, dossier=case.commitment.dossier, days=number + 1)
    for _number in range(luck.randint(0, 2)):
        make_task(noor)
    if luck.random() < 0.5:
        stand_in(actor=actor_for(mates[0]), at=now(), membership=mates[0], substitute=noor, from_on=today, until_on=today + timedelta(4))
    if luck.random() < 0.5:
        stand_in(actor=actor_for(noor), at=now(), membership=noor, substitute=mates[1], from_on=today + timedelta(2), until_on=today + timedelta(4))
    if luck.random() < 0.5:
        DutyTurn.objects.create(team=team, on=today + timedelta(luck.randint(1, 9)), membership=noor)
    if luck.random() < 0.4:
        make_grant(make_dossier(team, restricted=True), noor.worker, kind="restricted")
    if luck.random() < 0.5:  # something a colleague asks them to take over
        [case] = make_residents(mates[0], "Kees")
        make_handover(mates[0], "swap", days=9)
        make_item(case, noor)


def empty(luck, team, noor, mates):
    """Pass everything on, with a no now and then."""
    lead = actor_for(team.lead)
    for _round in range(4):
        for group in worklist(actor=lead, membership=noor).groups:
            if group.asked:
                continue
            what = {"dossier": group.work[0].dossier, "told": "together"} if group.dossier_id else {"commitment": group.work[0]}
            to = luck.choice(mates)
            item = offer_item(actor=lead.again(), at=now(), membership=noor, to=to, **what)
            if luck.random() < 0.3 and _round < 3:
                refuse_item(actor=actor_for(to), at=now(), item=item, because="Vol")
            else:
                accept_item(actor=actor_for(to), at=now(), item=item)
    for row in StandIn.objects.filter(substitute=noor):
        row.substitute = mates[1]
        row.save()
    give_duty(actor=lead.again(), at=now(), membership=noor, to=luck.choice([*mates, None]))
    for dossier in alone_in(membership=noor, on=timezone.localdate()):
        name_in_restricted(actor=lead.again(), at=now(), membership=noor, dossier=dossier, to=mates[0])


@pytest.mark.parametrize("seed", range(12))
def test_after_leaving_nothing_open_is_theirs_whatever_they_had(seed):
    luck, team = random.Random(seed), make_team()
    noor, mates = make_member(team, name="Noor"), [make_member(team, name=name) for name in ("Bo", "Kim")]
    fill(luck, team, noor, mates)
    before = Commitment.objects.open().exclude(kind="handover").count()
    handover = make_handover(noor)
    if left(membership_ids=[noor.pk], on=timezone.localdate())[noor.pk]:
        with pytest.raises(Refused):
            finish_handover(actor=actor_for(team.lead), at=now(), handover=handover)
    if luck.random() < 0.3:
        block_worker(actor=actor_for(team.lead), at=now(), worker=noor.worker)
    empty(luck, team, noor, mates)
    finish_handover(actor=actor_for(team.lead), at=now(), handover=handover)
    noor.refresh_from_db()
    assert noor.ended_at is not None
    assert left(membership_ids=[noor.pk], on=timezone.localdate())[noor.pk] == {}
    assert not Commitment.objects.open().filter(owner=noor).exists()
    assert Commitment.objects.open().exclude(kind="handover").count() == before
    assert not StandIn.objects.ahead(timezone.localdate()).filter(substitute=noor).exists()
    assert not HandoverItem.objects.filter(handover=handover, accepted_at__isnull=True, commitment__closed_at__isnull=True).exists()


def queries_of_a_worklist(count):
    team = make_team()
    noor = make_member(team, name="Noor")
    bo = make_member(team, name="Bo")
    make_handover(noor, days=20)
    for number in range(count):
        row = make_commitment(noor, make_dossier(team))
        if number % 3 == 0:
            offer_item(actor=actor_for(noor), at=now(), membership=noor, to=bo, dossier=row.dossier, told="told")
    actor = actor_for(Membership.objects.get(pk=team.lead_id))
    with CaptureQueriesContext(connection ) as seen:
        found = worklist(actor=actor, membership=noor)
    return len(seen), found.total


def test_three_hundred_residents_ask_no_more_queries_than_three():
    few, three = queries_of_a_worklist(3)
    many, three_hundred = queries_of_a_worklist(300)
    assert (three, three_hundred) == (3, 300)
    assert many == few <= 25
