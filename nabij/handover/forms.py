"""The shape of what people fill in about a handover or an absence."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nabij.access.models import Membership
from nabij.commitments.forms import day_field, short_text
from nabij.core.web.forms import ActionForm

from .models import Handover, HandoverItem
from .suggesting import Suggestion

CHOICES = [choice for choice in Handover.Reason.choices if choice[0] != Handover.Reason.EMERGENCY]
OVERLAP = timedelta(days=30)


class SureForm(ActionForm):
    """Nothing to fill in: the button says it."""


class PeopleForm(ActionForm):
    """A form with a choice of colleagues, in order of name."""

    owner = forms.ChoiceField(label=gettext_lazy("Who"), required=False)
    nobody: Any = gettext_lazy("Choose a colleague")

    def __init__(self, *args: Any, people: list[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {member.ref: member for member in people}
        several = len({member.team_id for member in people}) > 1
        named = [(m.ref, f"{m.worker.name} ({m.team.name})" if several else m.worker.name) for m in people]
        self.fields["owner"].choices = [("", str(self.nobody)), *named]

    @property
    def member(self) -> Membership | None:
        """Return the colleague that was chosen."""
        return self.people.get(getattr(self, "cleaned_data", {}).get("owner", ""))


class StartForm(ActionForm):
    reason = forms.ChoiceField(label=gettext_lazy("Why?"), choices=CHOICES, widget=forms.RadioSelect)
    planned_on = day_field(gettext_lazy("By which day is everything handed over?"), help_text=gettext_lazy("Of who leaves this is the last day of access."))
    to_membership = forms.ChoiceField(label=gettext_lazy("To which team?"), required=False, help_text=gettext_lazy("Only for a change of team."))

    def __init__(self, *args: Any, places: list[Membership], only_swap: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = {place.ref: place for place in places}
        self.fields["to_membership"].choices = [("", _("No other team")), *((place.ref, place.team.name) for place in places)]
        if only_swap:
            self.fields["reason"].choices = [(Handover.Reason.SWAP.value, Handover.Reason.SWAP.label)]
        if not places:
            del self.fields["to_membership"]

    def facts(self) -> dict[str, Any]:
        """Return the arguments of the action."""
        return self.cleaned_data | {"to_membership": self.places.get(self.cleaned_data.get("to_membership", ""))}


class MoveForm(ActionForm):
    planned_on = day_field(gettext_lazy("By which day is everything handed over?"))


class ToldForm(PeopleForm):
    owner = forms.ChoiceField(label=gettext_lazy("Who"), error_messages={"required": gettext_lazy("Choose a colleague")})
    told = forms.ChoiceField(label=gettext_lazy("What does the resident know?"), choices=HandoverItem.Told.choices, widget=forms.RadioSelect, initial="together")
    told_because = forms.CharField(label=gettext_lazy("Why not told yet?"), max_length=200, required=False)


class SeveralForm(ToldForm):
    rows = forms.MultipleChoiceField(label=gettext_lazy("Which?"), required=False)

    def __init__(self, *args: Any, refs: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rows"].choices = [(ref, ref) for ref in refs]
        self.fields["owner"].label = _("Ask for the ticked rows")


class OfferForm(ToldForm):
    words = forms.CharField(label=gettext_lazy("What must your colleague know?"), widget=short_text(3), required=False, help_text=gettext_lazy("The resident can ask to read this."))
    notes = forms.ChoiceField(label=gettext_lazy("Which notes pass on?"), choices=HandoverItem.Notes.choices, widget=forms.RadioSelect, initial="team")
    leaver_until = day_field(gettext_lazy("Who hands over reads and adds until"), required=False, help_text=gettext_lazy("For a warm handover. It ends by itself. Leave this empty for no overlap."))
    reads_along = forms.BooleanField(label=gettext_lazy("My colleague may read the dossier already"), required=False)
    along = forms.BooleanField(label=gettext_lazy("This resident goes along to the other team"), required=False)
    field_order = ["owner", "along", "told", "told_because", "words", "notes", "leaver_until", "reads_along"]

    def __init__(self, *args: Any, suggestion: Suggestion | None, has_resident: bool, to_team: str, on: date, **kwargs: Any) -> None:
        first = {"owner": suggestion.member.ref if suggestion else "", "leaver_until": None}
        super().__init__(*args, initial=first, **kwargs)
        if not has_resident:
            for name in ("told", "told_because", "notes", "leaver_until", "reads_along"):
                del self.fields[name]
        if to_team and has_resident:
            self.fields["owner"].required = False
            self.fields["along"].label = _("This resident goes along to %(team)s; the lead there answers") % {"team": to_team}
        else:
            del self.fields["along"]

    def facts(self) -> dict[str, Any]:
        """Return the arguments of the action."""
        return {name: value for name, value in self.cleaned_data.items() if name != "owner"} | {"to": self.member}


class ReasonForm(ActionForm):
    because = forms.CharField(label=gettext_lazy("Reason"), max_length=300, required=False, widget=short_text())


class AbsenceForm(PeopleForm):
    nobody = gettext_lazy("Nobody: the team's queue (who is on duty)")
    from_on = day_field(gettext_lazy("First day away"))
    until_on = day_field(gettext_lazy("Last day away"))
    restricted = forms.BooleanField(label=gettext_lazy("Also open the restricted dossiers for the substitute, these days only"), required=False)
    field_order = ["from_on", "until_on", "owner", "restricted"]

    def __init__(self, *args: Any, may_open_restricted: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].label = _("Who stands in?")
        if not may_open_restricted:
            del self.fields["restricted"]

    def facts(self) -> dict[str, Any]:
        """Return the arguments of the action."""
        return {name: value for name, value in self.cleaned_data.items() if name != "owner"} | {"substitute": self.member}


class SubstituteForm(PeopleForm):
    nobody = gettext_lazy("Nobody: the team's queue (who is on duty)")


class DutyForm(PeopleForm):
    nobody = gettext_lazy("Nobody: then it is the team lead")
