"""The one door for writes.

`@action` wraps what a person does: it opens the transaction, recognises a request that was already carried out, checks function,
reach and dossier, compares the version, runs, and writes the audit entry. `@step` wraps what only happens inside an action.
"""

import functools
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.utils.translation import gettext as _

from nabij.audit.actions import record_entry
from nabij.audit.models import Event
from nabij.core.errors import Absent, Conflict, Refused
from nabij.core.models import DoneRequest
from nabij.core.worded import ask

from .actor import Actor, Seat
from .models import Dossier, Scope

PUBLIC = "public"
LINK = "link"  # who holds a single-purpose link: only the record that the link is for
PARTNER = "partner"
Allow = Mapping[str, str]


@dataclass(frozen=True)
class Reach:
    """Where a record belongs, so that a permission can be measured against it. None: the question does not arise."""

    team_id: int | None = None
    controller_id: int | None = None
    municipality_id: int | None = None
    owner_worker_id: int | None = None
    dossier_id: int | None = None


@dataclass(frozen=True)
class Verb:
    """One thing that people can do, as the list of permissions shows it."""

    name: str
    allow: Allow
    event: Event
    meaning: str
    module: str


VERBS: dict[str, Verb] = {}
_under_way: ContextVar[str] = ContextVar("action under way", default="")


def reach_of(record: Any) -> Reach:
    """Return where a record belongs: its own `reach()`, else its commitment's, else its dossier's."""
    if record is None:
        return Reach()
    if isinstance(record, Dossier):
        return Reach(record.team_id, record.controller_id, record.municipality_id, None, record.pk)
    if hasattr(record, "reach"):
        return record.reach()
    return reach_of(getattr(record, "commitment", None) or getattr(record, "dossier", None))


def fitting_seat(actor: Actor, allow: Allow, reach: Reach | None = None) -> Seat | None:
    """Return the membership that carries the permission, or None. Without `reach` only the function is looked at."""
    for seat in actor.memberships:
        scope = allow.get(seat.function)
        if scope and (reach is None or _covers(actor, seat, scope, reach)):
            return seat
    return None


def _covers(actor: Actor, seat: Seat, scope: str, reach: Reach) -> bool:
    if scope == Scope.OWN:
        # what hangs on a dossier that was given to them is theirs to work on: the dossier guard below decides
        return reach.dossier_id is not None or reach.owner_worker_id in {None, actor.worker_id}
    own, theirs = {
        Scope.TEAM: (seat.team_id, reach.team_id),
        Scope.CONTROLLER: (seat.controller_id, reach.controller_id),
        Scope.MUNICIPALITY: (seat.municipality_id, reach.municipality_id),
    }[Scope(scope)]
    return theirs is None or own == theirs


def _may_open(actor: Actor, dossier_id: int) -> bool:
    return bool(ask(_opened, actor=actor, dossier_id=dossier_id))


def _opened(*, actor: Actor, dossier_id: int) -> "models.QuerySet[Dossier, tuple[int]]":
    return Dossier.objects.visible_to(actor).filter(pk=dossier_id).values_list("pk")


def check(actor: Actor, allow: Allow, record: Any) -> Seat | None:
    """Return the seat that may do this to this record. Raises Absent: refused and not there look the same."""
    if actor.is_system:
        return None
    if actor.kind in {PUBLIC, PARTNER} and actor.kind in allow:
        return None
    if actor.kind == LINK and LINK in allow and actor.subject and actor.subject == getattr(record, "ref", None):
        return None
    # from here on only a seat lets anybody in, and nobody but a worker has one
    reach = reach_of(record)
    granted = bool(reach.dossier_id) and _may_open(actor, reach.dossier_id)
    if reach.dossier_id and not granted:
        raise Absent
    # a colleague with a grant may work on the dossier although another team holds it
    seat = fitting_seat(actor, allow, reach) or (fitting_seat(actor, allow) if granted else None)
    if seat is None:
        raise Absent
    return seat


def _compare_version(record: models.Model, version: int | str | None) -> None:
    if version in {None, ""} or record is None:
        return
    manager = type(record)._default_manager
    current = manager.select_for_update().get(pk=record.pk)
    if str(current.version) != str(version):  # as it was sent: what is no number was never a version of it
        raise Conflict(
            _("Somebody else changed this while you were working. Your text is still here: compare it with how it stands now and save again."),
            current=current,
        )


def raise_version(record: models.Model) -> None:
    """Count one change of a record; call it in every action that changes one, before it is saved."""
    record.version = (record.version or 0) + 1


