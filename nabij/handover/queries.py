"""Reads of handovers: who leaves or is away, one worklist by resident, what comes to me."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from nabij.access.actor import Actor
from nabij.access.models import Dossier, DutyTurn, Membership
from nabij.access.queries import colleagues, fetch
from nabij.commitments.clock import start_of
from nabij.commitments.models import Commitment, Pause, StandIn
from nabij.commitments.queries import unwatched
from nabij.contacts.models import ContactText
from nabij.core.errors import Absent
from nabij.residents.queries import names_of

from .models import Handover, HandoverItem
from .sources import alone_in, in_words, left, passing
from .suggesting import Suggestion, candidates, suggest

SOON = timedelta(days=60)
PAGE = 50
WITH_PEOPLE = ("membership__worker", "membership__team", "to_membership__team", "task")


def membership_at(*, actor: Actor, ref: str) -> Membership:
    """Return one's own place in a team, one in a team one leads, or one in the municipality one keeps in order. Raises Absent."""
    mine = Q(pk__in=actor.membership_ids) | Q(team_id__in=actor.led_team_ids) | Q(team__municipality_id__in=actor.managed_ids)
    found = Membership.objects.filter(mine, ref=ref).select_related("worker", "team__lead__worker", "team__lead_substitute__worker", "team__controller").first()
    if found is None:
        raise Absent
    return found


def may_give(*, actor: Actor, membership: Membership) -> bool:
    """Tell whether this actor may see and pass on the residents: the colleague, and the lead; an administrator sees numbers only."""
    return membership.pk in actor.membership_ids or membership.team_id in actor.led_team_ids


def running_of(*, membership: Membership) -> Handover | None:
    """Return the handover that runs for a place in a team, or None."""
    return Handover.objects.filter(membership=membership, ended_at__isnull=True).select_related(*WITH_PEOPLE).first()


def other_places(*, membership: Membership) -> list[Membership]:
    """Return the running places of the same person in other teams of the organisation: where a change of team can lead."""
    team = membership.team
    found = Membership.objects.filter(worker_id=membership.worker_id, ended_at__isnull=True, team__controller_id=team.controller_id)
    return list(found.exclude(team_id=team.pk).select_related("team", "worker").order_by("team__name", "pk"))


@dataclass
class Who:
    """One line of the list: somebody who leaves, changes or stopped, with how much is left."""

    membership: Membership
    handover: Handover | None
    stopped: bool = False
    left: list[tuple[str, int]] = field(default_factory=list)
    waiting: int = 0

    @property
    def count(self) -> int:
        return sum(count for _words, count in self.left)

    @property
    def day(self) -> date | None:
        return self.handover.planned_on if self.handover else self.membership.until_on


@dataclass
class Overview:
    """What the lead looks at: who leaves, who is away, what goes wrong in it."""

    leaving: list[Who]
    away: list[StandIn]
    alone: list[StandIn]


def overview(*, actor: Actor) -> Overview:
    """Return who hands over, leaves within sixty days, or was stopped, and every absence now and to come, in the teams this actor leads or keeps."""
    reach = Q(team_id__in=actor.led_team_ids) | Q(team__municipality_id__in=actor.managed_ids) | Q(pk__in=actor.membership_ids)
    behind = Commitment.objects.open().filter(left_by=OuterRef("pk"))
    runs = Handover.objects.filter(membership=OuterRef("pk"), ended_at__isnull=True)
    leaves = Q(until_on__lte=actor.on + SOON, ended_at__isnull=True)
    rows = Membership.objects.annotate(stopped=Exists(behind), runs=Exists(runs)).filter(reach).filter(leaves | Q(stopped=True) | Q(runs=True))
    people = list(rows.select_related("worker", "team").order_by("until_on", "worker__name", "pk"))
    handovers = {h.membership_id: h for h in Handover.objects.filter(membership__in=people, ended_at__isnull=True).select_related("to_membership__team")}
    counts, waiting = left(membership_ids=[m.pk for m in people], on=actor.on), _waiting([h.pk for h in handovers.values()])
    leaving = [
        Who(m, handovers.get(m.pk), m.stopped, in_words(counts[m.pk]), waiting.get(handovers[m.pk].pk, 0) if m.pk in handovers else 0)  # type: ignore[attr-defined]
        for m in people
    ]
    teams = [*actor.led_team_ids, *(_team_ids(actor) if actor.managed_ids else [])]
    away = StandIn.objects.ahead(actor.on).filter(Q(membership__team_id__in=teams) | Q(membership_id__in=actor.membership_ids))
    away = away.select_related("membership__worker", "membership__team", "substitute__worker").order_by("from_on", "pk")
    return Overview(sorted(leaving, key=lambda who: (not who.stopped, who.day or date.max)), list(away), unwatched(team_ids=teams, on=actor.on))


