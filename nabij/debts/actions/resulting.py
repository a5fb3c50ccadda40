"""What became of it, in one coarse word, and that word back to the partner."""

from datetime import datetime

from django.utils.translation import gettext as _

from nabij.access.actor import Actor
from nabij.access.doors import action, raise_version
from nabij.access.models import Team
from nabij.audit.models import Event
from nabij.core.errors import Absent, Refused
from nabij.debts.models import Debt, ResultFile
from nabij.debts.queries import results_for
from nabij.partners.models import Partner

from .filing import WORKS


@action("debts.result", allow=WORKS, on="debt")
def set_result(*, actor: Actor, at: datetime, debt: Debt, result: str) -> Debt:
    """Say in one code what became of it; only this code and the partner's own reference go back. Raises Refused: reached without a contact."""
    reached = {Debt.Result.HELPED, Debt.Result.NO_NEED}
    if result in reached and not debt.warm_contact and not debt.attempts.filter(reached=True).exists():
        raise Refused(_("Nobody was reached yet. Record the contact first, or choose another result."), field="result")
    if result == Debt.Result.NOT_REACHED and not debt.attempts.exists():
        raise Refused(_("Nobody tried yet. Record the attempts first."), field="result")
    debt.result, debt.result_at, debt.result_by_id, debt.told_at = result, at, actor.worker_id, None
    raise_version(debt)
    debt.save(update_fields=["result", "result_at", "result_by", "told_at", "version"])
    return debt


@action("debts.results", allow=WORKS, event=Event.TRANSFER)
def export_results(*, actor: Actor, at: datetime, partner: Partner, team: Team) -> ResultFile:
    """Make a file with the results that this partner has not had yet: its own reference and a code, nothing else. Raises Refused when there are none."""
    if not actor.is_system and team.pk not in actor.dossier_team_ids:
        raise Absent
    fresh = [pk for pk, _reference, _result in results_for(partner=partner, fresh=True)]
    if not fresh:
        raise Refused(_("There is nothing new to tell this partner."))
    for start in range(0, len(fresh), 500):
        Debt.objects.filter(pk__in=fresh[start : start + 500]).update(told_at=at)
    return ResultFile.objects.create(partner=partner, team=team, made_at=at, made_by_id=actor.acting_in(team.pk), rows=len(fresh))
