"""Teams: who leads, where they work, who is on duty."""

from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from nabij.access import actions
from nabij.access.actions.people import MANAGES
from nabij.access.doors import VERBS
from nabij.access.models import Team
from nabij.access.web.pages import page
from nabij.administration import queries
from nabij.administration.asking import Question, ask, page_of, show, typed
from nabij.administration.forms import AreaForm, ChangeTeamForm, EndAreaForm, LeadForm, NewTeamForm, RotaForm

ROTA = VERBS["access.plan_rota"].allow


@page("administration:teams", allow=MANAGES)
def teams(request: HttpRequest) -> HttpResponse:
    return render(request, "administration/teams.html", {"teams": queries.on_duty_today(actor=request.actor), "offices": _offices(request)})


def _offices(request: HttpRequest) -> list[Team]:
    return [team for team in queries.teams_of(actor=request.actor) if team.kind == Team.Kind.OFFICE]


@page("administration:team", allow=MANAGES)
def team(request: HttpRequest, ref: str) -> HttpResponse:
    found = queries.team_at(actor=request.actor, ref=ref)
    today = request.actor.on
    context = {"team": found, "members": queries.members_of(team=found), "areas": queries.areas_of(team=found, on=today), "today": today}
    return render(request, "administration/team.html", context)


def _of(found: Team, title: str, button: str, said: str, lead: str = "") -> Question:
    return Question(title, button, page_of("team", found.ref), found.name, lead, said, record=found)


@page("administration:new_team", allow=MANAGES)
def new_team(request: HttpRequest) -> HttpResponse:
    form = NewTeamForm(typed(request), controllers=queries.controllers_of(actor=request.actor))
    lead = _("After this: give people a place in the team, and name the lead and a substitute.")
    question = Question(_("A new team"), _("Make the team"), page_of("teams"), _("Teams"), lead, _("The team is made."))
    return ask(request, form, question, actions.create_team, municipality=queries.municipality_of(actor=request.actor))


@page("administration:change_team", allow=MANAGES)
def change_team(request: HttpRequest, ref: str) -> HttpResponse:
    found = queries.team_at(actor=request.actor, ref=ref)
    now = {"name": found.name, "phone": found.phone, "assigned_only": found.assigned_only}
    form = ChangeTeamForm(typed(request), initial=now)
    return ask(request, form, _of(found, _("Name and telephone"), _("Save"), _("Saved.")), actions.change_team, team=found)


@page("administration:appoint_lead", allow=MANAGES)
def appoint_lead(request: HttpRequest, ref: str) -> HttpResponse:
    found = queries.team_at(actor=request.actor, ref=ref)
    now = {"lead": found.lead and found.lead.ref, "substitute": found.lead_substitute and found.lead_substitute.ref}
    form = LeadForm(typed(request), people=queries.who_can_answer(team=found, on=request.actor.on), initial=now)
    lead = _("What comes in and nobody takes goes to the lead, or to the substitute. Both are paid colleagues of this team.")
    question = _of(found, _("Lead and substitute"), _("Save"), _("Saved."), lead)
    return ask(request, form, question, actions.appoint_lead, team=found)


@page("administration:add_area", allow=MANAGES)
def add_area(request: HttpRequest, ref: str) -> HttpResponse:
    found = queries.team_at(actor=request.actor, ref=ref)
    places = [place for place, _postcodes, _names in queries.places_of(actor=request.actor, on=request.actor.on)]
    form = AreaForm(typed(request), places=places, initial={"from_on": request.actor.on})
    lead = _("From that day on, what comes in from there goes to this team.")
    question = _of(found, _("Works in another neighbourhood"), _("Save"), _("Saved."), lead)
    return ask(request, form, question, actions.add_area, team=found)


@page("administration:end_area", allow=MANAGES)
def end_area(request: HttpRequest, ref: str) -> HttpResponse:
    found = queries.team_at(actor=request.actor, ref=ref)
    areas = queries.areas_of(team=found, on=request.actor.on)
    form = EndAreaForm(typed(request), areas=areas, initial={"until_on": request.actor.on, "area": request.GET.get("area", "")})
    lead = _("After that day, new worries from there go to the team that then works there, else to the front door.")
    return ask(request, form, _of(found, _("Stops in a neighbourhood"), _("Save"), _("Saved."), lead), actions.end_area)


@page("administration:duty", allow=ROTA)
def duty(request: HttpRequest) -> HttpResponse:
    return render(request, "administration/duty.html", {"teams": queries.on_duty_today(actor=request.actor), "is_manager": _manages(request)})


def _manages(request: HttpRequest) -> bool:
    return any(role in MANAGES for role in request.actor.functions)


def _first_day(request: HttpRequest) -> date:
    today = request.actor.on
    try:
        wanted = parse_date(request.GET.get("from", "")) or today
    except ValueError:
        wanted = today
    return min(max(wanted, today), today + timedelta(365))


@page("administration:rota", allow=ROTA)
def rota(request: HttpRequest, ref: str) -> HttpResponse:
    found = queries.team_at(actor=request.actor, ref=ref)
    first = _first_day(request)
    turns = queries.duty_of(team=found, from_on=first)
    people = queries.who_can_answer(team=found, on=request.actor.on)
    now = {f"d{day:%Y%m%d}": turn.membership.ref for day, turn in turns if turn}
    form = RotaForm(typed(request), days=[day for day, _turn in turns], people=people, initial=now)
    lead = _("Who reads and takes what comes in on a day. Nobody chosen: then it is the lead.")
    question = Question(_("Duty rota of %(team)s") % {"team": found.name}, _("Save"), page_of("duty"), _("Duty rota"), lead, _("The rota is saved."), record=None, page="administration/rota.html")
    if form.is_bound:
        return ask(request, form, question, actions.plan_rota, team=found)
    return show(request, form, question, team=found, people=people, later=first + timedelta(queries.ROTA_DAYS))
