"""The shape of what people fill in about a case."""

from decimal import Decimal
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nabij.access.models import Dossier, Membership
from nabij.administration.forms import Facts
from nabij.core.web.forms import ActionForm

from .models import Case, Goal, NetworkAsk, PlanCopy

RUNG_HINTS = gettext_lazy("They stand beside each other: more than one is fine.")


def day_field(label: Any, **options: Any) -> forms.DateField:
    """Make a field for a day, with the browser's own calendar."""
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options)


def words_field(label: Any, rows: int = 3, **options: Any) -> forms.CharField:
    """Make a text box."""
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": rows}), **options)


class PeopleForm(ActionForm):
    """A form with a choice of people; the team is named when there is more than one."""

    def people_field(self, name: str, people: list[Membership], *, first: list[tuple[str, str]] | None = None) -> None:
        """Fill a choice with these people."""
        self.people = {member.ref: member for member in people}
        several = len({member.team_id for member in people}) > 1
        named = [(m.ref, f"{m.worker.name} ({m.team.name})" if several else m.worker.name) for m in people]
        self.fields[name].choices = [*(first or []), *named]

    def person(self, name: str) -> Membership | None:
        """Return who was chosen."""
        return self.people.get(getattr(self, "cleaned_data", {}).get(name, ""))


