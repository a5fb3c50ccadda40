"""The shape of what is typed about a resident."""

from typing import Any

from django import forms
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nabij.access.models import Team
from nabij.core.web.forms import ActionForm
from nabij.linkage import Person

from .models import Address, Away, ContactWay, ParentalAuthority, Representative, Resident, SafetyNote

NAMES = (
    "call_name", "initials", "given_names", "prefix", "surname", "partner_prefix", "partner_surname", "name_order",
    "birth_day", "birth_month", "birth_year", "language", "interpreter", "cannot_read",
)  # fmt: skip
PERSON_NAMES = ("surname", "prefix", "partner_surname", "given_names", "call_name", "initials", "description")
PLACE = ("street", "number", "postcode", "place")
NUMERIC = {"inputmode": "numeric"}


def day_input() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class ModelFields(ActionForm):
    """A form with some fields of a table, in the words of that table."""

    of: type[Model]
    shown: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    hints: dict[str, Any] = {}
    words: dict[str, Any] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields = forms.fields_for_model(self.of, self.shown, labels=self.words)
        for name, field in fields.items():
            if isinstance(field, forms.DateField):
                field.widget = day_input()
            if isinstance(field, forms.IntegerField):
                field.widget = forms.NumberInput(attrs=NUMERIC)
            field.required = field.required and (not self.asked or name in self.asked)
            field.widget.is_required = field.required
            field.widget.attrs.setdefault("autocomplete", "off")
            field.help_text = self.hints.get(name, field.help_text)
        self.fields = {**fields, **self.fields}


class NamesForm(ModelFields):
    of, shown, asked = Resident, NAMES, ("name_order",)
    hints = {
        "initials": gettext_lazy("For example J.M."),
        "prefix": gettext_lazy("For example van der. You may also type it before the surname."),
        "cannot_read": gettext_lazy("Then we call, or use the page with pictures."),
        "interpreter": gettext_lazy("Never a child."),
    }


class UnknownForm(ModelFields):
    of, shown = Resident, ("description", "language")
    hints = {"description": gettext_lazy("How would a colleague recognise this person, and where?")}


class CreateForm(ActionForm):
    """Names or a description, a first address, a number, the team. `somebody_else`: looked at who is alike, and it is not them."""

    phone = forms.CharField(label=gettext_lazy("Telephone"), max_length=60, required=False)
    restricted = forms.BooleanField(label=gettext_lazy("Restricted dossier"), required=False)
    somebody_else = forms.BooleanField(label=gettext_lazy("I looked: this is somebody else"), required=False)

    def __init__(self, *args: Any, teams: "QuerySet[Team]", unknown: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.unknown = unknown
        person = UnknownForm() if unknown else NamesForm()
        address = ModelFieldsOfPlace()
        self.person_names, self.teams = list(person.fields), list(teams)
        self.fields = {**person.fields, **address.fields, **self.fields}
        self.fields["restricted"].help_text = _(
            "For colleagues, their family and well-known people: only you open it, and whom you give access."
        )
        if len(self.teams) > 1:
            choices = [(team.ref, team.name) for team in self.teams]
            self.fields["team"] = forms.ChoiceField(label=_("Team"), choices=choices)

    @property
    def team(self) -> Team | None:
        """Return the team that was chosen, else the only one."""
        wanted = self.cleaned_data.get("team")
        return next((team for team in self.teams if not wanted or team.ref == wanted), None)

    def person(self) -> Person:
        """Return by what this person could be here already."""
        typed = self.cleaned_data
        names = {name: typed.get(name) or "" for name in PERSON_NAMES}
        births = {name: typed.get(name) for name in ("birth_year", "birth_month", "birth_day")}
        phones = (typed["phone"],) if typed["phone"] else ()
        return Person(**names, **births, **{name: typed[name] for name in PLACE}, phones=phones)

    def resident(self) -> dict[str, Any]:
        """Return what is written down."""
        typed = self.cleaned_data
        place = {name: typed[name] for name in (*PLACE, "secret")}
        given = any(typed[name] for name in PLACE)
        return {
            **{name: typed[name] for name in self.person_names},
            "known": not self.unknown,
            "restricted": typed["restricted"],
            "phone": typed["phone"],
            "address": place if given else None,
        }


class ModelFieldsOfPlace(ModelFields):
    of, shown = Address, (*PLACE, "secret")
    hints = {"secret": gettext_lazy("Then it is kept encrypted, and shown in no list, search or route.")}


class AddressForm(ModelFieldsOfPlace):
    shown, asked = ("kind", *PLACE, "secret", "from_on"), ("kind",)


class MoveForm(ModelFieldsOfPlace):
    shown, asked = (*PLACE, "secret", "from_on"), ("from_on",)


class UntilForm(ActionForm):
    until_on = forms.DateField(label=gettext_lazy("Until"), widget=day_input())


class SureForm(ActionForm):
    """Nothing to fill in: only yes."""


class WayForm(ModelFields):
    of, shown, asked = ContactWay, ("kind", "value", "mind", "safe", "preferred"), ("kind",)
    hints = {"mind": gettext_lazy("For example: only after six, or the phone belongs to the partner.")}


class SafetyForm(ModelFields):
    of, shown = SafetyNote, ("fact", "what_to_do", "review_on")
    hints = {
        "fact": gettext_lazy("A fact: what, when, seen by whom. Only paid colleagues read this."),
        "what_to_do": gettext_lazy("Everybody who goes there reads this, volunteers too. Do not write why."),
    }


class ReviewForm(ModelFields):
    of, shown = SafetyNote, ("review_on",)


class AuthorityForm(ModelFields):
    of, shown, asked = ParentalAuthority, ("holder_name", "guardian", "from_on"), ("from_on",)


class RepresentativeForm(ModelFields):
    of, shown = Representative, ("kind", "name", "organisation", "phone", "from_on")


class AwayForm(ModelFields):
    of, shown = Away, ("kind", "from_on", "until_on")
    words = {
        "kind": gettext_lazy("Why"),
        "from_on": gettext_lazy("From"),
        "until_on": gettext_lazy("Until and including"),
    }
