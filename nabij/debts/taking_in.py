"""Take a file in, row by row, a few in one transaction: stopped at any moment it can go on, nothing is in by half and nothing twice."""

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from nabij.access.actor import Actor, system_actor
from nabij.core.errors import Refused

from .actions import finish_file, note_progress, refuse_row, start_file, take_row
from .checking import check_sheet
from .columns import read_sheet
from .models import DebtFile
from .queries import content_of, known_keys, stopped_files
from .rows import Checked

log = logging.getLogger(__name__)
EVERY = 100  # rows between two notes of how far we are
# rows that are made safe at once: each waits for the disk a twentieth of the time, and others who write wait for twenty rows at most
TOGETHER = 20


def take_in(*, file: DebtFile, actor: Actor, at: datetime, seen: Callable[[int], object] = bool, limit: int | None = None) -> DebtFile:
    """Take every good row in that is not in yet; return the file, done, or still running when `limit` rows were taken in.

    `seen` hears how many rows were looked at. Raises Refused: another run is busy with it, or it was thrown away.
    """
    file = start_file(actor=actor.again(), at=at, file=file)
    rows = list(check_sheet(sheet=read_sheet(content=content_of(file=file)), partner=file.partner, on=timezone.localdate(file.added_at)))
    good = [row for row in rows if row.is_good]
    known = known_keys(partner=file.partner, keys=[row.digest for row in good])
    fresh = [row for row in good if row.digest not in known]
    done = len(rows) - len(fresh)
    seen(done)
    each = replace(actor.again(), request_id="")  # the row's own fingerprint makes it come in once
    wanted = fresh[:limit]
    for start in range(0, len(wanted), TOGETHER):
        some = wanted[start : start + TOGETHER]
        with transaction.atomic():  # each row still is an action with a receipt of its own; one that is refused takes no other along
            for row in some:
                _take(each, actor, at, file, row)
        count = start + len(some)
        if count % EVERY == 0:
            note_progress(actor=actor.again(), at=timezone.now(), file=file, seen=done + count)
            seen(done + count)
    if limit is not None and len(fresh) > limit:
        note_progress(actor=actor.again(), at=at, file=file, seen=done + limit, release=True)
        file.refresh_from_db()
        return file
    seen(len(rows))
    return finish_file(actor=actor.again(), at=at, file=file)


def _take(each: Actor, actor: Actor, at: datetime, file: DebtFile, row: Checked) -> None:
    try:
        take_row(actor=each, at=at, partner=file.partner, row=row, file=file)
    except Refused:
        refuse_row(actor=actor.again(), at=at, file=file, line=row.line, code="not_placed")


def go_on(*, at: datetime) -> int:
    """Finish every file whose run stopped, for the jobs; return how many."""
    files = stopped_files(at=at)
    for file in files:
        try:
            take_in(file=file, actor=system_actor(at=at), at=at)
        except Refused:
            log.info("another run took the file")
    return len(files)
