"""The rule: which facts count, in which life domain, and when they are more than one thing. It can be read out loud.

A fact counts when this reader may open it, when it was recorded by the organisation that holds the dossier, and when it lies in the period.
- A signal: unsafe is "safety", about a child is "upbringing". One that nobody classified counts for nothing; words are never searched.
- An arrear: "money", and only when its legal ground is recorded.
- A life domain: its latest score stands on 1 or 2, by the worker or by the resident.
A meldcode never counts, nor a private text. Reports under the Wvggz come in with no room of their own yet, so there are none.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from nabij.access.actor import Actor
from nabij.access.agreements import Agreements
from nabij.access.models import Dossier
from nabij.commitments.clock import start_of
from nabij.debts.models import Debt
from nabij.life_domains.models import Moment, Score
from nabij.signals.models import Signal

LOW = 2


@dataclass(frozen=True)
class Fact:
    """One thing that was written down: in which domain, on which day, in words, and where it stands. `key` names it for ever."""

    key: str
    domain: str
    name: str
    on: date
    words: str
    url: str


def facts_of(*, actor: Actor, dossiers: "QuerySet[Dossier]", since: date, agreements: Agreements) -> dict[int, list[Fact]]:
    """Return by root dossier every fact that counts for this reader, newest first. Three queries, for any number of dossiers."""
    found: dict[int, list[Fact]] = defaultdict(list)
    opened = Dossier.objects.visible_to(actor).filter(root_id__in=dossiers.values("root_id"))
    for root, fact in (*_signals(actor, opened, since, agreements), *_scores(actor, opened, since, agreements)):
        found[root].append(fact)
    for facts in found.values():
        facts.sort(key=lambda fact: (fact.on, fact.key), reverse=True)
    return dict(found)


def _signals(actor: Actor, opened: "QuerySet[Dossier]", since: date, agreements: Agreements) -> Iterable[tuple[int, Fact]]:
    rows = Signal.objects.visible_to(actor).filter(commitment__dossier__in=opened.values("pk"), received_at__gte=start_of(since))
    own = rows.filter(commitment__team__controller_id=F("commitment__dossier__controller_id")).annotate(root=F("commitment__dossier__root_id"))
    grounds = set(Debt.objects.filter(signal_id__in=own.values("pk"), erased_at__isnull=True).exclude(basis="").values_list("signal_id", flat=True))
    for signal in own:
        on, url = timezone.localdate(signal.received_at), reverse("signals:signal", args=[signal.ref])
        for domain, words in _classified(signal, signal.pk in grounds):
            yield signal.root, Fact(f"signal {signal.ref} {domain}", domain, agreements.name(domain), on, words, url)


def _classified(signal: Signal, has_ground: bool) -> list[tuple[str, str]]:
    """Return the domains of a signal by what colleagues recorded, never by its words."""
    if signal.channel == Signal.Channel.DEBT:
        return [("money", _("Payment arrears were reported"))] if has_ground else []
    found = [("safety", _("A signal: somebody is not safe"))] if signal.unsafe else []
    return [*found, ("upbringing", _("A signal about a child"))] if signal.about_child else found


def _scores(actor: Actor, opened: "QuerySet[Dossier]", since: date, agreements: Agreements) -> Iterable[tuple[int, Fact]]:
    moments = Moment.objects.visible_to(actor).exclude(audience=Moment.Audience.PRIVATE).filter(withdrawn_at__isnull=True, happened_on__gte=since)
    own = moments.filter(dossier__in=opened.values("pk"), by__team__controller_id=F("dossier__controller_id"))
    rows = Score.objects.filter(moment__in=own.values("pk")).annotate(root=F("moment__dossier__root_id"), on=F("moment__happened_on"), where=F("moment__dossier__ref"), what=F("moment__ref"))
    latest = {(row.root, row.domain): row for row in rows.order_by("moment__happened_on", "pk")}
    for (root, domain), row in latest.items():
        low = [step for step in (row.worker_step, row.resident_step) if step and step <= LOW]
        if low:
            words = _("Scored low: %(step)s") % {"step": agreements.step(min(low))}
            yield root, Fact(f"score {row.what} {domain}", domain, agreements.name(domain), row.on, words, reverse("life_domains:scores", args=[row.where]))
