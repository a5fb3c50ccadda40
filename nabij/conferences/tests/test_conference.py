from datetime import timedelta

import pytest
from django.db import Error, connection, transaction
from django.utils import timezone

from nabij.access.models import Acquaintance, Dossier, Grant, Sharing
from nabij.access.tests.factories import actor_for, make_dossier, make_grant, make_member
from nabij.casework.actions import close_case
from nabij.commitments.models import Commitment
from nabij.conferences.actions import (
    add_agreement,
    add_participant,
    cancel_conference,
    change_conference,
    hold_conference,
    plan_conference,
    remove_participant,
)
from nabij.conferences.models import Agreement, Conference, Participant
from nabij.conferences.queries import conference_of, table_of
from nabij.core.errors import Absent, Refused

from .factories import make_conference

pytestmark = pytest.mark.django_db
WHY = {"why": "Kent de schulden", "basis": "De inwoner vindt het goed"}


def do(action, by, /, **facts):
    return action(actor=actor_for(by), at=timezone.now(), **facts)


def opens(member, dossier):
    return Dossier.objects.visible_to(actor_for(member)).filter(pk=dossier.pk).exists()


def agree(member, conference, dossier, **facts):
    facts = {"text": "Belt de woningbouw", "due_at": timezone.now() + timedelta(days=3), "dossier": dossier, "owner": member, **facts}
    return do(add_agreement, member, conference=conference, **facts)


def test_who_convenes_answers_for_it_until_it_was_held(member, conference):
    row = conference.commitment
    assert (row.kind, row.owner, row.due_at, row.is_open) == ("conference", member, conference.starts_at, True)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"question": " "}, "Zonder vraag"),
        ({"starts_at": timezone.now() - timedelta(days=1)}, "moment is voorbij"),
        ({"resident_part": "not_informed"}, "waarom de inwoner"),
        ({"resident_part": ""}, "erbij is of het weet"),
    ],
)
def test_a_conference_says_what_it_is_for_and_what_the_resident_knows(member, case, wrong, words):
    with pytest.raises(Refused, match=words):
        make_conference(member, case, **wrong)


def test_about_a_closed_case_nothing_is_convened(member, case):
    do(close_case, member, case=case, results={}, resident_word="Fijn.", reason="Het gaat goed.")
    case.commitment.refresh_from_db()
    with pytest.raises(Refused, match="Deze casus is afgesloten"):
        make_conference(member, case)
    assert (Conference.objects.count(), Commitment.objects.open().count()) == (0, 0)


@pytest.mark.parametrize(
    ("action", "facts", "field", "words"),
    [
        (change_conference, {"question": " ", "resident_part": "informed"}, "question", "Zonder vraag hoeft niemand te komen"),
        (cancel_conference, {"why": " "}, "why", "Schrijf op waarom het niet doorgaat"),
        (hold_conference, {"resident_part": "present", "nothing_agreed": "-", "audience": "everybody"}, "audience", "Kies wie het verslag mag lezen"),
    ],
)
def test_what_a_conference_needs_words_for_stays_as_it_was_without_them(member, conference, action, facts, field, words):
    facts = facts | ({"starts_at": conference.starts_at} if action is change_conference else {})
    told = ("version", "starts_at", "question", "resident_part", "held_at", "cancelled_why")
    before = Conference.objects.values(*told).get()
    with pytest.raises(Refused, match=words) as refused:
        do(action, member, conference=conference, **facts)
    assert (refused.value.field, Conference.objects.values(*told).get(), Commitment.objects.get(pk=conference.pk).is_open) == (field, before, True)


def test_only_who_is_needed_with_a_why_and_a_basis(member, conference):
    person = do(add_participant, member, conference=conference, name="J. Smit", organisation="Woningbouw Waterdam", **WHY)
    assert (person.who, person.where) == ("J. Smit", "Woningbouw Waterdam")
    for wrong in ({"why": ""}, {"basis": ""}, {"organisation": ""}, {"name": ""}):
        with pytest.raises(Refused):
            do(add_participant, member, conference=conference, **({"name": "J. Smit", "organisation": "GGZ", **WHY} | wrong))


