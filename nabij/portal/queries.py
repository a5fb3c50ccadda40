"""Reads of a resident's own page: for the worker what is open, for the resident what stands in the parts that are open."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from nabij.access.actor import Actor
from nabij.access.models import Dossier, Role
from nabij.access.queries import fetch
from nabij.audit.models import Entry, Event
from nabij.audit.queries import openings_of
from nabij.casework.models import Case, CaseDossier
from nabij.casework.queries import open_cases
from nabij.casework.queries.plans import Plan, plan_page
from nabij.contacts.models import ContactText
from nabij.core.errors import Absent
from nabij.links.models import Link

from .models import Correction, OwnPage, Visit

SHOWN = 100
PAGES_IN_A_VISIT = 5  # a resident reads page after page; those must not push out who else looked


@dataclass(frozen=True)
class Told:
    """One contact as the resident reads it. `words`: only what was written for the resident too."""

    at: datetime
    medium: str
    reached: bool
    function: str
    team: str
    words: str


@dataclass(frozen=True)
class Look:
    """One opening: when, in which function, of which organisation; never a name."""

    at: datetime
    function: str
    organisation: str
    emergency: bool


def dossier_at(*, actor: Actor, ref: str) -> Dossier:
    """Return a dossier that this actor may open, with its resident. Raises Absent."""
    return fetch(Dossier.objects.select_related("team__controller", "municipality", "resident"), actor=actor, ref=ref)


def page_of(*, dossier: Dossier) -> OwnPage | None:
    """Return the talk that holds now, with what is open."""
    rows = OwnPage.objects.filter(dossier__root_id=dossier.root_id, ended_at__isnull=True)
    return rows.select_related("opened_by__worker", "dossier__team", "case__commitment").first()


def running_page(*, actor: Actor, ref: str) -> OwnPage:
    """Return the running page of a dossier that this actor may open. Raises Absent: none, or not for them."""
    page = page_of(dossier=dossier_at(actor=actor, ref=ref))
    if page is None:
        raise Absent
    return page


def earlier_pages(*, dossier: Dossier) -> list[OwnPage]:
    """Return the talks that hold no more, the newest first."""
    rows = OwnPage.objects.filter(dossier__root_id=dossier.root_id, ended_at__isnull=False)
    return list(rows.select_related("opened_by__worker").order_by("-ended_at", "-pk"))


def case_for(*, actor: Actor, dossier: Dossier) -> tuple[Case | None, int]:
    """Return the open case whose plan could be read, and how many residents are in it."""
    case = next(iter(open_cases(actor=actor, dossier_ids=[dossier.pk])), None)
    return case, CaseDossier.objects.filter(case=case, until_on__isnull=True).count() if case else 0


def code_until(*, page: OwnPage, kind: str, at: datetime) -> datetime | None:
    """Return until when the code works, if there is one."""
    return Link.objects.live(at).filter(kind=kind, subject=page.ref).values_list("expires_at", flat=True).first()


def open_page_at(*, ref: str, on: date) -> OwnPage:
    """Return the page that a code or a visit is for, while it is open. Raises Absent."""
    rows = OwnPage.objects.filter(Q(until_on__isnull=True) | Q(until_on__gt=on), ref=ref, ended_at__isnull=True, safe=True)
    alive = rows.filter(dossier__restricted=False, dossier__erased_at__isnull=True, dossier__resident__deceased_on__isnull=True)
    found = alive.select_related("dossier__team__controller", "dossier__municipality", "case__commitment__owner__worker", "case__commitment__team").first()
    if found is None:
        raise Absent
    return found


def link_works(*, pk: int, ref: str, at: datetime) -> bool:
    """Tell whether the code somebody came in with still works for this page."""
    return Link.objects.live(at).filter(pk=pk, subject=ref).exists()


def visit_runs(*, pk: int, ref: str, at: datetime) -> bool:
    """Tell whether a visit still goes on."""
    return Visit.objects.filter(pk=pk, page__ref=ref, ended_at__isnull=True, ends_at__gt=at).exists()


def plan_for(*, actor: Actor, page: OwnPage) -> Plan | None:
    """Return the plan as long as it is open and holds nobody more than was agreed; None otherwise."""
    if not page.plan or page.case is None:
        return None
    inside = list(CaseDossier.objects.filter(case=page.case, until_on__isnull=True).values_list("dossier__root_id", "dossier__restricted"))
    mine = page.dossier.root_id in {root for root, _restricted in inside}
    if not mine or len(inside) > page.people or any(restricted for _root, restricted in inside):
        return None
    return plan_page(actor=actor, case=page.case)


def contacts_for(*, page: OwnPage) -> list[Told]:
    """Return the contacts, newest first: when, how and with which function; words only of texts for the resident too, private ones not at all."""
    rows = ContactText.objects.filter(dossier__root_id=page.dossier.root_id, contact__withdrawn_at__isnull=True)
    shown = rows.exclude(audience=ContactText.Audience.PRIVATE).select_related("contact__by__team").order_by("-happened_at", "-pk")[:SHOWN]
    return [
        Told(
            at=row.happened_at, medium=str(row.contact.get_medium_display()), reached=row.contact.reached, function=_function(row.contact.by.role),
            team=row.contact.by.team.name, words=row.text if row.audience == ContactText.Audience.RESIDENT else "",
        )
        for row in shown
    ]  # fmt: skip


def looks_for(*, page: OwnPage) -> list[Look]:
    """Return who opened the dossier, newest first, by function and organisation. Page after page read here on one day stands once."""
    ids = list(Dossier.objects.filter(root_id=page.dossier.root_id).values_list("pk", flat=True))
    rows = list(openings_of(dossier_ids=ids)[: SHOWN * PAGES_IN_A_VISIT])
    once = [row for row, newer in zip(rows, [None, *rows], strict=False) if newer is None or not _reads_on(row, newer)]
    return [Look(row.at, _function(row.function), row.organisation, row.event == Event.EMERGENCY) for row in once[:SHOWN]]


def _reads_on(row: Entry, newer: Entry) -> bool:
    """Tell whether an opening and the next one are the resident's own, on one day."""
    return row.function == newer.function == "link" and timezone.localdate(row.at) == timezone.localdate(newer.at)


def _function(code: str) -> str:
    words = {"link": _("You, on this page"), "system": _("The system")}
    return words.get(code) or (str(Role(code).label) if code in Role.values else code)


def corrections_for(*, page: OwnPage) -> list[Correction]:
    """Return what the resident said is wrong, with how it stands, the newest first."""
    rows = Correction.objects.filter(page__dossier__root_id=page.dossier.root_id)
    return list(rows.select_related("task__commitment").order_by("-said_at", "-pk")[:20])


def export_pages(*, dossier: Dossier) -> list[dict[str, Any]]:
    """Return every talk about the page, what was open and when something was said to be wrong, oldest first (GDPR art. 15)."""
    rows = OwnPage.objects.filter(dossier__root_id=dossier.root_id).prefetch_related("corrections").order_by("opened_at", "pk")
    return [
        {
            "talk_on": row.talk_on, "phone_readers": row.phone_readers, "mail_readers": row.mail_readers, "safe": row.safe, "holder": row.holder,
            "holder_name": row.holder_name, "parts": row.open_parts, "opened_at": row.opened_at, "ended_at": row.ended_at, "ended_why": row.ended_why,
            "said_wrong_at": [said.said_at for said in row.corrections.all()],
        }
        for row in rows
    ]  # fmt: skip
