"""Where somebody lives or stays."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from nabij.access.actor import Actor
from nabij.access.doors import action, raise_version
from nabij.access.models import Dossier
from nabij.access.queries import team_for
from nabij.commitments.actions import open_task
from nabij.commitments.clock import end_of, working_days_after
from nabij.commitments.models import Commitment, Task
from nabij.core.errors import Refused
from nabij.residents.models import Address

from .steps import PAID, fill_address, renew_keys, write_address

DAYS_TO_HAND_OVER = 5  # working days


@action("residents.add_address", allow=PAID, on="dossier")
def add_address(*, actor: Actor, at: datetime, dossier: Dossier, **address: Any) -> Address:
    """Write down one more address: home, stay, post, or none at all. Raises Refused: a postcode or dates that cannot be right."""
    written = write_address(actor=actor, at=at, dossier=dossier, **address)
    renew_keys(actor=actor, at=at, dossier=dossier)
    return written


@action("residents.change_address", allow=PAID, on="address")
def change_address(*, actor: Actor, at: datetime, address: Address, **fields: Any) -> Address:
    """Correct an address, or make it secret: then it stands only encrypted. Raises Refused as for a new one."""
    fill_address(actor=actor, at=at, address=address, **fields)
    raise_version(address)
    address.save()
    renew_keys(actor=actor, at=at, dossier=address.dossier)
    return address


@action("residents.end_address", allow=PAID, on="address")
def end_address(*, actor: Actor, at: datetime, address: Address, until_on: date) -> Address:
    """Say until when an address counted. Raises Refused: a day before it began."""
    if until_on < address.from_on:
        raise Refused(_("The last day lies before the first day."), field="until_on")
    address.until_on = until_on
    raise_version(address)
    address.save(update_fields=["until_on", "version"])
    renew_keys(actor=actor, at=at, dossier=address.dossier)
    return address


@action("residents.move", allow=PAID, on="dossier")
def record_move(
    *, actor: Actor, at: datetime, dossier: Dossier, from_on: date | None = None, **address: Any
) -> Address:
    """Write down a move: the old home ends the day before, the new one begins.

    When another team works there, or nobody knows which, a task asks whoever answers for this resident to hand over well.
    """
    from_on = from_on or actor.on
    running = Q(until_on__isnull=True) | Q(until_on__gte=from_on)
    for old in Address.objects.filter(running, dossier__root_id=dossier.root_id, kind__in=[Address.Kind.HOME, Address.Kind.NONE]):
        end_address(actor=actor, at=at, address=old, until_on=max(old.from_on, from_on - timedelta(days=1)))
    address.pop("kind", None)
    home = add_address(actor=actor, at=at, dossier=dossier, kind=Address.Kind.HOME, from_on=from_on, **address)
    if not home.secret and not _same_team(dossier, home, on=actor.on):
        _ask_to_hand_over(actor, at, dossier)
    return home


def _same_team(dossier: Dossier, home: Address, *, on: date) -> bool:
    if home.neighbourhood is None:
        return False
    return (
        team_for(municipality=home.neighbourhood.municipality, neighbourhood=home.neighbourhood, on=on).pk
        == dossier.team_id
    )


def _ask_to_hand_over(actor: Actor, at: datetime, dossier: Dossier) -> None:
    open_work = Commitment.objects.open().filter(dossier__root_id=dossier.root_id).select_related("owner__team").order_by("due_at", "pk")
    if open_work.filter(task__reason=Task.Reason.MOVED).exists():
        return
    first = open_work.first()
    if first is not None and first.owner is not None:  # nothing open: nothing to hand over
        open_task(
            actor=actor,
            at=at,
            what=_("Moved: agree with the resident who helps from now on, and hand over"),
            owner=first.owner,
            due_at=end_of(working_days_after(actor.on, DAYS_TO_HAND_OVER)),
            dossier=dossier,
            reason=Task.Reason.MOVED,
        )