def test_nobody_is_asked_twice(member, conference, elsewhere):
    do(add_participant, member, conference=conference, member=elsewhere, **WHY)
    with pytest.raises(Refused, match="al gevraagd"):
        do(add_participant, member, conference=conference, member=elsewhere, **WHY)


def test_a_colleague_of_another_team_reads_along_only_when_it_was_opened_and_until_it_is_over(member, conference, dossier, elsewhere):
    do(add_participant, member, conference=conference, member=elsewhere, opened=[dossier], **WHY)
    assert opens(elsewhere, dossier)
    agree(member, conference, dossier)
    do(hold_conference, member, conference=conference, resident_part="present")
    assert not opens(elsewhere, dossier)


def test_being_asked_alone_opens_nothing(member, conference, dossier, elsewhere):
    do(add_participant, member, conference=conference, member=elsewhere, **WHY)
    assert not opens(elsewhere, dossier)


def test_another_organisation_sees_it_by_a_sharing_act_that_ends_with_the_conference(member, conference, dossier, welfare):
    do(add_participant, member, conference=conference, member=welfare, opened=[dossier], **WHY)
    act = Sharing.objects.get()
    assert (act.why, act.basis, act.resident_word) == ("Kent de schulden", "De inwoner vindt het goed", "agreed")
    assert opens(welfare, dossier)
    do(cancel_conference, member, conference=conference, why="Rie is ziek.")
    assert not opens(welfare, dossier)
    assert Sharing.objects.get().ended_at


def test_who_does_not_come_after_all_reads_nothing_more_and_what_was_shared_stays_on_record(member, conference, dossier, welfare):
    person = do(add_participant, member, conference=conference, member=welfare, opened=[dossier], **WHY)
    do(remove_participant, member, participant=person)
    assert not opens(welfare, dossier)
    assert Participant.objects.get().openings.get().ended_at


def test_own_access_stays_when_the_conference_ends(member, conference, dossier, elsewhere):
    make_grant(dossier, elsewhere.worker)
    do(add_participant, member, conference=conference, member=elsewhere, opened=[dossier], **WHY)
    do(cancel_conference, member, conference=conference, why="Niet nodig.")
    assert opens(elsewhere, dossier)


def test_a_restricted_dossier_is_not_shared_with_another_organisation(member, conference, dossier, welfare):
    Dossier.objects.filter(pk=dossier.pk).update(restricted=True)
    make_grant(dossier, member.worker, kind="restricted")
    with pytest.raises(Refused, match="beschermd"):
        do(add_participant, member, conference=conference_of(actor=actor_for(member), ref=conference.ref), member=welfare, opened=[dossier], **WHY)
    assert Participant.objects.count() == 0


def test_a_dossier_is_not_opened_for_somebody_without_a_log_in(member, conference, dossier):
    with pytest.raises(Refused, match="inlog"):
        do(add_participant, member, conference=conference, name="J. Smit", organisation="GGZ", opened=[dossier], **WHY)


def test_a_dossier_of_another_case_is_not_opened_and_nothing_is_agreed_about_it(member, conference, elsewhere):
    other = make_dossier(member.team)
    with pytest.raises(Absent):
        do(add_participant, member, conference=conference, member=elsewhere, opened=[other], **WHY)
    with pytest.raises(Absent):
        agree(member, conference, other)
    assert (Participant.objects.count(), Grant.objects.count(), Agreement.objects.count()) == (0, 0, 0)


def test_who_knows_the_resident_reads_nothing_along(member, conference, dossier, elsewhere):
    Acquaintance.objects.create(worker=elsewhere.worker, dossier=dossier)
    with pytest.raises(Refused, match="Bo kan niet met deze inwoner werken") as refused:
        do(add_participant, member, conference=conference, member=elsewhere, opened=[dossier], **WHY)
    assert (refused.value.field, Participant.objects.count(), Grant.objects.count()) == ("member", 0, 0)


def test_an_agreement_is_a_task_with_an_owner_and_a_date_at_once(member, conference, dossier):
    made = agree(member, conference, dossier)
    row = made.task.commitment
    assert (row.owner, row.dossier, row.is_open, made.task.note) == (member, dossier, True, "Belt de woningbouw")
    assert "woningbouw" not in row.what


