"""Forms that hand over to an action and bring its refusal back beside the typed text."""

from collections.abc import Callable
from typing import Any

from django import forms

from nabij.core.errors import Conflict, Refused


class ActionForm(forms.Form):
    """A form whose `perform` runs one action; a refusal becomes a message on the form, what was typed stays."""

    use_required_attribute = False  # the server explains in plain language; the browser's own bubbles do not

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
