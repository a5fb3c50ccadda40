"""The one act of the demonstration itself; everything after it is done by the actions of the rooms."""

from datetime import date, datetime
from random import Random

from nabij.access.actor import Actor
from nabij.access.doors import action
from nabij.audit.models import Event

from .town import Town, lay_out


@action("demo.found", allow={}, event=Event.CREATE)
def found_town(*, actor: Actor, at: datetime, rng: Random, password: str, today: date) -> Town:
    """Found the demonstration municipality in an empty database: organisations, teams, people, rota. Only by the command."""
    return lay_out(rng=rng, password=password, today=today)
