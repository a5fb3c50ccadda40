"""The nightly sweep: look at every promise again, repair what time broke, say what a person must do."""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import Error, connection
from django.utils.translation import gettext_lazy as _

from nabij.access.actions import end_membership
from nabij.access.actor import Actor, system_actor
from nabij.access.doors import note
from nabij.access.models import Membership
from nabij.audit.models import Event
from nabij.commitments.models import Commitment
from nabij.core import triggers
from nabij.core.errors import Absent, Refused
from nabij.drafts.keeping import stale_drafts
from nabij.signals.queries import unlinked_to_erase

from . import queries
from .actions import sweeping
from .lists import KIND_ROWS

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Finding:
    """One promise: how many rows broke it, how many of those were repaired just now."""

    code: str
    meaning: Any
    found: int = 0
    repaired: int = 0


def sweep(*, at: datetime) -> list[Finding]:
    """Check everything, repair what time broke and write one entry with the counts. A second run finds only what a person must do."""
    actor = system_actor(at=at)
    findings = [*_impossible(), *_repairs(actor, at), *_for_people(actor, at)]
    counts = {f.code: [f.found, f.repaired] for f in findings if f.found}
    note(actor, "upkeep.sweep", at=at, event=Event.CHANGE, detail=counts)
    return findings


def hand_on_duty(*, at: datetime) -> Finding:
    """Give what nobody took to who is on duty next: at the end of the working day, and in the night for what came in later."""
    duties = queries.duties(on=queries.duty_day(at=at))
    left = [(row, duties.get(row.team_id)) for row in queries.left_untaken(before=at)]
    due = [(row, to) for row, to in left if to and to.pk != row.owner_id and _opens_for(to, row, at)]
    done = _each(
        due, lambda pair: sweeping.hand_on(actor=system_actor(at=at), at=at, commitment=pair[0], owner=pair[1])
    )
    return Finding("untaken", _("signals nobody took, for the next duty worker"), len(due), done)


def _opens_for(duty: Membership, commitment: Commitment, at: datetime) -> bool:
    """Tell whether a duty worker can see it: what hangs on a closed dossier stays with who can open it."""
    return not commitment.dossier_id or queries.can_open(membership=duty, dossier_id=commitment.dossier_id, at=at)


def _each(rows: Iterable[Any], repair: Callable[[Any], Any]) -> int:
    """Repair one row at a time; what cannot be repaired stays counted and never stops the rest."""
    done = 0
    for row in rows:
        try:
            repair(row)
            done += 1
        except (Refused, Absent, Error) as problem:
            log.warning("sweep could not repair a row: %s", type(problem).__name__)
    return done


def _impossible() -> list[Finding]:
    """What the database itself refuses, looked at all the same: a number here means that a rule was away."""
    return [
        Finding("orphan", _("open without owner or date"), queries.orphans().count()),
        Finding("ended_owner", _("open, owned by somebody who left"), queries.owned_by_ended().count()),
        Finding("no_row", _("responsibility without its record"), queries.without_row(kind_rows=KIND_ROWS).count()),
        Finding(
            "no_commitment",
            _("record without responsibility"),
            len(queries.rows_without_commitment(kind_rows=KIND_ROWS)),
        ),
        Finding("turn", _("history that differs from the present"), queries.turns_that_differ().count()),
        Finding("rules", _("rules missing in the database"), len(triggers.missing(connection))),
    ]


def _repairs(actor: Actor, at: datetime) -> list[Finding]:
    day = actor.on
    pauses, grants, old = (
        list(queries.pauses_to_wake(on=day)),
        list(queries.expired_grants(on=day)),
        list(unlinked_to_erase(at=at)),
    )
    return [
        _expired(actor, at),
        _blocked(actor, at),
        Finding(
            "pause",
            _("pauses whose date has come"),
            len(pauses),
            _each(pauses, lambda row: sweeping.wake_pause(actor=actor, at=at, pause=row)),
        ),
        Finding(
            "grant",
            _("access past its last day"),
            len(grants),
            _each(grants, lambda row: sweeping.close_grant(actor=actor, at=at, grant=row)),
        ),
        Finding(
            "unlinked",
            _("signals without a resident, kept long enough"),
            len(old),
            _each(old, lambda row: sweeping.empty_signal(actor=actor, at=at, signal=row)),
        ),
        hand_on_duty(at=at),
        _drop(
            "draft",
            _("drafts older than 30 days"),
            stale_drafts(at=at).count(),
            lambda: sweeping.drop_drafts(actor=actor, at=at),
        ),
        _drop(
            "request",
            _("remembered requests older than 30 days"),
            queries.stale_requests(at=at).count(),
            lambda: sweeping.forget_requests(actor=actor, at=at),
        ),
    ]


def _drop(code: str, meaning: Any, count: int, drop: Callable[[], int]) -> Finding:
    return Finding(code, meaning, count, drop() if count else 0)


def _expired(actor: Actor, at: datetime) -> Finding:
    rows = list(queries.expired_memberships(on=actor.on))
    return Finding(
        "expired", _("memberships past their last day"), len(rows), _each(rows, lambda row: _end(actor, at, row))
    )


def _end(actor: Actor, at: datetime, membership: Membership) -> None:
    _move(actor, at, membership)
    end_membership(actor=actor, at=at, membership=membership)


def _move(actor: Actor, at: datetime, membership: Membership) -> None:
    if Commitment.objects.open().filter(owner=membership).exists():
        successors = queries.successors_of(membership=membership, on=actor.on)
        sweeping.move_work(actor=actor, at=at, membership=membership, successors=successors)


def _blocked(actor: Actor, at: datetime) -> Finding:
    rows = list(queries.blocked_owners())
    return Finding(
        "blocked", _("blocked colleagues who still own work"), len(rows), _each(rows, lambda row: _move(actor, at, row))
    )


def _for_people(actor: Actor, at: datetime) -> list[Finding]:
    """What only a person may solve."""
    return [
        Finding(
            "lead",
            _("teams with open work without lead or substitute present"),
            queries.teams_without_lead(on=actor.on).count(),
        ),
        Finding(
            "unseen", _("work about a resident whose dossier its owner may not open"), len(queries.unseen_work(at=at))
        ),
        Finding("erasure", _("dossiers whose keeping time is over"), queries.due_for_erasure(on=actor.on).count()),
    ]
