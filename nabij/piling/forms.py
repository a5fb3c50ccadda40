"""What is recorded about an assessment, and what follows from what piled up."""

from django import forms
from django.utils.translation import gettext_lazy as _

from nabij.casework.forms import day_field, words_field
from nabij.core.web.forms import ActionForm

from .models import Seen


class AssessmentForm(ActionForm):
    assessed_on = day_field(_("Assessed on"))
    reference = forms.CharField(label=_("Reference"), max_length=120, help_text=_("Under which it can be found again."))
    by_whom = forms.CharField(label=_("Who assessed it, and who advised?"), max_length=120)
    domains = forms.IntegerField(label=_("From how many life domains?"), min_value=2, max_value=8, initial=3)
    months = forms.IntegerField(label=_("Within how many months?"), min_value=1, max_value=24, initial=6)


class SeenForm(ActionForm):
    follows = forms.ChoiceField(
        label=_("What follows?"), choices=Seen.Follows.choices, widget=forms.RadioSelect, error_messages={"required": _("Choose one of these.")}
    )
    words = words_field(_("In a few words"), 3, max_length=600, help_text=_("The resident can ask to read this."))
    due_on = day_field(_("By when? (for something to do)"), required=False)


class PlainForm(ActionForm):
    """Nothing to fill in: only yes."""
