"""The nightly sweep: look at every promise again, repair what time broke, say what a person must do."""

import logging
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic
from typing import Any

from django.db import Error, connection

from nabij.access.actions import end_membership
from nabij.access.actor import Actor, system_actor
from nabij.access.doors import note
from nabij.access.models import Membership
from nabij.audit.models import Event
from nabij.casework.actions import WELFARE_KEPT_DAYS, review_ages
from nabij.commitments.models import Commitment
from nabij.core import triggers
from nabij.core.errors import Absent, Refused
from nabij.debts.actions import empty_debt, empty_file
from nabij.debts.queries import debts_to_empty, files_to_empty
from nabij.drafts.keeping import stale_drafts
from nabij.handover.actions import force_out, tidy_items
from nabij.handover.queries import late_items, unmet_items
from nabij.post.queries import unhandled_since
from nabij.signals.queries import unlinked_to_erase

from . import queries
from .actions import begin_sweep, end_sweep, escalate, resolve_line, sweeping
from .alone import alone
from .ladder import Line, compare, wanted_lines
from .limits import MAIL_HANDLED_WITHIN, Ground
from .lists import KIND_ROWS
from .meanings import MEANINGS
from .zero import in_all

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Finding:
    """One promise: how many rows broke it, how many of those were repaired just now."""

    code: str
    found: int = 0
    repaired: int = 0

    @property
    def meaning(self) -> Any:
        """Return in words what this code looks for."""
        return MEANINGS[self.code]


def sweep(*, at: datetime) -> list[Finding]:
    """Check everything, repair what time broke, put up and take down the lines on the board, and write down that it was done.

    A second run changes nothing more and finds only what a person must do. Two at once: the second does nothing and returns an empty list.
    """
    with alone(name="sweep") as free:
        return _run(at) if free else []


def _run(at: datetime) -> list[Finding]:
    actor, clock = system_actor(at=at), monotonic()
    run = begin_sweep(actor=actor, at=at)
    try:
        findings = [*_impossible(), *_repairs(actor, at), *_for_people(actor, at), *_lines(actor, at)]
        zero = in_all(at=at, on=actor.on)
    except Exception as problem:
        end_sweep(actor=actor, at=at, run=run, problem=type(problem).__name__)
        raise
    counts = {f.code: [f.found, f.repaired] for f in findings if f.found}
    note(actor, "upkeep.sweep", at=at, event=Event.CHANGE, detail=counts)
    end_sweep(actor=actor, at=at + timedelta(seconds=monotonic() - clock), run=run, counts=counts, zero=zero)
    return findings


def _lines(actor: Actor, at: datetime) -> list[Finding]:
    """Warn who should hear of it now, and take away what is solved."""
    lines = wanted_lines(at=at)
    missing, over = compare(lines=lines)
    _each(over, lambda row: resolve_line(actor=actor, at=at, line=row))
    rows = Commitment.objects.select_related("team", "owner").in_bulk([line.trouble.commitment_id for line in missing])
    done = Counter(line.trouble.ground for line in missing if _each([line], lambda line: _put_up(actor, at, rows, line)))
    found = Counter(line.trouble.ground for line in lines)
    return [Finding(f"line_{ground}", found[ground], done[ground]) for ground in Ground.values]


def _put_up(actor: Actor, at: datetime, rows: dict[int, Commitment], line: Line) -> None:
    trouble = line.trouble
    commitment = rows[trouble.commitment_id]
    escalate(actor=actor, at=at, commitment=commitment, ground=trouble.ground, rung=line.rung, to_id=line.to_id, since=trouble.since)


def hand_on_duty(*, at: datetime) -> Finding:
    """Give what nobody took to who is on duty next: at the end of the working day, and in the night for what came in later."""
    duties = queries.duties(on=queries.duty_day(at=at))
    left = [(row, duties.get(row.team_id)) for row in queries.left_untaken(before=at)]
    due = [(row, to) for row, to in left if to and to.pk != row.owner_id and _opens_for(to, row, at)]
    done = _each(due, lambda pair: sweeping.hand_on(actor=system_actor(at=at), at=at, commitment=pair[0], owner=pair[1]))
    return Finding("untaken", len(due), done)


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
        Finding("orphan", queries.orphans().count()),
        Finding("ended_owner", queries.owned_by_ended().count()),
        Finding("no_row", queries.without_row(kind_rows=KIND_ROWS).count()),
        Finding(
            "no_commitment",
            len(queries.rows_without_commitment(kind_rows=KIND_ROWS)),
        ),
        Finding("turn", queries.turns_that_differ().count()),
        Finding("rules", len(triggers.missing(connection))),
    ]


