"""One small demonstration, looked at from all sides; the tests only read, or take back what they write."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import Count
from django.test import override_settings
from django.utils import timezone

from nabij.access.models import Membership, Role, Team, Worker
from nabij.audit.models import Entry
from nabij.audit.queries import verify
from nabij.casework.models import Activity, Case, NetworkAsk
from nabij.commitments.models import Commitment, Kind, Pause, StandIn, Urgency
from nabij.contacts.models import Contact, ContactText
from nabij.demo.building import WEEKS, build
from nabij.demo.days import World
from nabij.demo.people import data
from nabij.life_domains.models import Moment
from nabij.network.models import CarerLoad, Tie
from nabij.residents.models import Address, Resident, SafetyNote
from nabij.signals.models import Reporter, Signal
from nabij.upkeep.sweep import sweep

NOW = timezone.make_aware(timezone.datetime(2026, 11, 18, 11, 30))  # a Wednesday


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[World]:
    papers = tmp_path_factory.mktemp("papers")  # its files stay as long as its rows
    with django_db_blocker.unblock(), override_settings(PAPERS=papers), transaction.atomic():
        world, findings = build(size=40, now=NOW, password="!")
        world.findings = findings
        yield world
        transaction.set_rollback(True)


def test_nothing_that_happened_was_refused(demo) -> None:
    assert demo.done["refused"] == 0


def test_the_sweep_finds_nothing_broken(demo) -> None:
    # a line on the board is somebody's work, shown on purpose; what may never be is not there
    assert [(f.code, f.found) for f in sweep(at=NOW) if f.found and not f.code.startswith("line_")] == []


def test_the_record_is_proven(demo) -> None:
    verdict = verify()
    assert verdict.broken == ""
    assert verdict.seals > WEEKS * 5
    assert verdict.entries > 150


def test_people_and_teams_are_there(demo) -> None:
    assert Team.objects.exclude(kind="office").count() == 12
    assert Team.objects.filter(controller__kind="welfare", kind="neighbourhood").count() == 4
    assert 55 <= Worker.objects.count() <= 75
    assert Worker.objects.filter(is_demo=False).count() == 0
    assert set(Membership.objects.values_list("role", flat=True)) == set(Role)
    assert not Membership.objects.filter(role=Role.VOLUNTEER, paid=True).exists()
    assert 40 <= Resident.objects.count() <= 80


def test_every_kind_of_history_is_there(demo) -> None:
    assert {kind for kind in Kind.values if Commitment.objects.filter(kind=kind).exists()} == set(Kind.values)
    for model in (Case, Activity, NetworkAsk, Pause, SafetyNote, StandIn, Reporter):
        assert model.objects.exists(), model
    assert Contact.objects.filter(reached=True).exists()
    assert Contact.objects.filter(reached=False).exists()
    assert Commitment.objects.filter(kind=Kind.CASE, closed_at__isnull=False).exists()
    assert Signal.objects.filter(about="place").exists()
    assert Resident.objects.filter(dossier__restricted=True).exists()


def test_people_stand_around_residents_and_life_domains_go_on(demo) -> None:
    assert Tie.objects.filter(ring__isnull=True).exists()
    assert Tie.objects.filter(main_carer=True).exists()
    assert CarerLoad.objects.exists()
    assert Moment.objects.values("dossier").annotate(n=Count("pk")).filter(n__gte=2).exists()


def test_each_neighbourhood_team_has_something_new_and_somewhere_it_is_acute(demo) -> None:
    fresh = Commitment.objects.open().filter(
        kind=Kind.SIGNAL, taken_at__isnull=True, opened_at__gte=NOW - timedelta(hours=1)
    )
    assert fresh.values("team").distinct().count() == 11
    assert fresh.filter(urgency=Urgency.ACUTE).exists()


def test_nothing_happened_later_than_now_and_everything_in_order(demo) -> None:
    # the sweep writes down when it was ready, a moment after the one at which it looked
    moments = list(Entry.objects.exclude(verb__startswith="upkeep.").order_by("id").values_list("at", flat=True))
    assert max(moments) <= NOW
    assert moments == sorted(moments)


def test_no_sentence_has_a_hole_left(demo) -> None:
    words = [*Signal.objects.values_list("words", flat=True), *ContactText.objects.values_list("text", flat=True)]
    words += [
        *Activity.objects.values_list("text", flat=True),
        *Case.objects.values_list("question", flat=True),
        *Pause.objects.values_list("reason", flat=True),
    ]
    assert [text for text in words if re.search(r"[{}|]", text)] == []


def test_a_secret_address_stands_nowhere_in_the_open(demo) -> None:
    assert not Address.objects.filter(secret=True).exclude(street="", postcode="").exists()


def test_the_commands_tell_the_log_ins_and_refuse_a_second_time(demo, capsys, settings, tmp_path) -> None:
    settings.SECRETS = tmp_path
    call_command("demo")
    first = capsys.readouterr().out
    assert first.count("@nabij.example") >= len(Role)
    assert (tmp_path / "demo.password").read_text() in first
    assert (tmp_path / "demo.password").stat().st_mode & 0o777 == 0o600
    call_command("demo", "--print-logins")
    assert capsys.readouterr().out == first


@pytest.mark.django_db
def test_a_database_with_people_is_left_alone() -> None:
    from nabij.access.tests.factories import make_team

    make_team()
    with pytest.raises(CommandError):
        call_command("demo", "--size", "20")


def test_no_story_misses_a_part() -> None:
    parts = {
        "key",
        "weight",
        "ages",
        "who",
        "neighbour",
        "self",
        "partner",
        "question",
        "goals",
        "network",
        "own_strength",
        "own_network",
        "informal_help",
        "general_service",
        "individual_provision",
        "contact",
    }
    for story in data("stories")["story"]:
        assert parts <= set(story), story["key"]
        assert all(
            " | " in line
            for rung in ("own_strength", "own_network", "informal_help", "general_service", "individual_provision")
            for line in story[rung]
        )
        assert story["network"] in {"yes", "no", "not_safe", "no_more"}
