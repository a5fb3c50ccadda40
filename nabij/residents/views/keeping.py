from django.forms import model_to_dict
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from nabij.access.web.pages import page
from nabij.residents import actions, forms
from nabij.residents.actions import PAID
from nabij.residents.queries import dossier_at

from .bench import Bench, Job, keep

SAVED = _("Saved.")
NAMES = {
    "names": Job(forms.NamesForm, actions.change_names, SAVED, "resident"),
    "known": Job(
        forms.NamesForm,
        actions.mark_known,
        _("Now it is known who this is. Everything written before stays."),
        "resident",
    ),
}
ADDRESSES = {
    "add": Job(forms.AddressForm, actions.add_address, SAVED),
    "move": Job(forms.MoveForm, actions.record_move, _("The move is written down.")),
    "change": Job(forms.AddressForm, actions.change_address, SAVED, "address"),
    "end": Job(forms.UntilForm, actions.end_address, SAVED, "address"),
}
REACH = {
    "add": Job(forms.WayForm, actions.add_contact_way, SAVED),
    "end": Job(forms.SureForm, actions.end_contact_way, SAVED, "way"),
}
SAFETY = {
    "add": Job(forms.SafetyForm, actions.add_safety_note, _("Everybody who goes there now sees what to do.")),
    "review": Job(forms.ReviewForm, actions.review_safety_note, SAVED, "note"),
    "end": Job(forms.SureForm, actions.end_safety_note, _("This note has ended."), "note"),
}
AUTHORITY = {
    "add": Job(forms.AuthorityForm, actions.add_authority, SAVED),
    "end": Job(forms.UntilForm, actions.end_authority, SAVED, "authority"),
    "represent": Job(forms.RepresentativeForm, actions.add_representative, SAVED),
    "represent_end": Job(forms.UntilForm, actions.end_representative, SAVED, "representative"),
}
AWAY = {
    "add": Job(forms.AwayForm, actions.set_away, _("Until then silence is not counted.")),
    "end": Job(forms.SureForm, actions.end_away, _("From today silence counts again."), "away"),
}


@page("residents:names")
def names(request: HttpRequest, ref: str) -> HttpResponse:
    resident = dossier_at(actor=request.actor, ref=ref).resident
    return keep(
        request, ref, "names", Bench(NAMES, {"names": model_to_dict(resident), "known": model_to_dict(resident)})
    )


@page("residents:addresses", allow=PAID)
def addresses(request: HttpRequest, ref: str) -> HttpResponse:
    today = {"from_on": request.actor.on}
    return keep(
        request,
        ref,
        "addresses",
        Bench(ADDRESSES, {"add": today, "move": today, "end": {"until_on": request.actor.on}}),
        "address",
    )


@page("residents:reach")
def reach(request: HttpRequest, ref: str) -> HttpResponse:
    return keep(request, ref, "reach", Bench(REACH), "way")


@page("residents:safety")
def safety(request: HttpRequest, ref: str) -> HttpResponse:
    return keep(request, ref, "safety", Bench(SAFETY, drafts=("add",)), "note")


@page("residents:authority")
def authority(request: HttpRequest, ref: str) -> HttpResponse:
    until = {"until_on": request.actor.on}
    bench = Bench(AUTHORITY, {"end": until, "represent_end": until})
    return keep(request, ref, "authority", bench, "authority", "representative")


@page("residents:away")
def away(request: HttpRequest, ref: str) -> HttpResponse:
    return keep(request, ref, "away", Bench(AWAY, {"add": {"from_on": request.actor.on}}), "away")
