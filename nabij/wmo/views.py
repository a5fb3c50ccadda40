"""Pages of the Wmo track: its start, the track, one page for each act, the letter, and where tracks are kept."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from nabij.access.actor import Actor
from nabij.access.agreements import Agreements, agreements_of
from nabij.access.doors import fitting_seat
from nabij.access.web.pages import page
from nabij.audit.models import Event
from nabij.casework.actions import READS
from nabij.commitments.clock import working_days_after
from nabij.core.errors import Absent
from nabij.core.web.back import asked_from, back_to
from nabij.core.web.forms import ActionForm
from nabij.drafts.keeping import drop_draft, initial_of
from nabij.letters import odt, pdf

from . import actions, forms, queries
from .letter import result_letter, summary_of
from .models import Topic, Track
from .terms import EXTEND_SOURCE, SUSPEND_SOURCE

ODT = "application/vnd.oasis.opendocument.text"


def _at_first(actor: Actor, agreed: Agreements) -> dict[str, Any]:
    return {"received_on": actor.on, "due_on": working_days_after(actor.on, agreed.days("wmo_confirm"))}


def _start(request: HttpRequest, *, signal: Any = None, case: Any = None, dossiers: list[Any]) -> HttpResponse:
    actor = request.actor
    known = signal or (case.signal if case else None)
    running = queries.running_track(signal=known) if known else None
    if running:
        return redirect("wmo:track", running.ref)
    if not dossiers:
        return render(request, "wmo/start.html", {"signal": signal, "case": case, "form": None, "whom": []})
    actor.saw(*(dossier.pk for dossier in dossiers))
    whom = [(dossier, queries.name_of(dossier=dossier)) for dossier in dossiers]
    keeping = queries.keeping_of(municipality_id=dossiers[0].municipality_id)
    agreed = agreements_of(municipality=dossiers[0].municipality)
    form = forms.StartForm(request.POST or None, whom=whom, dated=bool(known), here=keeping.here, initial=_at_first(actor, agreed))
    if form.is_bound and form.is_valid():
        track = form.perform(actions.start_track, actor=actor, at=actor.at, dossier=form.whom(), signal=signal, case=case, **form.facts())
        if track:
            messages.success(request, _("The Wmo track runs. The term ends on %(day)s.") % {"day": f"{track.inquiry_by:%d-%m-%Y}"})
            return redirect("wmo:track", track.ref)
    context = {"form": form, "whom": whom, "signal": signal, "case": case, "received": known, "keeping": keeping, "inquiry_days": agreed.days("wmo_inquiry")}
    return render(request, "wmo/start.html", context, status=422 if form.is_bound and form.errors else 200)


@page("wmo:start")
def start(request: HttpRequest, ref: str) -> HttpResponse:
    signal = queries.signal_for(actor=request.actor, ref=ref)
    dossier = signal.commitment.dossier
    return _start(request, signal=signal, dossiers=[dossier] if dossier else [])


@page("wmo:start_case", allow=actions.WORKS)
def start_case(request: HttpRequest, ref: str) -> HttpResponse:
    case, dossiers = queries.case_for(actor=request.actor, ref=ref)
    return _start(request, case=case, dossiers=dossiers)


@page("wmo:track", allow=READS)
def track(request: HttpRequest, ref: str) -> HttpResponse:
    actor, found = request.actor, queries.track_of(actor=request.actor, ref=ref)
    dossier = found.commitment.dossier
    actor.saw(dossier.pk)
    request.opened = dossier.pk
    name = queries.name_of(dossier=dossier)
    context = {
        "track": found, "name": name, "today": actor.on, "topics": queries.topic_rows(track=found),
        "may_change": fitting_seat(actor, actions.WORKS) is not None and found.commitment.is_open,
        "terms": found.terms, "summary": "" if found.kept_here else summary_of(track=found, name=name),
    }  # fmt: skip
    return render(request, "wmo/track.html", context)


def _part(request: HttpRequest, found: Track, form: ActionForm, title: str, button: str, *, hint: str = "", draft: str = "") -> HttpResponse:
    """Show one form, as a fragment for the panel that asked or as a page of its own."""
    request.actor.saw(found.commitment.dossier_id)
    if draft and not form.is_bound:
        form.initial |= initial_of(actor=request.actor, key=draft, fields=form.fields)
    context = {"track": found, "form": form, "title": title, "button": button, "hint": hint, "draft": draft, "next": asked_from(request)}
    template = "wmo/_part.html" if request.htmx and not form.is_bound else "wmo/part.html"
    return render(request, template, context, status=422 if form.is_bound and form.errors else 200)


def _act(request: HttpRequest, found: Track, form: ActionForm, action: Callable[..., Any], words: str, *, draft: str = "") -> HttpResponse | None:
    """Carry out what was sent; None when there is something to mend or nothing was sent yet."""
    if not (form.is_bound and form.is_valid()):
        return None
    facts = {"actor": request.actor, "at": request.actor.at, "track": found, "version": request.POST.get("version") or None, **form.cleaned_data}
    if not form.perform(action, **facts):
        return None
    if draft:
        drop_draft(actor=request.actor, key=draft)
    messages.success(request, words)
    return back_to(request, "wmo:track", found.ref)


def _simple(request: HttpRequest, ref: str, form_class: type[ActionForm], action: Callable[..., Any], *said: str, days: tuple[str, ...] = ("on",)) -> HttpResponse:
    """Answer for one act of one form: title, button and what is said when it is done."""
    title, button, words, *hint = said
    found = queries.track_of(actor=request.actor, ref=ref)
    name = action.verb.name.rpartition(".")[2]
    form = form_class(request.POST or None, initial=forms.today_first(request.actor.on, *days), auto_id=f"id_{ref}_{name}_%s")
    draft = f"wmo-{name}-{ref}" if "words" in form.fields else ""
    done = _act(request, found, form, action, words, draft=draft)
    return done or _part(request, found, form, title, button, hint="".join(hint), draft=draft)


@page("wmo:confirm")
def confirm(request: HttpRequest, ref: str) -> HttpResponse:
    return _simple(request, ref, forms.ConfirmForm, actions.confirm_receipt, _("Receipt confirmed"), _("Confirmed"), _("Written down."))


@page("wmo:support")
def support(request: HttpRequest, ref: str) -> HttpResponse:
    return _simple(request, ref, forms.SupportForm, actions.tell_support, _("Client support told"), _("Told"), _("Written down."))


@page("wmo:plan")
def plan(request: HttpRequest, ref: str) -> HttpResponse:
    return _simple(request, ref, forms.PlanForm, actions.note_plan, _("Own plan"), _("Write it down"), _("Written down."))


@page("wmo:urgent")
def urgent(request: HttpRequest, ref: str) -> HttpResponse:
    hint = _("Somebody cannot wait for the inquiry? Then something is arranged at once.")
    return _simple(request, ref, forms.UrgentForm, actions.arrange_urgent, _("This cannot wait"), _("Arrange it now"), _("Arranged for now. The inquiry goes on."), hint, days=())


@page("wmo:suspend")
def suspend(request: HttpRequest, ref: str) -> HttpResponse:
    hint = _("The days that the term stands still are added at the end. Source: %(source)s.") % {"source": SUSPEND_SOURCE}
    said = (_("Let the term stand still"), _("Suspend"), _("The term moves along."), hint)
    return _simple(request, ref, forms.SuspendForm, actions.suspend_term, *said, days=("from_on", "told_on"))


@page("wmo:extend")
def extend(request: HttpRequest, ref: str) -> HttpResponse:
    hint = _("Once, before the term has passed, and the resident is told. Source: %(source)s.") % {"source": EXTEND_SOURCE}
    return _simple(request, ref, forms.ExtendForm, actions.extend_term, _("Extend the term"), _("Extend"), _("The term moves along."), hint, days=("told_on",))


@page("wmo:result")
def result(request: HttpRequest, ref: str) -> HttpResponse:
    said = (_("The written result"), _("Give the result"), _("The result is given. You can download the letter now."))
    return _simple(request, ref, forms.ResultForm, actions.give_result, *said)


@page("wmo:request")
def request_decision(request: HttpRequest, ref: str) -> HttpResponse:
    return _simple(request, ref, forms.RequestForm, actions.receive_request, _("The request"), _("Write it down"), _("Written down. The last day for the decision stands under Terms."))


@page("wmo:decide")
def decide(request: HttpRequest, ref: str) -> HttpResponse:
    return _simple(request, ref, forms.DecideForm, actions.decide_request, _("The decision"), _("Write it down"), _("The track is finished."))


@page("wmo:end")
def end(request: HttpRequest, ref: str) -> HttpResponse:
    return _simple(request, ref, forms.EndForm, actions.end_track, _("End the track"), _("End it"), _("The track is finished."), days=())


@page("wmo:topic")
def topic(request: HttpRequest, ref: str) -> HttpResponse:
    found, about = queries.track_of(actor=request.actor, ref=ref), request.POST.get("about") or request.GET.get("about") or Topic.About.NEEDS
    if about not in Topic.About.values:
        raise Absent
    written = dict(queries.topic_rows(track=found)).get(about)
    initial = {"about": about, "state": written.state if written else "", "words": written.words if written else ""}
    form, draft = forms.TopicForm(request.POST or None, initial=initial, auto_id=f"id_{ref}_{about}_%s"), f"wmo-{about}-{ref}"
    done = _act(request, found, form, actions.write_topic, _("Written down."), draft=draft)
    title = Topic.About(about).label
    return done or _part(request, found, form, title, _("Write it down"), draft=draft)


def _letter(request: HttpRequest, ref: str, make: Callable[..., bytes], kind: str, ending: str) -> HttpResponse:
    found = queries.track_of(actor=request.actor, ref=ref)
    if not found.result_on:
        raise Absent
    request.opened = found.commitment.dossier_id
    request.actor.saw(found.commitment.dossier_id)
    content = make(result_letter(actor=request.actor, track=found, language=get_language() or "nl"))
    day = found.result_on.isoformat()
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="wmo-{day}.{ending}"'})


@page("wmo:letter_pdf", allow=actions.WORKS, event=Event.COPY)
def letter_pdf(request: HttpRequest, ref: str) -> HttpResponse:
    return _letter(request, ref, pdf, "application/pdf", "pdf")


@page("wmo:letter_odt", allow=actions.WORKS, event=Event.COPY)
def letter_odt(request: HttpRequest, ref: str) -> HttpResponse:
    return _letter(request, ref, odt, ODT, "odt")


@page("wmo:keep")
def keep(request: HttpRequest) -> HttpResponse:
    actor, rows = request.actor, []
    for municipality, keeping in queries.kept_municipalities(actor=actor):
        sent = request.POST if request.POST.get("municipality") == municipality.ref else None
        form = forms.KeepForm(sent, initial={"here": "yes" if keeping.here else "no", "system": keeping.system}, auto_id=f"id_{municipality.ref}_%s")
        if form.is_bound and form.is_valid() and form.perform(actions.keep_elsewhere, actor=actor, at=actor.at, municipality=municipality, **form.cleaned_data):
            messages.success(request, _("Written down. It holds for what starts from now on."))
            return redirect("wmo:keep")
        rows.append((municipality, form))
    status = 422 if any(form.errors for _row, form in rows) else 200
    return render(request, "wmo/keep.html", {"rows": rows}, status=status)
