"""One form: in a row when htmx asks for it, else on a page of its own."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from nabij.core.web.back import asked_from

Form = Any


def show(request: HttpRequest, fragment: str, form: Form, *, title: str, lead: str = "", back: str = "", **more: Any) -> HttpResponse:
    """Show a form: its fragment alone for htmx, else the page around it; what was typed stays."""
    context = {"form": form, "fragment": fragment, "title": title, "lead": lead, "next": asked_from(request) or back, **more}
    alone = request.htmx and not form.is_bound  # type: ignore[attr-defined]
    status = 422 if form.is_bound and form.errors else 200
    return render(request, fragment if alone else "handover/form.html", context, status=status)


def facts(request: HttpRequest) -> dict[str, Any]:
    """Return what every action asks for, with the version that the page was made with."""
    return {"actor": request.actor, "at": request.actor.at, "version": request.POST.get("version")}  # type: ignore[attr-defined]
