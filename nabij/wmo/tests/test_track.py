from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from nabij.access.tests.factories import log_in, make_controller, make_member, make_municipality, make_team
from nabij.casework.tests.factories import make_case
from nabij.commitments.models import Commitment
from nabij.core.errors import Absent, Refused
from nabij.residents.tests.factories import make_resident
from nabij.signals.tests.factories import make_signal
from nabij.wmo.actions import (
    arrange_urgent,
    confirm_receipt,
    decide_request,
    end_track,
    extend_term,
    give_result,
    keep_elsewhere,
    note_plan,
    receive_request,
    suspend_term,
    tell_support,
    write_topic,
)
from nabij.wmo.models import Keeping, Move, Topic, Track
from nabij.wmo.queries import track_of

from .factories import MONDAY, days, do, inquire, make_track

pytestmark = pytest.mark.django_db
TOLD = {"told_on": MONDAY.date(), "told_how": "per brief", "ground": "information"}


def end_of_term(track):
    return timezone.localdate(Commitment.objects.get(pk=track.pk).term_at)


def test_a_track_runs_from_the_day_the_report_came_in_not_from_today(member, dossier):
    signal = make_signal(member.team, dossier=dossier, asks_support=True)
    track = make_track(member, dossier, MONDAY + days(10), signal=signal)
    assert track.received_on == MONDAY.date()
    assert end_of_term(track) == date(2026, 7, 27)
    assert (track.commitment.kind, track.commitment.owner) == ("wmo", member)


def test_the_term_stands_once_on_the_track_not_also_on_signal_and_case(member, dossier):
    signal = make_signal(member.team, dossier=dossier, asks_support=True)
    case = make_case(member, dossier, at=MONDAY, signal=signal)
    assert case.commitment.term_at is not None
    make_track(member, dossier, case=case)
    assert Commitment.objects.get(pk=case.pk).term_at is None


def test_a_signal_that_asks_for_no_support_starts_no_track(member, dossier):
    signal = make_signal(member.team, dossier=dossier)
    with pytest.raises(Refused, match="ondersteuning"):
        make_track(member, dossier, signal=signal)


def test_a_resident_has_one_running_track(member, dossier, track):
    with pytest.raises(Refused):
        make_track(member, dossier)
    do(end_track, member, track=track, why="taken_back")
    assert make_track(member, dossier).pk != track.pk


def test_a_dossier_with_a_track_is_kept_fifteen_years(dossier, track):
    dossier.refresh_from_db()
    assert dossier.erase_on > MONDAY.date() + days(5400)


def test_a_suspension_moves_the_term_by_its_days_and_says_who_and_why(member, track):
    move = do(suspend_term, member, track=track, from_on=date(2026, 6, 20), until_on=date(2026, 6, 30), **TOLD)
    assert end_of_term(track) == date(2026, 8, 6)
    assert (move.days, move.phase, move.by) == (10, "inquiry", member)
    do(suspend_term, member, track=track_of_(track), from_on=date(2026, 6, 25), until_on=date(2026, 7, 2), **TOLD)
    assert end_of_term(track) == date(2026, 8, 10)  # 27 July, and twelve days, then a Saturday


def track_of_(track):
    return Track.objects.prefetch_related("moves").get(pk=track.pk)


