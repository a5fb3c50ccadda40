"""The shape of what people fill in about the network."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nabij.core.web.forms import ActionForm

from .models import CarerLoad, Tie

RINGS = [(1, gettext_lazy("Very close")), (2, gettext_lazy("Close by")), (3, gettext_lazy("Farther away"))]
STRENGTHS = [(1, gettext_lazy("Now and then")), (2, gettext_lazy("Regularly")), (3, gettext_lazy("Strong"))]
OUTSIDE = gettext_lazy("A professional or an organisation")


def day_field(label: Any, **options: Any) -> forms.DateField:
    """Make a field for a day, with the browser's own calendar."""
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options)


def number_field(label: Any, choices: list[tuple[int, Any]], **options: Any) -> forms.TypedChoiceField:
    """Make a choice that gives a number, or None."""
    return forms.TypedChoiceField(label=label, choices=choices, coerce=int, empty_value=None, widget=forms.RadioSelect, **options)


class KnownForm(ActionForm):
    """A form about somebody who may have a dossier too: words to search by, then who was meant."""

    known_as = forms.CharField(
        label=gettext_lazy("Do we know this person too?"), max_length=120, required=False,
        help_text=gettext_lazy("Type name and birth date; then choose who it is. Only who may open both dossiers sees that they belong together."),
    )  # fmt: skip
    other = forms.ChoiceField(label=gettext_lazy("Who is it?"), required=False, widget=forms.RadioSelect)

    def offer(self, people: list[tuple[str, str]]) -> None:
        """Let people choose whom they meant; without anybody to choose the question is not asked."""
        if people:
            self.fields["other"].choices = [*people, ("", _("None of these"))]
        else:
            del self.fields["other"]

    @property
    def is_looking(self) -> bool:
        """Tell whether words were typed and nothing was chosen yet."""
        return bool(self.cleaned_data.get("known_as")) and "other" not in self.data

    def facts(self) -> dict[str, Any]:
        """Return what the action wants to know, the other dossier apart."""
        return {name: value for name, value in self.cleaned_data.items() if name not in {"known_as", "other"}}


class TieForm(KnownForm):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=80)
    kind = forms.ChoiceField(label=gettext_lazy("Who is this?"), choices=Tie.Kind.choices, widget=forms.RadioSelect, error_messages={"required": gettext_lazy("Choose who this is.")})
    relation = forms.CharField(label=gettext_lazy("What is this person to the resident?"), max_length=60, required=False, help_text=gettext_lazy("Daughter, neighbour across the street, GP."))
    ring = number_field(gettext_lazy("How close?"), RINGS, required=False, help_text=gettext_lazy("As the resident sees it. Professionals and organisations stand outside the rings."))
    strength = number_field(gettext_lazy("How much contact?"), STRENGTHS, initial=2)
    does = forms.CharField(label=gettext_lazy("What does this person do?"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2}))
    how_to_reach = forms.CharField(label=gettext_lazy("How to reach?"), max_length=160, required=False, help_text=gettext_lazy("A number or a way. Never a secret address."))
    word = forms.ChoiceField(label=gettext_lazy("What does the resident think of this?"), choices=Tie.Word.choices, initial=Tie.Word.NOT_ASKED, widget=forms.RadioSelect)
    main_carer = forms.BooleanField(label=gettext_lazy("This is the main carer"), required=False)
    since_on = day_field(gettext_lazy("Since"), required=False)

    field_order = ("name", "kind", "relation", "ring", "strength", "does", "how_to_reach", "word", "main_carer", "since_on", "known_as", "other")


class EndForm(ActionForm):
    until_on = day_field(gettext_lazy("Until"))
    why = forms.ChoiceField(label=gettext_lazy("Why not any more?"), choices=Tie.Ended.choices, widget=forms.RadioSelect, error_messages={"required": gettext_lazy("Choose why this has ended.")})

    def facts(self) -> dict[str, Any]:
        return self.cleaned_data


class AskForm(ActionForm):
    load = forms.ChoiceField(
        label=gettext_lazy("How is the helping going?"), choices=CarerLoad.Load.choices, widget=forms.RadioSelect,
        help_text=gettext_lazy("Ask it of the person who helps, without the resident listening."), error_messages={"required": gettext_lazy("Choose how it goes.")},
    )  # fmt: skip
    words = forms.CharField(label=gettext_lazy("In their own words"), max_length=600, required=False, widget=forms.Textarea(attrs={"rows": 3}))
    support = forms.CharField(
        label=gettext_lazy("Which support would be welcome?"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("An evening off, somebody who takes over, a talk with other carers, help with forms."),
    )  # fmt: skip
    asked_on = day_field(gettext_lazy("Asked on"))

    def facts(self) -> dict[str, Any]:
        return self.cleaned_data


class HouseholdForm(KnownForm):
    name = forms.CharField(label=gettext_lazy("Who lives here too?"), max_length=80, required=False)
    relation = forms.CharField(label=gettext_lazy("What is this person to the resident?"), max_length=60, required=False, help_text=gettext_lazy("Partner, son, lodger."))
    from_on = day_field(gettext_lazy("Since"))
    second_home = forms.BooleanField(label=gettext_lazy("This is another home, for example with the other parent"), required=False)

    field_order = ("name", "relation", "from_on", "second_home", "known_as", "other")


class LeaveForm(ActionForm):
    until_on = day_field(gettext_lazy("Until"))

    def facts(self) -> dict[str, Any]:
        return self.cleaned_data


def tie_initial(tie: Tie) -> dict[str, Any]:
    """Return what a tie holds now, for its form."""
    names = ("name", "kind", "relation", "ring", "strength", "does", "how_to_reach", "word", "main_carer", "since_on")
    return {name: getattr(tie, name) for name in names}


def today(on: date) -> dict[str, date]:
    """Return the day that is meant nearly always."""
    return {"until_on": on, "asked_on": on, "from_on": on}
