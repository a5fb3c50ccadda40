"""What the acts of a track refuse, with the words that people read, and that nothing is written then."""

from datetime import date

import pytest
from django.urls import reverse

from nabij.access.actor import system_actor
from nabij.access.tests.factories import log_in, make_member, make_team
from nabij.casework.tests.factories import make_case
from nabij.core.errors import Absent, Refused
from nabij.residents.tests.factories import make_resident
from nabij.signals.tests.factories import make_signal
from nabij.wmo import actions
from nabij.wmo.models import Keeping, Move, Topic, Track

from .factories import MONDAY, days, do, inquire, make_track

pytestmark = pytest.mark.django_db
TODAY = MONDAY.date()
LATER = MONDAY + days(45)  # the term of the inquiry has passed
TOLD = {"ground": "information", "told_on": TODAY, "told_how": "per brief"}


def standing(track):
    return Track.objects.values().get(pk=track.pk), Move.objects.count(), Topic.objects.count()


def refuses(act, member, track, at=MONDAY, **facts):
    """Try it, and return what was said and at which field; the track stands as it stood."""
    before = standing(track)
    with pytest.raises(Refused) as refused:
        do(act, member, at, track=Track.objects.get(pk=track.pk), **facts)
    assert standing(track) == before
    return refused.value.message, refused.value.field


@pytest.mark.parametrize(
    ("act", "facts", "words", "field"),
    [
        ("give_result", {"on": TODAY, "words": " ", "follows": "nothing"}, "Schrijf de uitkomst", "words"),
        ("give_result", {"on": TODAY, "words": "Hulp in huis.", "follows": "perhaps"}, "Kies wat er volgt.", "follows"),
        ("decide_request", {"on": TODAY, "answer": "granted"}, "Er is nog geen besluit aangevraagd.", None),
        ("end_track", {"why": "because"}, "Kies waarom het traject stopt.", "why"),
        ("end_track", {"why": "settled"}, "Dit traject loopt hier: geef de uitkomst.", "why"),
        ("confirm_receipt", {"on": TODAY, "how": " "}, "Zeg hoe: per brief", "how"),
        (
            "confirm_receipt",
            {"on": TODAY - days(1), "how": "per brief"},
            "Deze dag ligt voor de dag van de melding (15-06-2026).",
            "on",
        ),
        ("note_plan", {"received": True}, "Op welke dag kwam het plan binnen?", "on"),
        ("write_topic", {"about": "weather", "state": "na"}, "Kies of dit is besproken.", "state"),
        (
            "write_topic",
            {"about": "needs", "state": "discussed", "words": " "},
            "Schrijf in een paar woorden wat er is gezegd.",
            "words",
        ),
        ("arrange_urgent", {"what": " "}, "Schrijf wat er voor nu is geregeld.", "what"),
        ("extend_term", {**TOLD, "until_on": date(2026, 7, 27)}, "Kies een dag na 27-07-2026.", "until_on"),
        ("extend_term", {**TOLD, "until_on": date(2028, 7, 28)}, "Dit is langer dan een jaar.", "until_on"),
    ],
)
def test_an_act_that_says_too_little_or_something_impossible_is_refused(member, track, act, facts, words, field):
    said, at_field = refuses(getattr(actions, act), member, track, **facts)
    assert (said.startswith(words), at_field) == (True, field), said


def test_after_the_result_no_term_moves_and_no_request_came_before_it(member, track):
    inquire(member, track)
    later = MONDAY + days(2)
    do(actions.give_result, member, later, track=track, on=later.date(), words="Hulp in huis.", follows="request")
    said, _field = refuses(actions.extend_term, member, track, later, until_on=date(2026, 8, 10), **TOLD)
    assert said == "De uitkomst is gegeven: er loopt nu geen termijn."
    assert refuses(actions.receive_request, member, track, later, on=TODAY + days(1)) == (
        "Deze dag ligt voor de uitkomst.",
        "on",
    )


def test_a_request_is_written_down_once_and_decided_with_an_answer(member, track):
    do(actions.receive_request, member, LATER, track=track, on=LATER.date())
    assert refuses(actions.receive_request, member, track, LATER, on=LATER.date()) == ("De aanvraag staat er al.", None)
    assert refuses(actions.decide_request, member, track, LATER, on=LATER.date(), answer="maybe") == (
        "Kies wat er is besloten.",
        "answer",
    )


def test_a_finished_track_does_not_change(member, track):
    do(actions.end_track, member, track=track, why="taken_back")
    assert refuses(actions.confirm_receipt, member, track, on=TODAY, how="per brief") == ("Dit traject is klaar.", None)


def test_another_system_has_a_name(member):
    admin = make_member(member.team, "administrator", name="Ada")
    with pytest.raises(Refused, match="Hoe heet het andere systeem"):
        do(actions.keep_elsewhere, admin, municipality=member.team.municipality, here=False, system=" ")
    assert Keeping.objects.count() == 0


def test_a_track_starts_on_no_day_to_come_and_not_without_somebody_who_answers_for_it(member, dossier):
    with pytest.raises(Refused, match="Op welke dag kwam de melding binnen"):
        make_track(member, dossier, received_on=TODAY + days(1))
    with pytest.raises(Absent):
        actions.start_track(actor=system_actor(at=MONDAY), at=MONDAY, dossier=dossier)
    assert Track.objects.count() == 0


def test_a_track_starts_with_nothing_of_another_resident_or_that_one_may_not_see(member, dossier):
    other = make_resident(member.team, "Visser").dossier
    elsewhere = make_team(name="Team Dorp")
    for beginning in (
        {"case": make_case(member, other, at=MONDAY)},
        {"signal": make_signal(member.team, dossier=other, asks_support=True)},
        {"signal": make_signal(elsewhere, asks_support=True)},
    ):
        with pytest.raises(Absent):
            make_track(member, dossier, **beginning)
    assert Track.objects.count() == 0


@pytest.mark.parametrize("page", ["wmo:letter_pdf", "wmo:letter_odt"])
def test_there_is_no_letter_before_the_result(client, member, track, page):
    assert log_in(client, member.worker).get(reverse(page, args=[track.ref])).status_code == 404
