"""The shape of what people fill in about arrears."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nabij.contacts.models import Contact
from nabij.core.web.forms import ActionForm
from nabij.partners.models import Partner

from .models import Debt
from .terms import MEDIA

REACHED = [("no", gettext_lazy("Not reached: an attempt")), ("yes", gettext_lazy("Reached"))]
MOMENT = {"type": "datetime-local"}


class FileForm(ActionForm):
    partner = forms.ChoiceField(label=gettext_lazy("From which partner?"), error_messages={"required": gettext_lazy("Choose the partner who sent the file.")})
    file = forms.FileField(
        label=gettext_lazy("The file (CSV)"), allow_empty_file=True,
        help_text=gettext_lazy("One arrear on each line, the names of the columns on top. We look first; nothing is taken in yet."),
        error_messages={"required": gettext_lazy("Choose the file that the partner sent.")},
    )  # fmt: skip

    def __init__(self, *args: Any, partners: list[Partner], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.partners = {partner.ref: partner for partner in partners}
        named = [(ref, partner.name) for ref, partner in self.partners.items()]
        self.fields["partner"].choices = named if len(named) == 1 else [("", _("Choose")), *named]

    def facts(self) -> dict[str, Any]:
        """Return what the action takes."""
        file = self.cleaned_data["file"]
        return {"partner": self.partners[self.cleaned_data["partner"]], "name": file.name, "content": file.read()}


class AttemptForm(ActionForm):
    medium = forms.ChoiceField(
        label=gettext_lazy("How did you try?"), choices=[(one.value, one.label) for one in map(Contact.Medium, MEDIA)], widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose how you tried.")},
    )  # fmt: skip
    reached = forms.ChoiceField(label=gettext_lazy("Reached?"), choices=REACHED, widget=forms.RadioSelect, initial="no")
    happened_at = forms.DateTimeField(label=gettext_lazy("When?"), widget=forms.DateTimeInput(attrs=MOMENT, format="%Y-%m-%dT%H:%M"))
    part = forms.ChoiceField(label=gettext_lazy("Part of the day"), required=False, choices=[("", gettext_lazy("As the time says")), *Contact.PartOfDay.choices])
    words = forms.CharField(label=gettext_lazy("Anything to add?"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))

    def facts(self) -> dict[str, Any]:
        """Return what the action takes."""
        return self.cleaned_data | {"reached": self.cleaned_data["reached"] == "yes"}


class ResultForm(ActionForm):
    result = forms.ChoiceField(
        label=gettext_lazy("What became of it?"), choices=Debt.Result.choices, widget=forms.RadioSelect,
        help_text=gettext_lazy("The partner hears only this word and its own reference."),
        error_messages={"required": gettext_lazy("Choose what became of it.")},
    )  # fmt: skip


class SureForm(ActionForm):
    """Nothing to fill in: the button says it."""
