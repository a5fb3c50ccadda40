"""One form on one page: show it, carry it out, go back."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from .forms import Facts


@dataclass(frozen=True)
class Question:
    """The words around a form. `back`: the page it came from and returns to, unless it goes on to `onward`; `record`: whose version is compared;
    `left`: what stands in the way, as pairs of words and a number."""

    title: str
    button: str
    back: str
    back_label: str
    lead: str = ""
    said: str = ""
    kind: str = "primary"
    record: Any = None
    page: str = "administration/ask.html"
    left: Any = ()
    onward: str = ""


def typed(request: HttpRequest) -> Any:
    """Return what was sent, or None when the form is only asked for."""
    return request.POST if request.method == "POST" else None


def page_of(name: str, *parts: str) -> str:
    """Return the address of one of our pages."""
    return reverse(f"administration:{name}", args=parts)


def ask(request: HttpRequest, form: Facts, question: Question, action: Callable[..., Any], **more: Any) -> HttpResponse:
    """Show the form; when it was sent, carry out the action and go back. Refused: the form again, with what was typed."""
    if form.is_bound and form.is_valid():
        if form.perform(action, actor=request.actor, at=request.actor.at, version=request.POST.get("version"), **more, **form.facts()):
            messages.success(request, question.said)
            return redirect(question.onward or question.back)
    return show(request, form, question)


def show(request: HttpRequest, form: Facts, question: Question, **more: Any) -> HttpResponse:
    """Show the form on its page."""
    status = 422 if form.is_bound and form.errors else 200
    return render(request, question.page, {"form": form, "q": question, **more}, status=status)
