"""Who works here: log-ins and places in teams."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from nabij.access import actions
from nabij.access.actions.people import MANAGES
from nabij.access.models import Worker
from nabij.access.web.pages import page
from nabij.administration import queries
from nabij.administration.asking import Question, ask, page_of, show, typed
from nabij.administration.forms import MembershipForm, PersonForm, PlanEndForm, SureForm
from nabij.administration.invitation import send_password_mail


@page("administration:people", allow=MANAGES)
def people(request: HttpRequest) -> HttpResponse:
    words = request.GET.get("words", "").strip()[:80]
    found, more = queries.people_of(actor=request.actor, words=words, after=request.GET.get("after", ""))
    return render(request, "administration/people.html", {"people": found, "more": more, "words": words, "today": request.actor.on})


@page("administration:person", allow=MANAGES)
def person(request: HttpRequest, ref: str) -> HttpResponse:
    worker = queries.worker_at(actor=request.actor, ref=ref)
    rows = queries.memberships_of(actor=request.actor, worker=worker)
    is_me = worker.pk == request.actor.worker_id
    context = {"worker": worker, "memberships": rows, "second_step": queries.has_second_step(worker=worker), "is_me": is_me}
    return render(request, "administration/person.html", context | {"today": request.actor.on})


def _of(worker: Worker, title: str, button: str, said: str = "", **more: str) -> Question:
    return Question(title, button, page_of("person", worker.ref), worker.name, said=said, record=worker, **more)


def _invite(request: HttpRequest, worker: Worker) -> None:
    if send_password_mail(request, worker):
        messages.success(request, _("%(name)s gets a mail to choose a password.") % {"name": worker.name})
    else:
        messages.error(request, _("The mail could not be sent now. Try again later with the button \"Send the password mail\"."))


@page("administration:new_person", allow=MANAGES)
def new_person(request: HttpRequest) -> HttpResponse:
    form = PersonForm(typed(request))
    question = Question(_("A new person"), _("Make the log-in"), page_of("people"), _("People"), _("This person chooses a password by mail."))
    if form.is_bound and form.is_valid():
        worker = form.perform(actions.create_worker, actor=request.actor, at=request.actor.at, **form.facts())
        if worker:
            _invite(request, worker)
            return redirect("administration:person", worker.ref)
    return show(request, form, question)


@page("administration:change_person", allow=MANAGES)
def change_person(request: HttpRequest, ref: str) -> HttpResponse:
    worker = queries.worker_at(actor=request.actor, ref=ref)
    form = PersonForm(typed(request), initial={"name": worker.name, "email": worker.email, "phone": worker.phone, "languages": worker.languages})
    return ask(request, form, _of(worker, _("Name and address"), _("Save"), _("Saved.")), actions.change_worker, worker=worker)


@page("administration:password_mail", allow=MANAGES)
def password_mail(request: HttpRequest, ref: str) -> HttpResponse:
    worker = queries.worker_at(actor=request.actor, ref=ref)
    if request.method == "POST":
        _invite(request, worker)
        return redirect("administration:person", ref)
    lead = _("The link in the mail works for three days. The old password works until a new one is chosen.")
    return show(request, SureForm(), _of(worker, _("Send the password mail"), _("Send"), lead=lead))


@page("administration:second_step", allow=MANAGES)
def second_step(request: HttpRequest, ref: str) -> HttpResponse:
    worker = queries.worker_at(actor=request.actor, ref=ref)
    lead = _("Only when the telephone is lost, and you are sure who asks. At the next log-in this person sets up a new one.")
    question = _of(worker, _("Take away the second step"), _("Take it away"), _("The second step is gone."), lead=lead, kind="danger")
    return ask(request, SureForm(typed(request)), question, actions.reset_second_factor, worker=worker)


@page("administration:add_membership", allow=MANAGES)
def add_membership(request: HttpRequest, ref: str) -> HttpResponse:
    worker = queries.worker_at(actor=request.actor, ref=ref)
    form = MembershipForm(typed(request), teams=queries.teams_of(actor=request.actor), initial={"from_on": request.actor.on, "paid": True})
    question = _of(worker, _("A place in a team"), _("Give this place"), _("Done. The access begins on the first day."))
    return ask(request, form, question, actions.add_membership, worker=worker)


@page("administration:plan_end", allow=MANAGES)
def plan_end(request: HttpRequest, ref: str) -> HttpResponse:
    membership = queries.membership_at(actor=request.actor, ref=ref)
    form = PlanEndForm(typed(request), initial={"until_on": membership.until_on})
    what = _("%(role)s in %(team)s") % {"role": membership.get_role_display(), "team": membership.team.name}
    back = page_of("person", membership.worker.ref)
    question = Question(_("Plan the last day"), _("Save"), back, membership.worker.name, what, _("Saved."), record=membership)
    return ask(request, form, question, actions.move_membership_end, membership=membership)


@page("administration:end_membership", allow=MANAGES)
def end_membership(request: HttpRequest, ref: str) -> HttpResponse:
    membership = queries.membership_at(actor=request.actor, ref=ref)
    what = _("%(role)s in %(team)s") % {"role": membership.get_role_display(), "team": membership.team.name}
    back = page_of("person", membership.worker.ref)
    left = queries.left_of(membership=membership)
    question = Question(_("End this now"), _("End it now"), back, membership.worker.name, what, _("Ended."), "danger", membership, "administration/end.html", left)
    return ask(request, SureForm(typed(request)), question, actions.end_membership, membership=membership)