def test_of_an_outsider_the_coordinator_looks_whether_it_happened(member, conference, dossier):
    made = agree(member, conference, dossier, owner=None, outsider="J. Smit")
    assert (made.task.commitment.owner, made.task.note) == (conference.case.commitment.owner, "J. Smit: Belt de woningbouw")


def test_an_agreement_needs_words_a_name_a_day_to_come_and_somebody_who_may_open_it(member, conference, dossier, elsewhere):
    for wrong in ({"text": ""}, {"owner": None}, {"due_at": timezone.now() - timedelta(days=1)}, {"owner": elsewhere}):
        with pytest.raises(Refused):
            agree(member, conference, dossier, **wrong)
    assert Agreement.objects.count() == 0


def test_it_ends_with_agreements_or_with_the_reason_why_there_are_none(member, conference):
    with pytest.raises(Refused, match="waarom er niets"):
        do(hold_conference, member, conference=conference, resident_part="present")
    held = do(hold_conference, member, conference=conference, resident_part="present", nothing_agreed="Rie wil eerst nadenken.")
    assert (held.commitment.outcome, held.nothing_agreed) == ("held", "Rie wil eerst nadenken.")


def test_the_database_refuses_an_end_without_agreements_or_reason(conference):
    sql = "UPDATE commitments_commitment SET closed_at = turned_at, outcome = 'held' WHERE id = %s"
    with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, [conference.pk])


@pytest.mark.parametrize("change", ["question = ''", "resident_part = 'not_informed'", "audience = 'private', notes = 'x'", "held_at = starts_at, cancelled_why = 'x'"])
def test_the_database_refuses_a_conference_that_does_not_add_up(conference, change):
    with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE conferences_conference SET {change} WHERE commitment_id = %s", [conference.pk])


def test_the_database_refuses_a_participant_without_name_why_or_basis(member, conference):
    for wrong in ({"name": "", "organisation": ""}, {"why": ""}, {"basis": ""}, {"member": member}):
        with pytest.raises(Error), transaction.atomic():
            Participant.objects.create(conference=conference, **({"name": "J. Smit", "organisation": "GGZ", **WHY} | wrong))


def test_it_is_not_held_before_its_day_nor_twice(member, case):
    later = make_conference(member, case, starts_at=timezone.now() + timedelta(days=4))
    with pytest.raises(Refused, match="moet nog komen"):
        do(hold_conference, member, conference=later, resident_part="present", nothing_agreed="-")
    do(cancel_conference, member, conference=later, why="Niet nodig.")
    with pytest.raises(Refused, match="al gehouden of afgezegd"):
        do(cancel_conference, member, conference=later, why="Niet nodig.")


def test_moving_it_moves_the_date_on_the_list(member, conference):
    moment = timezone.now() + timedelta(days=9)
    facts = {"starts_at": moment, "question": "Wie?", "resident_part": "informed"}
    moved = do(change_conference, member, conference=conference, **facts)
    assert (moved.starts_at, Conference.objects.get().commitment.due_at) == (moment, moment)


def test_private_notes_are_for_who_wrote_them_and_the_lead_and_stand_encrypted(member, conference, dossier):
    agree(member, conference, dossier)
    do(hold_conference, member, conference=conference, resident_part="present", notes="Geheim", audience="private")
    colleague = make_member(member.team, name="Bo")
    read = {who.worker.name: table_of(actor=actor_for(who), conference=conference_of(actor=actor_for(who), ref=conference.ref)).notes for who in (member, member.team.lead, colleague)}
    assert read == {"Noor": "Geheim", "Leonie": "Geheim", "Bo": None}
    with connection.cursor() as cursor:
        cursor.execute("SELECT notes, private_notes FROM conferences_conference")
        assert "Geheim" not in str(cursor.fetchone())


def test_a_volunteer_and_another_team_do_not_find_it(member, conference, elsewhere):
    for other in (elsewhere, make_member(member.team, "volunteer", name="Vic")):
        with pytest.raises(Absent):
            conference_of(actor=actor_for(other), ref=conference.ref)
    with pytest.raises(Absent):
        do(plan_conference, elsewhere, case=conference.case, starts_at=timezone.now() + timedelta(days=1), question="?", resident_part="present")
