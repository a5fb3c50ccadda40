"""The shape of what is filled in about who may open a dossier."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nabij.core.web.forms import ActionForm

from .models import Membership, Sharing, Team

BASES = [
    ("Wmo 2015 art. 5.2.5", gettext_lazy("Law on social support (Wmo), between municipality and provider")),
    ("GDPR art. 6(1)(a)", gettext_lazy("The resident gives permission, and may say no")),
    ("GDPR art. 6(1)(d)", gettext_lazy("Somebody's life or safety is in danger")),
    ("Jeugdwet art. 7.3.11", gettext_lazy("Law on youth help (Jeugdwet)")),
]


class SureForm(ActionForm):
    """Nothing to fill in: the button says it."""


class RestrictForm(ActionForm):
    workers = forms.MultipleChoiceField(label=gettext_lazy("Who may open it, besides you?"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, people: list[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {member.worker.ref: member.worker for member in people}
        named = {member.worker.ref: f"{member.worker.name} ({member.team.name})" for member in people}
        self.fields["workers"].choices = list(named.items())

    def facts(self) -> dict[str, Any]:
        """Return the colleagues that were chosen."""
        return {"workers": [self.people[ref] for ref in self.cleaned_data["workers"]]}


class ShareForm(ActionForm):
    to_team = forms.ChoiceField(label=gettext_lazy("With which team?"))
    what = forms.CharField(label=gettext_lazy("What do you share?"), max_length=200, help_text=gettext_lazy("They see the whole dossier, except what is only for you and your lead."))
    why = forms.CharField(label=gettext_lazy("What for?"), max_length=200)
    basis = forms.ChoiceField(label=gettext_lazy("On which basis?"), choices=BASES)
    resident_word = forms.ChoiceField(label=gettext_lazy("What does the resident say?"), choices=Sharing.Word.choices, widget=forms.RadioSelect)
    word_detail = forms.CharField(label=gettext_lazy("Why was the resident not told?"), max_length=200, required=False)

    def __init__(self, *args: Any, teams: list[Team], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.teams = {team.ref: team for team in teams}
        self.fields["to_team"].choices = [("", _("Choose a team")), *((team.ref, f"{team.name} ({team.controller.name})") for team in teams)]

    def facts(self) -> dict[str, Any]:
        """Return the arguments of the act."""
        return self.cleaned_data | {"to_team": self.teams[self.cleaned_data["to_team"]]}
