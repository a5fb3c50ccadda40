"""The nightly round past the ages: one action for each, so that one that fails never stops the rest."""

from datetime import datetime

from django.db import IntegrityError

from nabij.access.actor import Actor
from nabij.casework.actions.ages import plan_age_review
from nabij.casework.queries.turning import turning
from nabij.core.errors import Absent, Refused


def review_ages(*, actor: Actor, at: datetime) -> tuple[int, int]:
    """Make the task for everybody who turns 12, 16 or 18 within 30 days. Returns how many were found and how many tasks were made.

    A second run, or one at the same moment, makes nothing more: once per dossier and age. One that fails never stops the rest.
    """
    found = turning(on=actor.on)
    made = 0
    for row in found:
        try:
            made += plan_age_review(actor=actor, at=at, dossier=row.dossier, age=row.age, birthday=row.on) is not None
        except (Refused, Absent, IntegrityError):  # another run was first, or the team has nobody: the next night looks again
            continue
    return len(found), made