def _arrears(actor: Actor, at: datetime) -> Finding:
    """Empty arrears, and the files they came in, that were kept long enough."""
    debts, files = list(debts_to_empty(at=at)), list(files_to_empty(at=at))
    done = _each(debts, lambda row: empty_debt(actor=actor, at=at, debt=row)) + _each(files, lambda row: empty_file(actor=actor, at=at, file=row))
    return Finding("arrears", len(debts) + len(files), done)


def _repairs(actor: Actor, at: datetime) -> list[Finding]:
    return [*_awake(actor, at), *_over(actor, at), *_kept(actor, at)]


def _awake(actor: Actor, at: datetime) -> list[Finding]:
    """What somebody must see again: work of the dead, of who is away, gone or blocked, what rested, what nobody took, birthdays."""
    day = actor.on
    dead, stand_ins = list(queries.pauses_of_the_dead()), list(queries.expired_stand_ins(on=day))
    pauses = [pause for pause in queries.pauses_to_wake(on=day) if pause not in dead]
    return [
        Finding("deceased", len(dead), _each(dead, lambda row: sweeping.wake_pause(actor=actor, at=at, pause=row))),
        Finding("stand_in", len(stand_ins), _each(stand_ins, lambda row: sweeping.close_stand_in(actor=actor, at=at, stand_in=row))),
        _handovers(actor, at),
        _expired(actor, at),
        _blocked(actor, at),
        Finding("pause", len(pauses), _each(pauses, lambda row: sweeping.wake_pause(actor=actor, at=at, pause=row))),
        hand_on_duty(at=at),
        _birthdays(actor, at),
    ]


def _over(actor: Actor, at: datetime) -> list[Finding]:
    """What may no longer be opened or kept about somebody."""
    grants, old = list(queries.expired_grants(on=actor.on)), list(unlinked_to_erase(at=at))
    spoken = queries.spoken_since(on=actor.on, kept=timedelta(days=WELFARE_KEPT_DAYS))
    return [
        Finding("grant", len(grants), _each(grants, lambda row: sweeping.close_grant(actor=actor, at=at, grant=row))),
        Finding("unlinked", len(old), _each(old, lambda row: sweeping.empty_signal(actor=actor, at=at, signal=row))),
        Finding("spoken", len(spoken), _each(spoken, lambda row: sweeping.keep_spoken(actor=actor, at=at, dossier=row[0], until=row[1]))),
        _arrears(actor, at),
    ]


def _kept(actor: Actor, at: datetime) -> list[Finding]:
    """What served its purpose and is nobody's text any more."""
    files = queries.loose_files(at=at)
    return [
        _drop("draft", stale_drafts(at=at).count(), lambda: sweeping.drop_drafts(actor=actor, at=at)),
        _drop("request", queries.stale_requests(at=at).count(), lambda: sweeping.forget_requests(actor=actor, at=at)),
        _drop("record", queries.old_ranges(at=at), lambda: sweeping.forget_record(actor=actor, at=at)),
        _drop("file", len(files), lambda: sweeping.drop_files(actor=actor, at=at, files=files)),
    ]


def _birthdays(actor: Actor, at: datetime) -> Finding:
    found, made = review_ages(actor=actor, at=at)
    return Finding("age", found, made)


def _drop(code: str, count: int, drop: Callable[[], int]) -> Finding:
    return Finding(code, count, drop() if count else 0)


def _handovers(actor: Actor, at: datetime) -> Finding:
    return _drop("handover", late_items(on=actor.on).count() + unmet_items().count(), lambda: tidy_items(actor=actor, at=at))


def _expired(actor: Actor, at: datetime) -> Finding:
    rows = list(queries.expired_memberships(on=actor.on))
    return Finding("expired", len(rows), _each(rows, lambda row: _end(actor, at, row)))


def _end(actor: Actor, at: datetime, membership: Membership) -> None:
    _move(actor, at, membership)
    force_out(actor=actor, at=at, membership=membership)
    end_membership(actor=actor, at=at, membership=membership)


def _move(actor: Actor, at: datetime, membership: Membership) -> None:
    if Commitment.objects.open().filter(owner=membership).exists():
        successors = queries.successors_of(membership=membership, on=actor.on)
        sweeping.move_work(actor=actor, at=at, membership=membership, successors=successors)


def _blocked(actor: Actor, at: datetime) -> Finding:
    rows = list(queries.blocked_owners())
    return Finding("blocked", len(rows), _each(rows, lambda row: _move(actor, at, row)))


def _for_people(actor: Actor, at: datetime) -> list[Finding]:
    """What only a person may solve."""
    return [
        Finding(
            "lead",
            queries.teams_without_lead(on=actor.on).count(),
        ),
        Finding("unseen", len(queries.unseen_work(at=at))),
        Finding("erasure", queries.due_for_erasure(on=actor.on).count()),
        Finding("note", queries.notes_due(on=actor.on).count()),
        Finding("mail", unhandled_since(moment=at - MAIL_HANDLED_WITHIN).count()),
        Finding("paper", len(queries.lost_papers())),
    ]