def _team_ids(actor: Actor) -> list[int]:
    return list(Membership.objects.filter(team__municipality_id__in=actor.managed_ids).values_list("team_id", flat=True).distinct())


def _waiting(handover_ids: list[int]) -> dict[int, int]:
    rows = HandoverItem.objects.filter(handover_id__in=handover_ids, accepted_at__isnull=True, commitment__closed_at__isnull=True)
    found: dict[int, int] = {}
    for pk in rows.values_list("handover_id", flat=True):
        found[pk] = found.get(pk, 0) + 1
    return found


@dataclass
class Group:
    """One resident of the worklist, or one thing without a resident. `ref`: of the dossier, else of the commitment."""

    ref: str
    name: str
    may_open: bool
    dossier_id: int | None
    root_id: int | None
    work: list[Commitment]
    asked: HandoverItem | None = None
    refused: HandoverItem | None = None
    suggestion: Suggestion | None = None

    @property
    def due_at(self) -> Any:
        return min(row.due_at for row in self.work)


@dataclass
class Worklist:
    """What somebody still has to hand over: groups of this page, and all that is not a resident."""

    groups: list[Group]
    total: int
    undecided: int
    after: str
    left: list[tuple[str, int]]
    stand_ins: list[StandIn]
    duty: list[DutyTurn]
    alone: list[tuple[Dossier, str]]
    leads: bool
    dossier_ids: list[int]
    behind: bool = False


def worklist(*, actor: Actor, membership: Membership, after: str = "", limit: int = PAGE) -> Worklist:
    """Return the worklist of somebody, by resident, what is not decided first; about twenty queries at any length.

    A restricted dossier that this reader may not open stands there without a name: it can be passed on all the same.
    """
    pause = Pause.objects.filter(commitment=OuterRef("pk"), ended_at__isnull=True).values("look_again_on")[:1]
    rows = passing(membership=membership).select_related("dossier").annotate(look_again_on=Subquery(pause)).order_by("due_at", "pk")
    groups = _groups(actor, list(rows))
    _add_items(membership, groups)
    groups.sort(key=lambda group: (group.asked is not None, group.dossier_id is None, group.name, group.ref))
    start = next((n + 1 for n, group in enumerate(groups) if group.ref == after), 0)
    page = groups[start : start + limit]
    people = candidates(membership=membership, on=actor.on, team_ids=actor.led_team_ids)
    roots = {group.root_id for group in page if group.root_id and group.asked is None}
    found = suggest(membership=membership, roots=roots, people=people, with_load=membership.team_id in actor.led_team_ids) if roots else {}
    for group in page:
        group.suggestion = found.get(group.root_id or 0)
    counts = left(membership_ids=[membership.pk], on=actor.on)[membership.pk]
    alone = alone_in(membership=membership, on=actor.on)
    open_to_me = set(Dossier.objects.visible_to(actor).filter(pk__in=[d.pk for d in alone]).values_list("pk", flat=True))
    names = names_of(dossier_ids=open_to_me)
    return Worklist(
        groups=page,
        total=len(groups),
        undecided=sum(group.asked is None for group in groups),
        after=page[-1].ref if start + limit < len(groups) else "",
        left=in_words(counts),
        stand_ins=list(StandIn.objects.ahead(actor.on).filter(substitute=membership).select_related("membership__worker").order_by("from_on", "pk")),
        duty=list(DutyTurn.objects.filter(membership=membership, on__gt=actor.on).order_by("on")),
        alone=[(dossier, names.get(dossier.pk, "")) for dossier in alone],
        leads="leads" in counts,
        behind=any(row.left_by_id for group in groups for row in group.work),
        dossier_ids=[group.dossier_id for group in page if group.dossier_id and group.may_open],
    )


