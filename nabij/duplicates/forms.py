"""The shape of what people fill in about duplicates."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nabij.core.web.forms import ActionForm

from .queries import Facing


class MergeForm(ActionForm):
    """Which dossier stays, which value is shown of each group that differs, and why it is one person."""

    keep = forms.ChoiceField(label=_("Which dossier stays?"), widget=forms.RadioSelect, error_messages={"required": _("Choose which dossier stays.")})
    reason = forms.CharField(
        label=_("How do you know that this is one person?"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Write how you know that this is one person.")},
    )  # fmt: skip
    widen = forms.BooleanField(
        label=_("Also open to colleagues who may open one of the two now"), required=False,
        help_text=_("Without this only who may open both opens it from now on."),
    )  # fmt: skip

    def __init__(self, *args: Any, facing: Facing, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sides = {side.dossier.ref: side.dossier for side in facing.sides}
        restricted = [side for side in facing.sides if side.dossier.restricted]
        may_stay = restricted if len(restricted) == 1 else facing.sides
        self.fields["keep"].choices = [
            (side.dossier.ref, _("%(name)s, %(team)s, since %(day)s") % {"name": side.name, "team": side.dossier.team.name, "day": f"{side.dossier.opened_at:%d-%m-%Y}"})
            for side in may_stay
        ]
        self.fields["keep"].initial = min(may_stay, key=lambda side: side.dossier.opened_at).dossier.ref
        self.conflicts = [line for line in facing.lines if line.conflict]
        for line in self.conflicts:
            values = list(zip(self.sides, (line.one, line.two), strict=True))
            self.fields[line.group] = forms.ChoiceField(label=line.label, choices=values, widget=forms.RadioSelect, initial=self.fields["keep"].initial)
            self.fields[line.group].error_messages["required"] = _("Choose which one we show.")

    def facts(self) -> dict[str, Any]:
        """Return what the action asks."""
        filled = self.cleaned_data
        choices = {line.group: filled[line.group] for line in self.conflicts}
        return {"keep": self.sides[filled["keep"]], "reason": filled["reason"], "widen": filled["widen"], "choices": choices}


class SureForm(ActionForm):
    """Nothing to fill in: only to be sure."""
