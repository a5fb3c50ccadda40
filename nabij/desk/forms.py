"""The shape of what people fill in on pages over many rooms."""

from django import forms
from django.utils.translation import gettext_lazy as _

from nabij.contacts.models import Contact
from nabij.core.web.forms import ActionForm


class DoneForm(ActionForm):
    medium = forms.ChoiceField(label=_("How?"), choices=Contact.Medium.choices, widget=forms.Select, initial=Contact.Medium.PHONE)
    words = forms.CharField(label=_("What was said or done"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    next_on = forms.DateField(label=_("Next date"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
