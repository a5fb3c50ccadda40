import json
from datetime import timedelta

import pytest
from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from django.utils import timezone

from nabij.access.actions import mark_acquaintance, share_dossier
from nabij.access.models import Dossier, Role
from nabij.access.tests.factories import actor_for, make_controller, make_dossier, make_grant, make_member, make_team
from nabij.audit.models import Entry
from nabij.casework.actions import add_activity, add_goal, agree_plan, close_case, open_case
from nabij.commitments.actions import add_task, finish_task, pause_commitment
from nabij.commitments.models import Turn
from nabij.contacts.actions import record_contact
from nabij.core.errors import Absent, Refused
from nabij.drafts.models import Draft
from nabij.residents.actions import add_contact_way, add_representative, add_safety_note, create_resident
from nabij.signals.actions import receive_signal
from nabij.upkeep.actions.erasing import erase_dossier, export_dossier

pytestmark = pytest.mark.django_db
MARK, SECRET, REPORTER = "Zilverberg", "Zilverpad 7", "Melderman"


@pytest.fixture
def officer():
    team = make_team()
    return make_member(team, Role.PRIVACY_OFFICER, "Petra")


@pytest.fixture
def told(officer, settings, tmp_path) -> Dossier:
    """A resident whose mark stands in every room, with nothing open any more."""
    settings.PAPERS = tmp_path
    team, now, today = officer.team, timezone.now(), timezone.localdate()
    actor = lambda: actor_for(team.lead)  # noqa: E731
    who = {"actor": actor(), "at": now}
    address = {"street": SECRET, "postcode": "", "place": MARK, "secret": True}
    resident = create_resident(actor=actor(), at=now, team=team, address=address, phone="06-01234567", surname=MARK, call_name=MARK, birth_year=1951, other_numbers=[[MARK, "1"]])
    dossier = resident.dossier
    here = {"actor": None, "at": now, "dossier": dossier}
    for run, fields in (
        (add_contact_way, {"kind": "via", "value": MARK, "mind": MARK}),
        (add_safety_note, {"fact": MARK, "what_to_do": MARK, "review_on": today + timedelta(9)}),
        (add_representative, {"kind": "mentor", "name": MARK, "from_on": today}),
        (mark_acquaintance, {}),
    ):
        member = make_member(team, name="Ina") if run is mark_acquaintance else team.lead
        run(**{**here, "actor": actor_for(member)}, **fields)
    signal = receive_signal(
        actor=actor(), at=now, channel="email", about="person", words=MARK, who=MARK, dossier=dossier, asks_support=False, team=team,
        reporter={"name": REPORTER, "email": "m@post.example"}, papers=[(f"{MARK}.txt", "text/plain", MARK.encode())],
    ).signal  # fmt: skip
    case = open_case(actor=actor(), at=now, dossiers=[dossier], question=MARK, signal=signal)
    record_contact(actor=actor(), at=now, dossiers=[dossier], medium="visit", reached=True, happened_at=now, with_whom=MARK, texts={dossier.pk: ("private", MARK)}, commitment=case.commitment)
    pause_commitment(actor=actor(), at=now, commitment=case.commitment, reason=MARK, agreed_with=MARK, look_again_on=today + timedelta(5), sooner_if=MARK)
    goal = add_goal(actor=actor(), at=now, case=case, text=MARK)
    agree_plan(actor=actor(), at=now, case=case, how="spoken", on=today, present=MARK)
    add_activity(actor=actor(), at=now, case=case, text=MARK, rung=2, carrier=MARK)
    task = add_task(actor=actor(), at=now, what=MARK, owner=team.lead, due_at=now + timedelta(1), dossier=dossier, note=MARK)
    finish_task(actor=actor(), at=now, task=task)
    close_case(actor=actor(), at=now, case=case, results={goal.pk: ("reached", MARK)}, resident_word=MARK, reason=MARK, end_activities=True)
    other = make_team(team.municipality, make_controller("welfare", "Stichting"), name="Elders")
    share_dossier(**{**who, "actor": actor()}, dossier=dossier, to_team=other, what=MARK, why=MARK, basis="x", resident_word="not_told", word_detail=MARK)
    make_grant(dossier, team.lead.worker, kind="break_glass", reason=MARK, until_on=today)
    Draft.objects.create(worker=team.lead.worker, key=f"contact:{dossier.ref}", data=MARK, updated_at=now)
    return dossier


def everything_written(*but: str) -> str:
    """Return every row of every table of ours as the database holds it, encrypted columns included."""
    found = []
    with connection.cursor() as cursor:
        for model in apps.get_models():
            if model.__module__.startswith("nabij.") and model._meta.app_label not in but:
                cursor.execute(f'SELECT * FROM "{model._meta.db_table}"')
                found += [repr(row) for row in cursor.fetchall()]
    return "\n".join(found)


