"""The queue, and everything about one signal."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.timezone import localdate

from nabij.access.agreements import agreements_of
from nabij.access.models import Role, Scope
from nabij.access.web.pages import page
from nabij.audit.models import Event
from nabij.commitments.models import Commitment, Urgency
from nabij.commitments.queries import pause_of
from nabij.papers.queries import paper_bytes
from nabij.post.queries import received_about, sent_about
from nabij.residents.queries import names_of
from nabij.signals import queries
from nabij.signals.forms import ASKS, ClassifyForm, DecideForm, SearchForm, in_two_weeks
from nabij.signals.models import Signal

TEAM = {Role.WORKER: Scope.TEAM, Role.LEAD: Scope.TEAM}
READS = {**TEAM, Role.GGD: Scope.OWN, Role.YOUTH_WORKER: Scope.OWN, Role.VOLUNTEER: Scope.OWN}
AT_ONCE = 25


def need_of(commitment: Commitment, on: date) -> str:
    """Return the band of need in which a signal stands, as the list of the day names them."""
    if commitment.urgency == Urgency.ACUTE:
        return "now"
    due = localdate(commitment.due_at)
    return "late" if due < on else "today" if due == on else "soon"


@page("signals:triage", allow=TEAM)
def triage(request: HttpRequest) -> HttpResponse:
    actor, ref = request.actor, request.GET.get("after", "")
    after = queries.signal_of(actor=actor, ref=ref) if ref else None
    rows = queries.triage_queue(actor=actor, after=after, limit=AT_ONCE + 1)
    rows, more = rows[:AT_ONCE], len(rows) > AT_ONCE
    dossiers = {row.commitment.dossier_id for row in rows} - {None}
    actor.saw(*dossiers)
    for row in rows:
        row.need = need_of(row.commitment, actor.on)
    context = {
        "rows": rows, "next": rows[-1].ref if more else "", "names": names_of(dossier_ids=dossiers) if dossiers else {},
        "today": actor.on, "me": set(actor.membership_ids), "worker": actor.worker_id,
    }  # fmt: skip
    return render(request, "signals/triage.html", context)


def panel_of(request: HttpRequest, signal: Signal) -> dict[str, Any]:
    """Return the forms of the decision panel; nothing for who may not decide, or when nothing is left to decide."""
    if not signal.commitment.is_open or not queries.may_see_reporter(actor=request.actor):
        return {}
    others = queries.likely_duplicates(actor=request.actor, signal=signal)
    until = {"until_on": in_two_weeks(request.actor.on)}
    kinds = [kind for kind in ASKS if kind != "link" and (others or kind != "duplicate")]
    return {kind: DecideForm(signal=signal, kind=kind, others=others, initial=until) for kind in kinds}


def story_of(request: HttpRequest, signal: Signal) -> dict[str, Any]:
    """Return all that the page of a signal shows besides the forms."""
    actor, dossier_id = request.actor, signal.commitment.dossier_id
    request.opened_row = signal
    if dossier_id:
        actor.saw(dossier_id)
        request.opened = dossier_id
    days = (request.actor.on - localdate(signal.received_at)).days
    return {
        "signal": signal, "commitment": signal.commitment, "today": actor.on, "days": days, "wmo_days": agreements_of(municipality=signal.commitment.municipality).days("wmo_inquiry"),
        "decisions": queries.decisions_of(signal=signal), "papers": queries.papers_of(signal=signal), "pause": pause_of(commitment=signal.commitment),
        "mails": received_about(kind="signal", ref=signal.ref), "sent": sent_about(kind="signal", ref=signal.ref),
        "repeats": queries.duplicates_of(signal=signal), "sees_reporter": queries.may_see_reporter(actor=actor),
        "name": names_of(dossier_ids=[dossier_id]).get(dossier_id, "") if dossier_id else "", "worker": actor.worker_id,
    }  # fmt: skip


@page("signals:signal", allow=READS)
def signal(request: HttpRequest, ref: str) -> HttpResponse:
    found = queries.signal_of(actor=request.actor, ref=ref)
    initial = {"asks_support": {True: "yes", False: "no"}.get(found.asks_support, ""), "unsafe": found.unsafe, "about_child": found.about_child}
    forms = {"panel": panel_of(request, found), "classify": ClassifyForm(initial=initial, auto_id="id_classify_%s"), "search": SearchForm(auto_id="id_search_%s")}
    likely = queries.likely_people(actor=request.actor, signal=found) if queries.may_see_reporter(actor=request.actor) else []
    request.actor.saw(*(one.resident.pk for one in likely))
    return render(request, "signals/signal.html", story_of(request, found) | forms | {"likely": likely})


@page("signals:paper", allow=TEAM | {Role.GGD: Scope.OWN}, event=Event.READ)
def paper(request: HttpRequest, ref: str, paper: str) -> HttpResponse:
    found = queries.paper_of(actor=request.actor, ref=ref, paper=paper)
    request.opened_row = found
    if found.dossier_id:
        request.actor.saw(found.dossier_id)
    # never shown in the page and never run: a file that came by mail may be anything
    answer = HttpResponse(paper_bytes(paper=found), content_type="application/octet-stream")
    name = " ".join(found.name.replace("/", "_").split()) or "bijlage"
    answer.headers["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer

