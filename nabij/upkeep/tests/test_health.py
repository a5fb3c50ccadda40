from datetime import timedelta

import pytest
from django.utils import timezone

from nabij.access.tests.factories import make_member, make_team
from nabij.upkeep.models import SweepRun
from nabij.upkeep.sweep import sweep

from .test_ladder import make_signal

pytestmark = pytest.mark.django_db
NOW = timezone.now()
ZERO = {"owner": 0, "date": 0, "absent": 0, "never": 0, "unanswered": 0}


def test_without_a_sweep_monitoring_hears_it(client) -> None:
    answer = client.get("/health").json()
    assert (answer["status"], answer["sweep"]) == ("attention", {"state": "never", "endedAt": None})


def test_after_a_clean_sweep_all_is_well_and_the_zero_is_a_zero(client) -> None:
    sweep(at=NOW)
    answer = client.get("/health")
    assert answer.status_code == 200
    assert (answer.json()["status"], answer.json()["sweep"]["state"], answer.json()["zero"]) == ("ok", "ok", ZERO)
    assert answer.json()["live"] == {"orphans": 0, "ownedByEnded": 0}


def test_a_number_and_a_missed_night_ask_for_attention_and_never_take_the_service_away(client) -> None:
    make_signal(make_member(make_team()), at=NOW - timedelta(days=10))
    sweep(at=NOW)
    answer = client.get("/health")
    assert (answer.status_code, answer.json()["status"], answer.json()["zero"]) == (200, "attention", {**ZERO, "unanswered": 1})
    SweepRun.objects.update(began_at=NOW - timedelta(days=2), ended_at=NOW - timedelta(days=2))
    assert client.get("/health").json()["sweep"]["state"] == "missed"


def test_no_name_and_no_word_stands_in_it(client) -> None:
    make_signal(make_member(make_team()), at=NOW - timedelta(days=10))
    sweep(at=NOW)
    text = client.get("/health").content.decode()
    assert not any(word in text for word in ("Gordijnen", "nr 12", "Noor", "Gors"))
