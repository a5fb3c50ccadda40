"""Who could take over a resident, with the reasons in words. Never a ranking: the list of colleagues stays in order of name."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from nabij.access.models import Grant, Membership, Role
from nabij.access.queries import colleagues
from nabij.commitments.models import Commitment, StandIn, Turn
from nabij.contacts.models import ContactText
from nabij.residents.models import Address, Resident

KNOWS, WAS_OWNER, NAMED, REPLACED, SPEAKS, NEAR, ROOM = 8, 6, 5, 3, 4, 2, 1


@dataclass
class Suggestion:
    """One colleague with why; `weight` only chooses whom to propose, it is shown to nobody."""

    member: Membership
    reasons: list[str] = field(default_factory=list)
    weight: int = 0

    def because(self, weight: int, words: str) -> None:
        self.weight += weight
        self.reasons.append(words)


Facts = dict[int, set[int]]


def candidates(*, membership: Membership, on: object, team_ids: Iterable[int] = ()) -> list[Membership]:
    """Return who could take over from somebody: the colleagues of the team (and of these teams), by name; paid ones unless a volunteer leaves."""
    found = colleagues(team_ids=sorted({membership.team_id, *team_ids}), on=on)
    return [m for m in found if m.worker_id != membership.worker_id and (m.paid or not membership.paid)]


def suggest(*, membership: Membership, roots: Iterable[int], people: list[Membership], with_load: bool) -> dict[int, Suggestion]:
    """Return for each of these dossiers (by root) whom to propose and why; nobody when there is no reason.

    Reasons: spoke with this resident, answered before, named in the dossier, stood in for who leaves, speaks the language, works in the same
    neighbourhood. `with_load`: also who has less on hand than the others; only for the lead's eyes. Eight queries for any number.
    """
    wanted, workers = set(roots), {m.worker_id for m in people}
    spoke, owned, named = _spoke(wanted, workers), _owned(wanted, workers), _named(wanted, workers)
    replaced = set(StandIn.objects.filter(membership=membership, substitute__in=people).values_list("substitute_id", flat=True))
    speech = dict(Resident.objects.filter(dossier__root_id__in=wanted).exclude(language="").values_list("dossier__root_id", "language"))
    homes, streets, load = _homes(wanted), _streets(people), _load(people)
    usual = sum(load.values()) / len(people) if people else 0
    found = {}
    for root in wanted:
        each = []
        for member in people:
            one = Suggestion(member)
            if member.worker_id in spoke[root]:
                one.because(KNOWS, _("has spoken with this resident before"))
            if member.worker_id in owned[root]:
                one.because(WAS_OWNER, _("answered for this resident before"))
            if member.worker_id in named[root]:
                one.because(NAMED, _("is named in this dossier"))
            if member.pk in replaced:
                one.because(REPLACED, _("stood in before"))
            if speech.get(root) and speech[root].casefold() in member.worker.languages.casefold():
                one.because(SPEAKS, _("speaks %(language)s") % {"language": speech[root]})
            if member.role != Role.LEAD and homes.get(root) and homes[root] in streets[member.pk]:
                one.because(NEAR, _("works in the same neighbourhood"))
            if with_load and member.role != Role.LEAD and load[member.pk] < usual:
                one.because(ROOM, _("has less on hand than most"))
            each.append(one)
        best = max(each, key=lambda one: one.weight, default=None)
        if best and best.weight:
            found[root] = best
    return found


def _by_root(pairs: Iterable[tuple[int, int]]) -> Facts:
    found: Facts = defaultdict(set)
    for root, who in pairs:
        found[root].add(who)
    return found


def _spoke(roots: set[int], workers: set[int]) -> Facts:
    rows = ContactText.objects.filter(dossier__root_id__in=roots, counts=True, contact__by__worker_id__in=workers)
    return _by_root(rows.values_list("dossier__root_id", "contact__by__worker_id").distinct())


def _owned(roots: set[int], workers: set[int]) -> Facts:
    rows = Turn.objects.filter(commitment__dossier__root_id__in=roots, owner__worker_id__in=workers)
    return _by_root(rows.values_list("commitment__dossier__root_id", "owner__worker_id").distinct())


def _named(roots: set[int], workers: set[int]) -> Facts:
    rows = Grant.objects.filter(dossier__root_id__in=roots, worker_id__in=workers, ended_at__isnull=True)
    return _by_root(rows.values_list("dossier__root_id", "worker_id").distinct())


def _homes(roots: set[int]) -> dict[int, int]:
    rows = Address.objects.filter(dossier__root_id__in=roots, until_on__isnull=True, neighbourhood__isnull=False)
    return dict(rows.values_list("dossier__root_id", "neighbourhood_id"))


def _streets(people: list[Membership]) -> dict[int, set[int]]:
    """Return in which neighbourhoods the residents of each colleague live."""
    live = Address.objects.filter(until_on__isnull=True, neighbourhood__isnull=False)
    rows = live.filter(dossier__commitments__owner__in=people, dossier__commitments__closed_at__isnull=True).values_list("dossier__commitments__owner_id", "neighbourhood_id").distinct()
    found: dict[int, set[int]] = defaultdict(set)
    for owner, place in rows:
        found[owner].add(place)
    return found


def _load(people: list[Membership]) -> Counter[int]:
    rows = Commitment.objects.open().filter(owner__in=people).values_list("owner_id", "dossier__root_id").distinct()
    return Counter(owner for owner, _root in rows)
