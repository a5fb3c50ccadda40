"""What the sweep looks at: every promise of the spine as a set of rows; the good number of each is 0."""

import os
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Count, Exists, F, IntegerField, Model, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from nabij.access.actor import worker_actor
from nabij.access.models import Acquaintance, Dossier, DutyTurn, Grant, Membership, Sharing, Team
from nabij.access.models.roles import DOSSIER_ROLES
from nabij.audit.models import Entry, Purge, Seal
from nabij.audit.queries import openings_of
from nabij.commitments.clock import end_of, is_working_day, working_days_after
from nabij.commitments.models import Commitment, Kind, OnCommitment, Pause, StandIn, Turn
from nabij.contacts.models import ContactText
from nabij.contacts.queries import last_contact
from nabij.core.models import DoneRequest
from nabij.papers.models import Paper
from nabij.residents.models import Resident, SafetyNote

from .limits import LOOSE_FILE_KEPT, RECORD_KEPT, TRIES_IN_A_ROW

KEEP = timedelta(days=30)  # the memory of requests that were carried out


def orphans() -> "QuerySet[Commitment]":
    """Return what is open without owner or date. The database refuses it; counted all the same."""
    return Commitment.objects.open().filter(Q(owner__isnull=True) | Q(due_at__isnull=True))


def owned_by_ended() -> "QuerySet[Commitment]":
    """Return what is open and owned by an ended membership. The database refuses it; counted all the same."""
    return Commitment.objects.open().filter(owner__ended_at__isnull=False)


def without_row(*, kind_rows: dict[Kind, type[OnCommitment]]) -> "QuerySet[Commitment]":
    """Return commitments that miss the row of their kind: responsibility for nothing."""
    missing = Q(pk__in=[])
    for kind, model in kind_rows.items():
        missing |= Q(kind=kind) & ~Exists(model._default_manager.filter(commitment_id=OuterRef("pk")))
    return Commitment.objects.filter(missing | ~Q(kind__in=list(kind_rows)))


def rows_without_commitment(*, kind_rows: dict[Kind, type[OnCommitment]]) -> list[Model]:
    """Return rows that miss their commitment, or sit on one of another kind: work that nobody sees."""
    found: list[Model] = []
    for kind, model in kind_rows.items():
        right = Commitment.objects.filter(kind=kind).values("pk")
        found += list(model._default_manager.exclude(commitment_id__in=right))
    return found


def turns_that_differ() -> "QuerySet[Commitment]":
    """Return commitments whose last Turn tells another owner or date: the history would lie."""
    last = Turn.objects.filter(commitment=OuterRef("pk")).order_by("-id")
    rows = Commitment.objects.annotate(
        last_owner=Subquery(last.values("owner_id")[:1]), last_due=Subquery(last.values("due_at")[:1])
    )
    return rows.exclude(last_owner=F("owner_id"), last_due=F("due_at"))


def expired_memberships(*, on: date) -> "QuerySet[Membership]":
    """Return memberships past their planned end that were not ended yet."""
    return (
        Membership.objects.filter(until_on__lt=on, ended_at__isnull=True)
        .select_related("worker", "team")
        .order_by("id")
    )


def blocked_owners() -> "QuerySet[Membership]":
    """Return memberships of blocked workers that still own open work: nobody looks at it."""
    owns = Commitment.objects.open().filter(owner=OuterRef("pk"))
    rows = Membership.objects.filter(Exists(owns), worker__blocked_at__isnull=False)
    return rows.select_related("worker", "team").order_by("id")


def present(*, on: date) -> "QuerySet[Membership]":
    """Return memberships that can answer for something on a day: running, and the worker not blocked."""
    return Membership.objects.on(on).filter(worker__blocked_at__isnull=True).select_related("worker", "team")


