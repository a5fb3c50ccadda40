"""Open and close parts of a resident's own page, give a code, read along at a visit, and say that something is wrong."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from nabij.access.actor import Actor
from nabij.access.doors import LINK, action, raise_version, step
from nabij.access.models import Dossier, Membership
from nabij.access.queries import on_duty
from nabij.audit.models import Event
from nabij.casework.models import Case, CaseDossier
from nabij.commitments.actions import open_task
from nabij.commitments.clock import end_of, working_days_after
from nabij.commitments.models import Urgency
from nabij.core.errors import Absent, Refused
from nabij.links.actions import make_link, use_link
from nabij.links.models import Link
from nabij.residents.actions import PAID
from nabij.residents.models import Resident

from .ages import acts_for_adult, child_until, may_hold_own
from .codes import fresh_code, plain_code
from .models import PARTS, Correction, OwnPage, Visit
from .triggers import KIND

LASTS = timedelta(days=90)
VISIT = timedelta(minutes=30)
LOOK_DAYS = 5
OWN = {LINK: "own"}


@dataclass(frozen=True)
class Code:
    """A personal code, which is shown now and kept nowhere."""

    page: OwnPage
    words: str

    @property
    def recorded(self) -> OwnPage:
        """Return what the audit entry is about."""
        return self.page


@action("portal.manage", allow=PAID, on="dossier", event=Event.CREATE)
def open_page(
    *, actor: Actor, at: datetime, dossier: Dossier, talk_on: date, phone_readers: str, mail_readers: str, safe: bool,
    holder: str = OwnPage.Holder.RESIDENT, holder_name: str = "", checked: str = "", parts: tuple[str, ...] = (), case: Case | None = None,
    others_know: bool = False,
) -> OwnPage:  # fmt: skip
    """Write down the talk and open the parts that were agreed. What was open before ends, with its code.

    Raises Refused: not safe, a day to come, somebody who may not hold the code, other people in the plan who do not know, death, restriction.
    """
    resident = Resident.objects.select_related("dossier").get(dossier=dossier)
    _open_to_talk(dossier, resident)
    if talk_on > actor.on:
        raise Refused(_("This day is still to come."), field="talk_on")
    until_on = _holder(resident, actor.on, holder, holder_name, checked)
    for before in OwnPage.objects.filter(dossier__root_id=dossier.root_id, ended_at__isnull=True):
        _end(before, at, OwnPage.Ended.NEW_TALK)
    talk = {"talk_on": talk_on, "phone_readers": phone_readers, "mail_readers": mail_readers, "safe": safe, "until_on": until_on}
    page = OwnPage(dossier=dossier, opened_at=at, opened_by_id=actor.acting_in(dossier.team_id), holder=holder, holder_name=holder_name, checked=checked, **talk)
    _set(page, parts, case, others_know)
    page.save()
    return page


def _open_to_talk(dossier: Dossier, resident: Resident) -> None:
    if resident.deceased_on:
        raise Refused(_("This resident has died."))
    if dossier.restricted or dossier.root_id != dossier.pk:
        raise Refused(_("This dossier is restricted or belongs to another one. A page of one's own cannot be opened."))


def _holder(resident: Resident, on: date, holder: str, name: str, checked: str) -> date | None:
    """Return the day from which this holder's code counts no more, if there is one."""
    if holder == OwnPage.Holder.RESIDENT:
        if not may_hold_own(resident=resident, on=on):
            raise Refused(_("Younger than 12: the code goes to who has parental authority."), field="holder")
        return None
    if not name.strip() or not checked.strip():
        raise Refused(_("Write down who gets the code, and how you checked that they may act for the resident."), field="checked")
    until_on = child_until(resident=resident, on=on)
    if until_on is None and not acts_for_adult(resident=resident, on=on):
        raise Refused(_("From 16 the resident holds the code. Is there a mentor, a guardian or somebody authorised? Write that down first."), field="holder")
    return until_on


def _set(page: OwnPage, parts: tuple[str, ...], case: Case | None, others_know: bool) -> None:
    """Open exactly these parts; the plan only of a case this resident is in, and with everybody in it knowing."""
    if parts and not page.safe:
        raise Refused(_("It is not safe: nothing can be opened. Talk about it again later."), field="parts")
    for name in PARTS:
        setattr(page, name, name in parts)
    page.case, page.people = (case, _people(page, case, others_know)) if page.plan else (None, 0)


def _people(page: OwnPage, case: Case | None, others_know: bool) -> int:
    inside = CaseDossier.objects.filter(case=case, until_on__isnull=True) if case else CaseDossier.objects.none()
    if not inside.filter(dossier__root_id=page.dossier.root_id).exists():
        raise Refused(_("There is no plan yet. Open a case first, or leave the plan closed."), field="parts")
    count = inside.count()
    if count > 1 and not others_know:
        raise Refused(_("There are other people in this plan. Ask them first whether it can be read."), field="others_know")
    return count


@action("portal.parts", allow=PAID, on="page")
def set_parts(*, actor: Actor, at: datetime, page: OwnPage, parts: tuple[str, ...], case: Case | None = None, others_know: bool = False) -> OwnPage:
    """Open or close parts after the same talk. The code stays, and opens what is open. Raises Refused, as opening does, and when it ended."""
    _running(page)
    _set(page, parts, case, others_know)
    raise_version(page)
    page.save()
    return page


