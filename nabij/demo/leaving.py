"""A colleague who leaves at the end of the month: the worklist is half done."""

from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from nabij.access.models import Dossier, Membership, Role
from nabij.core.errors import Refused
from nabij.handover.actions import accept_item, offer_item, refuse_item, start_handover
from nabij.handover.models import HandoverItem
from nabij.handover.sources import passing

from .days import World

WORDS = (
    "Komt het liefst bij de koffie ter zake. Bel van tevoren, dan is de hond in de tuin.",
    "Post blijft liggen. Samen openmaken werkt goed, elke twee weken.",
    "",
    "De dochter belt soms zelf. Vraag eerst of moeder dat goed vindt.",
)


def month_end(day: date) -> date:
    """Return the last day of the month, of the next one when that is within ten days."""
    later = day + timedelta(days=10)
    return (later.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def leave(world: World, at: datetime, leaver: Membership, colleagues: list[Membership]) -> None:
    """Let the lead begin, the leaver ask colleagues about half of the residents, and these say yes, no, or nothing yet.

    In a small demonstration this one may answer for nobody yet: then whoever of any team has the most residents leaves.
    """
    if not _residents_of(leaver):
        teams = [people for post in world.town.quarters if len(people := post.of(Role.WORKER)) > 1]
        leaver = max((member for people in teams for member in people), key=lambda member: len(_residents_of(member)))
        colleagues = [member for people in teams if leaver in people for member in people if member != leaver]
    lead = leaver.team.lead
    start_handover(actor=world.actor(lead, at), at=at, membership=leaver, reason="leave", planned_on=month_end(timezone.localdate(world.now)))
    wanted = _residents_of(leaver)
    asked = []
    for number, root in enumerate(wanted[: max(1, len(wanted) * 2 // 3)]):
        told = ("told", "together", "told", "not_told")[number % 4]
        facts = {"told": told, "told_because": _("The first talk is next week") if told == "not_told" else "", "words": WORDS[number % len(WORDS)]}
        try:
            moment = at + timedelta(minutes=10 + 3 * number)
            item = offer_item(actor=world.actor(leaver, moment), at=moment, membership=leaver, to=colleagues[number % len(colleagues)], dossier=Dossier.objects.get(pk=root), **facts)
        except Refused:  # a colleague who knows this resident: somebody else takes it
            continue
        asked.append(item)
    world.plan(at + timedelta(hours=2), answers, asked)


def _residents_of(member: Membership) -> list[int]:
    """Return for whom somebody answers, the most pressing first."""
    rows = passing(membership=member).filter(dossier__isnull=False).order_by("due_at", "pk")
    return list(dict.fromkeys(rows.values_list("dossier__root_id", flat=True)))


def answers(world: World, at: datetime, asked: list[HandoverItem]) -> None:
    """Most say yes, one says no, a few still have to answer."""
    for number, item in enumerate(asked):
        actor, moment = world.actor(item.commitment.owner, at), at + timedelta(minutes=number)
        if number == 1:
            refuse_item(actor=actor, at=moment, item=item, because=_("I know the neighbour well. Better somebody else."))
        elif number % 4 != 3:
            accept_item(actor=actor, at=moment, item=item)