def successors_of(*, membership: Membership, on: date) -> list[Membership]:
    """Return who can take over on a day, in this order: the named substitute, the team's lead, the lead's substitute."""
    stand_ins = StandIn.objects.filter(membership=membership, ended_at__isnull=True, from_on__lte=on).order_by(
        "-until_on", "id"
    )
    team = membership.team
    wanted = [*stand_ins.values_list("substitute_id", flat=True), team.lead_id, team.lead_substitute_id]
    able = present(on=on).exclude(worker_id=membership.worker_id).in_bulk([pk for pk in wanted if pk])
    return [able[pk] for pk in dict.fromkeys(wanted) if pk in able]


def can_open(*, membership: Membership, dossier_id: int, at: datetime) -> bool:
    """Tell whether the person of a membership may open a dossier at a moment."""
    return Dossier.objects.visible_to(worker_actor(membership.worker, at=at)).filter(pk=dossier_id).exists()


def unseen_work(*, at: datetime) -> list[Commitment]:
    """Return open work about a resident whose owner may not open the dossier: it stands on nobody's list."""
    rows = Commitment.objects.open().filter(dossier__isnull=False).select_related("owner__worker", "team")
    own_team = Q(
        dossier__root__team_id=F("owner__team_id"),
        dossier__root__restricted=False,
        owner__role__in=DOSSIER_ROLES,
        owner__paid=True,
    )
    knows = Exists(
        Acquaintance.objects.filter(
            worker_id=OuterRef("owner__worker_id"), dossier__root_id=OuterRef("dossier__root_id")
        )
    )
    plain = rows.filter(own_team, ~knows, owner__team__assigned_only=False).values("pk")
    return [
        row
        for row in rows.exclude(pk__in=plain)
        if not can_open(membership=row.owner, dossier_id=row.dossier_id, at=at)
    ]


def is_acquainted(*, membership: Membership, dossier: Dossier) -> bool:
    """Tell whether the person of a membership knows this resident in private life, or is it: then the dossier stays closed."""
    return Acquaintance.objects.filter(worker_id=membership.worker_id, dossier__root_id=dossier.root_id).exists()


def teams_without_lead(*, on: date) -> "QuerySet[Team]":
    """Return teams with open work of which lead or substitute is missing, has gone or is blocked."""
    here = Membership.objects.on(on).filter(worker__blocked_at__isnull=True).values("pk")
    busy = Exists(Commitment.objects.open().filter(team=OuterRef("pk")))
    return Team.objects.filter(busy).exclude(lead__in=here, lead_substitute__in=here)


def pauses_to_wake(*, on: date) -> "QuerySet[Pause]":
    """Return running pauses whose date has come."""
    return (
        Pause.objects.filter(ended_at__isnull=True, look_again_on__lte=on)
        .select_related("commitment__owner", "commitment__team")
        .order_by("id")
    )


def pauses_of_the_dead() -> "QuerySet[Pause]":
    """Return running pauses of residents who have died: nothing is waited for any more."""
    died = Resident.objects.filter(dossier__root=OuterRef("commitment__dossier__root"), deceased_on__isnull=False)
    rows = Pause.objects.filter(Exists(died), ended_at__isnull=True)
    return rows.select_related("commitment__owner", "commitment__team").order_by("id")


def expired_stand_ins(*, on: date) -> "QuerySet[StandIn]":
    """Return substitutions whose last day has passed and that were not closed yet."""
    return StandIn.objects.filter(until_on__lt=on, ended_at__isnull=True).select_related("membership__team").order_by("id")


def loose_files(*, at: datetime) -> list[Path]:
    """Return files in the papers folder that belong to no row and are older than a day: left behind by an act that was undone."""
    before = (at - LOOSE_FILE_KEPT).timestamp()
    found = [Path(entry.path) for entry in os.scandir(settings.PAPERS) if entry.is_file()] if settings.PAPERS.is_dir() else []
    loose: list[Path] = []
    for start in range(0, len(found), 500):
        some = found[start : start + 500]
        kept = set(Paper.objects.filter(ref__in=[file.name for file in some], erased_at__isnull=True).values_list("ref", flat=True))
        loose += [file for file in some if file.name not in kept and file.stat().st_mtime < before]
    return loose


