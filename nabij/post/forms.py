"""The shape of what people fill in about mail."""

from nabij.core.web.forms import ActionForm


class SureForm(ActionForm):
    """Nothing to fill in: the button says it."""
