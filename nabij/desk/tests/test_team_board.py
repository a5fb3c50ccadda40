from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from nabij.access.models import Membership, Role
from nabij.access.tests.factories import actor_for, make_member, make_team
from nabij.commitments.actions import stand_in
from nabij.commitments.models import Commitment
from nabij.commitments.tests.factories import log_in
from nabij.contacts.actions import record_contact
from nabij.desk.queries.team_board import team_board
from nabij.desk.queries.team_people import people_of
from nabij.residents.models import SafetyNote
from nabij.upkeep.models import SweepRun
from nabij.upkeep.sweep import sweep
from tests.support.meanwhile import in_between

from .counting import queries_of
from .factories import ago, make_case, make_contact, make_person, make_signal

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def lead(team):
    return team.lead


def board(client, team, **asked):
    return client.get(reverse("desk:team_board", args=[team.ref]), asked)


def late_signal(team, days=5):
    signal = make_signal(team)
    Commitment.objects.filter(pk=signal.pk).update(due_at=ago(days))
    return signal.commitment


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


def test_a_quiet_team_sees_a_zero(client, team):
    page = text_of(board(client, team))
    assert "Niemand valt tussen wal en schip" in page
    assert "Er wacht niets op het team" in page


def test_the_zero_becomes_a_number_with_the_row_behind_it_and_what_to_do(client, team):
    late_signal(team)
    page = text_of(board(client, team))
    assert "1 ding dreigt tussen wal en schip te vallen" in page
    assert "Mevrouw op nummer 12" in page
    assert "Bel of beslis vandaag" in page
    assert "Ik pak dit op" in page


def test_each_number_opens_its_own_list(client, team):
    late_signal(team)
    assert "Mevrouw op nummer 12" in text_of(board(client, team, show="unanswered"))
    assert "Dat was alles" in text_of(board(client, team, show="never"))
    assert board(client, team, show="nonsense").status_code == 200
    assert board(client, team, show="unanswered", after="x_y").status_code == 200


def test_the_list_goes_on_where_it_stopped_and_shows_everything_once(team, me):
    for number in range(30):
        late_signal(team, days=5 + number % 3)
    seen, after = [], ""
    for _page in range(3):
        part = team_board(actor=actor_for(me), team=team, show="unanswered", after=after).sections[0]
        seen += [row.ref for row in part.rows]
        after = part.next_cursor
        if not after:
            break
    assert len(seen) == len(set(seen)) == 30


def test_who_is_never_spoken_and_who_has_gone_quiet_stand_apart(team, me):
    make_case(me, make_person(me, 1, days_known=40))
    quiet = make_person(me, 2, days_known=90)
    make_case(me, quiet, opened=80)
    make_contact(me, quiet, days=60)
    parts = {part.code: part.total for part in team_board(actor=actor_for(me), team=team).sections}
    assert parts == {"never": 1, "silent": 1}


def test_a_night_without_a_sweep_is_an_alarm_on_the_board(client, team):
    assert "De nachtelijke controle heeft nog nooit gedraaid" in text_of(board(client, team))
    sweep(at=timezone.now())
    assert "De nachtelijke controle" not in text_of(board(client, team))
    SweepRun.objects.update(began_at=ago(2), ended_at=ago(2))
    assert "De nachtelijke controle heeft niet gedraaid" in text_of(board(client, team))


def test_a_line_says_to_whom_it_was_brought(client, team, lead):
    commitment = late_signal(team)
    sweep(at=timezone.now())
    owner = Commitment.objects.get(pk=commitment.pk).owner
    assert owner == lead
    assert "Ligt bij Sam" in text_of(board(client, team))  # four working days later it is with the lead's substitute
    assert "Ligt bij jou" in text_of(board(log_in(client, team.lead_substitute.worker), team))


def test_how_much_somebody_carries_is_for_that_person_and_the_lead(team, me, lead):
    make_case(me, make_person(me, 1))
    make_case(lead, make_person(lead, 2))
    own = {one.name: one.cases for one in people_of(actor=actor_for(me), team=team)}
    assert own == {"Leonie": None, "Noor": 1, "Sam": None}
    every = {one.name: one.cases for one in people_of(actor=actor_for(lead), team=team)}
    assert every == {"Leonie": 1, "Noor": 1, "Sam": 0}


