"""Pages of arrears: files, one file, one arrear, and what goes back."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _

from nabij.access.web.pages import page
from nabij.audit.models import Event
from nabij.contacts.models import Contact
from nabij.linkage.birthdays import Birth
from nabij.residents.actions import search_alike

from . import actions, queries
from .actions import WORKS
from .forms import AttemptForm, FileForm, ResultForm, SureForm
from .models import Debt, DebtAttempt, DebtFile
from .refusals import refused_csv, results_csv
from .taking_in import take_in as take_file_in
from .terms import AT_ONCE

SHOWN = 50


def _facts(request: HttpRequest) -> dict[str, Any]:
    return {"actor": request.actor, "at": request.actor.at}


def _download(text: str, name: str) -> HttpResponse:
    answer = HttpResponse("\ufeff" + text, content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return answer


@page("debts:files", allow=WORKS)
def files(request: HttpRequest) -> HttpResponse:
    actor, partners = request.actor, queries.partners_for(actor=request.actor)
    given = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = FileForm(*given, partners=partners)
    if form.is_bound and form.is_valid():
        kept = form.perform(actions.keep_file, **_facts(request), **form.facts())
        if isinstance(kept, DebtFile):
            return redirect("debts:file", kept.ref)
    waiting = queries.waiting_results(partners=partners)
    context = {
        "form": form, "partners": [(partner, waiting.get(partner.pk, 0)) for partner in partners],
        "files": queries.files_of(actor=actor), "sent": queries.result_files(actor=actor),
    }  # fmt: skip
    return render(request, "debts/files.html", context, status=422 if form.errors else 200)


def _show(request: HttpRequest, found: DebtFile, form: SureForm, status: int = 200) -> HttpResponse:
    request.opened_row = found
    context = {
        "file": found, "form": form, "refused": queries.refused_of(file=found, limit=SHOWN), "kinds": queries.refused_kinds(file=found),
        "shown": SHOWN, "to_take": found.good - found.known, "States": DebtFile.State,
    }  # fmt: skip
    return render(request, "debts/file.html", context, status=status)


@page("debts:file", allow=WORKS)
def file(request: HttpRequest, ref: str) -> HttpResponse:
    return _show(request, queries.file_at(actor=request.actor, ref=ref), SureForm())


@page("debts:take_in")
def take_in(request: HttpRequest, ref: str) -> HttpResponse:
    found = queries.file_at(actor=request.actor, ref=ref)
    if request.method != "POST":
        return redirect("debts:file", ref)
    form = SureForm(request.POST)
    done = form.perform(take_file_in, file=found, limit=AT_ONCE, **_facts(request))
    if done is None:
        return _show(request, queries.file_at(actor=request.actor, ref=ref), form, status=422)
    if done.state == DebtFile.State.DONE:
        messages.success(request, _("Taken in: %(new)s new signals.") % {"new": done.new})
    else:
        messages.info(request, _("The first rows are in. The rest goes on by itself; you can leave this page."))
    return redirect("debts:file", ref)


@page("debts:drop")
def drop(request: HttpRequest, ref: str) -> HttpResponse:
    found = queries.file_at(actor=request.actor, ref=ref)
    if request.method != "POST":
        return redirect("debts:file", ref)
    form = SureForm(request.POST)
    if form.perform(actions.drop_file, file=found, **_facts(request)) is None:
        return _show(request, queries.file_at(actor=request.actor, ref=ref), form, status=422)
    messages.success(request, _("Thrown away. Nothing of it was taken in."))
    return redirect("debts:files")


@page("debts:refused", allow=WORKS, event=Event.COPY)
def refused(request: HttpRequest, ref: str) -> HttpResponse:
    found = request.opened_row = queries.file_at(actor=request.actor, ref=ref)
    return _download(refused_csv(rows=queries.refused_of(file=found)), f"afgekeurd-{localdate(found.added_at):%Y-%m-%d}.csv")


def _next_part(attempts: list[DebtAttempt]) -> str:
    """Return another part of the day than the last attempt's, while nobody was reached."""
    if not attempts or attempts[0].reached:
        return ""
    parts = list(Contact.PartOfDay)
    return str(parts[(parts.index(Contact.PartOfDay(attempts[0].part_of_day)) + 1) % len(parts)].label).lower()


