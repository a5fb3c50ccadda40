"""The shape of what people fill in about a meldcode."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nabij.access.models import Worker
from nabij.casework.forms import day_field, words_field
from nabij.core.web.forms import ActionForm

from .models import MeldStep, Part


class StepForm(ActionForm):
    """`part` says which questions there are: with whom for a talk, what for a decision."""

    part = forms.ChoiceField(choices=Part.choices, widget=forms.HiddenInput)
    corrects = forms.CharField(widget=forms.HiddenInput, required=False)
    on = day_field(_("On which day?"))
    whom = forms.CharField(label=_("With whom?"), max_length=200)
    decision = forms.ChoiceField(
        label=_("What do you decide?"), choices=MeldStep.Decision.choices, widget=forms.RadioSelect, error_messages={"required": _("Choose what you decide.")}
    )
    words = words_field(_("What happened?"), 6)
    next_on = day_field(_("Next date"), required=False)

    def __init__(self, *args: Any, wanted: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if wanted not in {Part.CONSULT, Part.TALK}:
            del self.fields["whom"]
        if wanted != Part.DECIDE:
            del self.fields["decision"]
        else:
            self.fields["next_on"].help_text = _("Without a next date this is finished.")
        self.fields["words"].label = WORDS.get(wanted, _("What happened?"))
        self.fields["words"].help_text = HINTS.get(wanted, "")


WORDS = {
    Part.SIGNS: _("What did you see and hear?"),
    Part.CONSULT: _("What did you ask, and what did they say?"),
    Part.TALK: _("What did they say themselves?"),
    Part.WEIGH: _("How serious is it, and how safe is it now?"),
    Part.DECIDE: _("Why do you decide this?"),
}
HINTS = {
    Part.SIGNS: _("Facts first. Write separately what others told you, and what you make of it."),
    Part.CONSULT: _("Veilig Thuis gives advice without a name: 0800-2000, day and night."),
    Part.TALK: _("Not when it makes somebody less safe. A child may be heard alone."),
    Part.WEIGH: _("Is there acute danger, or again and again? Then reporting is the norm."),
    Part.DECIDE: _("Say also what you told the people themselves."),
}


class NameForm(ActionForm):
    worker = forms.ChoiceField(label=_("Which colleague?"), help_text=_("They can read everything here, add steps and take it over. Nobody else notices."))

    def __init__(self, *args: Any, people: list[Worker], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {worker.ref: worker for worker in people}
        self.fields["worker"].choices = [(worker.ref, worker.name) for worker in people]

    def person(self) -> Worker:
        """Return who was chosen."""
        return self.people[self.cleaned_data["worker"]]
