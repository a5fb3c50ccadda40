"""The ground on which random days are played: pick somebody, let them do something, count what was allowed."""

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine

from nabij.access.actor import Actor, worker_actor
from nabij.access.models import Membership
from nabij.audit.models import Entry
from nabij.core.errors import Absent, Refused
from nabij.core.models import DoneRequest

from . import promises
from .town import MORNING, make_town

ANY = st.integers(0, 999)  # which of the rows there are
ROWS = {  # without these there is nothing to do
    "signal", "case", "commitment", "dossier", "task", "membership", "worker", "other", "conference", "track", "meldcode", "named", "tie",
    "address", "way", "note", "authority", "representative", "away", "goal", "to", "municipality", "team",
}  # fmt: skip
DONE: Counter[str] = Counter()  # over all examples: what was carried out, and what was refused
REFUSED: Counter[str] = Counter()
OPENED: Counter[str] = Counter()  # of what was carried out: by the opening of an example, before any rule


class Ground(RuleBasedStateMachine):
    """A town in a transaction that is rolled back at the end of each example, and a clock that only moves when a rule moves it."""

    def __init__(self) -> None:
        super().__init__()
        self.everything = transaction.atomic()
        self.everything.__enter__()
        self.at = MORNING
        self.town = make_town()
        self.steps, self.looked_at = 0, -1

    def teardown(self) -> None:
        try:
            assert promises.rules_are_in_place() == []
        finally:
            transaction.set_rollback(True)
            self.everything.__exit__(None, None, None)

    def some(self, rows: "QuerySet[Any]", number: int) -> Any:
        """Return one of the rows, or None: the same number gives the same row."""
        count = rows.count()
        return rows.order_by("pk")[number % count] if count else None

    def member(self, number: int, **which: Any) -> Membership | None:
        """Return somebody of today."""
        rows = Membership.objects.on(self.at.date()).filter(**which).select_related("worker", "team__municipality", "team__controller")
        return self.some(rows, number)

    def who(self, number: int, near: Any = None, **which: Any) -> Actor | None:
        """Return somebody of today as the actor of one attempt. `near`: mostly somebody of the team that has this row, now and then a stranger."""
        near = getattr(near, "commitment", near)
        if near is not None and number % 5 != 4:
            which["team_id"] = near.team_id
        member = self.member(number, **which)
        return worker_actor(member.worker, at=self.at).again() if member else None

    def manager(self) -> Actor:
        """Return the functional administrator, while there is one."""
        return worker_actor(self.town.administrator.worker, at=self.at).again()

    def act(self, action: Any, *, actor: Actor | None, twice: bool = False, **words: Any) -> Any:
        """Let somebody do something; a refusal is an answer, any other error ends the game. `twice`: the same form is sent twice."""
        name = action.verb.name if hasattr(action, "verb") else action.__name__
        if actor is None or any(value is None for key, value in words.items() if key in ROWS):
            return None
        try:
            with transaction.atomic():
                result = action(actor=actor, at=self.at, **words)
        except (Refused, Absent) as answer:
            if isinstance(answer, Refused) and not answer.message:
                raise AssertionError(f"{name} refused without a word") from answer
            REFUSED[name] += 1
            return None
        DONE[name] += 1
        if twice:
            self._again(action, actor, words, result)
        return result

    def _again(self, action: Any, actor: Actor, words: dict[str, Any], result: Any) -> None:
        before = Entry.objects.count(), DoneRequest.objects.count()
        repeated = action(actor=actor, at=self.at, **words)
        assert (Entry.objects.count(), DoneRequest.objects.count()) == before, "a form that was sent twice did something twice"
        assert getattr(repeated, "pk", None) == getattr(result, "pk", None)

    def later(self, **time: float) -> datetime:
        return self.at + timedelta(**time)
