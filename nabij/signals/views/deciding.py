"""Pages in which a signal is decided about."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from nabij.access.models import Role, Scope
from nabij.access.web.pages import page
from nabij.core.errors import Absent
from nabij.core.web.back import back_to
from nabij.drafts.keeping import drop_draft
from nabij.residents.actions import search
from nabij.residents.queries import names_of
from nabij.signals import actions, queries
from nabij.signals.forms import ASKS, ClassifyForm, DecideForm, SearchForm, SecondWordForm, in_two_weeks
from nabij.signals.models import Decision, Signal

from .triage import TEAM

QUEUE = "signals:triage"


def _facts(request: HttpRequest) -> dict[str, Any]:
    return {"actor": request.actor, "at": request.actor.at}


def _version(request: HttpRequest) -> str | None:
    return request.POST.get("version") or None


@page("signals:classify")
def classify(request: HttpRequest, ref: str) -> HttpResponse:
    found = queries.signal_of(actor=request.actor, ref=ref)
    form = ClassifyForm(request.POST or None)
    if form.is_bound and form.is_valid() and form.perform(actions.classify_signal, signal=found, **_facts(request), **form.wanted()):
        messages.success(request, _("Noted."))
        return back_to(request, "signals:signal", ref)
    return render(request, "signals/classify.html", {"form": form, "signal": found}, status=422 if form.errors else 200)


def _chosen(request: HttpRequest) -> Any:
    ref = request.POST.get("dossier") or request.GET.get("dossier")
    dossier = queries.dossier_with_ref(actor=request.actor, ref=ref) if ref else None
    if dossier:
        request.actor.saw(dossier.pk)
    return dossier


def _told(request: HttpRequest, decision: Any, signal: Signal) -> None:
    if not isinstance(decision, Decision):  # the same form sent twice: the first one told
        return
    if decision.state == Decision.State.WAITING:
        messages.info(request, _("A colleague gives the second word first. Until then it stays open, with you."))
    elif signal.commitment.is_open and decision.kind == Decision.Kind.LINK:
        messages.success(request, _("Linked. No help is running for this resident yet: open a case, or decide something else."))
    else:
        messages.success(request, _("Decided. The reporter hears what was agreed."))


def _decide_form(request: HttpRequest, found: Signal, dossier: Any) -> DecideForm:
    kind = request.POST.get("kind") or request.GET.get("kind", "answer")
    if kind not in ASKS:
        raise Absent
    others = queries.likely_duplicates(actor=request.actor, signal=found) if kind == "duplicate" else []
    initial = {"until_on": in_two_weeks(request.actor.on), "dossier": dossier.ref if dossier else ""}
    return DecideForm(request.POST or None, signal=found, kind=kind, others=others, initial=initial)


@page("signals:decide")
def decide(request: HttpRequest, ref: str) -> HttpResponse:
    found, dossier = queries.signal_of(actor=request.actor, ref=ref), _chosen(request)
    form = _decide_form(request, found, dossier)
    if form.is_bound and form.is_valid():
        more = {"dossier": dossier, "version": _version(request)} | form.wanted()
        done = form.perform(actions.decide, signal=found, **_facts(request), **more)
        if done is not None:
            drop_draft(actor=request.actor, key=f"decide-{form.kind}-{ref}")
            _told(request, done, found)
            return redirect("signals:signal", ref) if found.commitment.is_open else back_to(request, QUEUE)
        found = queries.signal_of(actor=request.actor, ref=ref)  # as it stands, not as the refused action left it
    name = names_of(dossier_ids=[dossier.pk]).get(dossier.pk, "") if dossier else ""
    context = {"form": form, "signal": found, "kind": form.kind, "name": name, "label": Decision.Kind(form.kind).label}
    return render(request, "signals/decide.html", context, status=422 if form.errors else 200)


@page("signals:link", allow=TEAM | {Role.GGD: Scope.OWN})
def link(request: HttpRequest, ref: str) -> HttpResponse:
    found, answer = queries.signal_of(actor=request.actor, ref=ref), None
    form = SearchForm(request.POST or None)
    if form.is_bound and form.is_valid():
        answer = search(words=form.cleaned_data["words"], **_facts(request))
    return render(request, "signals/link.html", {"form": form, "signal": found, "answer": answer}, status=422 if form.errors else 200)


@page("signals:second_word")
def second_word(request: HttpRequest, ref: str) -> HttpResponse:
    decision = queries.waiting_decision(signal=queries.signal_of(actor=request.actor, ref=ref))
    if decision is None:
        messages.info(request, _("Nothing waits for a second word here."))
        return redirect("signals:signal", ref)
    form = SecondWordForm(request.POST or None)
    if form.is_bound and form.is_valid():
        if form.perform(actions.give_second_word, decision=decision, **_facts(request), **form.wanted()):
            agreed = form.cleaned_data["agrees"] == "yes"
            messages.success(request, _("Thank you: the decision stands.") if agreed else _("Your colleague sees why, and decides again."))
            return back_to(request, QUEUE)
    context = {"form": form, "decision": decision, "signal": decision.signal, "worker": request.actor.worker_id}
    return render(request, "signals/second_word.html", context, status=422 if form.errors else 200)


@page("signals:reopen")
def reopen(request: HttpRequest, ref: str) -> HttpResponse:
    found = queries.signal_of(actor=request.actor, ref=ref)
    if request.method == "POST":
        actions.reopen_signal(signal=found, **_facts(request))
        messages.success(request, _("Open again. Somebody looks on the next working day."))
        return redirect("signals:signal", ref)
    return render(request, "signals/reopen.html", {"signal": found})
