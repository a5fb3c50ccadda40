"""The pages: who sees what, bad input keeps what was typed, and everything works without a script."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from nabij.access.models import Dossier, Role
from nabij.access.tests.factories import actor_for, log_in, make_grant, make_member
from nabij.commitments.models import StandIn
from nabij.handover.actions import accept_item
from nabij.handover.models import Handover, HandoverItem

from .factories import make_handover, make_item, make_residents

pytestmark = pytest.mark.django_db


def page(client, member, name, *parts, **data):
    log_in(client, member.worker)
    address = reverse(f"handover:{name}", args=parts)
    return client.post(address, data, follow=True) if data else client.get(address)


def test_the_worklist_names_each_resident_and_what_is_open(client, team, noor):
    make_residents(noor, "Riet", "Wim")
    make_handover(noor, days=9)
    answer = page(client, team.lead, "worklist", noor.ref).text
    assert answer.count("Bakker") >= 2
    assert "2 inwoners en zaken om over te dragen" in answer


def test_an_administrator_sees_numbers_and_no_names(client, team, noor):
    make_residents(noor, "Riet")
    make_handover(noor, days=9)
    answer = page(client, make_member(team, Role.ADMINISTRATOR, "Anja"), "worklist", noor.ref).text
    assert "Bakker" not in answer
    assert "open zaken waarvoor deze persoon aanspreekpunt is" in answer


def test_a_colleague_does_not_see_anothers_worklist(client, noor, bo):
    assert page(client, bo, "worklist", noor.ref).status_code == 404


def test_a_closed_dossier_stands_there_without_a_name_and_is_passed_on(client, team, noor, bo):
    [case] = make_residents(noor, "Riet")
    dossier = case.commitment.dossier
    make_grant(dossier, noor.worker, kind="restricted")
    Dossier.objects.filter(pk=dossier.pk).update(restricted=True)
    make_handover(noor, days=9)
    answer = page(client, team.lead, "worklist", noor.ref).text
    assert "Bakker" not in answer
    page(client, team.lead, "item", noor.ref, dossier.ref, owner=bo.ref, told="told", notes="team", words="")
    assert HandoverItem.objects.get().commitment.owner == bo
    assert "Bakker" not in page(client, bo, "received").text


def test_without_a_colleague_the_form_comes_back_with_what_was_typed(client, team, noor):
    [case] = make_residents(noor, "Riet")
    make_handover(noor, days=9)
    answer = page(client, noor, "item", noor.ref, case.commitment.dossier.ref, owner="", told="told", notes="team", words="Houdt van koffie")
    assert answer.status_code == 422
    assert "Kies een collega" in answer.text
    assert "Houdt van koffie" in answer.text
    assert HandoverItem.objects.count() == 0


def test_several_rows_at_once(client, team, noor, bo):
    cases = make_residents(noor, "Riet", "Wim")
    make_handover(noor, days=9)
    refs = [case.commitment.dossier.ref for case in cases]
    page(client, team.lead, "several", noor.ref, rows=refs, owner=bo.ref, told="together")
    assert HandoverItem.objects.count() == 2
    answer = page(client, team.lead, "several", noor.ref, owner=bo.ref, told="together")
    assert "Vink minstens één regel aan." in answer.text


def test_a_yes_and_a_no_from_the_page(client, noor, bo):
    yes, no = make_residents(noor, "Riet", "Wim")
    make_handover(noor, days=9)
    first, second = make_item(yes, bo), make_item(no, bo)
    page(client, bo, "answer", first.ref, next="")
    page(client, bo, "refuse", second.ref, because="Mijn week is vol")
    first.refresh_from_db()
    second.commitment.refresh_from_db()
    assert (first.accepted_at is not None, second.commitment.outcome) == (True, "refused")
    assert "nee van Bo: Mijn week is vol" in page(client, noor, "worklist", noor.ref).text


def test_the_leads_list_shows_who_leaves_how_much_is_left_and_who_is_away(client, team, noor, bo):
    make_residents(noor, "Riet", "Wim")
    make_handover(noor, days=9)
    today = timezone.localdate()
    StandIn.objects.create(membership=bo, substitute=noor, from_on=today, until_on=today + timedelta(3))
    answer = page(client, team.lead, "list").text
    for words in ("Noor", "nog 3 te doen", "Gaat weg uit het team", "Noor vervangt"):
        assert words in answer


def test_the_absence_page_arranges_one(client, noor, bo):
    today = timezone.localdate()
    page(client, noor, "absence", noor.ref, from_on=today, until_on=today + timedelta(2), owner=bo.ref)
    assert StandIn.objects.get().substitute == bo
    answer = page(client, noor, "absence", noor.ref, from_on=today, until_on=today - timedelta(2), owner=bo.ref)
    assert "De laatste dag ligt voor de eerste dag." in answer.text


def test_the_command_says_what_is_left_and_ends_it_when_nothing_is(team, noor, bo, capsys):
    [case] = make_residents(noor, "Riet")
    with pytest.raises(CommandError, match="worklist"):
        call_command("end_membership", noor.worker.email)
    handover = make_handover(noor, "swap")
    item = make_item(case, bo)
    accept_item(actor=actor_for(bo), at=timezone.now(), item=item)
    Handover.objects.filter(pk=handover.pk).update(ended_at=timezone.now(), outcome="done")
    call_command("end_membership", noor.worker.email)
    noor.refresh_from_db()
    assert noor.ended_at is not None


def test_a_successor_ends_it_without_a_contact_with_a_reason(client, noor, bo):
    [case] = make_residents(noor, "Riet")
    make_handover(noor, days=9)
    item = make_item(case, bo)
    accept_item(actor=actor_for(bo), at=timezone.now(), item=item)
    assert page(client, bo, "close", item.ref, because="").status_code == 422
    page(client, bo, "close", item.ref, because="Is verhuisd")
    item.commitment.refresh_from_db()
    assert item.commitment.outcome == "without_contact"


def test_who_hands_over_takes_the_question_back_and_who_was_asked_does_not(client, noor, bo):
    [case] = make_residents(noor, "Riet")
    make_handover(noor)
    item = make_item(case, bo)
    assert page(client, bo, "withdraw", item.ref, next="").status_code == 404
    assert "staat weer op de werklijst" in page(client, noor, "withdraw", item.ref, next="").text
    item.commitment.refresh_from_db()
    assert item.commitment.outcome == "withdrawn"