def _groups(actor: Actor, rows: list[Commitment]) -> list[Group]:
    ids = {row.dossier_id for row in rows if row.dossier_id}
    opened = set(Dossier.objects.visible_to(actor).filter(pk__in=ids).values_list("pk", flat=True)) if ids else set()
    names = names_of(dossier_ids=opened) if opened else {}
    found: dict[object, Group] = {}
    for row in rows:
        dossier = row.dossier
        if dossier is None:
            found[row.pk] = Group(row.ref, row.what, True, None, None, [row])
            continue
        may = dossier.pk in opened
        name = names.get(dossier.pk, "") if may else _("A dossier that is closed to you")
        found.setdefault(("root", dossier.root_id), Group(dossier.ref, name, may, dossier.pk, dossier.root_id, [])).work.append(row)
    return list(found.values())


def _add_items(membership: Membership, groups: list[Group]) -> None:
    """Add to each group whom was asked and waits, and the last no."""
    items = HandoverItem.objects.filter(handover__membership=membership, handover__ended_at__isnull=True, accepted_at__isnull=True)
    by_root: dict[object, list[HandoverItem]] = {}
    for item in items.select_related("commitment__owner__worker", "dossier").order_by("pk"):
        by_root.setdefault(item.dossier.root_id if item.dossier else ("loose", item.about_id), []).append(item)
    for group in groups:
        for item in by_root.get(group.root_id or ("loose", group.work[0].pk), []):
            if item.commitment.is_open:
                group.asked = item
            else:
                group.refused = item if item.commitment.outcome in {"refused", "unanswered"} else group.refused


def group_of(*, actor: Actor, membership: Membership, ref: str) -> Group:
    """Return one group of a worklist by the ref of its dossier or commitment, with its suggestion. Raises Absent."""
    if not may_give(actor=actor, membership=membership):
        raise Absent
    mine = passing(membership=membership)
    dossier = Dossier.objects.filter(ref=ref).first()
    rows = mine.filter(dossier__root_id=dossier.root_id) if dossier else mine.filter(ref=ref, dossier__isnull=True)
    groups = _groups(actor, list(rows.select_related("dossier").order_by("due_at", "pk")))
    if not groups:
        raise Absent
    _add_items(membership, groups)
    group = groups[0]
    if group.root_id:
        people = candidates(membership=membership, on=actor.on, team_ids=actor.led_team_ids)
        with_load = membership.team_id in actor.led_team_ids
        group.suggestion = suggest(membership=membership, roots=[group.root_id], people=people, with_load=with_load).get(group.root_id)
    return group


def rows_at(*, membership: Membership, refs: list[str]) -> list[Any]:
    """Return the dossiers and loose commitments of a worklist with these refs: what several were ticked."""
    mine = passing(membership=membership)
    dossiers = Dossier.objects.filter(ref__in=refs, root_id__in=mine.values("dossier__root_id"))
    return [*dossiers.order_by("pk"), *mine.filter(ref__in=refs, dossier__isnull=True).order_by("pk")]


def dossier_at(*, ref: str) -> Dossier:
    """Return a dossier by its ref, for an action that checks itself whether it is on the worklist. Raises Absent."""
    found = Dossier.objects.filter(ref=ref).first()
    if found is None:
        raise Absent
    return found


ITEM = ("commitment__owner__worker", "commitment__team", "handover__membership__worker", "handover__membership__team", "dossier", "about", "handover__to_membership__team")


def item_at(*, actor: Actor, ref: str) -> HandoverItem:
    """Return one item for who gives, who is asked, and the lead. Raises Absent."""
    return fetch(HandoverItem.objects.select_related(*ITEM), actor=actor, ref=ref)


@dataclass
class Incoming:
    """One item that comes to me. `name`: of the resident when the dossier is open to me, else nothing."""

    item: HandoverItem
    name: str
    may_open: bool


def received(*, actor: Actor) -> list[Incoming]:
    """Return what colleagues ask this actor to take over, and what waits for the first contact; the oldest date first."""
    rows = HandoverItem.objects.filter(commitment__closed_at__isnull=True, commitment__owner_id__in=actor.membership_ids)
    return incoming(actor=actor, items=list(rows.select_related(*ITEM).order_by("commitment__due_at", "pk")))


