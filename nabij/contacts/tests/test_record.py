from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from nabij.access.actor import system_actor
from nabij.access.tests.factories import actor_for, make_dossier, make_grant, make_member, make_team
from nabij.audit.models import Entry
from nabij.commitments.tests.factories import make_task
from nabij.contacts.actions import record_contact
from nabij.contacts.models import Contact, ContactText
from nabij.contacts.queries import last_contact
from nabij.core.errors import Absent, Refused

from .factories import make_contact

pytestmark = pytest.mark.django_db


def test_one_visit_to_two_residents_is_one_contact_with_a_text_for_each():
    member = make_member(make_team())
    one, two = make_dossier(member.team), make_dossier(member.team)
    now = timezone.now()
    contact = make_contact(member, one, two, at=now, texts={one.pk: ("team", "Rustig."), two.pk: ("private", "Maakt zich zorgen.")})
    found = {text.dossier_id: (text.audience, text.words) for text in contact.texts.all()}
    assert found == {one.pk: ("team", "Rustig."), two.pk: ("private", "Maakt zich zorgen.")}
    assert last_contact(dossier_ids=[one.pk, two.pk]) == {one.pk: now, two.pk: now}
    assert Entry.objects.get(verb="contacts.record").dossier_id == one.pk


def test_a_private_text_stands_only_encrypted():
    member = make_member(make_team())
    make_contact(member, make_dossier(member.team), words="Geheim.", audience="private")
    with connection.cursor() as cursor:
        cursor.execute("SELECT text, private_text FROM contacts_contacttext")
        text, sealed = cursor.fetchone()
    assert text == ""
    assert sealed
    assert "Geheim" not in sealed


def test_an_attempt_is_not_contact():
    member = make_member(make_team())
    dossier = make_dossier(member.team)
    make_contact(member, dossier, reached=False)
    assert last_contact(dossier_ids=[dossier.pk]) == {}


@pytest.mark.parametrize(("hour", "part"), [(9, "morning"), (12, "afternoon"), (17, "afternoon"), (18, "evening")])
def test_the_part_of_the_day_is_that_of_the_local_clock(hour, part):
    member = make_member(make_team())
    at = timezone.make_aware(datetime(2026, 3, 3, hour, 30))
    assert make_contact(member, make_dossier(member.team), at=at).part_of_day == part


def test_a_contact_of_two_minutes_counts():
    member = make_member(make_team())
    dossier = make_dossier(member.team)
    make_contact(member, dossier, minutes=2, medium="phone")
    assert dossier.pk in last_contact(dossier_ids=[dossier.pk])


def test_a_moment_that_has_not_come_is_refused_and_nothing_is_written():
    member = make_member(make_team())
    with pytest.raises(Refused) as refused:
        make_contact(member, make_dossier(member.team), happened_at=timezone.now() + timedelta(hours=1))
    assert refused.value.field == "happened_at"
    assert Contact.objects.count() == 0


def test_a_resident_who_is_not_yours_is_absent_and_nothing_is_written_about_the_other():
    member = make_member(make_team())
    mine, theirs = make_dossier(member.team), make_dossier(make_team(member.team.municipality, name="Team Wheermolen"))
    with pytest.raises(Absent):
        make_contact(member, mine, theirs)
    assert ContactText.objects.count() == 0


def test_contact_is_with_somebody_and_a_person_records_it():
    member, now = make_member(make_team()), timezone.now()
    with pytest.raises(Refused, match="Kies met wie er contact was") as refused:
        make_contact(member)
    facts = {"medium": "visit", "reached": True, "happened_at": now, "texts": {}}
    with pytest.raises(Refused, match="Alleen een persoon kan contact vastleggen"):
        record_contact(actor=system_actor(at=now), at=now, dossiers=[make_dossier(member.team)], **facts)
    assert (refused.value.field, Contact.objects.count()) == ("dossiers", 0)


def test_the_date_of_another_teams_work_does_not_move():
    member = make_member(make_team())
    theirs = make_task(make_team(member.team.municipality, name="Team Wheermolen").lead)
    with pytest.raises(Absent):
        make_contact(member, make_dossier(member.team), commitment=theirs, next_on=timezone.localdate() + timedelta(9))
    before, version = theirs.due_at, theirs.version
    theirs.refresh_from_db()
    assert (theirs.due_at, theirs.version, Contact.objects.count()) == (before, version, 0)


def test_a_volunteer_records_only_about_their_own_people():
    team = make_team()
    volunteer = make_member(team, "volunteer")
    theirs, other = make_dossier(team), make_dossier(team)
    make_grant(theirs, volunteer.worker)
    assert make_contact(volunteer, theirs).by == volunteer
    with pytest.raises(Absent):
        make_contact(volunteer, other)


def test_sending_twice_records_once():
    member = make_member(make_team())
    dossier, now = make_dossier(member.team), timezone.now()
    actor = actor_for(member, now)
    send = {"dossiers": [dossier], "medium": "phone", "reached": True, "happened_at": now, "texts": {}}
    assert record_contact(actor=actor, at=now, **send) == record_contact(actor=actor, at=now, **send)
    assert Contact.objects.count() == 1
