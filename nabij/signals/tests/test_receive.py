from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from nabij.access.actor import public_actor
from nabij.access.models import DutyTurn, NeighbourhoodPostcode, Role, TeamArea
from nabij.access.tests.factories import (
    actor_for,
    make_dossier,
    make_grant,
    make_member,
    make_municipality,
    make_neighbourhood,
    make_team,
)
from nabij.core.errors import Absent, Refused
from nabij.signals.models import Reporter, Signal
from nabij.signals.receipts import mark_of

from .factories import MONDAY, REPORTER, make_signal, receive

pytestmark = pytest.mark.django_db
AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def local(year: int, month: int, day: int, hour: int = 17) -> datetime:
    return datetime(year, month, day, hour, tzinfo=AMSTERDAM)


@pytest.fixture
def front_door():
    return make_team(name="Voordeur", kind="front_door")


@pytest.fixture
def local_team(front_door):
    team = make_team(front_door.municipality, name="Team Gors")
    place = make_neighbourhood(front_door.municipality)
    TeamArea.objects.create(team=team, neighbourhood=place, from_on=date(2020, 1, 1))
    NeighbourhoodPostcode.objects.create(neighbourhood=place, postcode="1441")
    team.place = place
    return team


def test_a_signal_without_a_place_goes_to_the_front_door(front_door, local_team):
    signal = make_signal(None, municipality=front_door.municipality)
    assert signal.commitment.team == front_door
    assert signal.commitment.owner == front_door.lead


def test_a_postcode_brings_it_to_the_team_of_the_neighbourhood(front_door, local_team):
    signal = make_signal(None, municipality=front_door.municipality, postcode="1441 AB")
    assert signal.commitment.team == local_team
    assert signal.neighbourhood == local_team.place


def test_the_place_counts_before_the_team_that_wrote_it_down(front_door, local_team):
    other = make_team(front_door.municipality, name="Team Noord")
    assert make_signal(other, neighbourhood=local_team.place).commitment.team == local_team
    assert make_signal(other).commitment.team == other


def test_who_is_on_duty_that_day_answers_for_it(local_team):
    duty = make_member(local_team)
    DutyTurn.objects.create(team=local_team, on=MONDAY.date(), membership=duty)
    assert make_signal(local_team).commitment.owner == duty
    assert make_signal(local_team, at=MONDAY + timedelta(days=1)).commitment.owner == local_team.lead


def test_a_team_that_cannot_answer_is_passed_over(front_door, local_team):
    local_team.lead_substitute = None
    local_team.save()
    assert make_signal(local_team, neighbourhood=local_team.place).commitment.team == front_door


@pytest.mark.parametrize(
    ("fields", "due", "urgency"),
    [
        ({}, local(2026, 6, 17), 2),
        ({"urgency": 1}, local(2026, 6, 16), 1),
        ({"about_child": True}, local(2026, 6, 16), 1),
        ({"unsafe": True}, local(2026, 6, 15), 0),
        ({"urgency": 2, "unsafe": True, "about_child": True}, local(2026, 6, 15), 0),
    ],
)
def test_the_first_date_follows_urgency_and_safety_raises_it(local_team, fields, due, urgency):
    commitment = make_signal(local_team, **fields).commitment
    assert (commitment.due_at, commitment.urgency) == (due, urgency)


def test_what_is_unsafe_in_the_evening_is_due_at_once(local_team):
    evening = local(2026, 6, 15, 22)
    assert make_signal(local_team, at=evening, unsafe=True).commitment.due_at == evening


def test_asking_for_support_starts_the_six_weeks_of_the_wmo(local_team):
    assert make_signal(local_team, asks_support=True).commitment.term_at == local(2026, 7, 27)
    assert make_signal(local_team, asks_support=False).commitment.term_at is None


def test_the_line_on_the_board_holds_neither_words_nor_reporter(local_team):
    signal = make_signal(local_team, words="Ze is dement en vergeet het gas.", reporter=REPORTER)
    assert signal.commitment.what == "Zorg over Meneer Jansen"
    place = make_signal(local_team, about="place", who="", place="Speeltuin Wormerplein", reporter=REPORTER)
    assert place.commitment.what == "Zorg: Speeltuin Wormerplein"
    own = make_signal(local_team, about="self", who="", neighbourhood=local_team.place, reporter=REPORTER)
    assert own.commitment.what == "Iemand zoekt hulp: De Gors"
    assert make_signal(local_team, channel="email", who="Re: moeder is ziek").commitment.what == "Bericht per e-mail"


