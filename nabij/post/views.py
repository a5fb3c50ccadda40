"""Mail that was refused: what, why, and in after all when we were wrong."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from nabij.access.web.pages import page

from . import actions, queries
from .actions import READERS
from .forms import SureForm

AT_ONCE = 50


def _list(request: HttpRequest, form: SureForm, status: int = 200) -> HttpResponse:
    actor, ref = request.actor, request.GET.get("after", "")
    after = queries.refused_at(actor=actor, ref=ref).pk if ref else None
    rows = queries.refused_mail(actor=actor, before_id=after, limit=AT_ONCE + 1)
    more, rows = len(rows) > AT_ONCE, rows[:AT_ONCE]
    context = {"rows": rows, "next": rows[-1].ref if more else "", "form": form}
    return render(request, "post/refused.html", context, status=status)


@page("post:refused", allow=READERS)
def refused(request: HttpRequest) -> HttpResponse:
    return _list(request, SureForm())


@page("post:accept")
def accept(request: HttpRequest, ref: str) -> HttpResponse:
    found = queries.refused_at(actor=request.actor, ref=ref)
    if request.method != "POST":
        return redirect("post:refused")
    form = SureForm(request.POST)
    if form.perform(actions.accept_refused, incoming=found, actor=request.actor, at=request.actor.at) is None:
        return _list(request, form, status=422)
    messages.success(request, _("Taken in after all. In a few minutes it stands among the signals."))
    return redirect("post:refused")