def test_an_extension_gives_a_later_end_once_and_only_before_the_term_passed(member, track):
    do(extend_term, member, track=track, until_on=date(2026, 8, 10), **TOLD)
    assert end_of_term(track) == date(2026, 8, 10)
    with pytest.raises(Refused, match="al één keer"):
        do(extend_term, member, track=track_of_(track), until_on=date(2026, 8, 24), **TOLD)
    late = make_track(member, make_resident(member.team, "Visser").dossier)
    with pytest.raises(Refused, match="27-07-2026"):
        do(extend_term, member, MONDAY + days(50), track=late, until_on=date(2026, 9, 1), **TOLD)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"until_on": date(2026, 6, 20)}, "until_on"),
        ({"from_on": date(2026, 6, 1)}, "from_on"),
        ({"from_on": date(2026, 9, 1), "until_on": date(2026, 9, 9)}, "from_on"),
        ({"until_on": date(2028, 6, 20)}, "until_on"),
        ({"told_how": " "}, "told_how"),
        ({"told_on": date(2026, 6, 16)}, "told_on"),
        ({"ground": "other"}, "words"),
        ({"ground": "because"}, "ground"),
    ],
)
def test_a_suspension_that_cannot_be_is_refused_with_the_field_that_is_wrong(member, track, change, field):
    facts = {"from_on": date(2026, 6, 20), "until_on": date(2026, 6, 30), **TOLD, **change}
    with pytest.raises(Refused) as refused:
        do(suspend_term, member, track=track, **facts)
    assert refused.value.field == field
    assert end_of_term(track) == date(2026, 7, 27)
    assert Move.objects.count() == 0


def test_the_result_needs_every_topic_receipt_and_client_support(member, track):
    facts = {"on": MONDAY.date(), "words": "U krijgt hulp in huis.", "follows": "nothing"}
    with pytest.raises(Refused, match="Nog niet opgeschreven"):
        do(give_result, member, track=track, **facts)
    for about in Topic.About:
        do(write_topic, member, track=track, about=about, state="na")
    with pytest.raises(Refused, match="ontvangst"):
        do(give_result, member, track=track, **facts)
    do(confirm_receipt, member, track=track, on=MONDAY.date(), how="per mail")
    do(tell_support, member, track=track, on=MONDAY.date())
    do(give_result, member, track=track, **facts)
    assert Commitment.objects.get(pk=track.pk).outcome == "result_given"


def test_after_the_result_a_request_runs_two_weeks_and_the_decision_finishes_it(member, track):
    inquire(member, track)
    do(give_result, member, track=track, on=MONDAY.date(), words="Wij denken aan hulp in huis.", follows="request")
    assert Commitment.objects.get(pk=track.pk).term_at is None
    do(receive_request, member, MONDAY + days(3), track=track, on=MONDAY.date() + days(3))
    assert end_of_term(track) == date(2026, 7, 2)
    later = MONDAY + days(5)
    do(suspend_term, member, later, track=track_of_(track), from_on=date(2026, 6, 20), until_on=date(2026, 6, 25), **TOLD)
    assert end_of_term(track) == date(2026, 7, 7)
    do(decide_request, member, later, track=track_of_(track), on=later.date(), answer="granted")
    commitment = Commitment.objects.get(pk=track.pk)
    assert (commitment.outcome, commitment.is_open) == ("granted", False)


def test_a_request_without_result_counts_only_when_the_term_has_passed(member, track):
    with pytest.raises(Refused, match="27-07-2026"):
        do(receive_request, member, MONDAY + days(5), track=track, on=MONDAY.date() + days(5))
    late = MONDAY + days(45)
    assert do(receive_request, member, late, track=track, on=late.date()).requested_on == late.date()


def test_an_inquiry_that_is_put_off_never_puts_off_the_residents_right_to_ask_for_a_decision(member, track):
    do(suspend_term, member, track=track, from_on=date(2026, 6, 20), until_on=date(2026, 7, 20), **TOLD)
    do(extend_term, member, track=track_of_(track), until_on=date(2026, 10, 1), **TOLD)
    track, after = track_of_(track), MONDAY + days(43)
    assert (track.inquiry_by, track.request_after) == (date(2026, 10, 1), date(2026, 7, 27))
    with pytest.raises(Refused, match="27-07-2026"):
        do(receive_request, member, after, track=track, on=date(2026, 7, 27))
    do(receive_request, member, after, track=track, on=after.date())
    assert end_of_term(track) == date(2026, 8, 11)


