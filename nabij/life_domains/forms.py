"""The shape of one moment: the same four questions for each domain that the region uses."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nabij.access.agreements import Agreements, Domain
from nabij.core.web.forms import ActionForm

from .actions import Given
from .models import Moment


class ScoreForm(ActionForm):
    happened_on = forms.DateField(label=gettext_lazy("Talked about on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    audience = forms.ChoiceField(
        label=gettext_lazy("Who may read this?"), choices=Moment.Audience.choices, initial=Moment.Audience.TEAM, widget=forms.RadioSelect,
        help_text=gettext_lazy("The resident can ask to read this."),
    )  # fmt: skip

    def __init__(self, *args: Any, agreements: Agreements, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.domains = agreements.used
        steps = [(number, f"{number}. {words}") for number, words in enumerate(agreements.steps, 1)]
        for domain in self.domains:
            self._ask(domain, steps)

    def _ask(self, domain: Domain, steps: list[tuple[int, str]]) -> None:
        choices = [("", _("Not asked")), *steps]
        for side, label in (("worker", _("I see")), ("resident", _("The resident says"))):
            self.fields[f"{side}_{domain.key}"] = forms.TypedChoiceField(label=label, choices=choices, coerce=int, empty_value=None, required=False)
        for side, label in (("words", _("What I see")), ("said", _("In the resident's own words"))):
            self.fields[f"{side}_{domain.key}"] = forms.CharField(label=label, max_length=600, required=False, widget=forms.Textarea(attrs={"rows": 2}))

    @property
    def by_domain(self) -> list[tuple[Domain, dict[str, Any], bool]]:
        """Return each domain with its four fields, and whether something was filled in."""
        sides = ("worker", "resident", "words", "said")
        return [(d, {side: self[f"{side}_{d.key}"] for side in sides}, any(self[f"{side}_{d.key}"].value() for side in sides)) for d in self.domains]

    def facts(self) -> dict[str, Any]:
        """Return what the action wants to know."""
        data = self.cleaned_data
        given = [
            Given(d.key, data[f"worker_{d.key}"], data[f"resident_{d.key}"], data[f"words_{d.key}"], data[f"said_{d.key}"]) for d in self.domains
        ]
        return {"happened_on": data["happened_on"], "audience": data["audience"], "given": given}


class WithdrawForm(ActionForm):
    """Nothing to fill in: only yes."""
