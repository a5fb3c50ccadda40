"""What a region agreed on holds in every room that counts by it: terms for what begins afterwards, words of the ladder wherever it is read."""

import pytest
from django.utils import timezone

from nabij.access.models import Region
from nabij.access.tests.factories import actor_for, make_member, make_team
from nabij.casework.actions import add_activity
from nabij.casework.letters import _activities
from nabij.casework.queries import plan_page
from nabij.casework.tests.factories import make_case
from nabij.commitments.clock import term_end, working_days_after
from nabij.desk.queries import short_plans
from nabij.residents.tests.factories import make_resident
from nabij.signals.actions import receive_signal
from nabij.wmo.actions import start_track

pytestmark = pytest.mark.django_db


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
