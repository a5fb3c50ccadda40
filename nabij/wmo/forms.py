"""The shape of what people fill in about a Wmo track."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nabij.access.models import Dossier
from nabij.casework.forms import day_field, words_field
from nabij.core.errors import Absent
from nabij.core.web.forms import ActionForm

from .models import Move, Topic, Track

YES_NO = [("yes", _("Yes")), ("no", _("No"))]


def choice(label: Any, choices: Any, **options: Any) -> forms.ChoiceField:
    """Make a choice that shows all its answers."""
    return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect, error_messages={"required": _("Choose one of these.")}, **options)


class StartForm(ActionForm):
    """`whom`: who in the case it is about, when there are more; the day of receipt is asked only when no signal says it."""

    dossier = choice(_("For whom?"), [])
    received_on = day_field(_("On which day did the report come in?"), help_text=_("Also when somebody said it on the telephone or at the door."))
    due_on = day_field(_("Next date"))
    reference = forms.CharField(label=_("Reference there"), max_length=80, required=False)

    def __init__(self, *args: Any, whom: list[tuple[Dossier, str]], dated: bool, here: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.dossiers = {dossier.ref: dossier for dossier, _name in whom}
        self.fields["dossier"].choices = [(dossier.ref, name) for dossier, name in whom]
        for name, unwanted in (("dossier", len(whom) == 1), ("received_on", dated), ("reference", here)):
            if unwanted:
                del self.fields[name]

    def whom(self) -> Dossier:
        """Return who was chosen, or the only one there is. Raises Absent: nobody of the case is open any more."""
        chosen = self.dossiers.get(self.cleaned_data.get("dossier", "")) or next(iter(self.dossiers.values()), None)
        if chosen is None:
            raise Absent
        return chosen

    def facts(self) -> dict[str, Any]:
        """Return what the action wants to know."""
        return {name: value for name, value in self.cleaned_data.items() if name != "dossier"}


class ConfirmForm(ActionForm):
    on = day_field(_("On which day?"))
    how = forms.CharField(label=_("How?"), max_length=120, help_text=_("By letter, by mail, by telephone."))


class SupportForm(ActionForm):
    on = day_field(_("On which day did you tell it?"), help_text=_("Client support is free and independent. Say it, also when nobody asks."))


class PlanForm(ActionForm):
    received = choice(_("Did the resident hand in a plan?"), YES_NO)
    on = day_field(_("On which day?"), required=False)

    def clean_received(self) -> bool:
        return self.cleaned_data["received"] == "yes"


class UrgentForm(ActionForm):
    what = forms.CharField(label=_("What is arranged for now?"), max_length=300, help_text=_("It is temporary and starts at once. The inquiry goes on."))


class TopicForm(ActionForm):
    state = choice(_("Was this discussed?"), Topic.State.choices)
    words = words_field(_("What was said?"), 4, required=False, help_text=_("The resident reads this in the letter."))
    about = forms.ChoiceField(choices=Topic.About.choices, widget=forms.HiddenInput)


class MoveForm(ActionForm):
    ground = choice(_("Why?"), Move.Ground.choices)
    words = forms.CharField(label=_("In a few words"), max_length=300, required=False)


class SuspendForm(MoveForm):
    from_on = day_field(_("The term stands still from"))
    until_on = day_field(_("It runs on from"))
    told_on = day_field(_("Told to the resident on"))
    told_how = forms.CharField(label=_("Told how?"), max_length=120, help_text=_("By letter, by mail, by telephone."))


class ExtendForm(MoveForm):
    until_on = day_field(_("The new last day"))
    told_on = day_field(_("Told to the resident on"))
    told_how = forms.CharField(label=_("Told how?"), max_length=120, help_text=_("By letter, by mail, by telephone."))


class ResultForm(ActionForm):
    on = day_field(_("Date of the letter"))
    words = words_field(_("The result, to the resident"), 8, help_text=_("What did we look at, what comes out of it, who does what? Write \"you\"."))
    follows = choice(_("What follows?"), Track.Follows.choices)


class RequestForm(ActionForm):
    on = day_field(_("On which day did the request come in?"), help_text=_("A signed result counts as a request."))


class DecideForm(ActionForm):
    answer = choice(_("What was decided?"), Track.Answer.choices)
    on = day_field(_("Date of the decision"))


class EndForm(ActionForm):
    why = choice(_("Why does it end?"), Track.End.choices)
    reason = forms.CharField(label=_("In a few words"), max_length=300, required=False)


class KeepForm(ActionForm):
    here = choice(_("Where are Wmo reports kept from now on?"), [("yes", _("Here, in Nabij")), ("no", _("In another system"))])
    system = forms.CharField(label=_("Name of the other system"), max_length=80, required=False, help_text=_("For example Suite, or the case system."))

    def clean_here(self) -> bool:
        return self.cleaned_data["here"] == "yes"


def today_first(day: date, *names: str) -> dict[str, date]:
    """Return the same day as a first answer to these questions."""
    return dict.fromkeys(names, day)