class OpenCaseForm(PeopleForm):
    question = words_field(
        gettext_lazy("What does the resident ask, in their own words?"), required=False, help_text=gettext_lazy("You can also write this after the first talk.")
    )
    owner = forms.ChoiceField(label=gettext_lazy("Coordinator"), help_text=gettext_lazy("One person who answers for it."))
    due_on = day_field(gettext_lazy("First talk at the latest on"))

    def __init__(self, *args: Any, people: list[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people_field("owner", people)


class CoordinatorForm(PeopleForm):
    owner = forms.ChoiceField(label=gettext_lazy("Coordinator"))
    due_on = day_field(gettext_lazy("Next date"), required=False)

    def __init__(self, *args: Any, people: list[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people_field("owner", people, first=[("", _("Choose a colleague"))])


class QuestionForm(ActionForm):
    question = words_field(gettext_lazy("In the resident's own words"), required=False)


class AddGoalForm(ActionForm):
    text = forms.CharField(
        label=gettext_lazy("What does the resident want to reach?"), max_length=300, error_messages={"required": gettext_lazy("Write what the resident wants to reach.")}
    )


class AgreeForm(ActionForm):
    how = forms.ChoiceField(label=gettext_lazy("How did they agree?"), choices=Case.Agreement.choices, widget=forms.RadioSelect, initial="spoken")
    on = day_field(gettext_lazy("On which day?"))
    present = forms.CharField(label=gettext_lazy("Who were there?"), max_length=200, help_text=gettext_lazy("For example: the resident and a daughter."))


class EndGoalForm(ActionForm):
    result = forms.ChoiceField(
        label=gettext_lazy("How did it end?"), choices=Goal.Result.choices, widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose how this goal ended.")},
    )  # fmt: skip
    words = forms.CharField(label=gettext_lazy("In a few words"), max_length=300, required=False)


class NetworkForm(ActionForm):
    answer = forms.ChoiceField(
        label=gettext_lazy("Own network asked?"), choices=NetworkAsk.Answer.choices, error_messages={"required": gettext_lazy("Choose one of the answers.")}
    )


class AddActivityForm(ActionForm):
    text = forms.CharField(label=gettext_lazy("What happens?"), max_length=300)
    rung = forms.TypedChoiceField(label=gettext_lazy("Who helps?"), coerce=int, widget=forms.RadioSelect, help_text=RUNG_HINTS)
    carrier = forms.CharField(label=gettext_lazy("Who does it?"), max_length=120, help_text=gettext_lazy("A name or a few words: the neighbour, the food bank."))
    goal = forms.ChoiceField(label=gettext_lazy("For which goal?"), required=False)
    due_on = day_field(gettext_lazy("We look at it on"), required=False)

    def __init__(self, *args: Any, goals: list[Goal], rungs: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.goals = {goal.ref: goal for goal in goals}
        self.fields["rung"].choices = rungs
        self.fields["goal"].choices = [("", _("No goal in particular")), *((goal.ref, goal.text) for goal in goals)]
        if not goals:
            del self.fields["goal"]


class FinishActivityForm(ActionForm):
    OUTCOMES = [("done", gettext_lazy("Done")), ("not_done", gettext_lazy("It did not happen")), ("not_needed", gettext_lazy("Not needed any more"))]

    outcome = forms.ChoiceField(label=gettext_lazy("How did it end?"), choices=OUTCOMES, widget=forms.RadioSelect, initial="done")


class VolunteerForm(PeopleForm):
    volunteer = forms.ChoiceField(label=gettext_lazy("Volunteer"))
    due_on = day_field(gettext_lazy("Next date"), required=False)

    def __init__(self, *args: Any, people: list[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people_field("volunteer", people, first=[("", _("Choose a volunteer"))])


class LinkForm(ActionForm):
    words = forms.CharField(label=gettext_lazy("Who else is it about?"), max_length=200, help_text=gettext_lazy("Name, birth date, address or telephone."))


class CloseForm(ActionForm):
    resident_word = words_field(gettext_lazy("What does the resident say about it?"), required=False, help_text=gettext_lazy("As the resident says it, not as we call it."))
    reason = words_field(gettext_lazy("Why does it end now?"), 2)
    end_activities = forms.BooleanField(label=gettext_lazy("What still runs ends with the case"), required=False)

    def __init__(self, *args: Any, goals: list[Goal], running: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.goals = goals
        for goal in goals:
            self.fields[f"result_{goal.ref}"] = forms.ChoiceField(
                label=gettext_lazy("How did it end?"), choices=Goal.Result.choices, widget=forms.RadioSelect,
                error_messages={"required": gettext_lazy("Choose how this goal ended.")},
            )  # fmt: skip
            self.fields[f"words_{goal.ref}"] = forms.CharField(label=gettext_lazy("In a few words"), max_length=300, required=False)
        if not running:
            del self.fields["end_activities"]

    def goal_fields(self) -> list[tuple[Goal, BoundField, BoundField]]:
        """Return each goal with its two fields, for the template."""
        return [(goal, self[f"result_{goal.ref}"], self[f"words_{goal.ref}"]) for goal in self.goals]

    def facts(self) -> dict[str, Any]:
        """Return what the action wants to know."""
        data = self.cleaned_data
        results = {goal.pk: (data[f"result_{goal.ref}"], data[f"words_{goal.ref}"]) for goal in self.goals}
        return {"results": results, "resident_word": data["resident_word"], "reason": data["reason"], "end_activities": data.get("end_activities", False)}


class ReopenForm(PeopleForm):
    owner = forms.ChoiceField(label=gettext_lazy("Coordinator"), required=False)
    due_on = day_field(gettext_lazy("Next date"))

    def __init__(self, *args: Any, people: list[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people_field("owner", people, first=[("", _("As before"))])


class DeathForm(ActionForm):
    on = day_field(gettext_lazy("On which day did this resident die?"))


def euro_field(label: Any, **options: Any) -> forms.DecimalField:
    """Make a field for an amount in euros; a comma is fine."""
    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
    return forms.DecimalField(label=label, max_digits=9, decimal_places=2, localize=True, widget=widget, **options)


class BreakthroughForm(PeopleForm):
    text = forms.CharField(label=gettext_lazy("What do we do?"), max_length=300)
    reason = words_field(gettext_lazy("Why does the standard offer not fit here?"))
    rung = forms.TypedChoiceField(label=gettext_lazy("Who helps?"), coerce=int, widget=forms.RadioSelect)
    carrier = forms.CharField(label=gettext_lazy("Who does it?"), max_length=120)
    amount = euro_field(gettext_lazy("What does it cost, in euros?"), required=False, help_text=gettext_lazy("Leave this empty when it costs nothing."))
    peer = forms.ChoiceField(label=gettext_lazy("Who looks along?"), required=False)
    due_on = day_field(gettext_lazy("We look at it on"), required=False)

    def __init__(self, *args: Any, people: list[Membership], limit: str, rungs: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rung"].choices = rungs
        self.people_field("peer", people, first=[("", _("Choose a colleague"))])
        self.fields["peer"].help_text = _("Only above %(amount)s. A colleague says yes or no within two working days.") % {"amount": limit}


class WordForm(ActionForm):
    ANSWERS = [("yes", gettext_lazy("Yes, do it")), ("no", gettext_lazy("No, and this is why"))]

    agrees = forms.TypedChoiceField(
        label=gettext_lazy("What is your word?"), choices=ANSWERS, coerce=lambda said: said == "yes", empty_value=None, widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose yes or no.")},
    )  # fmt: skip
    words = words_field(gettext_lazy("Why?"), required=False, help_text=gettext_lazy("With a no your colleague must be able to read why."))


class LimitForm(Facts):
    amount = euro_field(gettext_lazy("Up to how many euros does a worker decide alone?"), min_value=Decimal(0))


class LetterForm(PeopleForm):
    dossier = forms.ChoiceField(label=gettext_lazy("For whom?"))
    kind = forms.ChoiceField(label=gettext_lazy("Which letter?"), choices=PlanCopy.Kind.choices, initial="plan", widget=forms.RadioSelect)
    language = forms.ChoiceField(label=gettext_lazy("In which language?"), choices=[("nl", "Nederlands"), ("en", "English")], initial="nl")
    form = forms.ChoiceField(label=gettext_lazy("As what?"), choices=PlanCopy.Form.choices, initial="pdf", widget=forms.RadioSelect)

    def __init__(self, *args: Any, residents: list[tuple[Dossier, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.residents = {dossier.ref: dossier for dossier, _name in residents}
        self.fields["dossier"].choices = [(dossier.ref, name) for dossier, name in residents]

    def facts(self) -> dict[str, Any]:
        """Return what a letter wants to know."""
        return self.cleaned_data | {"dossier": self.residents[self.cleaned_data["dossier"]]}


class KeepForm(LetterForm):
    handed_on = day_field(gettext_lazy("On which day did the resident get it?"))
