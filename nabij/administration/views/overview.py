"""What asks for attention; the municipality's own words; its neighbourhoods."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nabij.access import actions
from nabij.access.actions.people import MANAGES
from nabij.access.agreements import agreements_of
from nabij.access.web.pages import page
from nabij.administration import queries
from nabij.administration.actions import (
    BadRows,
    change_agreements,
    change_municipality,
    change_region_terms,
    join_region,
)
from nabij.administration.actions import import_neighbourhoods as take_in
from nabij.administration.agreeing import TermsForm
from nabij.administration.asking import Question, ask, page_of, show, typed
from nabij.administration.forms import (
    AgreementsForm,
    FrontDoorForm,
    JoinRegionForm,
    MunicipalityForm,
    NeighbourhoodFileForm,
)
from nabij.administration.neighbourhood_file import read_rows
from nabij.core.errors import Refused


@page("administration:manage", allow=MANAGES)
def manage(request: HttpRequest) -> HttpResponse:
    actor = request.actor
    context = {"municipality": queries.municipality_of(actor=actor), "attention": queries.attention(actor=actor), "today": actor.on}
    return render(request, "administration/manage.html", context | {"duty": queries.on_duty_today(actor=actor)})


@page("administration:municipality", allow=MANAGES)
def municipality(request: HttpRequest) -> HttpResponse:
    ours = queries.municipality_of(actor=request.actor)
    form = MunicipalityForm(typed(request), initial={"phone": ours.phone, "reading_hours": ours.reading_hours})
    question = Question(_("On the public form"), _("Save"), page_of("manage"), _("Management"), said=_("Saved."), record=ours)
    return ask(request, form, question, change_municipality, municipality=ours)


@page("administration:front_door", allow=MANAGES)
def front_door(request: HttpRequest) -> HttpResponse:
    ours = queries.municipality_of(actor=request.actor)
    now = {"team": ours.front_door.ref if ours.front_door else ""}
    form = FrontDoorForm(typed(request), teams=queries.teams_of(actor=request.actor), initial=now)
    question = Question(_("Front door"), _("Save"), page_of("manage"), _("Management"), said=_("Saved."))
    return ask(request, form, question, actions.set_front_door, municipality=ours)


@page("administration:neighbourhoods", allow=MANAGES)
def neighbourhoods(request: HttpRequest) -> HttpResponse:
    return render(request, "administration/neighbourhoods.html", {"places": queries.places_of(actor=request.actor, on=request.actor.on)})


@page("administration:import_neighbourhoods", allow=MANAGES)
def import_neighbourhoods(request: HttpRequest) -> HttpResponse:
    form = NeighbourhoodFileForm(typed(request), request.FILES or None)
    complaints: list[tuple[int, str]] = []
    if form.is_bound and form.is_valid():
        taken, complaints = _take_in(request, form)
        if taken:
            messages.success(request, ngettext("%(num)s neighbourhood is taken in.", "%(num)s neighbourhoods are taken in.", taken) % {"num": taken})
            return redirect("administration:neighbourhoods")
    question = Question(
        _("Take in neighbourhoods"), _("Take in"), page_of("neighbourhoods"), _("Neighbourhoods"), page="administration/import_neighbourhoods.html"
    )
    return show(request, form, question, complaints=complaints)


def _take_in(request: HttpRequest, form: NeighbourhoodFileForm) -> tuple[int, list[tuple[int, str]]]:
    try:
        rows = read_rows(form.cleaned_data["file"].read())
        ours = queries.municipality_of(actor=request.actor)
        take_in(actor=request.actor, at=request.actor.at, municipality=ours, rows=rows)
    except BadRows as bad:
        form.add_error("file", bad.message)
        return 0, bad.complaints
    except Refused as refused:
        form.add_error("file", refused.message)
        return 0, []
    return len(rows), []


@page("administration:region", allow=MANAGES)
def region(request: HttpRequest) -> HttpResponse:
    ours = queries.municipality_of(actor=request.actor)
    if ours.region is None:
        form: JoinRegionForm | AgreementsForm = JoinRegionForm(typed(request), regions=queries.regions())
        lead = _("Until now you use the life domains and words that come with Nabij.")
        question = Question(_("Region"), _("Save"), page_of("manage"), _("Management"), lead, said=_("Saved."), record=ours, onward=page_of("region"))
        return ask(request, form, question, join_region, municipality=ours)
    form = AgreementsForm(typed(request), agreements=agreements_of(municipality=ours))
    where = ", ".join(queries.neighbours_of(region=ours.region))
    lead = _("What is agreed here holds in: %(municipalities)s. Each keeps its own name, teams and places.") % {"municipalities": where}
    question = Question(ours.region.name, _("Save"), page_of("manage"), _("Management"), lead, _("Saved."), record=ours.region, page="administration/region.html")
    return ask(request, form, question, change_agreements, region=ours.region)


@page("administration:change_terms")
def change_terms(request: HttpRequest) -> HttpResponse:
    ours = queries.municipality_of(actor=request.actor)
    if ours.region is None:
        messages.info(request, _("Terms are agreed on in a region. Choose yours here, or make one; then you can change the terms."))
        return redirect("administration:region")
    form = TermsForm(typed(request), agreements=agreements_of(municipality=ours))
    where = ", ".join(queries.neighbours_of(region=ours.region))
    lead = _("What is agreed here holds in: %(municipalities)s. It holds for what begins from now on.") % {"municipalities": where}
    question = Question(_("Terms and words of the ladder"), _("Save"), page_of("manage"), _("Management"), lead, _("Saved."), record=ours.region, page="administration/terms.html")
    return ask(request, form, question, change_region_terms, region=ours.region)
