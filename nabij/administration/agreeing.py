"""The form of the terms and the words of the ladder, one row of fields for each."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from nabij.access.agreements import Agreements
from nabij.access.terms import Agreed

from .forms import Facts, day_field

SOURCE, SINCE = gettext_lazy("Source"), gettext_lazy("Agreed on")


class TermsForm(Facts):
    """Of each term: how many days, by which source, agreed on which day. Of each rung: the words of colleagues and those for residents."""

    ladder_source = forms.CharField(label=SOURCE, max_length=120, required=False)
    ladder_on = day_field(SINCE, required=False)

    def __init__(self, *args: Any, agreements: Agreements, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.terms, ladder = agreements.terms, agreements.region.ladder if agreements.region else {}
        self.initial |= {"ladder_source": ladder.get("source", ""), "ladder_on": ladder.get("agreed_on")}
        for agreed in self.terms:
            term, key = agreed.term, agreed.key
            days = forms.IntegerField(label=_("Working days") if term.working else _("Days"), min_value=term.least, max_value=term.most, initial=agreed.days)
            self.fields[f"days_{key}"] = days
            self.fields[f"source_{key}"] = forms.CharField(label=SOURCE, max_length=120, required=False, initial=agreed.source)
            self.fields[f"on_{key}"] = day_field(SINCE, required=False, initial=agreed.agreed_on)
        for number, words in enumerate(agreements.rungs, 1):
            self.fields[f"staff_{number}"] = forms.CharField(label=_("Rung %(number)s for colleagues") % {"number": number}, max_length=40, initial=words.staff)
            self.fields[f"resident_{number}"] = forms.CharField(label=_("Rung %(number)s for residents") % {"number": number}, max_length=40, initial=words.resident)

    @property
    def by_term(self) -> list[tuple[Agreed, Any, Any, Any]]:
        """Return each term with its three fields."""
        return [(agreed, *(self[f"{part}_{agreed.key}"] for part in ("days", "source", "on"))) for agreed in self.terms]

    @property
    def by_rung(self) -> list[tuple[Any, Any]]:
        """Return the two fields of each rung, the lowest first."""
        return [(self[f"staff_{number}"], self[f"resident_{number}"]) for number in range(1, 6)]

    @property
    def whole_labels(self) -> dict[str, str]:
        """Return for each field of a term a label that also says of which term: eleven are called "Days"."""
        return {field.name: f"{agreed.term.name}: {field.label}" for agreed, *fields in self.by_term for field in fields}

    @staticmethod
    def bounds(agreed: Agreed) -> str:
        """Return what Nabij ships and how far an agreement may go, in words."""
        term = agreed.term
        shipped = ngettext("Nabij ships %(num)s day", "Nabij ships %(num)s days", term.days) % {"num": term.days}
        told = {"source": term.source, "least": term.least, "most": term.most, "shipped": shipped}
        if term.by_law:
            return _("%(shipped)s. The law (%(source)s) allows %(least)s to %(most)s.") % told
        return _("%(shipped)s (%(source)s). From %(least)s to %(most)s.") % told

    def facts(self) -> dict[str, Any]:
        data = self.cleaned_data
        terms: dict[str, tuple[int, str, date | None]] = {a.key: (data[f"days_{a.key}"], data[f"source_{a.key}"], data[f"on_{a.key}"]) for a in self.terms}
        rungs = [(data[f"staff_{number}"], data[f"resident_{number}"]) for number in range(1, 6)]
        return {"terms": terms, "rungs": rungs, "ladder_source": data["ladder_source"], "ladder_on": data["ladder_on"]}