def test_no_own_plan_can_be_said_only_after_its_seven_days(member, track):
    with pytest.raises(Refused, match="22-06-2026"):
        do(note_plan, member, MONDAY + days(7), track=track, received=False)
    assert do(note_plan, member, MONDAY + days(8), track=track, received=False).plan_received is False
    assert do(note_plan, member, MONDAY + days(9), track=track, received=True, on=date(2026, 6, 24)).plan_on == date(2026, 6, 24)


def test_what_cannot_wait_is_arranged_today_and_stands_on_top(member, track):
    do(arrange_urgent, member, track=track, what="Warme maaltijden tot er een besluit is.")
    commitment = Commitment.objects.get(pk=track.pk)
    assert (commitment.urgency, timezone.localdate(commitment.due_at)) == (0, MONDAY.date())


def test_another_system_keeps_the_track_and_here_stay_reference_owner_and_date(member, dossier):
    admin = make_member(member.team, "administrator", name="Ada")
    do(keep_elsewhere, admin, municipality=member.team.municipality, here=False, system="Suite")
    track = make_track(member, dossier, reference="2026-114")
    assert (track.kept_here, track.system, track.reference, track.commitment.owner) == (False, "Suite", "2026-114", member)
    with pytest.raises(Refused, match="Suite"):
        do(confirm_receipt, member, track=track, on=MONDAY.date(), how="per brief")
    do(end_track, member, track=track, why="settled")
    assert Commitment.objects.get(pk=track.pk).outcome == "settled"


def test_an_administrator_of_elsewhere_changes_nothing_here(member):
    elsewhere = make_member(make_team(make_municipality(make_controller("welfare", "Welzijn"))), "administrator", name="Ada")
    with pytest.raises(Absent):
        do(keep_elsewhere, elsewhere, municipality=member.team.municipality, here=False, system="Suite")
    assert Keeping.objects.count() == 0


def test_a_colleague_of_another_organisation_finds_no_track(track):
    from nabij.access.tests.factories import actor_for

    stranger = make_member(make_team(make_municipality(make_controller("welfare", "Welzijn"))), name="Wen")
    with pytest.raises(Absent):
        track_of(actor=actor_for(stranger, MONDAY), ref=track.ref)
    with pytest.raises(Absent):
        do(confirm_receipt, stranger, track=track, on=MONDAY.date(), how="per brief")


@pytest.mark.parametrize(
    "change",
    ["kept_here = false, system = ''", "confirmed_on = received_on, confirmed_how = ''", "support_on = received_on", "result_on = received_on, result_words = ''",
     "decided_on = received_on, answer = 'granted'", "urgent_on = received_on"],
)  # fmt: skip
def test_the_database_refuses_half_a_fact_about_a_track(track, change):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE wmo_track SET {change} WHERE commitment_id = %s", [track.pk])


@pytest.mark.parametrize("sql", ["UPDATE wmo_move SET until_on = told_on + 90", "UPDATE wmo_move SET words = 'anders'", "UPDATE wmo_move SET ground = 'away'", "DELETE FROM wmo_move"])
def test_the_database_keeps_what_moved_a_term(member, track, sql):
    do(suspend_term, member, track=track, from_on=date(2026, 6, 20), until_on=date(2026, 6, 30), words="Loonstrook", **TOLD)
    if connection.vendor == "sqlite":
        sql = sql.replace("told_on + 90", "date(told_on, '+90 days')")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    Move.objects.update(words="")  # erasing may empty it


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_track_asked_for_a_worry_about_nobody_known_says_to_link_it_first(client, member, language):
    worry = make_signal(member.team)
    log_in(client, member.worker)
    client.cookies["django_language"] = language
    answer = client.get(reverse("wmo:start", args=[worry.ref]))
    assert answer.status_code == 200
    assert {"nl": "Over wie gaat dit?", "en": "Who is this about?"}[language] in answer.content.decode()