def lost_papers() -> list[Paper]:
    """Return rows of files that are not on the disk: somebody must look for them in a backup."""
    there = {entry.name for entry in os.scandir(settings.PAPERS)} if settings.PAPERS.is_dir() else set()
    return [paper for paper in Paper.objects.filter(erased_at__isnull=True).only("ref", "team_id") if paper.ref not in there]


def tried_in_vain() -> "QuerySet[Commitment]":
    """Return open cases whose resident was tried three times or more since the last real contact; `tries` and `last_tried` say how often and when."""
    texts = ContactText.objects.filter(dossier__root=OuterRef("dossier__root"))
    last = texts.filter(counts=True).order_by("-happened_at").values("happened_at")[:1]
    tried = texts.filter(contact__reached=False, contact__withdrawn_at__isnull=True, happened_at__gt=OuterRef("last_reached"))
    number = tried.order_by().values("dossier__root").annotate(n=Count("pk")).values("n")
    rows = Commitment.objects.open().filter(kind=Kind.CASE, dossier__isnull=False)
    rows = rows.annotate(last_reached=Coalesce(Subquery(last), F("dossier__root__opened_at")))
    rows = rows.annotate(
        tries=Subquery(number, output_field=IntegerField()),
        last_tried=Subquery(tried.order_by("-happened_at").values("happened_at")[:1]),
    )
    return rows.filter(tries__gte=TRIES_IN_A_ROW)


def notes_due(*, on: date) -> "QuerySet[SafetyNote]":
    """Return the running safety notes of all teams whose day to look again has come."""
    return SafetyNote.objects.filter(ended_at__isnull=True, review_on__lte=on)


def expired_grants(*, on: date) -> "QuerySet[Grant]":
    """Return grants past their last day that were not ended yet."""
    return Grant.objects.filter(until_on__lt=on, ended_at__isnull=True).select_related("dossier").order_by("id")


def stale_requests(*, at: datetime) -> "QuerySet[DoneRequest]":
    """Return requests carried out more than 30 days ago: nobody sends them a second time any more."""
    return DoneRequest.objects.filter(at__lt=at - KEEP)


def family(*, dossier: Dossier) -> list[Dossier]:
    """Return a dossier with all that were merged into it, itself last."""
    return sorted(Dossier.objects.filter(root=dossier), key=lambda row: row.pk == dossier.pk)


def export_commitments(*, dossier: Dossier) -> list[dict[str, Any]]:
    """Return what was and is to be done for a resident, with when and in which team; colleagues by function, not by name."""
    rows = (
        Commitment.objects.filter(dossier__root_id=dossier.root_id)
        .select_related("team", "task")
        .prefetch_related("pauses")
    )
    return [
        {
            "what": row.what, "opened_at": row.opened_at, "due_at": row.due_at, "closed_at": row.closed_at, "outcome": row.outcome,
            "team": row.team.name, "note": row.task.note if hasattr(row, "task") else "",
            "nothing_until": [{"reason": p.reason, "agreed_with": p.agreed_with, "until": p.look_again_on, "sooner_if": p.sooner_if} for p in row.pauses.all()],
        }
        for row in rows.order_by("opened_at", "pk")
    ]  # fmt: skip


def export_papers(*, dossier: Dossier) -> list[dict[str, Any]]:
    """Return the names of the files of a resident; the files themselves are handed over apart."""
    rows = Paper.objects.filter(dossier__root_id=dossier.root_id, erased_at__isnull=True).order_by("kept_at", "pk")
    return [
        {"name": row.name, "content_type": row.content_type, "size": row.size, "kept_at": row.kept_at} for row in rows
    ]


