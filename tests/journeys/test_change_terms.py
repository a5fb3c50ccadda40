"""Terms and the words of the ladder are agreements of a region: bounded by the law, with a source and a day, and they hold for what begins afterwards."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from nabij.access.agreements import RUNGS, agreements_of
from nabij.access.models import Region
from nabij.access.terms import TERMS
from nabij.access.tests.factories import actor_for, make_member, make_team
from nabij.administration.actions import change_region_terms
from nabij.administration.tests.conftest import office
from nabij.administration.tests.factories import make_office
from nabij.audit.models import Entry
from nabij.casework.actions import add_activity
from nabij.casework.letters import _activities
from nabij.casework.queries import plan_page
from nabij.casework.tests.factories import make_case
from nabij.commitments.clock import term_end, working_days_after
from nabij.core.errors import Absent
from nabij.desk.queries import short_plans
from nabij.residents.tests.factories import make_resident
from nabij.signals.actions import receive_signal
from nabij.wmo.actions import start_track

pytestmark = pytest.mark.django_db
PAGE = "administration:change_terms"
__all__ = ["office"]  # a fixture of the room that has the page


@pytest.fixture
def ours(office):
    office[0].municipality.region = Region.objects.create(name="Regio Waterland")
    office[0].municipality.save()
    return office[0].municipality


def typed(ours, **changes):
    """Return what the form would send as it stands, with changes."""
    agreed = agreements_of(municipality=ours)
    terms = {f"days_{a.key}": a.days for a in agreed.terms} | {f"source_{a.key}": a.source for a in agreed.terms}
    words = {f"{who}_{n}": str(getattr(rung, who)) for n, rung in enumerate(agreed.rungs, 1) for who in ("staff", "resident")}
    return {**terms, **words, "ladder_source": "", "version": ours.region.version, **changes}


def said(key, days, source="Regioberaad punt 4"):
    return {f"days_{key}": days, f"source_{key}": source, f"on_{key}": str(timezone.localdate())}


def test_what_ships_is_what_the_law_says_and_lies_within_its_own_bounds():
    shipped = {key: (term.days, term.working) for key, term in TERMS.items() if term.by_law}
    assert shipped == {"wmo_plan": (7, False), "wmo_inquiry": (42, False), "wmo_decision": (14, False), "debt_talk": (28, False), "debt_threat": (3, True)}
    assert [key for key, term in TERMS.items() if not term.least <= term.days <= term.most] == []
    assert [TERMS[key].most for key in ("wmo_inquiry", "wmo_decision", "debt_talk", "debt_threat")] == [42, 14, 28, 3]
    assert TERMS["wmo_plan"].least == 7


def test_saving_the_page_as_it_stands_keeps_nothing_of_ones_own(client, ours):
    assert client.post(reverse(PAGE), typed(ours)).status_code == 302
    region = Region.objects.get()
    assert (region.terms, region.ladder, region.version) == ({}, {}, 2)


def test_a_quicker_term_is_kept_with_source_and_day_and_written_down(client, ours):
    assert client.post(reverse(PAGE), typed(ours, **said("wmo_inquiry", 28))).status_code == 302
    region = Region.objects.get()
    assert region.terms == {"wmo_inquiry": {"days": 28, "source": "Regioberaad punt 4", "agreed_on": str(timezone.localdate())}}
    assert Entry.objects.filter(verb="administration.change_terms").count() == 1
    page = client.get(reverse(PAGE)).content.decode()
    assert 'value="28"' in page
    assert "Nabij gaat uit van 42 dagen. De wet (Wmo 2015 art. 2.3.2 lid 1) laat 7 tot en met 42 toe." in page


@pytest.mark.parametrize(
    "changes",
    [
        said("wmo_inquiry", 43),
        said("debt_threat", 4),
        said("wmo_plan", 6),
        said("wmo_inquiry", 28, source=""),
        said("wmo_inquiry", 28, source="Wmo 2015 art. 2.3.2 lid 1"),
        {**said("signal_normal", 1), "on_signal_normal": ""},
        {**said("signal_normal", 1), "on_signal_normal": str(timezone.localdate() + timedelta(days=2))},
        {"staff_2": ""},
        {"staff_2": "Het eigen netwerk"},
    ],
    ids=["longer than the law", "slower than the law", "less time than the law gives", "no source", "the law is no source", "no day", "a day to come", "no words", "words without a source"],
)
def test_what_the_law_or_the_page_does_not_allow_is_refused_and_nothing_is_kept(client, ours, changes):
    assert client.post(reverse(PAGE), typed(ours, **changes)).status_code == 422
    region = Region.objects.get()
    assert (region.terms, region.ladder) == ({}, {})


def test_an_administrator_of_no_municipality_in_the_region_changes_nothing(client, ours):
    actor = actor_for(make_office(client)[1])
    assert client.get(reverse(PAGE)).status_code == 302  # no region of one's own: there first
    facts = {"terms": {key: (term.days, "", None) for key, term in TERMS.items()}, "rungs": [(str(word), str(word)) for word in RUNGS]}
    with pytest.raises(Absent):
        change_region_terms(actor=actor, at=actor.at, region=ours.region, **facts)


def test_an_older_page_does_not_overwrite_a_newer_agreement(client, ours):
    old = typed(ours)
    client.post(reverse(PAGE), {**old, **said("wmo_inquiry", 28)})
    assert client.post(reverse(PAGE), {**old, **said("wmo_inquiry", 35)}).status_code == 422
    assert Region.objects.get().terms["wmo_inquiry"]["days"] == 28


def agree(region, **days):
    region.terms = {key: {"days": count, "source": "Regio", "agreed_on": "2026-01-05"} for key, count in days.items()}
    region.save()


def test_what_begins_afterwards_has_the_agreed_term_and_what_runs_does_not_move():
    team = make_team()
    region = team.municipality.region = Region.objects.create(name="Regio Waterland")
    team.municipality.save()
    noor, today, at = make_member(team, name="Noor"), timezone.localdate(), timezone.now()
    before, after = (make_resident(team, name).dossier for name in ("Bakker", "Visser"))
    running = start_track(actor=actor_for(noor), at=at, dossier=before)
    agree(region, wmo_inquiry=28, signal_normal=1)
    after.refresh_from_db()
    fresh = start_track(actor=actor_for(noor), at=at, dossier=after)
    assert (running.inquiry_by, fresh.inquiry_by) == (term_end(today, days=42), term_end(today, days=28))
    assert timezone.localdate(fresh.commitment.term_at) == fresh.inquiry_by
    said = {"channel": "phone", "about": "person", "words": "Zij doet niet open.", "who": "Mevrouw V.", "reporter": None}
    signal = receive_signal(actor=actor_for(noor), at=at, municipality=type(team.municipality).objects.get(), **said).signal
    assert timezone.localdate(signal.commitment.due_at) == working_days_after(today, 1)


def test_the_words_of_the_ladder_are_read_everywhere_and_residents_read_their_own(django_assert_num_queries):
    team = make_team()
    noor, dossier = make_member(team, name="Noor"), make_resident(team, "Bakker").dossier
    case = make_case(noor, dossier)
    add_activity(actor=actor_for(noor), at=timezone.now(), case=case, text="Samen lopen", rung=2, carrier="buurvrouw")
    words = [{"staff": f"vak {n}", "resident": f"gewoon {n}"} for n in range(1, 6)]
    team.municipality.region = Region.objects.create(name="Regio", ladder={"words": words, "source": "Regio", "agreed_on": "2026-01-05"})
    team.municipality.save()
    plan = plan_page(actor=actor_for(noor), case=type(case).objects.get())
    assert [row.words.staff for row in plan.rungs] == [f"vak {n}" for n in range(1, 6)]
    assert "gewoon 2" in str(_activities(plan))
    assert "vak 2" not in str(_activities(plan))
    reader = actor_for(noor)
    with django_assert_num_queries(1):
        (short,) = short_plans(actor=reader, case_ids=[case.pk])
    assert short.rungs[1].words.staff == "vak 2"
