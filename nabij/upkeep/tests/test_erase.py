import json
import re
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
from nabij.duplicates.tests.factories import join, make_twice
from nabij.residents.actions import add_contact_way, add_representative, add_safety_note, create_resident
from nabij.signals.actions import receive_signal
from nabij.upkeep.actions.erasing import erase_dossier, export_dossier
from nabij.upkeep.tests.everywhere import WITHOUT_WORDS, write_everywhere

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
    lead, now = officer.team.lead, timezone.now()

    def do(run, **fields):
        return run(actor=actor_for(lead), at=now, **fields)

    address = {"street": SECRET, "postcode": "", "place": MARK, "secret": True}
    person = {"surname": MARK, "call_name": MARK, "birth_year": 1951, "other_numbers": [[MARK, "1"]]}
    dossier = do(create_resident, team=lead.team, address=address, phone="06-01234567", **person).dossier
    about_person(do, dossier, officer)
    signal = do(
        receive_signal, channel="email", about="person", words=MARK, who=MARK, dossier=dossier, asks_support=False, team=lead.team,
        reporter={"name": REPORTER, "email": "m@post.example"}, papers=[(f"{MARK}.txt", "text/plain", MARK.encode())],
    ).signal  # fmt: skip
    case = do(open_case, dossiers=[dossier], question=MARK, signal=signal)
    write_everywhere(do, dossier, case, lead, make_member(lead.team, name="Cas"), MARK)
    about_case(do, dossier, case)
    task = do(add_task, what=MARK, owner=lead, due_at=now + timedelta(1), dossier=dossier, note=MARK)
    do(finish_task, task=task)
    make_grant(dossier, lead.worker, kind="break_glass", reason=MARK, until_on=timezone.localdate())
    Draft.objects.create(worker=lead.worker, key=f"contact:{dossier.ref}", data=MARK, updated_at=now)
    return dossier


def about_person(do, dossier, officer) -> None:
    today = timezone.localdate()
    do(add_contact_way, dossier=dossier, kind="via", value=MARK, mind=MARK)
    do(add_safety_note, dossier=dossier, fact=MARK, what_to_do=MARK, review_on=today + timedelta(9))
    do(add_representative, dossier=dossier, kind="mentor", name=MARK, from_on=today)
    friend = actor_for(make_member(officer.team, name="Ina"))
    mark_acquaintance(actor=friend, at=timezone.now(), dossier=dossier)
    other = make_team(officer.team.municipality, make_controller("welfare", "Stichting"), name="Elders")
    words = {"what": MARK, "why": MARK, "basis": "x", "resident_word": "not_told", "word_detail": MARK}
    do(share_dossier, dossier=dossier, to_team=other, **words)


def about_case(do, dossier, case) -> None:
    today, commitment = timezone.localdate(), case.commitment
    talk = {
        "medium": "visit",
        "reached": True,
        "happened_at": timezone.now(),
        "with_whom": MARK,
        "commitment": commitment,
    }
    do(record_contact, dossiers=[dossier], texts={dossier.pk: ("private", MARK)}, **talk)
    rest = {"reason": MARK, "agreed_with": MARK, "sooner_if": MARK, "look_again_on": today + timedelta(5)}
    do(pause_commitment, commitment=commitment, **rest)
    goal = do(add_goal, case=case, text=MARK)
    do(agree_plan, case=case, how="spoken", on=today, present=MARK)
    do(add_activity, case=case, text=MARK, rung=2, carrier=MARK)
    end = {"results": {goal.pk: ("reached", MARK)}, "resident_word": MARK, "reason": MARK, "end_activities": True}
    do(close_case, case=case, **end)


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
    assert [word for word in (MARK, MARK.lower(), SECRET, REPORTER, "01234567") if word in text] == []
    # the year as a value of its own: fingerprints and moments hold the same four digits by chance
    assert re.findall(r"\b1951\b", text) == []
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
    assert {
        room: MARK in json.dumps(rows, cls=DjangoJSONEncoder) for room, rows in copy.rooms.items()
    } == {room: room not in WITHOUT_WORDS for room in copy.rooms}
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


def test_one_side_of_a_merge_is_not_erased_alone(officer) -> None:
    one, two = make_twice(officer.team)
    join(one, two, officer.team.lead)
    with pytest.raises(Refused, match="Dit dossier is samengevoegd met een ander"):
        erase_dossier(actor=actor_for(officer), at=timezone.now(), dossier=two.dossier, reason="verzoek")
    assert Dossier.objects.filter(erased_at__isnull=False).count() == 0


@pytest.mark.parametrize("verb", [erase_dossier, export_dossier])
@pytest.mark.parametrize("role", [Role.LEAD, Role.ADMINISTRATOR, Role.PRIVACY_OFFICER])
def test_only_the_privacy_officer_of_the_same_organisation_may(verb, role) -> None:
    team = make_team()
    dossier = make_dossier(team)
    house = (
        make_team(team.municipality, make_controller("welfare", "Stichting")) if role == Role.PRIVACY_OFFICER else team
    )
    with pytest.raises(Absent):
        verb(actor=actor_for(make_member(house, role, "Ot")), at=timezone.now(), dossier=dossier)
