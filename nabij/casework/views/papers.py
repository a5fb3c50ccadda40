"""The plan on paper: read it first, download it, keep what was handed over, and the page of pictures."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from nabij.access.web.pages import page
from nabij.audit.models import Event
from nabij.casework import actions, letters, queries
from nabij.casework.actions import WORKS
from nabij.casework.forms import KeepForm, LetterForm
from nabij.casework.models import Case, PlanCopy
from nabij.core.errors import Absent
from nabij.papers.queries import paper_bytes

from .answers import done, facts


def _forms(request: HttpRequest, case: Case) -> tuple[LetterForm, list[Any]]:
    """Return the choice of letter, filled with what was asked or with what fits, and for whom it can be."""
    people = queries.letter_people(actor=request.actor, case=case)
    if not people:  # closed to this reader between the case and its residents
        raise Absent
    asked = {"dossier": people[0][0].ref, "kind": "plan" if case.commitment.is_open else "result", "form": "pdf", "language": "nl"}
    asked |= {name: request.GET[name] for name in asked if request.GET.get(name)}
    return LetterForm(asked, residents=people), people


@page("casework:letter", allow=WORKS)
def letter(request: HttpRequest, ref: str) -> HttpResponse:
    case = queries.case_of(actor=request.actor, ref=ref)
    form, people = _forms(request, case)
    return _letter_page(request, case, form, people, KeepForm(residents=people, initial=form.data | {"handed_on": request.actor.on}))


def _letter_page(request: HttpRequest, case: Case, form: LetterForm, people: list[Any], keep: KeepForm) -> HttpResponse:
    actor, shown, left_out = request.actor, None, False
    actor.saw(*(dossier.pk for dossier, _name in people))
    if form.is_valid():
        told = {name: value for name, value in form.facts().items() if name in {"dossier", "kind", "language"}}
        shown = letters.letter_about(actor=actor, case=case, **told)
        request.opened = told["dossier"].pk
        left_out = queries.recipient(dossier=told["dossier"], name="", actor=actor)[1]
    context = {
        "case": case, "form": form, "keep": keep, "letter": shown, "secret": left_out, "unsafe": case.signal and case.signal.unsafe,
        "copies": queries.copies_of(actor=actor, case=case), "names": {dossier.pk: name for dossier, name in people},
    }  # fmt: skip
    return render(request, "casework/letter.html", context, status=422 if keep.is_bound and keep.errors else 200)


@page("casework:download_letter", allow=WORKS, event=Event.COPY)
def download_letter(request: HttpRequest, ref: str) -> HttpResponse:
    case = queries.case_of(actor=request.actor, ref=ref)
    form, _people = _forms(request, case)
    if not form.is_valid():
        raise Absent
    told = form.facts()
    request.actor.saw(told["dossier"].pk)
    request.opened = told["dossier"].pk
    name = letters.file_name(kind=told["kind"], form=told["form"], on=request.actor.on)
    return _file(letters.letter_bytes(actor=request.actor, case=case, **told), told["form"], name)


def _file(content: bytes, form: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=letters.TYPES[form])
    answer.headers["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "no-store"
    return answer


@page("casework:keep_copy")
def keep_copy(request: HttpRequest, ref: str) -> HttpResponse:
    case = queries.case_of(actor=request.actor, ref=ref)
    form, people = _forms(request, case)
    keep = KeepForm(request.POST or None, residents=people, initial=form.data | {"handed_on": request.actor.on})
    if keep.is_bound and keep.is_valid() and keep.perform(actions.keep_copy, case=case, **keep.facts(), **facts(request)):
        return done(request, case, _("The copy is kept on the dossier."))
    return _letter_page(request, case, form, people, keep)


@page("casework:copy", allow=WORKS, event=Event.COPY)
def copy(request: HttpRequest, ref: str) -> HttpResponse:
    found = queries.copy_of(actor=request.actor, ref=ref)
    request.actor.saw(found.dossier_id)
    request.opened_row = found.paper
    return _file(paper_bytes(paper=found.paper), found.form, letters.file_name(kind=found.kind, form=found.form, on=found.handed_on))


@page("casework:pictures", allow=WORKS)
def pictures(request: HttpRequest, ref: str) -> HttpResponse:
    case = queries.case_of(actor=request.actor, ref=ref)
    shown = queries.plan_page(actor=request.actor, case=case)
    request.actor.saw(*(dossier.pk for dossier, _name in shown.residents))
    request.opened = shown.residents[0][0].pk if shown.residents else None
    context = {"case": case, "tiles": letters.picture_tiles(shown), "names": [name for _dossier, name in shown.residents], "kind": PlanCopy.Kind.PICTURES}
    return render(request, "casework/pictures.html", context)
