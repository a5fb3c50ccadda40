"""What every page of a case answers with. Asked for by htmx, a page gives only its form, for the panel that asked."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from nabij.casework.models import Case
from nabij.core.web.back import asked_from, back_to
from nabij.drafts.keeping import drop_draft, initial_of


def facts(request: HttpRequest) -> dict[str, Any]:
    """Return what every action wants: who, when, and the version that was on the screen."""
    return {"actor": request.actor, "at": request.actor.at, "version": request.POST.get("version") or None}


def prefill(request: HttpRequest, form: Any, key: str) -> None:
    """Put back what this worker typed here before and did not send; `form.kept` says that this was done."""
    kept = {} if form.is_bound else initial_of(actor=request.actor, key=key, fields=form.fields)
    form.initial |= kept
    form.kept = bool(kept)


def show(request: HttpRequest, fragment: str, case: Case | None, form: Any, draft: str = "", **more: Any) -> HttpResponse:
    """Show one form, alone or on a page of its own."""
    if draft:
        prefill(request, form, draft)
    if case is not None and case.commitment.dossier_id:
        request.actor.saw(case.commitment.dossier_id)
    status = 422 if form.is_bound and form.errors else 200
    template = fragment if request.htmx and not form.is_bound else "casework/part.html"
    context = {"case": case, "form": form, "fragment": fragment, "next": asked_from(request), "draft": draft, **more}
    return render(request, template, context, status=status)


def answer(
    request: HttpRequest, case: Case, form: Any, act: Callable[..., Any], fragment: str, said: str, draft: str = "", **record: Any
) -> HttpResponse:
    """Carry out one action with what the form holds, or show the form. `record`: what the action is done to, when it is not the case."""
    on = record or {"case": case}
    if form.is_bound and form.is_valid() and form.perform(act, **on, **form.cleaned_data, **facts(request)):
        return done(request, case, said, draft)
    return show(request, fragment, case, form, draft, **record)


def done(request: HttpRequest, case: Case, words: str, draft: str = "") -> HttpResponse:
    """Say that it was done and go back to where the form stood, else to the plan; the draft is no longer needed."""
    if draft:
        drop_draft(actor=request.actor, key=draft)
    messages.success(request, words)
    return back_to(request, "casework:plan", case.ref)
