"""A dossier that only named people open never ends up closed for everybody, and who takes over what hangs on it gets the key."""

from datetime import timedelta

import pytest
from django.utils import timezone

from nabij.access.actor import system_actor
from nabij.access.models import Dossier, Grant
from nabij.access.tests.factories import actor_for, make_dossier, make_grant
from nabij.handover.actions import accept_item, force_out, offer_item
from nabij.meldcode.models import Meldcode
from nabij.meldcode.tests.factories import make_meldcode

from .factories import left_of, make_handover, make_item, make_residents

pytestmark = pytest.mark.django_db


@pytest.fixture
def closed(team, noor):
    """A restricted dossier in which only Noor is named."""
    dossier = make_dossier(team, restricted=True)
    make_grant(dossier, noor.worker, kind="restricted")
    return dossier


def now():
    return timezone.now()


def opens(membership, dossier):
    return Dossier.objects.visible_to(actor_for(membership)).filter(pk=dossier.pk).exists()


@pytest.mark.parametrize("gone", ["here", "blocked", "ended", "last day"])
def test_a_named_colleague_who_cannot_come_in_any_more_does_not_count_as_one(noor, bo, closed, gone):
    make_grant(closed, bo.worker, kind="restricted")
    bo.worker.blocked_at = now() if gone == "blocked" else None
    bo.ended_at = now() if gone == "ended" else None
    bo.until_on = timezone.localdate() - timedelta(1) if gone == "last day" else None
    bo.worker.save()
    bo.save()
    assert left_of(noor) == ({} if gone == "here" else {"alone": 1})


@pytest.mark.parametrize("lead", ["here", "blocked"])
def test_when_the_last_named_colleague_is_put_out_who_leads_gets_the_key(team, noor, closed, lead):
    team.lead.worker.blocked_at = now() if lead == "blocked" else None
    team.lead.worker.save()
    force_out(actor=system_actor(at=now()), at=now(), membership=noor)
    assert (opens(team.lead, closed), opens(team.lead_substitute, closed)) == (lead == "here", lead == "blocked")


def test_who_takes_over_a_meldcode_can_open_the_dossier_it_is_about(noor, bo, closed):
    code = make_meldcode(noor, closed)
    make_handover(noor)
    item = offer_item(actor=actor_for(noor), at=now(), membership=noor, to=bo, commitment=code.commitment)
    assert not opens(bo, closed)
    accept_item(actor=actor_for(bo), at=now(), item=item)
    assert (opens(bo, closed), Meldcode.objects.visible_to(actor_for(bo)).get()) == (True, code)


@pytest.mark.parametrize("overlap", [None, 10])
def test_the_key_of_who_hands_over_ends_on_the_agreed_day(noor, bo, overlap):
    [case] = make_residents(noor, "Riet")
    dossier = case.commitment.dossier
    Grant.objects.filter(dossier=dossier).delete()
    make_grant(dossier, noor.worker, kind="restricted")
    Dossier.objects.filter(pk=dossier.pk).update(restricted=True)
    make_handover(noor)
    until = timezone.localdate() + timedelta(days=overlap or 0)
    accept_item(actor=actor_for(bo), at=now(), item=make_item(case, bo, leaver_until=until if overlap else None))
    assert set(Grant.objects.filter(worker=noor.worker).values_list("until_on", flat=True)) == {until}
