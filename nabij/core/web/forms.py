"""Forms that hand over to an action and bring its refusal back beside the typed text."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from nabij.core.errors import Conflict, Refused

YEARS = range(1900, 2200)  # as in the API


class ActionForm(forms.Form):
    """A form whose `perform` runs one action; a refusal becomes a message on the form, what was typed stays."""

    use_required_attribute = False  # the server explains in plain language; the browser's own bubbles do not

    def _post_clean(self) -> None:
        """Refuse a day that lies in no lifetime: everything that reckons with it later would end in an error."""
        super()._post_clean()  # type: ignore[misc]
        days = [name for name in self.fields if isinstance(self.cleaned_data.get(name), date)]
        for name in [name for name in days if self.cleaned_data[name].year not in YEARS]:
            self.add_error(name, _("This year cannot be right. Look at the year again."))

    def perform(self, action: Callable[..., Any], **kwargs: Any) -> Any:
        """Run `action(**kwargs)` when the form is valid; return its result, or None when something was refused."""
        if not self.is_valid():
            return None
        try:
            done = action(**kwargs)
        except Conflict as conflict:
            self.conflict = conflict
            self.add_error(None, conflict.message)
            return None
        except Refused as refused:
            self.add_error(refused.field if refused.field in self.fields else None, refused.message)
            return None
        return True if done is None else done

    @property
    def theirs(self) -> list[tuple[str, str]]:
        """Return, after a conflict, how it stands now: label and stored value of every field where that differs from what was typed."""
        current = getattr(getattr(self, "conflict", None), "current", None)
        shown = [(name, field) for name, field in self.fields.items() if current is not None and hasattr(current, name)]
        different = [(name, field) for name, field in shown if not _same(getattr(current, name), self.cleaned_data.get(name))]
        return [(str(field.label or name), _in_words(current, name)) for name, field in different]


def _same(stored: Any, typed: Any) -> bool:
    return stored == typed or (stored in (None, "") and typed in (None, "")) or str(stored) == str(typed)


def _in_words(row: Any, name: str) -> str:
    """Return a stored value as people read it."""
    value = getattr(row, f"get_{name}_display", lambda: getattr(row, name))()
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, date):
        return date_format(timezone.localtime(value) if isinstance(value, datetime) else value, "j F Y")
    return "—" if value in (None, "") else str(value)
