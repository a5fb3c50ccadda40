"""Search before you write somebody down; tell a restricted dossier's own people that somebody searched."""

import functools
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from nabij.access.actor import Actor
from nabij.access.doors import action
from nabij.access.models import Dossier, Grant, Membership, Role, Scope
from nabij.access.queries import on_duty
from nabij.audit.models import Event
from nabij.commitments.actions import open_task
from nabij.commitments.clock import end_of, start_of, working_days_after
from nabij.commitments.models import Commitment, Kind
from nabij.linkage import Person
from nabij.linkage.birthdays import Birth
from nabij.residents.linkage import read_words
from nabij.residents.models import Knock
from nabij.residents.queries import SearchAnswer, answer_for

SEARCHES = {
    Role.WORKER: Scope.TEAM,
    Role.LEAD: Scope.TEAM,
    Role.GGD: Scope.OWN,
    Role.COUNTER: Scope.CONTROLLER,
    Role.VOLUNTEER: Scope.OWN,
}
DAYS_TO_READ = 1  # working days
WORTH_A_LOOK = 0.02  # so likely that somebody looks before writing a person down again


def _every_time(door: Callable[..., SearchAnswer]) -> Callable[..., SearchAnswer]:
    """Answer a repeated request by searching again: an answer is no row that could be found back."""

    @functools.wraps(door)
    def anew(*, actor: Actor, **rest: Any) -> SearchAnswer:
        fresh = actor.again()
        answer = door(actor=fresh, **rest)
        actor.saw(*fresh.seen)
        return answer

    return anew


def _write_down(actor: Actor, at: datetime, answer: SearchAnswer) -> SearchAnswer:
    # the same for every search: one row here, whoever was found
    Knock.objects.create(at=at, dossier_ids=answer.held_back)
    answer.held_back = []
    actor.saw(*(candidate.resident.pk for candidate in answer.candidates))
    return answer


@_every_time
@action("residents.search", allow=SEARCHES, event=Event.SEARCH)
def search(*, actor: Actor, at: datetime, words: str, limit: int = 20) -> SearchAnswer:
    """Search people and write it down: the dossiers shown (by the page), never the words.

    By `search_residents`' rule; whoever works with a restricted dossier that was found in full hears of it in private.
    """
    return _write_down(actor, at, answer_for(actor=actor, people=read_words(words), limit=limit))


@_every_time
@action("residents.search_alike", allow=SEARCHES, event=Event.SEARCH)
def search_alike(
    *, actor: Actor, at: datetime, person: Person | None = None, surname: str = "", call_name: str = "", birth: Birth | None = None,
    postcode: str = "", number: str = "", phone: str = "",
) -> SearchAnswer:  # fmt: skip
    """Search who could be the person about to be written down, by the same rule; only who is likely enough to look at first.

    `person`: all that is known; or a few pieces of it by name.
    """
    born = birth or Birth(0)
    person = person or Person(
        surname=surname, call_name=call_name, birth_year=born.year or None, birth_month=born.month, birth_day=born.day,
        postcode=postcode, number=number, phones=(phone,) if phone else (),
    )  # fmt: skip
    return _write_down(actor, at, answer_for(actor=actor, people=[person], least=WORTH_A_LOOK))


@action("residents.tell_searched", allow={})
def tell_searched(*, actor: Actor, at: datetime) -> list[Commitment]:
    """Tell the people of every restricted dossier that was searched for, once a day each, by a task that does not say who searched.

    For the sweep, every few minutes: apart from the search itself, so that nobody can feel the difference. Raises nothing.
    """
    knocks = list(Knock.objects.filter(at__lte=at))
    wanted = {pk for knock in knocks for pk in knock.dossier_ids}
    told = [
        _tell(actor, at, dossier)
        for dossier in Dossier.objects.filter(pk__in=wanted, restricted=True).select_related("team").order_by("pk")
    ]
    Knock.objects.filter(pk__in=[knock.pk for knock in knocks]).delete()
    return [commitment for commitment in told if commitment]


def _tell(actor: Actor, at: datetime, dossier: Dossier) -> Commitment | None:
    what = _("Somebody searched for this resident. Is this right?")
    owner = _who_works_with(dossier, actor)
    # the lead of a restricted dossier's team may not open it: then only that it happened
    hook, what = (
        (dossier, what)
        if owner
        else (None, _("Somebody searched for a restricted dossier of your team (%(ref)s)") % {"ref": dossier.ref[:6]})
    )
    today = Commitment.objects.filter(
        kind=Kind.TASK, what=what, team_id=dossier.team_id, dossier=hook, opened_at__gte=start_of(actor.on)
    )
    if today.exists():
        return None
    owner = owner or on_duty(team=dossier.team, on=actor.on)
    due = end_of(working_days_after(actor.on, DAYS_TO_READ))
    return open_task(actor=actor, at=at, what=what, owner=owner, team=dossier.team, due_at=due, dossier=hook).commitment


def _who_works_with(dossier: Dossier, actor: Actor) -> Membership | None:
    """Return who answers for open work in this dossier and may open it, else who was given access by name."""
    granted = (
        Grant.objects.running(actor.on)
        .filter(dossier__root_id=dossier.root_id, worker__isnull=False)
        .values("worker_id")
    )
    people = Membership.objects.on(actor.on).filter(worker_id__in=granted, team__controller_id=dossier.controller_id)
    people = people.filter(worker__blocked_at__isnull=True).select_related("worker", "team").order_by("pk")
    owners = Commitment.objects.open().filter(dossier__root_id=dossier.root_id).values("owner_id")
    return people.filter(pk__in=owners).first() or people.first()
