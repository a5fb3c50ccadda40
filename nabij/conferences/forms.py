"""The shape of what people fill in about a conference."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nabij.access.models import Dossier, Membership
from nabij.casework.forms import PeopleForm, day_field, words_field
from nabij.core.web.forms import ActionForm

from .models import Conference

BASES = [
    gettext_lazy("The resident asks for it or agrees"),
    gettext_lazy("A legal task of this organisation (Wmo 2015, Jeugdwet)"),
    gettext_lazy("A vital interest: life or health is in danger"),
    gettext_lazy("The reporting code (Wmo 2015 art. 3.3)"),
]


class PlanForm(ActionForm):
    starts_at = forms.DateTimeField(label=gettext_lazy("When?"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"))
    place = forms.CharField(label=gettext_lazy("Where?"), max_length=120, required=False, help_text=gettext_lazy("A room, an address or by video."))
    question = words_field(gettext_lazy("Which question is on the table?"))
    resident_part = forms.ChoiceField(label=gettext_lazy("And the resident?"), choices=Conference.Part.choices, widget=forms.RadioSelect)
    resident_why = forms.CharField(label=gettext_lazy("Why was the resident not told?"), max_length=200, required=False)


class ParticipantForm(PeopleForm):
    member = forms.ChoiceField(label=gettext_lazy("A colleague"), required=False)
    name = forms.CharField(label=gettext_lazy("Or somebody else: name"), max_length=120, required=False)
    organisation = forms.CharField(label=gettext_lazy("Organisation of this person"), max_length=120, required=False)
    why = forms.CharField(label=gettext_lazy("Why is this person needed?"), max_length=200)
    basis = forms.ChoiceField(label=gettext_lazy("On which basis may we share with this person?"))
    opened = forms.MultipleChoiceField(
        label=gettext_lazy("Which dossier may this colleague read along in?"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Only when they cannot open it yet and need to. It closes again when the conference is over."),
    )  # fmt: skip

    def __init__(self, *args: Any, people: list[Membership], residents: list[tuple[Dossier, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people_field("member", people, first=[("", _("Nobody from here"))])
        self.fields["basis"].choices = [(str(words), words) for words in BASES]
        self.residents = {dossier.ref: dossier for dossier, _name in residents}
        self.fields["opened"].choices = [(dossier.ref, name) for dossier, name in residents]

    def facts(self) -> dict[str, Any]:
        """Return what the action wants to know."""
        data = self.cleaned_data
        return data | {"member": self.person("member"), "opened": [self.residents[ref] for ref in data["opened"]]}


class AgreementForm(PeopleForm):
    text = forms.CharField(label=gettext_lazy("What was agreed?"), max_length=300)
    owner = forms.ChoiceField(label=gettext_lazy("Who does it?"), required=False)
    outsider = forms.CharField(
        label=gettext_lazy("Or somebody from outside"), max_length=120, required=False, help_text=gettext_lazy("Then the coordinator looks whether it happened.")
    )
    due_on = day_field(gettext_lazy("By when?"))
    dossier = forms.ChoiceField(label=gettext_lazy("About whom?"))

    def __init__(self, *args: Any, people: list[Membership], residents: list[tuple[Dossier, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people_field("owner", people, first=[("", _("Somebody from outside"))])
        self.residents = {dossier.ref: dossier for dossier, _name in residents}
        self.fields["dossier"].choices = [(dossier.ref, name) for dossier, name in residents]
        if len(residents) == 1:
            self.fields["dossier"].initial = residents[0][0].ref


class HoldForm(ActionForm):
    resident_part = forms.ChoiceField(label=gettext_lazy("And the resident?"), choices=Conference.Part.choices, widget=forms.RadioSelect)
    resident_why = forms.CharField(label=gettext_lazy("Why was the resident not told?"), max_length=200, required=False)
    notes = words_field(gettext_lazy("What was said?"), 4, required=False)
    audience = forms.ChoiceField(label=gettext_lazy("Who may read this?"), choices=Conference.Audience.choices, initial="team", widget=forms.RadioSelect)
    nothing_agreed = words_field(gettext_lazy("Why was nothing agreed?"), 2, required=False)

    def __init__(self, *args: Any, agreed: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if agreed:
            del self.fields["nothing_agreed"]


class CancelForm(ActionForm):
    why = words_field(gettext_lazy("Why does it not go on?"), 2)
