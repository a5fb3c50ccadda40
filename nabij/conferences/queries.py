"""Reads of conferences: those of a case, one with everything on its page, who can be asked, what a resident may have."""

from dataclasses import dataclass
from typing import Any

from nabij.access.actor import Actor
from nabij.access.models import Dossier, Membership, Role, Team
from nabij.access.queries import colleagues, fetch
from nabij.casework.models import Case, CaseDossier
from nabij.casework.queries import case_of, letter_people

from .models import Agreement, Conference, Opening, Participant

Person = tuple[Dossier, str]


@dataclass
class Table:
    """One conference as people read it. `residents`: those this reader may open; `notes`: None when they are not for this reader."""

    conference: Conference
    residents: list[Person]
    participants: list[Participant]
    openings: list[Opening]
    agreements: list[Agreement]
    notes: str | None


def conference_of(*, actor: Actor, ref: str) -> Conference:
    """Return one conference with its case, by the ref of the conference or of its commitment. Raises Absent."""
    rows = Conference.objects.select_related("commitment__owner__worker", "commitment__team", "commitment__dossier", "case__commitment__owner__worker", "case__commitment__team")
    own = rows.filter(commitment__ref=ref).values_list("ref", flat=True).first()
    return fetch(rows, actor=actor, ref=own or ref)


def participant_of(*, actor: Actor, ref: str) -> Participant:
    """Return one participant with the conference. Raises Absent."""
    return fetch(Participant.objects.select_related("conference__commitment__team", "conference__case", "member__worker", "member__team"), actor=actor, ref=ref)


def conferences_of(*, actor: Actor, case: Case) -> list[Conference]:
    """Return the conferences about a case: what is to come first, then the latest."""
    rows = Conference.objects.visible_to(actor).filter(case=case).select_related("commitment__owner__worker").prefetch_related("agreements")
    return sorted(rows, key=lambda row: (not row.commitment.is_open, -row.starts_at.timestamp()))


def table_of(*, actor: Actor, conference: Conference) -> Table:
    """Return everything on the page of one conference. Private notes only for who wrote them and the lead of the team."""
    people = conference.participants.select_related("member__worker", "member__team").order_by("pk")
    opened = Opening.objects.filter(participant__conference=conference).select_related("participant__member__worker", "dossier", "grant", "sharing__to_team")
    agreed = conference.agreements.select_related("task__commitment__owner__worker", "task__commitment__dossier").order_by("task__commitment__due_at", "pk")
    residents = letter_people(actor=actor, case=conference.case)
    return Table(conference, residents, list(people), list(opened.order_by("pk")), list(agreed), _notes(actor, conference))


def _notes(actor: Actor, conference: Conference) -> str | None:
    if conference.audience != Conference.Audience.PRIVATE:
        return conference.notes
    mine = conference.noted_by_id and conference.noted_by_id in actor.membership_ids
    leads = conference.commitment.team_id in actor.led_team_ids
    return conference.private_notes if mine or leads or actor.is_system else None


def can_be_asked(*, actor: Actor, conference: Conference) -> list[Membership]:
    """Return the paid colleagues of the municipality who could sit at the table, by name; who is asked already is left out."""
    commitment = conference.commitment
    teams = list(Team.objects.filter(municipality_id=commitment.municipality_id, ended_at__isnull=True).values_list("pk", flat=True))
    asked = set(conference.participants.filter(member__isnull=False).values_list("member__worker_id", flat=True))
    return [member for member in colleagues(team_ids=teams, on=actor.on) if member.paid and member.role != Role.VOLUNTEER and member.worker_id not in asked]


def can_carry(*, actor: Actor, conference: Conference) -> list[Membership]:
    """Return who can own an agreement: the colleagues at the table, who convened, the coordinator, and paid colleagues of the case's team."""
    case = conference.case
    here = {row.member_id for row in conference.participants.all() if row.member_id} | {conference.commitment.owner_id, case.commitment.owner_id}
    at_table = list(Membership.objects.filter(pk__in=here - {None}, ended_at__isnull=True).select_related("worker", "team").order_by("worker__name"))
    team = [m for m in colleagues(team_ids=[case.commitment.team_id], on=actor.on) if m.paid and m.role != Role.VOLUNTEER]
    return list({member.worker_id: member for member in [*at_table, *team]}.values())


def export_conferences(*, dossier: Dossier) -> list[dict[str, Any]]:
    """Return the conferences about this resident, oldest first (GDPR art. 15): of others only the organisation or team, and why they were there."""
    cases = CaseDossier.objects.filter(dossier__root_id=dossier.root_id).values("case_id")
    rows = Conference.objects.filter(case_id__in=cases).select_related("commitment").prefetch_related("participants__member__team", "agreements__task__commitment")
    return [
        {
            "starts_at": row.starts_at,
            "outcome": row.commitment.outcome,
            "question": row.question,
            "resident_part": row.resident_part,
            "resident_why": row.resident_why,
            "notes": row.notes or row.private_notes,
            "nothing_agreed": row.nothing_agreed,
            "cancelled_why": row.cancelled_why,
            "present": [{"from": p.where, "why": p.why, "basis": p.basis} for p in row.participants.all()],
            "agreements": [{"text": a.text, "due_at": a.task.commitment.due_at, "outcome": a.task.commitment.outcome} for a in row.agreements.all() if a.task.commitment.dossier_id == dossier.pk],
        }
        for row in rows.order_by("starts_at", "pk")
    ]


__all__ = [
    "Table",
    "can_be_asked",
    "can_carry",
    "case_of",
    "conference_of",
    "conferences_of",
    "export_conferences",
    "letter_people",
    "participant_of",
    "table_of",
]
