"""Block somebody's log-in, or let them in again: one page each."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from nabij.access.actor import Actor
from nabij.access.models import Worker
from nabij.access.web.pages import page
from nabij.core.web.back import asked_from, back_to
from nabij.core.web.forms import ActionForm

from . import actions, queries


class BlockForm(ActionForm):
    """Nothing to fill in: it must be quick."""


def _show(request: HttpRequest, worker: Worker, form: ActionForm, *, blocks: bool) -> HttpResponse:
    context = {"worker": worker, "form": form, "blocks": blocks, "next": asked_from(request)}
    context["open_count"] = queries.open_count(worker=worker)
    return render(request, "commitments/block.html", context, status=422 if form.errors else 200)


def _answer(request: HttpRequest, ref: str, action: Any, said: str, *, blocks: bool) -> HttpResponse:
    actor: Actor = request.actor
    worker = queries.worker_of(actor=actor, ref=ref)
    form = BlockForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.perform(action, actor=actor, at=actor.at, worker=worker):
        messages.success(request, said % {"name": worker.name})
        return back_to(request, "desk:my_day")
    return _show(request, worker, form, blocks=blocks)


@page("commitments:block_worker")
def block_worker(request: HttpRequest, ref: str) -> HttpResponse:
    said = _("%(name)s is blocked. Open work went to the team lead.")
    return _answer(request, ref, actions.block_worker, said, blocks=True)


@page("commitments:unblock_worker")
def unblock_worker(request: HttpRequest, ref: str) -> HttpResponse:
    said = _("%(name)s can log in again. What was handed on stays where it is.")
    return _answer(request, ref, actions.unblock_worker, said, blocks=False)