def test_the_receipt_number_is_kept_only_as_a_fingerprint(local_team):
    receipt = receive(local_team)
    kept = Signal.objects.filter(pk=receipt.signal.pk).values().get()
    assert len(receipt.number) == 14
    assert kept["receipt_mark"] == mark_of(receipt.number.replace("-", " ").upper())
    assert receipt.number not in str(kept)


def test_a_reporter_is_known_only_to_us_unless_they_say_otherwise(local_team):
    signal = make_signal(local_team, reporter={"name": "Bep", "phone": "0612345678"})
    assert (signal.reporter.openness, signal.reporter.can_call, signal.reporter.can_mail) == ("known", True, False)


def test_who_stays_anonymous_leaves_nothing_behind(local_team):
    make_signal(local_team, reporter={**REPORTER, "openness": "anonymous", "organisation": "Huisarts"})
    kept = Reporter.objects.get()
    assert (kept.name, kept.email, kept.phone, kept.organisation, kept.can_mail, kept.can_call) == ("", "", "", "", False, False)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"words": "  "}, "words"),
        ({"who": ""}, "who"),
        ({"reporter": {"email": "bep(at)post"}}, "email"),
        ({"reporter": {"name": "Bep", "call_back": True}}, "phone"),
        ({"reporter": {"openness": "anonymous", "phone": "0612345678", "call_back": True}}, "call_back"),
    ],
)
def test_what_is_missing_is_refused_and_nothing_is_half_written(local_team, fields, field):
    with pytest.raises(Refused) as refused:
        make_signal(local_team, **fields)
    assert refused.value.field == field
    assert Signal.objects.count() == 0


def test_the_same_source_gives_one_signal(local_team):
    first = make_signal(local_team, source_key="mail:1")
    assert make_signal(local_team, source_key="mail:1") == first
    assert Signal.objects.count() == 1


def test_the_same_form_sent_twice_is_one_signal(front_door):
    actor = public_actor(at=MONDAY, request_id="a" * 32, origin="192.0.2.1")
    first = receive(None, actor=actor, municipality=front_door.municipality)
    assert receive(None, actor=actor, municipality=front_door.municipality) is None
    assert Signal.objects.get() == first.signal


def test_files_are_kept_with_the_signal(local_team):
    signal = make_signal(local_team, papers=[("trap.jpg", "image/jpeg", b"bytes")])
    row = signal.signal_papers.get()
    assert (row.paper.name, row.paper.team) == ("trap.jpg", local_team)


def test_nobody_writes_in_another_municipality(local_team):
    stranger = actor_for(make_member(make_team(make_municipality())), MONDAY)
    with pytest.raises(Absent):
        receive(None, actor=stranger, municipality=local_team.municipality)


def test_a_signal_about_a_resident_needs_access_to_the_resident(local_team):
    dossier = make_dossier(local_team)
    volunteer = make_member(local_team, Role.VOLUNTEER)
    with pytest.raises(Absent):
        receive(None, actor=actor_for(volunteer, MONDAY), dossier=dossier)
    make_grant(dossier, volunteer.worker)
    signal = make_signal(None, actor=actor_for(volunteer, MONDAY), dossier=dossier)
    assert (signal.commitment.dossier, signal.commitment.team, signal.recorded_by) == (dossier, local_team, volunteer)


def test_a_protected_dossier_keeps_its_signal_away_from_the_duty_worker(local_team):
    dossier = make_dossier(local_team, restricted=True)
    named = make_member(local_team)
    make_grant(dossier, named.worker, kind="restricted")
    assert make_signal(None, actor=actor_for(named, MONDAY), dossier=dossier).commitment.owner == named


def test_where_no_team_can_answer_for_anything_the_telephone_number_of_the_municipality_is_given():
    municipality = make_municipality()
    municipality.phone = "0299 222 222"
    municipality.save()
    with pytest.raises(Refused, match=r"Er is nog geen team dat dit kan oppakken\. Bel de gemeente: 0299 222 222"):
        receive(None, actor=public_actor(at=MONDAY), municipality=municipality, channel="form")
    assert Signal.objects.count() == 0
