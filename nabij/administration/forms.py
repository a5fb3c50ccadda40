"""The shape of what an administrator fills in."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nabij.access.agreements import Agreements, Domain
from nabij.access.models import Controller, Membership, Neighbourhood, Region, Role, Team, TeamArea
from nabij.core.web.forms import ActionForm

FILE_LIMIT = 2 * 1024 * 1024
PHONE = {"label": gettext_lazy("Telephone"), "max_length": 30, "required": False}


def day_field(label: Any, **options: Any) -> forms.DateField:
    """Make a field for a day, with the browser's own calendar."""
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options)


class Facts(ActionForm):
    """A form whose fields are the arguments of its action; choices of rows give the row itself."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows: dict[str, dict[str, Any]] = {}

    def offer(self, name: str, rows: Iterable[Any], empty: str = "") -> None:
        """Let people choose one of these rows, named by their ref (or key)."""
        self.rows[name] = {str(getattr(row, "ref", None) or row.pk): row for row in rows}
        named = [(key, self.label_of(row)) for key, row in self.rows[name].items()]
        self.fields[name].choices = [("", empty or _("Choose")), *named]

    def label_of(self, row: Any) -> str:
        """Return a row as people know it."""
        return row.worker.name if isinstance(row, Membership) else str(row)

    def facts(self) -> dict[str, Any]:
        """Return the arguments for the action."""
        return {name: self.rows[name].get(value) if name in self.rows else value for name, value in self.cleaned_data.items()}


class SureForm(Facts):
    """Nothing to fill in: the button says it."""


class PersonForm(Facts):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    email = forms.EmailField(label=gettext_lazy("E-mail address"), help_text=gettext_lazy("With this address this person logs in."))
    phone = forms.CharField(**PHONE)
    languages = forms.CharField(
        label=gettext_lazy("Languages besides Dutch"), max_length=120, required=False, help_text=gettext_lazy("For example: Turkish, Polish.")
    )


class MembershipForm(Facts):
    team = forms.ChoiceField(label=gettext_lazy("Team"))
    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=Role.choices)
    paid = forms.BooleanField(label=gettext_lazy("Paid"), required=False, help_text=gettext_lazy("Not paid: a volunteer, who sees only their own people."))
    hours = forms.DecimalField(label=gettext_lazy("Hours per week"), required=False, min_value=0, max_value=60, decimal_places=1, max_digits=4)
    from_on = day_field(gettext_lazy("From"))
    until_on = day_field(gettext_lazy("Last day"), required=False)

    def __init__(self, *args: Any, teams: Iterable[Team], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("team", teams)


class PlanEndForm(Facts):
    until_on = day_field(gettext_lazy("Last day"), required=False, help_text=gettext_lazy("After this day the access stops. Leave it empty to take the plan away."))


class TeamForm(Facts):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    phone = forms.CharField(**PHONE, help_text=gettext_lazy("Colleagues of other teams see this number when a resident is known here."))


class ChangeTeamForm(TeamForm):
    assigned_only = forms.BooleanField(
        label=gettext_lazy("Colleagues open only what was given to them"), required=False,
        help_text=gettext_lazy("Off: every paid colleague of the team may open the team's dossiers. What they open is written down."),
    )  # fmt: skip


class NewTeamForm(TeamForm):
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=Team.Kind.choices)
    controller = forms.ChoiceField(label=gettext_lazy("Organisation"), help_text=gettext_lazy("This organisation answers for the data of the team."))

    def __init__(self, *args: Any, controllers: Iterable[Controller], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("controller", controllers)


class LeadForm(Facts):
    lead = forms.ChoiceField(label=gettext_lazy("Team lead"))
    substitute = forms.ChoiceField(label=gettext_lazy("Substitute of the lead"))

    def __init__(self, *args: Any, people: list[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("lead", people)
        self.offer("substitute", people)


class AreaForm(Facts):
    neighbourhood = forms.ChoiceField(label=gettext_lazy("Neighbourhood"))
    from_on = day_field(gettext_lazy("From"))

    def __init__(self, *args: Any, places: Iterable[Neighbourhood], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("neighbourhood", places)


class EndAreaForm(Facts):
    area = forms.ChoiceField(label=gettext_lazy("Neighbourhood"))
    until_on = day_field(gettext_lazy("Last day"))

    def __init__(self, *args: Any, areas: Iterable[TeamArea], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("area", areas)

    def label_of(self, row: Any) -> str:
        return row.neighbourhood.name


class RotaForm(Facts):
    """One choice a day; empty: the lead takes what comes in."""

    def __init__(self, *args: Any, days: list[date], people: list[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.days = {f"d{day:%Y%m%d}": day for day in days}
        for name, day in self.days.items():
            self.fields[name] = forms.ChoiceField(label=date_format(day, "l j F"), required=False)
            self.offer(name, people, _("The lead"))

    def facts(self) -> dict[str, Any]:
        return {"days": {self.days[name]: membership for name, membership in super().facts().items()}}


class MunicipalityForm(Facts):
    phone = forms.CharField(**PHONE, help_text=gettext_lazy("Whom people call when it cannot wait. It stands on the public form."))
    reading_hours = forms.CharField(
        label=gettext_lazy("When we read"), max_length=200, required=False,
        help_text=gettext_lazy("For example: We read this on working days between 9 and 5."),
    )  # fmt: skip


class FrontDoorForm(Facts):
    team = forms.ChoiceField(label=gettext_lazy("Front-door team"), help_text=gettext_lazy("Gets every signal of which the place is not known."))

    def __init__(self, *args: Any, teams: Iterable[Team], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("team", teams)


class JoinRegionForm(Facts):
    region = forms.ChoiceField(label=gettext_lazy("Region"), required=False, help_text=gettext_lazy("You take over what its municipalities agreed on."))
    name = forms.CharField(label=gettext_lazy("Or the name of a new region"), max_length=120, required=False)

    def __init__(self, *args: Any, regions: Iterable[Region], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("region", regions, _("A new one"))


class AgreementsForm(Facts):
    """Name, place in the order and use of each domain; the words of the steps; what was agreed in words."""

    added = forms.CharField(label=gettext_lazy("A domain that is missing"), max_length=60, required=False)
    agreed = forms.CharField(label=gettext_lazy("What else did the municipalities agree on?"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, *args: Any, agreements: Agreements, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.domains, self.initial["agreed"] = agreements.domains, agreements.region.agreed if agreements.region else ""
        for place, domain in enumerate(self.domains, 1):
            self.fields[f"name_{domain.key}"] = forms.CharField(label=_("Name"), max_length=60, initial=domain.name)
            self.fields[f"place_{domain.key}"] = forms.IntegerField(label=_("Place"), min_value=1, max_value=99, initial=place)
            self.fields[f"used_{domain.key}"] = forms.BooleanField(label=_("In use"), required=False, initial=domain.used)
        for number, words in enumerate(agreements.steps, 1):
            self.fields[f"step_{number}"] = forms.CharField(label=_("Step %(number)s") % {"number": number}, max_length=40, initial=words)

    @property
    def by_domain(self) -> list[tuple[Domain, Any, Any, Any]]:
        """Return each domain with its three fields."""
        return [(d, self[f"name_{d.key}"], self[f"place_{d.key}"], self[f"used_{d.key}"]) for d in self.domains]

    @property
    def steps(self) -> list[Any]:
        """Return the fields of the five steps."""
        return [self[name] for name in self.fields if name.startswith("step_")]

    def facts(self) -> dict[str, Any]:
        data = self.cleaned_data
        ordered = sorted(self.domains, key=lambda d: data[f"place_{d.key}"])
        return {
            "domains": [Domain(d.key, data[f"name_{d.key}"], data[f"used_{d.key}"]) for d in ordered],
            "steps": [data[field.name] for field in self.steps], "agreed": data["agreed"], "added": data["added"],
        }  # fmt: skip


class NeighbourhoodFileForm(Facts):
    file = forms.FileField(label=gettext_lazy("CSV file"), widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}))

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > FILE_LIMIT:
            raise forms.ValidationError(_("This file is too large: at most 2 MB."))
        return file
