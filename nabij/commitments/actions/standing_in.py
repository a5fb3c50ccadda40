"""Who answers in place of whom."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from nabij.access.actor import Actor
from nabij.access.doors import action
from nabij.access.models import Membership, Role, Scope
from nabij.commitments.models import StandIn
from nabij.core.errors import Refused

ARRANGES = {Role.LEAD: Scope.TEAM, Role.WORKER: Scope.TEAM}


@action("commitments.stand_in", allow=ARRANGES)
def stand_in(*, actor: Actor, at: datetime, membership: Membership, substitute: Membership, from_on: date, until_on: date) -> StandIn:
    """Name who stands in for whom, from a day until and including a day. Raises Refused: other team, ended, or wrong dates."""
    if membership.team_id not in actor.team_ids or substitute.team_id != membership.team_id:
        raise Refused(_("Choose somebody of the same team."), field="substitute")
    if substitute.ended_at:
        raise Refused(_("This colleague has left the team."), field="substitute")
    if until_on < from_on:
        raise Refused(_("The last day lies before the first day."), field="until_on")
    return StandIn.objects.create(membership=membership, substitute=substitute, from_on=from_on, until_on=until_on)


@action("commitments.end_stand_in", allow=ARRANGES)
def end_stand_in(*, actor: Actor, at: datetime, stand_in: StandIn) -> StandIn:
    """End a substitution now. Raises Refused when it belongs to another team."""
    if stand_in.membership.team_id not in actor.team_ids:
        raise Refused(_("Choose somebody of the same team."))
    stand_in.ended_at = at
    stand_in.save(update_fields=["ended_at"])
    return stand_in
