"""The shape of what an administrator fills in about a partner."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nabij.access.models import Team
from nabij.core.web.forms import ActionForm

from .models import Partner


class PartnerForm(ActionForm):
    name = forms.CharField(label=gettext_lazy("Name of the organisation"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=Partner.Kind.choices)
    may_signals = forms.BooleanField(label=gettext_lazy("Sends signals by the API"), required=False)
    may_debts = forms.BooleanField(label=gettext_lazy("Sends payment arrears (in a file or by the API)"), required=False)
    team = forms.ChoiceField(
        label=gettext_lazy("Who takes it up?"), required=False,
        help_text=gettext_lazy("Without a choice: signals go to the team of the postcode, arrears to the front door."),
    )  # fmt: skip
    purpose = forms.CharField(
        label=gettext_lazy("For which purpose?"), max_length=200, help_text=gettext_lazy("As it stands in the agreement, for example: early help with arrears.")
    )
    basis = forms.CharField(
        label=gettext_lazy("On which legal basis?"), max_length=200,
        help_text=gettext_lazy("For example: Wgs art. 3 lid 1 onder b, or the covenant of 1 March."),
    )  # fmt: skip

    def __init__(self, *args: Any, teams: list[Team], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.teams = {team.ref: team for team in teams}
        self.fields["team"].choices = [("", _("The team of the place")), *((ref, team.name) for ref, team in self.teams.items())]

    def facts(self) -> dict[str, Any]:
        """Return what the action takes."""
        return self.cleaned_data | {"team": self.teams.get(self.cleaned_data["team"])}


class SureForm(ActionForm):
    """Nothing to fill in: the button says it."""