def _who(actor: Actor) -> str:
    return f"{actor.kind}:{actor.worker_id or actor.partner_ref or actor.origin}"


def _already_done(actor: Actor, verb: str) -> tuple[bool, Any]:
    if not actor.request_id:
        return False, None
    done = ask(_done, request_id=actor.request_id, verb=verb, who=_who(actor))
    if not done:
        return False, None
    [(model, key)] = done
    return True, apps.get_model(model)._default_manager.filter(pk=key).first() if model else None


def _done(*, request_id: str, verb: str, who: str) -> "models.QuerySet[DoneRequest, tuple[str, str]]":
    return DoneRequest.objects.filter(request_id=request_id, verb=verb, who=who).values_list("model", "key")


def _remember(actor: Actor, verb: str, at: datetime, result: Any) -> None:
    if not actor.request_id:
        return
    is_row = isinstance(result, models.Model)
    DoneRequest.objects.create(
        request_id=actor.request_id,
        verb=verb,
        who=_who(actor),
        at=at,
        model=result._meta.label if is_row else "",
        key=str(result.pk) if is_row else "",
    )


def note(actor: Actor, verb: Verb | str, *, at: datetime, event: Event, record: Any = None, seat: Seat | None = None, **extra: Any) -> None:
    """Write one audit entry about something this actor did or saw."""
    reach = reach_of(record)
    is_row = isinstance(record, models.Model) and hasattr(record, "ref")
    # a contact or a case can be about several residents: each finds it in "who did what"
    extra.setdefault("dossiers", getattr(record, "about_dossiers", ()))
    seat = seat or (actor.memberships[0] if actor.memberships else None)
    record_entry(
        at=at,
        event=event,
        verb=verb if isinstance(verb, str) else verb.name,
        actor_kind=actor.kind,
        actor_id=actor.worker_id,
        function=seat.function if seat else actor.kind,
        organisation=seat.controller_name if seat else actor.name if actor.kind == PARTNER else "",
        membership_id=seat.membership_id if seat else None,
        municipality_id=reach.municipality_id or (seat.municipality_id if seat else None),
        dossier_id=extra.pop("dossier_id", reach.dossier_id),
        subject=f"{record._meta.model_name} {record.ref}" if is_row else "",
        request_id=actor.request_id,
        origin=actor.origin,
        **extra,
    )


def action(name: str, *, allow: Allow, on: str | None = None, event: Event = Event.CHANGE) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Declare what a person does. `on`: the argument that holds the record it is done to.

    The wrapped function takes keyword arguments only, among them `actor` and `at`; the door also accepts `version` (of the record).
    Raises Absent, Refused or Conflict; then nothing was written.
    """

    def wrap(run: Callable[..., Any]) -> Callable[..., Any]:
        verb = VERBS[name] = Verb(name, dict(allow), event, (run.__doc__ or "").strip().split("\n")[0], run.__module__)

        @functools.wraps(run)
        def door(*, actor: Actor, at: datetime, version: int | str | None = None, **kwargs: Any) -> Any:
            if _under_way.get():  # part of a larger action, which was checked and will be written down
                return run(actor=actor, at=at, **kwargs)
            with transaction.atomic():
                repeated, before = _already_done(actor, name)
                if repeated:
                    return before
                record = kwargs.get(on) if on else None
                seat = check(actor, verb.allow, record)
                _compare_version(record, version)
                token = _under_way.set(name)
                try:
                    result = run(actor=actor, at=at, **kwargs)
                finally:
                    _under_way.reset(token)
                about = record if record is not None else getattr(result, "recorded", result)
                note(actor, verb, at=at, event=event, record=about, seat=seat)
                _remember(actor, name, at, result)
                return result

        door.verb = verb  # type: ignore[attr-defined]
        return door

    return wrap


def step(run: Callable[..., Any]) -> Callable[..., Any]:
    """Declare what only happens as part of an action: it refuses to run outside one."""

    @functools.wraps(run)
    def inner(**kwargs: Any) -> Any:
        if not _under_way.get():
            raise RuntimeError(f"{run.__name__} is a step: call it inside an action")
        return run(**kwargs)

    inner.is_step = True  # type: ignore[attr-defined]
    return inner


__all__ = ["PARTNER", "PUBLIC", "VERBS", "Absent", "Conflict", "Reach", "Refused", "Scope", "action", "check", "note", "raise_version", "reach_of", "step"]