def sealed_left() -> list[str]:
    """Return the encrypted columns that still hold something."""
    return [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in (model._meta.fields if model.__module__.startswith("nabij.") else ())
        if type(field).__name__ == "EncryptedTextField"
        for row in model._default_manager.all()
        if getattr(row, field.name)
    ]


def test_erasing_leaves_no_word_about_the_resident_anywhere(told, officer, tmp_path) -> None:
    assert MARK in everything_written()
    assert len(sealed_left()) > 3
    turns = Turn.objects.count()
    erase_dossier(actor=actor_for(officer), at=timezone.now(), dossier=told, reason="op verzoek van de inwoner")
    text = everything_written()
    assert [word for word in (MARK, MARK.lower(), SECRET, REPORTER, "01234567", "1951") if word in text] == []
    assert sealed_left() == []
    assert list(tmp_path.iterdir()) == []
    told.refresh_from_db()
    assert told.erased_at is not None
    assert Turn.objects.count() == turns
    entry = Entry.objects.get(verb="upkeep.erase")
    assert (entry.dossier_id, entry.event) == (told.pk, "remove")
    assert not Dossier.objects.visible_to(actor_for(officer.team.lead)).filter(pk=told.pk).exists()


def test_a_copy_holds_every_room_and_not_who_reported(told, officer) -> None:
    copy = export_dossier(actor=actor_for(officer), at=timezone.now(), dossier=told)
    assert {room: MARK in json.dumps(rows, cls=DjangoJSONEncoder) for room, rows in copy.rooms.items()} == dict.fromkeys(copy.rooms, True)
    assert SECRET in json.dumps(copy.rooms["residents"], cls=DjangoJSONEncoder)
    assert REPORTER not in json.dumps(copy.rooms, cls=DjangoJSONEncoder)
    entry = Entry.objects.get(verb="upkeep.export")
    assert (entry.dossier_id, entry.event) == (told.pk, "copy")


def test_a_shared_case_keeps_its_words_until_the_last_resident_is_erased(officer) -> None:
    team, now = officer.team, timezone.now()
    first, second = make_dossier(team), make_dossier(team)
    case = open_case(actor=actor_for(team.lead), at=now, dossiers=[first, second], question=MARK)
    close_case(actor=actor_for(team.lead), at=now, case=case, results={}, resident_word="", reason="klaar")
    erase_dossier(actor=actor_for(officer), at=now, dossier=first, reason="verzoek")
    case.refresh_from_db()
    assert case.question == MARK
    erase_dossier(actor=actor_for(officer), at=now, dossier=second, reason="verzoek")
    case.refresh_from_db()
    assert case.question == ""


@pytest.mark.parametrize(("change", "reason"), [({"legal_hold": True}, "verzoek"), ({}, ""), ({}, "   ")])
def test_a_legal_hold_or_a_missing_reason_stops_it(officer, change, reason) -> None:
    dossier = make_dossier(officer.team, **change)
    with pytest.raises(Refused):
        erase_dossier(actor=actor_for(officer), at=timezone.now(), dossier=dossier, reason=reason)
    dossier.refresh_from_db()
    assert dossier.erased_at is None


def test_on_its_day_no_reason_is_needed_but_open_work_stops_it(officer) -> None:
    team, now = officer.team, timezone.now()
    dossier = make_dossier(team)
    Dossier.objects.filter(pk=dossier.pk).update(erase_on=timezone.localdate())
    task = add_task(actor=actor_for(team.lead), at=now, what="Bellen", owner=team.lead, due_at=now, dossier=dossier)
    with pytest.raises(Refused):
        erase_dossier(actor=actor_for(officer), at=now, dossier=dossier)
    finish_task(actor=actor_for(team.lead), at=now, task=task)
    assert erase_dossier(actor=actor_for(officer), at=now, dossier=dossier).erased_at == now


@pytest.mark.parametrize("verb", [erase_dossier, export_dossier])
@pytest.mark.parametrize("role", [Role.LEAD, Role.ADMINISTRATOR, Role.PRIVACY_OFFICER])
def test_only_the_privacy_officer_of_the_same_organisation_may(verb, role) -> None:
    team = make_team()
    dossier = make_dossier(team)
    house = make_team(team.municipality, make_controller("welfare", "Stichting")) if role == Role.PRIVACY_OFFICER else team
    with pytest.raises(Absent):
        verb(actor=actor_for(make_member(house, role, "Ot")), at=timezone.now(), dossier=dossier)