def incoming(*, actor: Actor, items: list[HandoverItem]) -> list[Incoming]:
    """Return these items with the names that this reader may see."""
    ids = {item.dossier_id for item in items if item.dossier_id}
    opened = set(Dossier.objects.visible_to(actor).filter(pk__in=ids).values_list("pk", flat=True)) if ids else set()
    names = names_of(dossier_ids=opened) if opened else {}
    return [Incoming(item, names.get(item.dossier_id, ""), item.dossier_id in opened) for item in items]


def substitutes(*, membership: Membership, on: date) -> list[Membership]:
    """Return who of the team could stand in, by name."""
    return [m for m in colleagues(team_ids=[membership.team_id], on=on) if m.worker_id != membership.worker_id]


def absences_of(*, membership: Membership, on: date) -> list[StandIn]:
    """Return the absences of somebody, now and to come."""
    return list(StandIn.objects.ahead(on).filter(membership=membership).select_related("substitute__worker").order_by("from_on", "pk"))


def stand_in_at(*, actor: Actor, ref: str) -> StandIn:
    """Return an absence of oneself, of somebody one replaces, or in a team one leads. Raises Absent."""
    mine = Q(membership_id__in=actor.membership_ids) | Q(substitute_id__in=actor.membership_ids) | Q(membership__team_id__in=actor.led_team_ids)
    found = StandIn.objects.filter(mine, ref=ref).select_related("membership__worker", "membership__team", "substitute__worker").first()
    if found is None:
        raise Absent
    return found


def own_places(*, actor: Actor) -> list[Membership]:
    """Return the places of this actor today, for the links to one's own absence."""
    return list(Membership.objects.filter(pk__in=actor.membership_ids).select_related("team").order_by("team__name", "pk"))


def late_items(*, on: date) -> "QuerySet[HandoverItem]":
    """Return what nobody answered by the day that was asked for."""
    late = HandoverItem.objects.filter(commitment__closed_at__isnull=True, accepted_at__isnull=True, commitment__due_at__lt=start_of(on))
    return late.select_related("commitment__team", "handover").order_by("pk")


def unmet_items() -> "QuerySet[HandoverItem]":
    """Return what was closed by a contact that was withdrawn later: the new colleague has not met the resident after all."""
    spoke = ContactText.objects.filter(
        counts=True, dossier__root_id=OuterRef("dossier__root_id"), contact__by__worker_id=OuterRef("commitment__owner__worker_id"),
        happened_at__date__gte=OuterRef("accepted_at__date"),
    )  # fmt: skip
    rows = HandoverItem.objects.filter(~Exists(spoke), commitment__outcome="met", commitment__owner__ended_at__isnull=True, dossier__erased_at__isnull=True)
    return rows.select_related("commitment__owner__team").order_by("pk")


def export_handovers(*, dossier: Dossier) -> list[dict[str, Any]]:
    """Return when and how this resident was handed over, for subject access; colleagues by team, not by name."""
    rows = HandoverItem.objects.filter(dossier__root_id=dossier.root_id).select_related("commitment__team", "handover__membership__team").order_by("pk")
    return [
        {
            "asked_at": item.commitment.opened_at, "from": item.handover.membership.team.name, "to": item.commitment.team.name, "told": item.told,
            "told_because": item.told_because, "words": item.words, "accepted_at": item.accepted_at, "answer": item.answer, "outcome": item.commitment.outcome,
        }
        for item in rows
    ]  # fmt: skip


def places_of_address(*, email: str, team: str = "") -> list[Membership]:
    """Return the running places of who logs in with this address, in one team when it is named."""
    found = Membership.objects.filter(worker__email__iexact=email, ended_at__isnull=True).select_related("worker", "team")
    return list(found.filter(team__name__iexact=team) if team else found.order_by("pk"))


def left_in_words(*, membership: Membership, on: date) -> list[str]:
    """Return one line for each thing that is left, and the address of the worklist."""
    lines = [f"{membership.worker.name}: {words} ({count})" for words, count in in_words(left(membership_ids=[membership.pk], on=on)[membership.pk])]
    if running_of(membership=membership):
        lines.append(_("The handover of %(name)s is not finished. Bring the worklist to zero first.") % {"name": membership.worker.name})
    return [*lines, reverse("handover:worklist", args=[membership.ref])] if lines else []
