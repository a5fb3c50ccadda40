"""What a colleague chooses about the mail."""

from django import forms
from django.utils.translation import gettext_lazy as _

from nabij.core.web.forms import ActionForm

from .models import EARLIEST, LATEST, USUAL, DigestChoice, Rhythm


class ChoiceForm(ActionForm):
    rhythm = forms.ChoiceField(label=_("How often?"), choices=Rhythm.choices, widget=forms.RadioSelect, initial=Rhythm.DAILY)
    hour = forms.TypedChoiceField(
        label=_("From what time?"), coerce=int, choices=[(hour, f"{hour}:00") for hour in range(EARLIEST, LATEST + 1)], initial=USUAL
    )
    free_days = forms.BooleanField(label=_("Also in weekends and on public holidays"), required=False)

    def facts(self) -> dict[str, object]:
        """Return what was filled in, as the action asks for it."""
        return {name: self.cleaned_data[name] for name in ("rhythm", "hour", "free_days")}

    @staticmethod
    def beginning(choice: DigestChoice | None) -> dict[str, object]:
        """Return how it stands now."""
        return {"rhythm": choice.rhythm, "hour": choice.hour, "free_days": choice.free_days} if choice else {}
