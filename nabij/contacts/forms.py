"""The shape of what people fill in about contact."""

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nabij.access.models import Dossier
from nabij.core.web.forms import ActionForm

from .actions import Texts
from .models import Contact, ContactText
from .queries import NextDates

MOMENT = {"type": "datetime-local"}
REACHED = [("yes", gettext_lazy("Reached")), ("no", gettext_lazy("Not reached: an attempt"))]
MAY_ASK = gettext_lazy("The resident can ask to read this.")


def day_field(label: Any, **options: Any) -> forms.DateField:
    """Make a field for a day, with the browser's own calendar."""
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options)


def audience_field() -> forms.ChoiceField:
    """Make the choice of who may read a text."""
    return forms.ChoiceField(
        label=gettext_lazy("Who may read this?"), choices=ContactText.Audience.choices, initial=ContactText.Audience.TEAM, widget=forms.RadioSelect, help_text=MAY_ASK
    )


class RecordForm(ActionForm):
    medium = forms.ChoiceField(
        label=gettext_lazy("How?"), choices=Contact.Medium.choices, widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose how there was contact.")},
    )  # fmt: skip
    reached = forms.ChoiceField(label=gettext_lazy("Reached?"), choices=REACHED, widget=forms.RadioSelect, initial="yes")
    happened_at = forms.DateTimeField(label=gettext_lazy("When?"), widget=forms.DateTimeInput(attrs=MOMENT, format="%Y-%m-%dT%H:%M"))
    with_whom = forms.CharField(label=gettext_lazy("With whom?"), max_length=120, required=False, help_text=gettext_lazy("The resident, a daughter, the GP."))
    minutes = forms.IntegerField(label=gettext_lazy("How many minutes?"), min_value=1, max_value=999, required=False)
    next_date = forms.ChoiceField(label=gettext_lazy("Next date"), widget=forms.RadioSelect, initial="proposed")
    next_on = day_field(gettext_lazy("Another day"), required=False)

    def __init__(self, *args: Any, dossiers: list[Dossier], dates: NextDates, days: tuple[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.dossiers, self.dates = dossiers, dates
        for dossier in dossiers:
            self.fields[f"text_{dossier.ref}"] = forms.CharField(
                label=gettext_lazy("What was said or seen"), widget=forms.Textarea(attrs={"rows": 4}), required=False
            )
            self.fields[f"audience_{dossier.ref}"] = audience_field()
        if dates.reached is None and dates.resting_until is None:
            del self.fields["next_date"], self.fields["next_on"]
            return
        proposed = _("%(reached)s; not reached: %(tried)s, in another part of the day (%(part)s)")
        words = proposed % {"reached": days[0], "tried": days[1], "part": dates.part.lower()}
        first = [("proposed", words)] if dates.reached else []
        self.fields["next_date"].choices = [*first, ("other", _("Another day")), ("keep", _("Leave the date as it is"))]
        if not dates.reached:
            self.fields["next_date"].initial = "keep"

    def texts_fields(self, people: list[tuple[Dossier, str]]) -> list[tuple[Dossier, str, BoundField, BoundField]]:
        """Return each resident with name, text field and audience field, for the template."""
        return [(dossier, name, self[f"text_{dossier.ref}"], self[f"audience_{dossier.ref}"]) for dossier, name in people]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("next_date") == "other" and not data.get("next_on") and "next_on" not in self.errors:
            self.add_error("next_on", _("Choose a day."))
        return data

    def facts(self) -> dict[str, Any]:
        """Return what the action wants to know."""
        data, reached = self.cleaned_data, self.cleaned_data["reached"] == "yes"
        proposed = self.dates.reached if reached else self.dates.tried
        chosen = {"proposed": proposed, "other": data.get("next_on")}.get(data.get("next_date", ""))
        texts: Texts = {d.pk: (data[f"audience_{d.ref}"], data[f"text_{d.ref}"].strip()) for d in self.dossiers}
        kept = {name: data[name] for name in ("medium", "happened_at", "with_whom", "minutes")}
        return {**kept, "reached": reached, "next_on": chosen, "texts": texts}


class TriedForm(ActionForm):
    MEDIA = [(m.value, m.label) for m in (Contact.Medium.PHONE, Contact.Medium.VISIT, Contact.Medium.MESSAGE)]

    medium = forms.ChoiceField(choices=MEDIA, error_messages={"required": gettext_lazy("Choose how you tried.")})
    next_on = day_field(gettext_lazy("Try again on"), required=False)


class WellForm(ActionForm):
    words = forms.CharField(label=gettext_lazy("Anything to add?"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    next_on = day_field(gettext_lazy("Next date"), required=False)


class TextForm(ActionForm):
    words = forms.CharField(label=gettext_lazy("What was said or seen"), widget=forms.Textarea(attrs={"rows": 5}), required=False)
    audience = audience_field()


class WithdrawForm(ActionForm):
    """Nothing to fill in."""
