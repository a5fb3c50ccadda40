"""Mijn dag, and "done, next on" in one of its rows."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from nabij.access.doors import VERBS, fitting_seat
from nabij.access.models import Role
from nabij.access.web.pages import EVERYONE, page
from nabij.commitments.queries import commitment_of
from nabij.contacts.actions import RECORDS, record_contact
from nabij.contacts.queries import next_dates
from nabij.core.errors import Absent
from nabij.core.web.back import asked_from, back_to
from nabij.core.web.days import Reader
from nabij.desk import queries
from nabij.desk.faces import Face
from nabij.desk.forms import DoneForm
from nabij.desk.kinds import KINDS

# Where somebody begins who has no list of their own.
ELSEWHERE = [
    (Role.COUNTER, "signals:capture"),
    (Role.PRIVACY_OFFICER, "desk:privacy"),
    (Role.ADMINISTRATOR, "administration:manage"),
]
HAVE_A_LIST = {Role.WORKER, Role.LEAD, Role.GGD, Role.VOLUNTEER, Role.YOUTH_WORKER, Role.VOLUNTEER_COORDINATOR}


@page("desk:my_day", allow=EVERYONE)
def my_day(request: HttpRequest) -> HttpResponse:
    actor = request.actor
    if not actor.functions & HAVE_A_LIST:
        for role, name in ELSEWHERE:
            if role in actor.functions:
                return redirect(name)
        return render(request, "desk/no_list.html")
    chosen, after = request.GET.get("filter", ""), request.GET.get("after", "")
    day = queries.my_day(actor=actor, filter=chosen, after=after)
    takes = fitting_seat(actor, VERBS["commitments.take"].allow) is not None
    fresh = queries.fresh_signals(actor=actor) if takes else None
    actor.saw(*day.dossier_ids, *[row.dossier_id for row in fresh or [] if row.dossier_id])
    more = fresh is not None and len(fresh) > queries.SHOWN
    shown = {"fresh": fresh[: queries.SHOWN] if fresh is not None else None, "fresh_more": more}
    simple = actor.functions == {Role.VOLUNTEER}
    context = {"day": day, "filters": _filters(day, chosen), "filter": chosen, "after": after, "simple": simple, "may_hand_over": takes, **shown}
    context["face"] = Face(Reader(actor.on), here=request.get_full_path(), simple=simple, may_hand_over=takes)
    return render(request, "desk/my_day.html", context)


def _filters(day: queries.MyDay, chosen: str) -> list[dict[str, Any]]:
    """Return the filters that have something in them, with how much."""
    labels = {kind: of.many for kind, of in KINDS.items()} | {queries.PAUSED: _("Nothing for now"), queries.STAND_IN: _("For a colleague")}
    everything = [("", _("Everything"), day.everything)]
    some = [(name, label, day.kinds[name]) for name, label in labels.items() if day.kinds.get(name)]
    return [{"name": name, "label": label, "count": count, "current": name == chosen} for name, label, count in everything + some]


@page("desk:done", allow=RECORDS)
def done(request: HttpRequest, ref: str) -> HttpResponse:
    actor, commitment = request.actor, commitment_of(actor=request.actor, ref=ref)
    if commitment.dossier_id is None:
        raise Absent
    actor.saw(commitment.dossier_id)
    proposed = next_dates(commitment=commitment, at=actor.at).reached
    form = DoneForm(request.POST or None, initial={"next_on": proposed}, auto_id=f"id_{ref}_done_%s")
    if form.is_bound and form.is_valid():
        texts, day = {commitment.dossier_id: ("team", form.cleaned_data["words"].strip())}, form.cleaned_data["next_on"]
        facts = {"dossiers": [commitment.dossier], "commitment": commitment, "happened_at": actor.at, "reached": True}
        if form.perform(record_contact, actor=actor, at=actor.at, medium=form.cleaned_data["medium"], texts=texts, next_on=day, **facts):
            messages.success(request, _("Recorded. The next date is %(day)s.") % {"day": date_format(day, "l j F")} if day else _("Recorded."))
            return back_to(request, "desk:my_day")
    return _done_form(request, commitment, form)


def _done_form(request: HttpRequest, commitment: Any, form: DoneForm) -> HttpResponse:
    context = {"commitment": commitment, "form": form, "next": asked_from(request)}
    template = "desk/_done.html" if request.htmx and not form.is_bound else "desk/done.html"
    return render(request, template, context, status=422 if form.is_bound and form.errors else 200)
