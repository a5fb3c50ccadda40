"""A file comes in, is looked at, is taken in row by row, or is thrown away."""

import hashlib
import os
import socket
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from nabij.access.actor import Actor
from nabij.access.doors import Scope, action, raise_version
from nabij.access.models import Role, Team
from nabij.audit.models import Event
from nabij.core.errors import Absent, Refused
from nabij.debts.checking import check_sheet
from nabij.debts.columns import read_sheet
from nabij.debts.models import Debt, DebtFile, RefusedRow
from nabij.debts.queries import known_keys
from nabij.debts.terms import SILENT
from nabij.papers.actions import erase_paper, keep_paper
from nabij.partners.models import Partner

WORKS = {Role.WORKER: Scope.TEAM, Role.LEAD: Scope.TEAM}
State = DebtFile.State


def _team_of(actor: Actor, partner: Partner) -> Team:
    """Return the team for which this partner's arrears come: its own, else the front door. Raises Absent: not a team of this actor."""
    team = partner.team or partner.municipality.front_door
    if team is None:
        raise Refused(_("No team can take this up yet. Name a front-door team with a lead, then take the file in again."))
    if not actor.is_system and team.pk not in actor.dossier_team_ids:
        raise Absent
    return team


@action("debts.keep_file", allow=WORKS, event=Event.CREATE)
def keep_file(*, actor: Actor, at: datetime, partner: Partner, name: str, content: bytes) -> DebtFile:
    """Keep a file and look at every row, without taking anything in: how many are good, and which are refused for what.

    The same file of the same partner again gives the file that is there. Raises Refused: no file of arrears, or not this partner's work.
    """
    if not partner.may_debts or partner.ended_at is not None:
        raise Refused(_("We have no agreement with this partner about arrears. Ask the functional administrator."), field="partner")
    team, digest = _team_of(actor, partner), hashlib.sha256(content).hexdigest()
    before = DebtFile.objects.filter(partner=partner, digest=digest).exclude(state=State.DROPPED).first()
    if before is not None:
        return before
    sheet = read_sheet(content=content)
    checked = list(check_sheet(sheet=sheet, partner=partner, on=actor.on))
    bad = [row for row in checked if not row.is_good]
    keys = [row.digest for row in checked if row.is_good]
    paper = keep_paper(actor=actor, at=at, name=name, content_type="text/csv", content=content, team=team)
    file = DebtFile.objects.create(
        partner=partner, team=team, paper=paper, digest=digest, added_at=at, added_by_id=actor.acting_in(team.pk), rows=len(checked),
        refused=len(bad), known=len(known_keys(partner=partner, keys=keys)), unused=list(sheet.unused),
    )  # fmt: skip
    RefusedRow.objects.bulk_create([RefusedRow(file=file, line=row.line, reasons=list(row.reasons)) for row in bad], batch_size=500)
    return file


@action("debts.take_in", allow=WORKS, on="file")
def start_file(*, actor: Actor, at: datetime, file: DebtFile) -> DebtFile:
    """Say that a file may be taken in, or claim one whose run stopped. Raises Refused: thrown away, or another run is busy with it."""
    machine = socket.gethostname()[:60]
    dead = [one for one in DebtFile.objects.filter(pk=file.pk, claimed_by__startswith=f"{machine}:").values_list("claimed_by", flat=True) if not _lives(one)]
    free = Q(claimed_at__isnull=True) | Q(claimed_at__lt=at - SILENT) | Q(claimed_by__in=dead)
    claim = {"state": State.RUNNING, "claimed_at": at, "claimed_by": f"{machine}:{os.getpid()}", "version": file.version + 1}
    if not DebtFile.objects.filter(free, pk=file.pk).exclude(state=State.DROPPED).update(**claim):
        raise Refused(_("This file is being taken in already, or was thrown away. Look at it again in a minute."))
    file.refresh_from_db()
    return file


def _lives(run: str) -> bool:
    """Tell whether the process of a run on this machine is still there; a killed one need not be waited for."""
    try:
        os.kill(int(run.rpartition(":")[2]), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True


@action("debts.note_progress", allow=WORKS, on="file")
def note_progress(*, actor: Actor, at: datetime, file: DebtFile, seen: int, release: bool = False) -> int:
    """Write down how far the run is, and that it is alive; with `release` another run may go on at once."""
    return DebtFile.objects.filter(pk=file.pk).update(seen=seen, claimed_at=None if release else at)


@action("debts.refuse_row", allow=WORKS, on="file")
def refuse_row(*, actor: Actor, at: datetime, file: DebtFile, line: int, code: str) -> DebtFile:
    """Write down that a row that looked good could not be taken in after all."""
    RefusedRow.objects.get_or_create(file=file, line=line, defaults={"reasons": [[code, ""]]})
    DebtFile.objects.filter(pk=file.pk).update(refused=RefusedRow.objects.filter(file=file).count())
    return file


@action("debts.finish", allow=WORKS, on="file")
def finish_file(*, actor: Actor, at: datetime, file: DebtFile) -> DebtFile:
    """Write down that every good row of a file is in, and how many of them came in by it."""
    file.refresh_from_db()
    new = Debt.objects.filter(file=file).count()
    file.state, file.finished_at, file.claimed_at, file.claimed_by, file.seen = State.DONE, at, None, "", file.rows
    file.new, file.known = new, file.good - new
    raise_version(file)
    file.save()
    return file


@action("debts.drop", allow=WORKS, on="file", event=Event.REMOVE)
def drop_file(*, actor: Actor, at: datetime, file: DebtFile) -> DebtFile:
    """Throw a file away of which nothing was taken in. Raises Refused: rows of it are in."""
    if file.state != State.CHECKED:
        raise Refused(_("Rows of this file are taken in already. Finish each signal with what you decide about it."))
    erase_paper(actor=actor, at=at, paper=file.paper)
    file.refused_rows.all().delete()
    file.state = State.DROPPED
    raise_version(file)
    file.save()
    return file