def test_absence_and_who_leaves_stand_on_it(client, team, me):
    today = timezone.localdate()
    pim = make_member(team, name="Pim", until_on=today + 7 * DAY)
    stand_in(actor=actor_for(team.lead), at=timezone.now(), membership=me, substitute=pim, from_on=today, until_on=today + DAY)
    page = text_of(board(client, team))
    assert "Pim vervangt" in page
    assert "Vertrekt op" in page


def test_tried_three_times_in_a_row_stands_on_it_until_somebody_answers(client, team, me):
    person = make_person(me, 1)
    make_case(me, person)
    for days in (3, 2, 1):
        make_contact(me, person, days=days, reached=False)
    assert "3 keer op rij" in text_of(board(client, team))
    at = timezone.now()
    texts = {person.pk: ("team", "")}
    record_contact(actor=actor_for(me), at=at, dossiers=[person.dossier], medium="phone", reached=True, happened_at=at, texts=texts)
    assert "keer op rij" not in text_of(board(client, team))


def test_safety_notes_whose_day_has_come_stand_on_it(client, team, me):
    person = make_person(me, 1)
    SafetyNote.objects.create(dossier=person.dossier, fact="x", what_to_do="Bel eerst", author=me, made_at=ago(90), review_on=ago(1).date())
    assert "Bel eerst" in text_of(board(client, team))


def test_a_closed_dossier_has_no_name_on_the_board(client, team, me):
    person = make_person(me, 1, days_known=40)
    make_case(me, person)
    type(person.dossier).objects.filter(pk=person.pk).update(restricted=True)
    log_in(client, make_member(team, name="Cor").worker)
    page = text_of(board(client, team))
    assert "Een dossier dat voor jou gesloten is" in page
    assert person.surname not in page


def test_another_teams_board_and_a_volunteer_find_nothing(client, team):
    other = make_team(team.municipality, name="Team Wheermolen")
    assert board(client, other).status_code == 404
    log_in(client, make_member(team, Role.VOLUNTEER, "Vera").worker)
    assert board(client, team).status_code == 404


def test_who_asks_for_the_board_while_the_team_ends_finds_nothing(client, team, me):
    with in_between('FROM "access_team"', "UPDATE access_team SET ended_at = CURRENT_TIMESTAMP"):
        assert client.get(reverse("desk:own_team")).status_code == 404


def fill(me, count):
    for number in range(count):
        late_signal(me.team)
        person = make_person(me, number, days_known=40)
        make_case(me, person)
        for days in (3, 2, 1):
            make_contact(me, person, days=days, reached=False)
        SafetyNote.objects.create(dossier=person.dossier, fact="x", what_to_do="Bel eerst", author=me, made_at=ago(90), review_on=ago(1).date())
        Membership.objects.filter(pk=make_member(me.team, name=f"Pim {number}").pk).update(until_on=timezone.localdate() + DAY)


def test_thirty_of_everything_ask_as_few_questions_as_one(client, team, me):
    address = reverse("desk:team_board", args=[team.ref])
    fill(me, 1)
    sweep(at=timezone.now())
    few = queries_of(client, address)
    fill(me, 30)
    many = queries_of(client, address)
    assert len(many) == len(few)
    assert len(many) <= 14, "\n".join(many)
    assert connection.vendor in {"sqlite", "postgresql"}


def test_the_last_sweep_in_counts_is_for_lead_and_privacy_officer(client, team, lead):
    late_signal(team)
    sweep(at=timezone.now())
    assert client.get(reverse("desk:sweep")).status_code == 404
    page = text_of(log_in(client, lead.worker).get(reverse("desk:sweep")))
    assert "niet op tijd beantwoord" in page
    assert "1, moet nul zijn" in page


def test_a_lead_arranges_the_absence_of_a_colleague_from_the_board_and_a_colleague_does_not(client, team, lead):
    sam = make_member(team, name="Sam")
    address = reverse("handover:absence", args=[sam.ref])
    assert address not in text_of(board(client, team))
    log_in(client, lead.worker)
    assert f'<a href="{address}" aria-label="Afwezig melden: Sam">Afwezig melden</a>' in text_of(board(client, team))
    assert client.get(address).status_code == 200
