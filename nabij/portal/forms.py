"""What a worker writes down about the talk, the code a resident types, and what is not right."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nabij.casework.forms import day_field, words_field
from nabij.core.web.forms import ActionForm

from .models import OwnPage

PART_WORDS = [
    ("plan", _("The plan, with a personal code")),
    ("contacts", _("The contacts, at a visit")),
    ("looks", _("Who looked, at a visit")),
    ("download", _("Take everything along as a file, at a visit")),
]


class PartsForm(ActionForm):
    parts = forms.MultipleChoiceField(label=_("What do we open?"), choices=PART_WORDS, required=False, widget=forms.CheckboxSelectMultiple)
    others_know = forms.BooleanField(label=_("The other people in this plan know that it can be read"), required=False)

    def __init__(self, *args: Any, people: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if people < 2:
            del self.fields["others_know"]

    def chosen(self) -> dict[str, Any]:
        """Return which parts, and whether the others know."""
        return {"parts": tuple(self.cleaned_data["parts"]), "others_know": self.cleaned_data.get("others_know", False)}


class TalkForm(PartsForm):
    talk_on = day_field(_("When did you talk about it?"))
    phone_readers = forms.CharField(label=_("Who else sees the telephone?"), max_length=200, help_text=_("For example: nobody, a partner, a child who helps."))
    mail_readers = forms.CharField(label=_("Who else reads the mail and the post?"), max_length=200)
    safe = forms.TypedChoiceField(
        label=_("Is it safe for the resident to read along?"), choices=[("yes", _("Yes")), ("no", _("No"))], coerce=lambda value: value == "yes",
        widget=forms.RadioSelect, error_messages={"required": _("Choose yes or no.")},
    )  # fmt: skip
    holder = forms.ChoiceField(label=_("Who gets the code?"), choices=OwnPage.Holder.choices, initial=OwnPage.Holder.RESIDENT, widget=forms.RadioSelect)
    holder_name = forms.CharField(label=_("Name of who acts for the resident"), max_length=120, required=False)
    checked = forms.CharField(label=_("How did you check that they may?"), max_length=200, required=False, help_text=_("For example: seen in the authority register on paper."))
    field_order = ("talk_on", "phone_readers", "mail_readers", "safe", "holder", "holder_name", "checked", "parts", "others_know")

    def facts(self) -> dict[str, Any]:
        """Return what the action wants to know."""
        names = ("talk_on", "phone_readers", "mail_readers", "safe", "holder", "holder_name", "checked")
        return {**{name: self.cleaned_data[name] for name in names}, **self.chosen()}


class CodeWayForm(ActionForm):
    way = forms.ChoiceField(
        label=_("How does the resident get the code?"), choices=[("told", _("I tell it, or show it now")), ("letter", _("As a letter to print (PDF)"))],
        initial="told", widget=forms.RadioSelect,
    )  # fmt: skip


class PlainForm(ActionForm):
    """Nothing to fill in: only yes."""


class EnterForm(ActionForm):
    code = forms.CharField(
        label=_("Your personal code"), max_length=60, help_text=_("Sixteen letters and figures, as it stands in your letter. Capitals and dashes do not matter."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={"required": _("Type the code from your letter.")},
    )  # fmt: skip


class WrongForm(ActionForm):
    words = words_field(_("What is not right?"), 5, max_length=2000, help_text=_("Write it as you would say it."), error_messages={"required": _("Write down what is not right.")})