def _debt_page(request: HttpRequest, debt: Debt, status: int = 200, **forms: Any) -> HttpResponse:
    actor, signal = request.actor, debt.signal
    request.opened_row = signal
    if signal.commitment.dossier_id:
        actor.saw(signal.commitment.dossier_id)
        request.opened = signal.commitment.dossier_id
    attempts = queries.attempts_of(debt=debt)
    context = {
        "debt": debt, "signal": signal, "commitment": signal.commitment, "today": actor.on, "attempts": attempts, "answer": None,
        "next_part": _next_part(attempts), "others": queries.same_household(actor=actor, debt=debt),
        "attempt_form": AttemptForm(initial={"happened_at": localtime(actor.at)}, prefix="try"), "result_form": ResultForm(initial={"result": debt.result}, prefix="end"),
    } | forms  # fmt: skip
    return render(request, "debts/debt.html", context, status=status)


@page("debts:debt", allow=WORKS)
def debt(request: HttpRequest, ref: str) -> HttpResponse:
    return _debt_page(request, queries.debt_of(actor=request.actor, ref=ref))


@page("debts:tried", allow=WORKS)
def tried(request: HttpRequest, ref: str) -> HttpResponse:
    found = queries.debt_of(actor=request.actor, ref=ref)
    if request.method != "POST":
        return redirect("debts:debt", ref)
    form = AttemptForm(request.POST, prefix="try")
    if form.is_valid() and form.perform(actions.record_attempt, debt=found, **_facts(request), **form.facts()):
        messages.success(request, _("Noted."))
        return redirect("debts:debt", ref)
    return _debt_page(request, queries.debt_of(actor=request.actor, ref=ref), 422, attempt_form=form)


@page("debts:result")
def result(request: HttpRequest, ref: str) -> HttpResponse:
    found = queries.debt_of(actor=request.actor, ref=ref)
    if request.method != "POST":
        return redirect("debts:debt", ref)
    form = ResultForm(request.POST, prefix="end")
    if form.is_valid() and form.perform(actions.set_result, debt=found, **_facts(request), **form.cleaned_data):
        messages.success(request, _("Noted. It goes to the partner with the next result file."))
        return redirect("debts:debt", ref)
    return _debt_page(request, queries.debt_of(actor=request.actor, ref=ref), 422, result_form=form)


@page("debts:known", allow=WORKS, event=Event.SEARCH)
def known(request: HttpRequest, ref: str) -> HttpResponse:
    found = queries.debt_of(actor=request.actor, ref=ref)
    if request.method != "POST":
        return redirect("debts:debt", ref)
    born = Birth(found.birth_on.year, found.birth_on.month, found.birth_on.day) if found.birth_on else None
    place = {"postcode": found.postcode, "number": found.number, "phone": found.phone}
    answer = search_alike(surname=found.surname, birth=born, **place, **_facts(request))
    request.actor.saw(*(one.resident.dossier_id for one in answer.candidates))
    return _debt_page(request, found, answer=answer)


@page("debts:results")
def results(request: HttpRequest, ref: str) -> HttpResponse:
    partner = queries.partner_for(actor=request.actor, ref=ref)
    if request.method != "POST":
        return redirect("debts:files")
    team = partner.team or partner.municipality.front_door
    made = actions.export_results(partner=partner, team=team, **_facts(request))
    rows = queries.results_told(partner=partner, at=request.actor.at)
    return _download(results_csv(rows=rows), f"resultaten-{localdate(made.made_at if made else request.actor.at):%Y-%m-%d}.csv")