def _running(page: OwnPage) -> None:
    if not OwnPage.objects.select_for_update().filter(pk=page.pk, ended_at__isnull=True).exists():
        raise Refused(_("This page was closed meanwhile. Look at it again."))


def _end(page: OwnPage, at: datetime, why: str) -> None:
    page.ended_at, page.ended_why = at, why
    raise_version(page)
    page.save(update_fields=["ended_at", "ended_why", "version"])


@action("portal.close", allow=PAID, on="page")
def close_page(*, actor: Actor, at: datetime, page: OwnPage) -> OwnPage:
    """Close everything at once; the code and a visit under way end with it. Raises Refused when it was closed already."""
    _running(page)
    _end(page, at, OwnPage.Ended.CLOSED)
    return page


@action("portal.code", allow=PAID, on="page", event=Event.CREATE)
def make_code(*, actor: Actor, at: datetime, page: OwnPage) -> Code:
    """Make a personal code for the plan; an earlier one ends with it. It lasts ninety days. Raises Refused: the plan is not open."""
    _running(page)
    if not page.plan:
        raise Refused(_("A code opens the plan. Open the plan first."))
    words = fresh_code()
    make_link(actor=actor, at=at, kind=KIND, subject=page.ref, dossier=page.dossier, lasts=LASTS, max_uses=None, secret=plain_code(words))
    return Code(page, words)


@action("portal.visit", allow=PAID, on="page", event=Event.CREATE)
def start_visit(*, actor: Actor, at: datetime, page: OwnPage) -> Visit:
    """Let the resident read what is open on this worker's device, for half an hour at most. Raises Refused: nothing is open."""
    _running(page)
    if not page.open_parts or (page.until_on and page.until_on <= actor.on):
        raise Refused(_("Nothing is open yet. Open a part first."))
    return Visit.objects.create(page=page, by_id=actor.acting_in(page.dossier.team_id), begun_at=at, ends_at=at + VISIT)


@action("portal.enter", allow=OWN, on="page", event=Event.READ)
def enter_by_code(*, actor: Actor, at: datetime, page: OwnPage, link: Link) -> OwnPage:
    """Count that somebody came in with the code of this page. Raises Absent: another page's code."""
    if link.kind != KIND or link.subject != page.ref:
        raise Absent
    use_link(actor=actor, at=at, link=link)
    return page


@action("portal.leave", allow=OWN, on="page", event=Event.CHANGE)
def end_visit(*, actor: Actor, at: datetime, page: OwnPage) -> OwnPage:
    """End the visits of this page at once."""
    for visit in Visit.objects.filter(page=page, ended_at__isnull=True):
        visit.ended_at = at
        raise_version(visit)
        visit.save(update_fields=["ended_at", "version"])
    return page


@action("portal.wrong", allow=OWN, on="page", event=Event.CREATE)
def say_wrong(*, actor: Actor, at: datetime, page: OwnPage, words: str) -> Correction:
    """Make a task of what a resident says is wrong, for the coordinator: a first look within five working days, an answer within one month.

    The month is a term by law (GDPR art. 16 and 12(3)) and does not move along. Nothing else changes.

    Raises Refused: nothing was written.
    """
    if not words.strip():
        raise Refused(_("Write down what is not right."), field="words")
    owner, day = _answers(page, actor.on), _month_after(timezone.localdate(at))
    look = end_of(working_days_after(timezone.localdate(at), LOOK_DAYS))
    task: dict[str, Any] = {"what": _("The resident says: this is not right"), "owner": owner, "due_at": look, "note": words.strip(), "urgency": Urgency.SOON}
    made = open_task(actor=actor, at=at, dossier=page.dossier, team=page.dossier.team, **task)
    made.commitment.term_at = end_of(day)
    raise_version(made.commitment)
    made.commitment.save(update_fields=["term_at", "version"])
    return Correction.objects.create(page=page, task=made, said_at=at)


def _month_after(day: date) -> date:
    year, month = (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _answers(page: OwnPage, on: date) -> Membership:
    """Return who looks at it: the coordinator of a case that runs, else who is on duty in the team of the dossier."""
    inside = CaseDossier.objects.filter(dossier__root_id=page.dossier.root_id, until_on__isnull=True)
    running = Case.objects.filter(pk__in=inside.values("case_id"), commitment__closed_at__isnull=True).select_related("commitment__owner__worker")
    case = running.order_by("-commitment__opened_at").first()
    owner = case.commitment.owner if case else None
    return owner if owner and owner.worker.blocked_at is None else on_duty(team=page.dossier.team, on=on)


@step
def erase_pages(*, actor: Actor, at: datetime, dossier: Dossier) -> int:
    """Empty what was said in the talks about a page and end it; that it was open stays. Returns how many."""
    rows = OwnPage.objects.filter(dossier=dossier)
    rows.filter(ended_at__isnull=True).update(ended_at=at, ended_why=OwnPage.Ended.DOSSIER)
    return rows.update(phone_readers="", mail_readers="", holder_name="", checked=_("erased"))
