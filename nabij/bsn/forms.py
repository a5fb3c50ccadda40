from django import forms
from django.utils.translation import gettext_lazy

from nabij.core.web.forms import ActionForm


class NumberForm(ActionForm):
    number = forms.CharField(
        label=gettext_lazy("Citizen service number"), max_length=20, widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        help_text=gettext_lazy("Nine digits, from an identity document. Write it down only when the work needs it."),
    )  # fmt: skip


class RemoveForm(ActionForm):
    """Nothing to fill in: only yes."""
