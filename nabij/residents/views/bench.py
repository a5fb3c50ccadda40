"""One page with a few things to do about one dossier: what is kept above, a form for each job below. One POST does one job."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.forms import model_to_dict
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from nabij.access.actor import Actor
from nabij.access.models import Dossier
from nabij.core.errors import Absent
from nabij.core.web.back import back_to
from nabij.core.web.forms import ActionForm
from nabij.drafts.keeping import drop_draft, initial_of
from nabij.residents.queries import dossier_at, header_of, part_at, parts_of


@dataclass(frozen=True)
class Job:
    """What one form does. `part`: the kind of row it is done to; nothing: to the dossier."""

    form: type[ActionForm]
    action: Callable[..., Any]
    said: str
    part: str = "dossier"


@dataclass
class Bench:
    """The forms of one page; `shown` is the one that was sent and refused, at its own row."""

    jobs: Mapping[str, Job]
    initial: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    # jobs with long texts, of which a draft is kept
    drafts: tuple[str, ...] = ()
    about: str = ""
    shown: ActionForm | None = None
    at_row: tuple[str, str] = ("", "")

    def form(self, name: str, row: Any = None) -> ActionForm:
        """Return the form of a job at a row: as it was sent, or fresh with what the row holds now."""
        ref = row.ref if row else ""
        if self.shown is not None and self.at_row == (name, ref):
            return self.shown
        now = model_to_dict(row) if row else {}
        return self.jobs[name].form(auto_id=f"{name}{ref}-%s", initial={**now, **self.initial.get(name, {})})

    def key(self, name: str) -> str:
        """Return the name under which a draft of this job is kept; nothing where none is."""
        return f"{name}-{self.about}" if name in self.drafts else ""

    def find_drafts(self, actor: Actor) -> None:
        """Begin each form with what was typed before and not sent."""
        for name in self.drafts:
            kept = initial_of(actor=actor, key=self.key(name), fields=self.jobs[name].form().fields)
            self.initial = {**self.initial, name: {**self.initial.get(name, {}), **kept}}

    def is_open(self, name: str, ref: str = "") -> bool:
        """Tell whether this form was sent and refused, so that its panel stays open."""
        return self.at_row == (name, ref)


def keep(request: HttpRequest, ref: str, page: str, bench: Bench, *parts: str) -> HttpResponse:
    """Show the page, or do the job that was sent and show it again."""
    actor = request.actor
    dossier = dossier_at(actor=actor, ref=ref)
    actor.saw(dossier.pk)
    request.opened = dossier.pk
    bench.about = f"{page}-{ref}"
    if request.method == "POST" and _done(request, dossier, bench):
        return back_to(request, f"residents:{page}", ref)
    bench.find_drafts(actor)
    shown = {"bench": bench, "dossier": dossier, "header": header_of(actor=actor, dossier=dossier), "today": actor.on}
    shown["rows"] = {part: list(parts_of(dossier=dossier, part=part)) for part in parts}
    return render(request, f"residents/{page}.html", shown, status=422 if bench.shown else 200)


def _done(request: HttpRequest, dossier: Dossier, bench: Bench) -> bool:
    actor, name, ref = request.actor, request.POST.get("do", ""), request.POST.get("part", "")
    job = bench.jobs.get(name)
    if job is None:
        raise Absent
    record = {"dossier": dossier, "resident": dossier.resident}.get(job.part) or part_at(
        actor=actor, dossier=dossier, part=job.part, ref=ref
    )
    form = job.form(request.POST, auto_id=f"{name}{ref}-%s")
    if form.is_valid():
        about = {job.part: record, "version": request.POST.get("version")}
        if form.perform(job.action, actor=actor, at=actor.at, **about, **form.cleaned_data):
            messages.success(request, job.said)
            drop_draft(actor=actor, key=bench.key(name))
            return True
    bench.shown, bench.at_row = form, (name, ref)
    return False
