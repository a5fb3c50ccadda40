"""The sweep runs alone, leaves a trace from its first moment, and a night without it is an alarm."""

import os
import threading
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from nabij.access.tests.factories import make_member, make_team
from nabij.papers.models import Paper
from nabij.upkeep import sweep as sweeping
from nabij.upkeep.alone import alone
from nabij.upkeep.models import Escalation, SweepRun
from nabij.upkeep.runs import MISSED, NEVER, OK, STOPPED, night
from nabij.upkeep.sweep import sweep

from .test_ladder import make_task

NOW = timezone.now()


@pytest.mark.django_db
def test_a_run_leaves_its_moment_its_counts_and_the_zero():
    assert night(at=NOW).state == NEVER
    sweep(at=NOW)
    run = SweepRun.objects.get()
    assert (run.began_at, run.ended_at >= NOW, run.problem) == (NOW, True, "")
    assert run.zero == {"owner": 0, "date": 0, "absent": 0, "never": 0, "unanswered": 0}
    assert night(at=NOW).state == OK


@pytest.mark.django_db
def test_a_night_without_a_sweep_is_an_alarm():
    sweep(at=NOW)
    assert night(at=NOW + timedelta(hours=26)).state == OK
    assert night(at=NOW + timedelta(hours=26, minutes=1)).state == MISSED
    sweep(at=NOW + timedelta(hours=30))
    assert night(at=NOW + timedelta(hours=30)).state == OK


@pytest.mark.django_db
def test_a_sweep_that_stopped_half_way_stays_visible(monkeypatch):
    sweep(at=NOW)
    SweepRun.objects.create(began_at=NOW + timedelta(hours=20))
    assert night(at=NOW + timedelta(hours=22)).state == OK  # it is still at work
    assert night(at=NOW + timedelta(hours=24)).state == STOPPED

    def broken(**_):
        raise ZeroDivisionError

    monkeypatch.setattr(sweeping, "in_all", broken)
    later = NOW + timedelta(hours=25)
    with pytest.raises(ZeroDivisionError):
        sweep(at=later)
    assert SweepRun.objects.get(began_at=later).problem == "ZeroDivisionError"
    assert night(at=later).state == STOPPED


@pytest.mark.django_db
def test_files_of_an_act_that_was_undone_are_thrown_away_after_a_day(settings, tmp_path):
    settings.PAPERS = tmp_path
    team = make_team()
    kept = Paper.objects.create(team=team, name="brief", content_type="text/plain", size=1, digest="", kept_at=NOW)
    for name in (kept.ref, "loose"):
        (tmp_path / name).write_bytes(b"x")
    found = {f.code: (f.found, f.repaired) for f in sweep(at=timezone.now()) if f.found}
    assert (found, (tmp_path / "loose").exists()) == ({}, True)
    os.utime(tmp_path / "loose", (0, 0))
    assert {f.code: (f.found, f.repaired) for f in sweep(at=timezone.now()) if f.found} == {"file": (1, 1)}
    assert [file.name for file in tmp_path.iterdir()] == [kept.ref]
    (tmp_path / kept.ref).unlink()
    assert {f.code: (f.found, f.repaired) for f in sweep(at=timezone.now()) if f.found} == {"paper": (1, 0)}


@pytest.mark.django_db(transaction=True)
def test_two_at_once_change_nothing_more_than_one():
    team = make_team()
    tasks = [make_task(make_member(team, name="Noor")) for _ in range(5)]
    later, results, ready = NOW + timedelta(days=90), [], threading.Barrier(4, timeout=60)

    def run():
        try:
            ready.wait()
            results.append(len(sweep(at=later)))
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(results) == 4
    assert any(results)
    assert Escalation.objects.count() == len(tasks)
    assert SweepRun.objects.count() == sum(bool(count) for count in results)


@pytest.mark.django_db(transaction=True)
def test_who_comes_second_is_told_and_does_nothing(capsys):
    done = threading.Event()
    held = threading.Event()

    def hold():
        try:
            with alone(name="sweep") as free:
                assert free
                held.set()
                done.wait(60)
        finally:
            connection.close()

    thread = threading.Thread(target=hold)
    thread.start()
    held.wait(60)
    assert sweep(at=NOW) == []
    call_command("sweep")
    assert SweepRun.objects.count() == 0
    assert len(capsys.readouterr().out.splitlines()) == 1
    done.set()
    thread.join(20)
    assert sweep(at=NOW) != []
