"""Open the door for who holds a link, and count who knocks. Counting is all that a look may write."""

from datetime import datetime, timedelta

from django.db.models import F
from django.utils.translation import gettext as _

from nabij.core.crypto import sign
from nabij.core.errors import Absent, Refused

from .models import Knock, Link

# In one hour: from one address on the network (a library or a school shares one), and with one link (a calendar asks every few minutes).
KNOCKS_OF_ADDRESS = 120
KNOCKS_OF_LINK = 60
KNOCKS_KEPT = timedelta(days=1)


class TooOften(Refused):
    """Somebody tries too often; nothing is said about whether the link exists."""


def hash_of(secret: str) -> str:
    """Return the keyed hash under which a secret is kept. Looking it up by its hash takes the same time for a near miss and a far one."""
    return sign(secret.encode(), purpose="link")


def open_link(*, kind: str, secret: str, at: datetime, origin: str = "", of_address: int | None = None) -> Link:
    """Return the link of this purpose with this secret.

    `of_address`: how often one address on the network may knock, where it speaks for many. Raises Absent when it is unknown, of another purpose, expired, ended or used up: one answer for all. Raises TooOften beyond the limits.
    """
    mark = hash_of(secret)
    _knock(sign(origin.encode(), purpose="link-origin" if of_address is None else f"link-origin:{kind}"), at, of_address or KNOCKS_OF_ADDRESS)
    _knock(mark, at, KNOCKS_OF_LINK)
    found = Link.objects.live(at).select_related("dossier", "worker").filter(kind=kind, token_hash=mark).first()
    if found is None:
        raise Absent
    return found


def _knock(mark: str, at: datetime, limit: int) -> None:
    """Count one try in the database, so that it holds over all processes. Raises TooOften."""
    hour = at.replace(minute=0, second=0, microsecond=0)
    row, fresh = Knock.objects.get_or_create(mark=mark, hour=hour)
    if fresh:
        Knock.objects.filter(hour__lt=at - KNOCKS_KEPT).delete()
    if row.count >= limit:
        raise TooOften(_("This link was opened very often. Wait an hour and try again, or call us."))
    Knock.objects.filter(pk=row.pk).update(count=F("count") + 1)
