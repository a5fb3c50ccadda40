"""The resident's page: everything on one page, in a fixed number of queries."""

import pytest
from django.urls import reverse

from nabij.access.models import Role
from nabij.access.tests.factories import make_grant, make_member, make_team
from nabij.audit.models import Entry
from nabij.commitments.tests.factories import log_in, make_task
from nabij.desk.timeline import timeline

from .counting import MOST, queries_of
from .factories import actor_for, make_case, make_contact, make_pause, make_person, make_signal

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(me):
    return make_person(me)


def page_of(person):
    return reverse("desk:resident", args=[person.dossier.ref])


def test_it_takes_the_same_number_of_queries_for_one_moment_and_for_a_hundred(client, me, team, person):
    make_contact(me, person)
    make_case(me, person)
    one = queries_of(client, page_of(person))
    for number in range(40):
        make_contact(me, person, days=number + 1)
        make_signal(team, dossier=person.dossier)
    for number in range(20):
        make_case(me, person, days=number)
    hundred = queries_of(client, page_of(person))
    assert len(hundred) == len(one)
    assert len(one) <= MOST, "\n".join(sql[:150] for sql in one)


def test_everything_stands_on_one_page(client, me, person):
    case = make_case(me, person, days=2)
    make_contact(me, person, days=3, words="Samen de post geopend.")
    make_pause(me, case, days=20)
    text = client.get(page_of(person)).text
    for words in ("Annie Kroon", "Samen de post geopend.", "Noor is aanspreekpunt", "Wil eerst zelf proberen.", "De huur blijft liggen.", "Mensen om u heen"):
        assert words in text


def test_opening_it_is_one_entry_that_who_looked_shows(client, me, person):
    client.get(page_of(person))
    entry = Entry.objects.filter(verb="desk.resident").get()
    assert (entry.dossier_id, entry.actor_id) == (person.pk, me.worker_id)
    text = client.get(reverse("desk:who_looked", args=[person.dossier.ref])).text
    assert "Gemeente Waterland-Oost" in text
    assert text.count("Opende de pagina") == 1
    assert "Noor</td>" not in text


def test_a_private_text_is_a_moment_without_words_for_others(client, me, team, person):
    make_contact(team.lead_substitute, person, days=2, audience="private", words="Dit blijft tussen ons.")
    text = client.get(page_of(person)).text
    assert "Dit blijft tussen ons." not in text
    assert "1 tekst is niet voor jou" in text
    lead = log_in(type(client)(), team.lead.worker).get(page_of(person)).text
    assert "Dit blijft tussen ons." in lead


def test_the_reporter_is_nowhere(client, me, team, person):
    reporter = {"openness": "known", "name": "Buurvrouw Truus", "phone": "0612121212", "email": ""}
    make_signal(team, dossier=person.dossier, reporter=reporter)
    text = client.get(page_of(person)).text
    assert "De gordijnen zijn al dagen dicht." in text
    assert "Truus" not in text
    assert "0612121212" not in text


def test_the_timeline_pages_without_gap_or_double(me, team, person):
    for number in range(23):
        make_contact(me, person, days=number + 1, words=f"Gesprek {number}")
    make_signal(team, dossier=person.dossier)
    case = make_case(me, person)
    make_pause(me, case)
    seen, after = [], ""
    while True:
        page = timeline(actor=actor_for(me), dossier=person.dossier, after=after, limit=5)
        seen += [(moment.kind, moment.pk) for moment in page.moments]
        after = page.next_cursor
        if not after:
            break
    assert len(seen) == len(set(seen)) == 26
    assert [kind for kind, _pk in seen].count("contact") == 23


def test_the_filter_shows_only_that(me, team, person):
    make_contact(me, person)
    make_signal(team, dossier=person.dossier)
    kinds = {m.kind for m in timeline(actor=actor_for(me), dossier=person.dossier, show="signal").moments}
    assert kinds == {"signal"}


def test_a_finished_task_stands_in_the_timeline(client, me, person):
    task = make_task(me, "Formulier meenemen", dossier=person.dossier)
    client.post(reverse("commitments:finish_task", args=[task.ref]), {"outcome": "done"})
    moments = timeline(actor=actor_for(me), dossier=person.dossier, show="case").moments
    assert [(m.kind, m.text, m.author) for m in moments] == [("finished", "Formulier meenemen", "Noor")]


def test_another_teams_worker_and_a_volunteer_without_grant_find_nothing(client, me, team, person):
    others = [make_member(make_team(name="Team Overwhere"), name="Els"), make_member(team, Role.VOLUNTEER, "Vera")]
    for member in others:
        browser = log_in(type(client)(), member.worker)
        assert browser.get(page_of(person)).status_code == 404
        assert browser.get(reverse("desk:who_looked", args=[person.dossier.ref])).status_code == 404


def test_a_volunteer_reads_what_to_do_and_not_why(client, me, team):
    from .factories import make_day

    case = make_day(me, 1)[0]
    volunteer = make_member(team, Role.VOLUNTEER, "Vera")
    make_grant(case.dossier, volunteer.worker)
    text = log_in(type(client)(), volunteer.worker).get(reverse("desk:resident", args=[case.dossier.ref])).text
    assert "Bel eerst, dan doet hij de hond weg" in text
    assert "Hond bijt" not in text
    assert reverse("desk:who_looked", args=[case.dossier.ref]) not in text


def test_each_page_of_another_room_is_linked_once(client, person):
    text = client.get(page_of(person)).text
    addresses = [reverse(name, args=[person.dossier.ref]) for name in ("portal:manage", "piling:of", "meldcode:of", "network:household", "desk:who_looked")]
    assert {address: text.count(f'href="{address}"') for address in addresses} == dict.fromkeys(addresses, 1)