def export_access(*, dossier: Dossier) -> list[dict[str, Any]]:
    """Return who looked, by function and organisation, with whom it was shared and until when it is kept."""
    ids = list(Dossier.objects.filter(root_id=dossier.root_id).values_list("pk", flat=True))
    shared = Sharing.objects.filter(dossier__in=ids).select_related("to_team__controller").order_by("from_at")
    return [
        {
            "kind": "kept",
            "since": dossier.opened_at,
            "until": dossier.erase_on,
            "organisation": dossier.controller.name,
        },
        *(
            {
                "kind": "shared",
                "at": s.from_at,
                "with": s.to_team.controller.name,
                "what": s.what,
                "why": s.why,
                "basis": s.basis,
            }
            for s in shared
        ),
        *(
            {"kind": "looked", "at": e.at, "function": e.function, "organisation": e.organisation}
            for e in openings_of(dossier_ids=ids)
        ),
    ]


def due_for_erasure(*, on: date) -> "QuerySet[Dossier]":
    """Return dossiers whose keeping time is over. Erasing is a person's act: they are reported only."""
    longer = Dossier.objects.filter(Q(erase_on__gt=on) | Q(legal_hold=True), root_id=OuterRef("pk"))  # of what was merged the longest term counts
    rows = Dossier.objects.filter(erase_on__lte=on, erased_at__isnull=True, legal_hold=False, root_id=F("id"))
    return rows.filter(~Exists(longer)).order_by("erase_on", "id")


def spoken_since(*, on: date, kept: timedelta) -> list[tuple[Dossier, date]]:
    """Return what is due for erasure although the resident was spoken less long ago than welfare contact is kept, with until when that is."""
    due = list(due_for_erasure(on=on))
    last = last_contact(dossier_ids=[row.pk for row in due])
    ends = [(row, timezone.localdate(last[row.pk]) + kept) for row in due if row.pk in last]
    return [(row, until) for row, until in ends if until > on]


def old_ranges(*, at: datetime) -> int:
    """Return how many sealed ranges of the record have been kept long enough and still hold their entries."""
    gone = Purge.objects.filter(first_id=OuterRef("first_id"), last_id=OuterRef("last_id"))
    return Seal.objects.filter(~Exists(gone), at__lt=at - RECORD_KEPT).count()


def duty_day(*, at: datetime) -> date:
    """Return the working day whose duty worker takes what nobody took: today until the end of the working day, else the next one."""
    today = timezone.localdate(at)
    return today if is_working_day(today) and at < end_of(today) else working_days_after(today, 1)


def left_untaken(*, before: datetime) -> "QuerySet[Commitment]":
    """Return open signals from before a moment that nobody took, and that no colleague gave to somebody on purpose."""
    rows = Commitment.objects.open().filter(kind=Kind.SIGNAL, taken_at__isnull=True, opened_at__lte=before)
    rows = (
        rows.select_related("owner__worker", "team__lead", "team__lead_substitute")
        .prefetch_related("turns")
        .order_by("id")
    )
    wanted = [row.pk for row in rows if not _given_on_purpose(row)]
    return rows.filter(pk__in=wanted)


def _given_on_purpose(commitment: Commitment) -> bool:
    """Tell whether a person, not the rota or the system, chose the present owner after it came in."""
    turns = sorted(commitment.turns.all(), key=lambda turn: turn.pk)
    moves = [turn for before, turn in pairwise(turns) if turn.owner_id != before.owner_id]
    return bool(moves) and moves[-1].by_id is not None


def duties(*, on: date) -> dict[int, Membership]:
    """Return who is on duty on a day and can answer, by team."""
    turns = DutyTurn.objects.filter(on=on, membership__in=present(on=on)).select_related(
        "membership__worker", "membership__team"
    )
    return {turn.team_id: turn.membership for turn in turns}


def last_sweep() -> Entry | None:
    """Return the entry of the last sweep; its detail holds what was found and repaired."""
    return Entry.objects.filter(verb="upkeep.sweep").order_by("-id").first()
