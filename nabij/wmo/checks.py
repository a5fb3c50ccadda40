"""Days that people fill in: what happened, happened."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from nabij.core.errors import Refused


def passed(on: date, at: datetime, *, field: str, since: date | None = None) -> None:
    """Refuse a day that is still to come, or that lies before the track began. Raises Refused."""
    if on > timezone.localdate(at):
        raise Refused(_("This day is still to come. Fill in the day on which it happened."), field=field)
    if since is not None and on < since:
        raise Refused(_("This day lies before the report came in (%(day)s).") % {"day": f"{since:%d-%m-%Y}"}, field=field)
