"""The shape of what people fill in about how it went."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nabij.access.models import Dossier
from nabij.casework.forms import day_field, words_field
from nabij.core.errors import Absent
from nabij.core.web.forms import ActionForm

from .models import FACES, QUESTIONS, Experience


class AnswerForm(ActionForm):
    """Four questions with five faces each, none required, and room for words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, words in QUESTIONS.items():
            self.fields[name] = forms.TypedChoiceField(
                label=words, choices=list(FACES.items()), widget=forms.RadioSelect, required=False, coerce=int, empty_value=None
            )
        self.fields["words"] = words_field(_("Would you like to say more?"), 4, required=False, max_length=2000)

    def questions(self) -> list[Any]:
        """Return the four questions, for the template."""
        return [self[name] for name in QUESTIONS]

    def answers(self) -> dict[str, Any]:
        """Return what the action wants to know."""
        return {"answers": {name: self.cleaned_data[name] for name in QUESTIONS}, "words": self.cleaned_data["words"]}


class WhomForm(ActionForm):
    """Who of the case; left out when there is one."""

    def __init__(self, *args: Any, people: list[tuple[Dossier, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.dossiers = {dossier.ref: dossier for dossier, _name in people}
        if len(people) > 1:
            choices = [(dossier.ref, name) for dossier, name in people]
            self.fields["dossier"] = forms.ChoiceField(label=_("Whom?"), choices=choices, widget=forms.RadioSelect)
            self.order_fields(["dossier"])

    def whom(self) -> Dossier:
        """Return who was chosen, or the only one there is. Raises Absent: nobody of the case is open any more."""
        chosen = self.dossiers.get(self.cleaned_data.get("dossier", "")) or next(iter(self.dossiers.values()), None)
        if chosen is None:
            raise Absent
        return chosen


class AskForm(WhomForm):
    way = forms.ChoiceField(
        label=_("How?"), choices=[(way.value, way.label) for way in (Experience.Way.MAIL, Experience.Way.PRINTED)], widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of these.")},
    )  # fmt: skip


class PaperForm(WhomForm, AnswerForm):
    on = day_field(_("Filled in on which day?"))
