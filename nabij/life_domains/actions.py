"""What people do with life domains: score several at one moment, withdraw a moment, empty them."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from nabij.access.actor import Actor
from nabij.access.agreements import agreements_of
from nabij.access.doors import action, raise_version, step
from nabij.access.models import Dossier, Role
from nabij.audit.models import Event
from nabij.core.errors import Absent, Refused
from nabij.residents.actions import PAID

from .models import Moment, Score


@dataclass(frozen=True)
class Given:
    """What was said about one domain. A step None: no score from that side."""

    domain: str
    worker_step: int | None = None
    resident_step: int | None = None
    words: str = ""
    resident_words: str = ""

    @property
    def is_empty(self) -> bool:
        """Tell whether this domain was not asked after all."""
        return not (self.worker_step or self.resident_step or self.words.strip() or self.resident_words.strip())


@action("life_domains.score", allow=PAID, on="dossier", event=Event.CREATE)
def score_domains(*, actor: Actor, at: datetime, dossier: Dossier, happened_on: date, given: list[Given], audience: str = Moment.Audience.TEAM) -> Moment:
    """Write down one moment at which life domains were scored: by the worker and, apart from that, by the resident.

    A domain of which nothing was said was not asked and gets no row. Raises Refused: nothing said, a day to come, a step outside 1 to 5, or a
    domain that this region does not use.
    """
    said = [row for row in given if not row.is_empty]
    if not said:
        raise Refused(_("Nothing was filled in yet. Choose a step or write something for at least one domain."))
    if happened_on > actor.on:
        raise Refused(_("This day has not come yet. Choose today or earlier."), field="happened_on")
    used = {domain.key for domain in agreements_of(municipality=dossier.municipality).used}
    if any(row.domain not in used for row in said):
        raise Refused(_("One of these domains is not in use any more. Open the page again."))
    if any(number is not None and number not in range(1, 6) for row in said for number in (row.worker_step, row.resident_step)):
        raise Refused(_("A step is a number from 1 to 5."))
    seat = actor.acting_in(dossier.team_id)
    if seat is None:  # a score belongs to who gave it
        raise Absent
    moment = Moment.objects.create(dossier=dossier, happened_on=happened_on, audience=audience, by_id=seat, recorded_at=at)
    Score.objects.bulk_create(_row(moment, row) for row in said)
    return moment


def _row(moment: Moment, row: Given) -> Score:
    return Score(
        moment=moment, domain=row.domain, worker_step=row.worker_step, resident_step=row.resident_step,
        words=row.words.strip(), resident_words=row.resident_words.strip(),
    )  # fmt: skip


@action("life_domains.withdraw", allow=PAID, on="moment")
def withdraw_moment(*, actor: Actor, at: datetime, moment: Moment) -> Moment:
    """Withdraw a moment that was written down by mistake: it stays in the record and counts for nothing.

    The author may, and a lead of the author's team. Raises Refused: somebody else's, or withdrawn already.
    """
    leads = any(seat.function == Role.LEAD and seat.team_id == moment.by.team_id for seat in actor.memberships)
    if moment.by.worker_id != actor.worker_id and not leads:
        raise Refused(_("Only %(name)s or the team lead can withdraw this. Write down a moment of your own.") % {"name": moment.by.worker.name})
    if moment.withdrawn_at:
        raise Refused(_("This was withdrawn already."))
    moment.withdrawn_at = at
    raise_version(moment)
    moment.save(update_fields=["withdrawn_at", "version"])
    return moment


@step
def erase_scores(*, actor: Actor, at: datetime, dossier: Dossier) -> None:
    """Empty all words of one resident's scores. Which step stood when stays, on a dossier without a trace to anybody, for the figures."""
    Score.objects.filter(moment__dossier=dossier).update(words="", resident_words="")
