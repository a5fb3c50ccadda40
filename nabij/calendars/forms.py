"""Nothing to fill in: a button, and the request it belongs to."""

from nabij.core.web.forms import ActionForm


class SureForm(ActionForm):
    """Make, renew or withdraw."""
