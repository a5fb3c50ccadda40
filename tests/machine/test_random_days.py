"""Random days keep every promise: 100 of 50 steps on SQLite, 20 on PostgreSQL; more with NABIJ_RANDOM_DAYS=examples x steps."""

import os

import pytest
from django.db import connection
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from .days import RandomDays
from .playing import DONE, OPENED, REFUSED

OFTEN = {"commitments.add_task", "commitments.take", "signals.receive", "signals.decide", "residents.create", "contacts.record", "job: sweep", "access.end_membership"}


def wanted() -> tuple[int, int]:
    """Return how many examples of how many steps."""
    given = os.environ.get("NABIJ_RANDOM_DAYS", "")
    examples, _, steps = given.partition("x")
    return (int(examples), int(steps)) if given else (100 if connection.vendor == "sqlite" else 20, 50)


@pytest.mark.django_db
def test_random_days_keep_every_promise() -> None:
    examples, steps = wanted()
    how = settings(
        max_examples=examples, stateful_step_count=steps, deadline=None, database=None, print_blob=True, report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck), phases=[Phase.generate, Phase.shrink],
    )  # fmt: skip
    run_state_machine_as_test(RandomDays, settings=how)
    for name in sorted({*DONE, *REFUSED}):
        print(f"{name:32} {DONE[name]:6} done {REFUSED[name]:6} refused")
    # a machine in which everything is refused proves nothing
    assert [name for name in sorted(OFTEN) if not DONE[name]] == []
    # every example opens with each of them; a long game carries each out by its rules too
    assert [name for name in sorted(OFTEN) if examples * steps >= 5_000 and DONE[name] <= OPENED[name]] == []
