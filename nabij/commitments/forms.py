"""The shape of what people fill in about a commitment."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nabij.access.models import Membership
from nabij.core.web.forms import ActionForm

from .queries import quick_dates

DAY = {"type": "date"}
OUTCOMES = [("done", gettext_lazy("Done")), ("not_needed", gettext_lazy("Not needed any more"))]


def day_field(label: Any, **options: Any) -> forms.DateField:
    """Make a field for a day, with the browser's own calendar."""
    return forms.DateField(label=label, widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"), **options)


def short_text(rows: int = 2) -> forms.Textarea:
    """Make a small text box."""
    return forms.Textarea(attrs={"rows": rows})


class TakeForm(ActionForm):
    """Nothing to fill in."""


class OwnerForm(ActionForm):
    """A form with a choice of colleagues; the team is named when there is more than one."""

    owner = forms.ChoiceField(label=gettext_lazy("Who"))

    def __init__(self, *args: Any, people: list[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {member.ref: member for member in people}
        several = len({member.team_id for member in people}) > 1
        named = [(m.ref, f"{m.worker.name} ({m.team.name})" if several else m.worker.name) for m in people]
        self.fields["owner"].choices = named

    @property
    def member(self) -> Membership | None:
        """Return the colleague that was chosen."""
        return self.people.get(getattr(self, "cleaned_data", {}).get("owner", ""))


class HandOverForm(OwnerForm):
    due_on = day_field(gettext_lazy("Next date"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = [("", _("Choose a colleague")), *self.fields["owner"].choices]


class SetDateForm(ActionForm):
    when = forms.ChoiceField(required=False, choices=[(name, name) for name in ("tomorrow", "week", "two_weeks", "other")])
    due_on = day_field(gettext_lazy("Another day"), error_messages={"required": gettext_lazy("Choose a day.")})

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.quick = quick_dates(on=on)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        data["day"] = self.quick.get(data.get("when", "")) or data.get("due_on")
        if data.get("when") in self.quick:  # one tap: what stands in the other box does not matter
            self.errors.pop("due_on", None)
        return data


class PauseForm(ActionForm):
    reason = forms.CharField(label=gettext_lazy("Why is doing nothing better now?"), widget=short_text())
    agreed_with = forms.CharField(label=gettext_lazy("Agreed with"), max_length=120, help_text=gettext_lazy("The resident, the family, a colleague."))
    look_again_on = day_field(gettext_lazy("We look again on"))
    sooner_if = forms.CharField(label=gettext_lazy("We come sooner if"), widget=short_text())


class ResumeForm(ActionForm):
    due_on = day_field(gettext_lazy("Next date"))


class TaskForm(OwnerForm):
    what = forms.CharField(label=gettext_lazy("What"), max_length=120, help_text=gettext_lazy("One line, without anything about health: it stands in lists."))
    due_on = day_field(gettext_lazy("On which day"))
    note = forms.CharField(label=gettext_lazy("More about it"), widget=short_text(3), required=False)

    field_order = ["what", "due_on", "owner", "note"]


class FinishForm(ActionForm):
    outcome = forms.ChoiceField(label=gettext_lazy("How did it end?"), choices=OUTCOMES, widget=forms.RadioSelect, initial="done")
