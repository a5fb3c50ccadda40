"""Mijn dag: one row per resident, in the order of need."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from nabij.access.models import Role
from nabij.access.tests.factories import make_grant, make_member, make_team
from nabij.audit.models import Entry
from nabij.commitments.models import Commitment
from nabij.commitments.tests.factories import log_in, make_stand_in, make_task

from .counting import MOST, queries_of
from .factories import ago, make_case, make_contact, make_day, make_pause, make_person, make_signal

pytestmark = pytest.mark.django_db
DAY = reverse("desk:my_day")
ROW = re.compile(r'<li class="row t-(?:danger|warn|info|silent|ok|plain)" id="row-(\w+)">')


def bands(text):
    return re.findall(r'id="band-(\w+)"', text)


def rows(text):
    return ROW.findall(text)


def names(text):
    """Return the titles of the rows of the list, without what is new for the team."""
    return re.findall(r'<h3 class="row-title"><a [^>]*>([^<]+)</a>', text.split('id="fresh-title"')[0])


def test_it_takes_the_same_number_of_queries_for_one_row_and_for_a_hundred(client, me, team):
    make_day(me, 1)
    make_signal(team)
    one = queries_of(client, DAY)
    make_day(me, 99)
    hundred = queries_of(client, DAY)
    assert len(hundred) == len(one)
    assert len(one) <= MOST, "\n".join(sql[:150] for sql in one)


def test_the_order_of_need(client, me, team):
    spoken = [make_person(me, number) for number in range(5)]
    for person, days in zip(spoken, [50, 2, 2, 2, 2], strict=True):
        make_contact(me, person, days=days)
    noon = (timezone.localtime().replace(hour=12) - timezone.localtime()) / timedelta(days=1)  # today at every hour of the clock
    silent, later, soon, today, late = (make_case(me, p, days=d) for p, d in zip(spoken, [20, 20, 4, noon, -2], strict=True))
    never = make_case(me, make_person(me, 6), days=20)
    acute = make_case(me, make_person(me, 7), days=20)
    Commitment.objects.filter(pk=acute.pk).update(urgency=0)
    text = client.get(DAY).text
    assert bands(text) == ["now", "never", "late", "today", "silent", "soon", "later"]
    assert rows(text) == [c.ref for c in (acute, never, late, today, silent, soon, later)]


def test_one_row_per_resident_and_the_rest_folds_inside(client, me):
    person = make_person(me, 1)
    case = make_case(me, person, days=-1)
    make_task(me, "Formulier nakijken", days=5, dossier=person.dossier)
    text = client.get(DAY).text
    assert rows(text) == [case.ref]
    assert "Formulier nakijken" in text
    assert "nog 1 voor deze inwoner" in text


def test_a_pause_waits_and_wakes_on_its_day(client, me):
    people = [make_person(me, number) for number in (1, 2)]
    for person in people:
        make_contact(me, person, days=2)
    resting, woken = (make_case(me, person, days=-4) for person in people)
    make_pause(me, resting, days=30)
    make_pause(me, woken, days=0)
    text = client.get(DAY).text
    assert bands(text) == ["today", "later"]
    assert rows(text) == [woken.ref, resting.ref]
    assert "Even niets doen: kijk weer" in text


def test_a_third_postponement_shows(client, me):
    case = make_case(me, make_person(me, 1))
    Commitment.objects.filter(pk=case.pk).update(postponed=2)
    assert "keer uitgesteld" not in client.get(DAY).text
    Commitment.objects.filter(pk=case.pk).update(postponed=3)
    assert "3 keer uitgesteld" in client.get(DAY).text


def test_what_to_mind_stands_before_call_and_route(client, me):
    make_day(me, 1)
    text = client.get(DAY).text
    row = text[text.index('id="row-') :]
    assert row.index("Bel eerst, dan doet hij de hond weg") < row.index('href="tel:0612345678"') < row.index('href="geo:0,0?q=Gorslaan%201')
    assert "Hond bijt" not in text  # the fact is not for a list


def test_a_secret_address_is_never_a_route(client, me):
    secret = {"street": "Verborgenlaan", "number": "9", "postcode": "1441 AB", "place": "Waterdam", "secret": True}
    make_case(me, make_person(me, 1, address=secret))
    text = client.get(DAY).text
    assert "geo:" not in text
    assert "Verborgenlaan" not in text


def test_who_has_died_is_not_called(client, me):
    person = make_person(me, 1)
    make_task(me, "Nazorg: de dochter bellen", dossier=person.dossier)
    type(person).objects.filter(pk=person.pk).update(deceased_on=ago(1).date())
    text = client.get(DAY).text
    assert "Overleden op" in text
    assert "tel:" not in text
    assert "geo:" not in text


def test_what_was_handed_to_me_is_new_until_i_take_it(client, me, team):
    task = make_task(team.lead, "Bellen over de huur", dossier=make_person(team.lead, 1).dossier)
    address = reverse("commitments:hand_over", args=[task.ref])
    log_in(type(client)(), team.lead.worker).post(address, {"owner": me.ref, "due_on": ""})
    assert "Nieuw voor jou" in client.get(DAY).text
    client.post(reverse("commitments:take", args=[task.ref]), {"next": "/"})
    assert "Nieuw voor jou" not in client.get(DAY).text


def test_the_work_of_somebody_i_replace_is_mine_today(client, me, team):
    absent = make_member(team, name="Bas")
    case = make_case(absent, make_person(absent, 1))
    assert rows(client.get(DAY).text) == []
    make_stand_in(absent, me)
    text = client.get(DAY).text
    assert rows(text) == [case.ref]
    assert "Voor Bas" in text
    assert rows(client.get(DAY, {"filter": "stand_in"}).text) == [case.ref]


def test_filters_say_how_much_and_show_only_that(client, me):
    case = make_case(me, make_person(me, 1))
    make_task(me)
    text = client.get(DAY, {"filter": "case"}).text
    assert rows(text) == [case.ref]
    assert re.search(r'href="\?filter=task">Klus <span class="count">1</span>', text)


def test_pages_follow_a_place_in_the_list_without_gap_or_double(client, me):
    made = {c.ref for c in make_day(me, 60)}
    seen, address = [], DAY
    while address:
        text = client.get(address).text
        seen += rows(text)
        link = re.search(r'class="btn" href="(\?[^"]*after=[^"]+)"', text)
        address = DAY + link[1].replace("&amp;", "&") if link else ""
    assert len(seen) == len(set(seen)) == 60
    # a task may be more pressing than the case of the same resident: then the task's row stands for both
    assert len(made & set(seen)) >= 40


def test_a_place_nobody_can_read_is_the_beginning(client, me):
    case = make_case(me, make_person(me, 1))
    assert rows(client.get(DAY, {"after": "x_y"}).text) == [case.ref]


def test_new_for_the_team_is_one_tap_away(client, me, team):
    signal = make_signal(team)
    text = client.get(DAY).text
    assert "Mevrouw op nummer 12" in text
    client.post(reverse("commitments:take", args=[signal.commitment.ref]), {"next": "/"})
    assert rows(client.get(DAY).text) == [signal.commitment.ref]
    assert "Alles wat binnenkwam is opgepakt." in client.get(DAY).text


def test_a_volunteer_sees_only_their_own_people(client, me, team):
    volunteer = make_member(team, Role.VOLUNTEER, "Vera")
    given, other = make_person(me, 1), make_person(me, 2)
    case = make_case(me, given)
    make_case(me, other)
    make_signal(team)
    make_grant(given.dossier, volunteer.worker)
    text = log_in(type(client)(), volunteer.worker).get(DAY).text
    assert rows(text) == [case.ref]
    assert "Samen met Noor" in text
    assert "Wim van der Berg" not in text
    assert "Nieuw voor het team" not in text


def test_what_i_answer_for_is_never_left_out_even_when_it_was_closed_to_me(client, me, team):
    person = make_person(me, 1)
    make_case(me, person, days=-1)
    person.dossier.grants.all().delete()
    type(person.dossier).objects.filter(pk=person.pk).update(restricted=True)
    text = client.get(DAY).text
    assert "Een dossier dat voor jou gesloten is" in text
    assert "Demir" not in text


def test_another_teams_people_do_not_stand_here(client, me):
    theirs = make_team(name="Team Overwhere")
    make_case(theirs.lead, make_person(theirs.lead, 3))
    assert names(client.get(DAY).text) == []


def test_the_list_is_written_down_with_whom_it_showed(client, me):
    person = make_person(me, 1)
    make_case(me, person)
    client.get(DAY)
    entry = Entry.objects.filter(verb="desk.my_day").get()
    assert (entry.dossiers, entry.dossier_id) == (f"[{person.pk}]", None)


@pytest.mark.parametrize(("role", "name"), [(Role.COUNTER, "signals:capture"), (Role.PRIVACY_OFFICER, "desk:privacy"), (Role.ADMINISTRATOR, "administration:manage")])
def test_who_has_no_list_begins_elsewhere(client, team, role, name):
    member = make_member(team, role, "Iris")
    answer = log_in(type(client)(), member.worker).get(DAY)
    assert (answer.status_code, answer["Location"]) == (302, reverse(name))


def test_a_policy_adviser_reads_that_nothing_is_ready(client, team):
    member = make_member(team, Role.POLICY_ADVISER, "Iris")
    assert "Voor jouw functie staat hier nog niets klaar" in log_in(type(client)(), member.worker).get(DAY).text


def test_done_records_contact_and_the_next_date(client, me):
    case = make_case(me, make_person(me, 1), days=-1)
    address = reverse("desk:done", args=[case.ref])
    assert f'action="{address}"' in client.get(address, headers={"HX-Request": "true"}).text
    client.post(address, {"medium": "visit", "words": "Koffie gedronken.", "next_on": "2099-01-05", "next": "/"})
    case.refresh_from_db()
    contact = case.contacts.get()
    assert (contact.reached, contact.medium, contact.texts.get().text) == (True, "visit", "Koffie gedronken.")
    assert timezone.localdate(case.due_at).isoformat() == "2099-01-05"


def test_done_with_a_past_date_keeps_the_words(client, me):
    case = make_case(me, make_person(me, 1), days=-1)
    past = ago(3).date().isoformat()
    answer = client.post(reverse("desk:done", args=[case.ref]), {"medium": "visit", "words": "Koffie gedronken.", "next_on": past})
    assert answer.status_code == 422
    assert "Koffie gedronken." in answer.text
    assert case.contacts.count() == 0


def test_done_is_about_somebody(client, me):
    task = make_task(me)
    address = reverse("desk:done", args=[task.ref])
    words = {"medium": "visit", "words": "Koffie gedronken.", "next_on": "2099-01-05"}
    assert [client.get(address).status_code, client.post(address, words).status_code] == [404, 404]


def test_a_program_of_somebody_who_works_nowhere_finds_no_list(me):
    answers = []
    for ended_at in (None, timezone.now()):
        me.ended_at = ended_at
        me.save()
        answers.append(log_in(Client(), me.worker).get("/api/v1/my-day").status_code)
    assert answers == [200, 404]


def test_what_a_program_reads_is_written_down_as_a_page_would_be(client, me):
    case = make_case(me, make_person(me, 0))
    seen = client.get("/api/v1/my-day").json()
    entry = Entry.objects.get(verb="desk.my_day")
    assert [row["ref"] for row in seen["rows"]] == [case.ref]
    assert (entry.event, entry.actor_id, entry.dossiers) == ("read", me.worker_id, f"[{case.dossier_id}]")
