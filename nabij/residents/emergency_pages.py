"""Emergency access: by exact name and birth date, with a reason."""

from datetime import date

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nabij.access.web.pages import page
from nabij.core.web.forms import ActionForm
from nabij.linkage.birthdays import Birth

from .actions.emergency import break_glass as open_in_emergency

EARLIEST = date(1880, 1, 1)


class EmergencyForm(ActionForm):
    surname = forms.CharField(label=gettext_lazy("Whole surname"), max_length=120)
    born_on = forms.DateField(label=gettext_lazy("Birth date"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    call_name = forms.CharField(label=gettext_lazy("First name"), max_length=60, required=False, help_text=gettext_lazy("Needed for twins."))
    reason = forms.CharField(label=gettext_lazy("What is happening?"), max_length=300, min_length=10, widget=forms.Textarea(attrs={"rows": 3}),
                             help_text=gettext_lazy("The privacy officer reads this. No names here."))  # fmt: skip

    def clean_born_on(self) -> date:
        day = self.cleaned_data["born_on"]
        if not EARLIEST <= day <= date.today():
            raise forms.ValidationError(_("Nobody was born in that time. Look at the year again."))
        return day


@page("residents:break_glass")
def break_glass(request: HttpRequest) -> HttpResponse:
    form = EmergencyForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        facts = {name: form.cleaned_data[name] for name in ("surname", "call_name", "reason")}
        day = form.cleaned_data["born_on"]
        grant = open_in_emergency(actor=request.actor, at=request.actor.at, birth=Birth(day.year, day.month, day.day), **facts)
        if grant:
            messages.warning(request, _("Emergency access until the end of tomorrow. The privacy officer sees this."))
            return redirect("desk:resident", grant.dossier.ref)
        form.add_error(None, _("Nobody was found by this. Look at the whole surname and the birth date; add the first name. In danger now: call 112."))
    return render(request, "residents/emergency.html", {"form": form}, status=422 if form.errors else 200)
