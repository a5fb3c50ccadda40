from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from django_q.models import Schedule

from nabij.access.tests.factories import make_team
from nabij.audit.models import Entry, Seal
from nabij.audit.queries import verify
from nabij.upkeep import jobs

pytestmark = pytest.mark.django_db
EVENING = timezone.make_aware(timezone.datetime(2026, 11, 18, 22, 0))


def local(moment) -> str:
    return f"{timezone.localtime(moment):%d %H:%M}"


def test_every_job_has_its_rhythm_and_its_next_moment() -> None:
    jobs.put_in_place(at=EVENING)
    rows = Schedule.objects.order_by("name")
    assert [(row.name, row.schedule_type, row.minutes, local(row.next_run)) for row in rows] == [
        ("debts", "I", 1, "18 22:00"),
        ("digest", "I", 20, "18 22:00"),
        ("duty", "D", None, "19 17:05"),
        ("fetch", "I", 2, "18 22:00"),
        ("mail", "I", 1, "18 22:00"),
        ("seal", "I", 15, "18 22:00"),
        ("searched", "I", 5, "18 22:00"),
        ("sweep", "D", None, "19 02:30"),
    ]


def test_starting_again_moves_no_job_and_removes_what_is_no_job_any_more() -> None:
    jobs.put_in_place(at=EVENING)
    Schedule.objects.create(name="old", func="nabij.upkeep.jobs.gone", schedule_type="D")
    Schedule.objects.filter(name="mail").update(minutes=9)
    jobs.put_in_place(at=EVENING + timedelta(hours=1))
    assert Schedule.objects.count() == 8
    mail = Schedule.objects.get(name="mail")
    assert (mail.minutes, local(mail.next_run)) == (1, "18 22:00")


@pytest.mark.parametrize("name", ["send_mail", "seal", "sweep", "tell_searched", "hand_on", "fetch_mail", "take_debts"])
def test_every_job_runs_in_an_empty_house(name) -> None:
    found = getattr(jobs, name)()
    assert not (any(found.values()) if isinstance(found, dict) else found)


def test_sealing_seals_what_the_sweep_wrote() -> None:
    make_team()
    call_command("sweep")
    jobs.seal()
    assert Entry.objects.filter(verb="upkeep.sweep").count() == 1
    assert Seal.objects.count() == 1
    assert verify().broken == ""
