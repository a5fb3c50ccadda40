"""Record contact, an attempt, "all well"; correct or withdraw what you wrote."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from nabij.access.web.pages import page
from nabij.commitments.models import Commitment
from nabij.commitments.queries import commitment_of
from nabij.core.errors import Absent
from nabij.core.web.back import asked_from, back_to
from nabij.drafts.keeping import drop_draft, initial_of
from nabij.residents.queries import names_of

from . import actions, queries
from .actions import RECORDS
from .forms import RecordForm, TextForm, TriedForm, WellForm, WithdrawForm
from .models import Contact, ContactText

HOME = "desk:my_day"


def _prefill(request: HttpRequest, form: Any, key: str) -> Any:
    """Put back what this worker typed here before and did not send; `form.kept` says that this was done."""
    kept = {} if form.is_bound else initial_of(actor=request.actor, key=key, fields=form.fields)
    form.initial |= kept
    form.kept = bool(kept)
    return form


def _status(form: Any) -> int:
    return 422 if form.is_bound and form.errors else 200


def _short(day: Any) -> str:
    text = date_format(day, "D j M") if day else ""
    return text.lower() if get_language() == "nl" else text  # Dutch days and months have no capital


def _say(request: HttpRequest, done: Contact, words: str, next_on: Any) -> None:
    if next_on and done.commitment_id:
        words = _("%(done)s Next date: %(day)s.") % {"done": words, "day": date_format(next_on, "l j F")}
    messages.success(request, words)


@page("contacts:record")
def record(request: HttpRequest) -> HttpResponse:
    actor, asked = request.actor, request.POST or request.GET
    commitment = commitment_of(actor=actor, ref=asked["commitment"]) if asked.get("commitment") else None
    own = [commitment.dossier.ref] if commitment and commitment.dossier else []
    refs = asked.getlist("dossier") or own
    if not refs:
        return render(request, "contacts/whom.html", status=422 if request.method == "POST" else 200)
    dossiers, dates = queries.dossiers_of(actor=actor, refs=refs), queries.next_dates(commitment=commitment, at=actor.at)
    initial = {"happened_at": timezone.localtime(actor.at).strftime("%Y-%m-%dT%H:%M")}
    form = RecordForm(request.POST or None, dossiers=dossiers, dates=dates, days=(_short(dates.reached), _short(dates.tried)), initial=initial)
    if form.is_bound and form.is_valid():
        facts = form.facts()
        done = form.perform(actions.record_contact, actor=actor, at=actor.at, dossiers=dossiers, commitment=commitment, **facts)
        if done:
            drop_draft(actor=actor, key=f"contact-{dossiers[0].ref}")
            _say(request, done, _("Contact recorded.") if done.reached else _("Attempt recorded."), facts["next_on"])
            return back_to(request, "desk:resident", dossiers[0].ref)
    return _record_page(request, _prefill(request, form, f"contact-{dossiers[0].ref}"), commitment, dates)


def _shown(request: HttpRequest, ids: list[int]) -> dict[int, str]:
    request.actor.saw(*ids)
    return names_of(dossier_ids=ids)


def _record_page(request: HttpRequest, form: RecordForm, commitment: Commitment | None, dates: queries.NextDates) -> HttpResponse:
    names = _shown(request, [dossier.pk for dossier in form.dossiers])
    people = [(dossier, names.get(dossier.pk, "")) for dossier in form.dossiers]
    context = {"form": form, "people": people, "commitment": commitment, "dates": dates, "next": asked_from(request)}
    return render(request, "contacts/record.html", context, status=_status(form))


def _about(request: HttpRequest, ref: str) -> tuple[Commitment, str]:
    """Return the commitment and the name of the resident it is about. Raises Absent when it is about nobody."""
    commitment = commitment_of(actor=request.actor, ref=ref)
    if commitment.dossier_id is None:
        raise Absent
    return commitment, _shown(request, [commitment.dossier_id]).get(commitment.dossier_id, "")


def _quick(request: HttpRequest, fragment: str, form: Any, commitment: Commitment, name: str, **more: Any) -> HttpResponse:
    template = fragment if request.htmx and not form.is_bound else "contacts/quick.html"
    context = {"fragment": fragment, "form": form, "commitment": commitment, "name": name, "next": asked_from(request), **more}
    return render(request, template, context, status=_status(form))


@page("contacts:tried", allow=RECORDS)
def tried(request: HttpRequest, ref: str) -> HttpResponse:
    actor, (commitment, name) = request.actor, _about(request, ref)
    dates = queries.next_dates(commitment=commitment, at=actor.at)
    form = TriedForm(request.POST or None, initial={"next_on": dates.tried}, auto_id=f"id_{ref}_tried_%s")
    if form.is_bound and form.is_valid():
        facts = {"dossiers": [commitment.dossier], "commitment": commitment, "reached": False, "happened_at": actor.at, "texts": {}}
        done = form.perform(actions.record_contact, actor=actor, at=actor.at, **facts, **form.cleaned_data)
        if done:
            _say(request, done, _("Attempt recorded."), form.cleaned_data["next_on"])
            return back_to(request, HOME)
    return _quick(request, "contacts/_tried.html", form, commitment, name, dates=dates)


@page("contacts:well", allow=RECORDS)
def well(request: HttpRequest, ref: str) -> HttpResponse:
    actor, (commitment, name) = request.actor, _about(request, ref)
    dates = queries.next_dates(commitment=commitment, at=actor.at)
    form = WellForm(request.POST or None, initial={"next_on": dates.reached}, auto_id=f"id_{ref}_well_%s")
    if form.is_bound and form.is_valid():
        words = " ".join(filter(None, [_("I was there, all well."), form.cleaned_data["words"].strip()]))
        facts = {"texts": {commitment.dossier_id: (ContactText.Audience.TEAM, words)}, "next_on": form.cleaned_data["next_on"]}
        facts |= {"dossiers": [commitment.dossier], "commitment": commitment, "happened_at": actor.at}
        done = form.perform(actions.record_contact, actor=actor, at=actor.at, medium=Contact.Medium.VISIT, reached=True, **facts)
        if done:
            drop_draft(actor=actor, key=f"well-{ref}")
            _say(request, done, _("Recorded: you were there, all well."), facts["next_on"])
            return back_to(request, HOME)
    return _quick(request, "contacts/_well.html", _prefill(request, form, f"well-{ref}"), commitment, name)


@page("contacts:contact", allow=RECORDS)
def contact(request: HttpRequest, ref: str) -> HttpResponse:
    return _contact_page(request, queries.contact_of(actor=request.actor, ref=ref))


def _contact_page(request: HttpRequest, shown: Contact, form: TextForm | None = None, changed: ContactText | None = None) -> HttpResponse:
    actor, texts = request.actor, queries.texts_of(actor=request.actor, contact=shown)
    mine = shown.by.worker_id == actor.worker_id and shown.withdrawn_at is None
    leads = any(seat.function == "lead" and seat.team_id == shown.by.team_id for seat in actor.memberships)
    context = {
        "contact": shown, "texts": texts, "names": _shown(request, [row.dossier_id for row in texts.rows]), "form": form, "changed": changed,
        "mine": mine, "may_withdraw": shown.withdrawn_at is None and (mine or leads), "next": asked_from(request),
    }  # fmt: skip
    return render(request, "contacts/contact.html", context, status=_status(form) if form else 200)


@page("contacts:edit")
def edit(request: HttpRequest, ref: str) -> HttpResponse:
    actor, text = request.actor, queries.text_of(actor=request.actor, ref=ref)
    form = TextForm(request.POST or None, initial={"words": text.words, "audience": text.audience}, auto_id=f"id_{ref}_%s")
    form = _prefill(request, form, f"text-{ref}")
    facts = {"actor": actor, "at": actor.at, "text": text, "version": request.POST.get("version") or None}
    if form.is_bound and form.is_valid() and form.perform(actions.edit_text, **form.cleaned_data, **facts):
        drop_draft(actor=actor, key=f"text-{ref}")
        messages.success(request, _("Your text was changed."))
        return back_to(request, "contacts:contact", text.contact.ref)
    if request.htmx and not form.is_bound:
        actor.saw(text.dossier_id)
        return render(request, "contacts/_edit.html", {"form": form, "row": text, "next": asked_from(request)})
    return _contact_page(request, queries.contact_of(actor=actor, ref=text.contact.ref), form, text)


@page("contacts:moments", allow=RECORDS)
def moments(request: HttpRequest, ref: str) -> HttpResponse:
    dossier = queries.dossiers_of(actor=request.actor, refs=[ref])[0]
    texts = queries.contact_texts(actor=request.actor, dossier_id=dossier.pk, before=queries.cursor_of(text=request.GET.get("after", "")))
    name = _shown(request, [dossier.pk]).get(dossier.pk, "")
    request.opened = dossier.pk
    context = {"dossier": dossier, "name": name, "texts": texts, "after": queries.text_of_cursor(cursor=texts.after)}
    return render(request, "contacts/moments.html", context)


@page("contacts:withdraw")
def withdraw(request: HttpRequest, ref: str) -> HttpResponse:
    actor, shown = request.actor, queries.contact_of(actor=request.actor, ref=ref)
    form = WithdrawForm(request.POST or None)
    if form.is_bound and form.perform(actions.withdraw_contact, actor=actor, at=actor.at, contact=shown):
        messages.success(request, _("Withdrawn. It stays in the record and counts for nothing."))
        return back_to(request, "contacts:contact", ref)
    return _contact_page(request, shown)
