"""One page: when do I want the mail?"""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from nabij.access.web.pages import page

from . import queries
from .actions import save_choice
from .forms import ChoiceForm


@page("digests:preferences")
def preferences(request: HttpRequest) -> HttpResponse:
    actor, choice = request.actor, queries.choice_of(actor=request.actor)
    form = ChoiceForm(request.POST or None, initial=ChoiceForm.beginning(choice))
    if form.is_bound and form.is_valid():
        version = request.POST.get("version") or None
        if form.perform(save_choice, actor=actor, at=actor.at, choice=choice, version=version, **form.facts()):
            messages.success(request, _("Saved. From the next mail on it is as you chose."))
            return redirect("digests:preferences")
    return render(request, "digests/preferences.html", {"form": form, "choice": choice}, status=422 if form.is_bound and form.errors else 200)
