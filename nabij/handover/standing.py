"""What every act of a handover asks first: may this person give the work away, and which handover runs."""

from nabij.access.actor import Actor
from nabij.access.models import Membership
from nabij.core.errors import Absent

from .models import Handover


def check_giver(actor: Actor, membership: Membership) -> None:
    """Refuse everybody but the colleague and the lead of the team. Raises Absent."""
    if not actor.is_system and membership.pk not in actor.membership_ids and membership.team_id not in actor.led_team_ids:
        raise Absent


def running(membership: Membership) -> Handover | None:
    """Return the handover that runs for a place in a team, held until the end of this action."""
    return Handover.objects.select_for_update().filter(membership=membership, ended_at__isnull=True).first()
