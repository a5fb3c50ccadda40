"""The resident's page: who it is, how to reach them safely, who answers for what, who else is involved."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery

from nabij.access.actor import Actor
from nabij.access.models import Dossier, Grant
from nabij.casework.models import Activity, CaseDossier
from nabij.commitments.models import Commitment, Kind, Pause
from nabij.contacts.models import ContactText
from nabij.contacts.queries import latest_contact
from nabij.core.bundles import Bundle, opened, unbundle
from nabij.core.errors import Absent
from nabij.core.worded import Numbers, records
from nabij.desk.kinds import KINDS, KindOf, page_rows, row_ref
from nabij.residents.queries import HeaderOf, header_of


@dataclass
class OpenWork:
    """Something open for this resident: what, who answers for it, by when, and the pause it is in."""

    commitment: Commitment
    of: KindOf
    page_ref: str
    pause: Pause | None
    mine: bool
    may_act: bool


@dataclass
class ResidentPage:
    """All but the timeline. `leading`: the case, else what is due first; `involved`: who has a part in this, and in what."""

    dossier: Dossier
    header: HeaderOf
    open_work: list[OpenWork]
    involved: list[tuple[str, str]]
    last_contact: datetime | None
    hidden: int

    @property
    def case_ids(self) -> list[int]:
        """Return the cases this resident is or was part of."""
        return [row["case_id"] for row in opened(self.dossier.cases)]

    @property
    def has_case(self) -> bool:
        return any(work.commitment.kind == Kind.CASE for work in self.open_work)

    @property
    def leading(self) -> OpenWork | None:
        return min(self.open_work, key=lambda work: (work.commitment.kind != Kind.CASE, work.commitment.due_at), default=None)


def resident_page(*, actor: Actor, ref: str) -> ResidentPage:
    """Return what the head and the side of a resident's page need, in three queries. Raises Absent."""
    dossier = next(iter(records(_with_access, actor=actor, ref=ref)), None)
    if dossier is None:
        raise Absent
    works = _open_work(actor, dossier)
    grants = unbundle(Grant, dossier.given)
    return ResidentPage(
        dossier=dossier,
        header=header_of(actor=actor, dossier=dossier),
        open_work=works,
        involved=_involved(works, grants),
        last_contact=dossier.last,
        hidden=dossier.hidden or 0,
    )


def _with_access(*, actor: Actor, ref: str) -> "QuerySet[Dossier]":
    """Return a dossier with who was given access, and how many texts are not for this reader."""
    closed = ContactText.objects.filter(dossier__root_id=OuterRef("root_id"), audience=ContactText.Audience.PRIVATE)
    closed = closed.exclude(Exists(ContactText.objects.visible_to(actor).filter(pk=OuterRef("pk")))).order_by().values("dossier__root_id")
    grants = Grant.objects.running(actor.on).filter(dossier__root_id=OuterRef("pk")).order_by("pk")
    return Dossier.objects.visible_to(actor).filter(merged__ref=ref).select_related("team").annotate(
        last=latest_contact(),
        given=Bundle(grants, worker_name="worker__name", team_name="team__name"),
        hidden=Subquery(closed.annotate(count=Count("pk")).values("count")),
        own_work=Bundle(Commitment.objects.open().filter(dossier__root_id=OuterRef("root_id")), only=("id",)),
        cases=Bundle(CaseDossier.objects.filter(dossier__root_id=OuterRef("root_id")), only=("case_id",)),
        doings=Bundle(Activity.objects.filter(case__case_dossiers__dossier__root_id=OuterRef("root_id")), only=("commitment_id",)),
    )  # fmt: skip


def _open_work(actor: Actor, dossier: Dossier) -> list[OpenWork]:
    """Return what is open for this resident, also in a case that began with somebody else of the household."""
    found = []
    # the numbers came with the dossier: a database that knows them reads these rows and nobody else's
    ids = [number for bundle in (dossier.own_work, dossier.cases, dossier.doings) for row in opened(bundle) for number in row.values()]
    for row in records(_works, actor=actor, ids=Numbers(ids)):
        of = KINDS[row.kind]
        pause = next(iter(unbundle(Pause, row.resting)), None)
        # what hangs on somebody else of the household may be closed to this reader
        may_act = bool(row.dossier and row.dossier.root_id == dossier.pk)
        found.append(OpenWork(row, of, row_ref(row, of), pause, row.owner_id in actor.membership_ids, may_act))
    return found


def _works(*, actor: Actor, ids: list[int]) -> "QuerySet[Commitment]":
    pauses = Pause.objects.filter(commitment_id=OuterRef("pk"), ended_at__isnull=True)
    rows = Commitment.objects.open().known_to(actor).filter(pk__in=ids).select_related("owner__worker", "team", "dossier", *page_rows())
    return rows.annotate(resting=Bundle(pauses)).order_by("due_at", "pk")


def _involved(works: list[OpenWork], grants: list[Grant]) -> list[tuple[str, str]]:
    """Return everybody who has a part in this: name, and in what."""
    people = {work.commitment.owner.worker.name: f"{work.of.one} · {work.commitment.team.name}" for work in reversed(works)}
    for grant in grants:
        people.setdefault(grant.worker_name or grant.team_name, grant.get_kind_display())
    return sorted(people.items())
