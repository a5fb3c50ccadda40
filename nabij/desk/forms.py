"""The shape of what people fill in on pages over many rooms."""

from django import forms
from django.utils.translation import gettext_lazy as _

from nabij.contacts.models import Contact
from nabij.core.web.forms import ActionForm


class DoneForm(ActionForm):
    medium = forms.ChoiceField(label=_("How?"), choices=Contact.Medium.choices, widget=forms.Select, initial=Contact.Medium.PHONE)
    words = forms.CharField(label=_("What was said or done"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    next_on = forms.DateField(label=_("Next date"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class SearchForm(ActionForm):
    words = forms.CharField(
        label=_("Name, birth date, address or telephone number"), max_length=200,
        help_text=_("In any order. A spelling mistake does not matter."),
        error_messages={"required": _("Type a name, a birth date, an address or a telephone number.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autofocus": True, "type": "search"}),
    )  # fmt: skip


class LookForm(ActionForm):
    not_there = _("There is no dossier with this number in your organisation. Check the number.")
    ref = forms.CharField(label=_("Number of the dossier"), max_length=40, help_text=_("The twenty letters and figures at the end of the address of a resident's page."))
