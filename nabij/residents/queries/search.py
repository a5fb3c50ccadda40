"""Is this resident already known? What this actor may hear about it."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from nabij.access.actor import Actor
from nabij.access.models import Dossier, Role
from nabij.residents.linkage import Found, Wanted, candidates, read_words
from nabij.residents.models import Resident

# Who hears that another team of their own organisation knows somebody.
HEARS_OF_OTHERS = {Role.WORKER, Role.LEAD, Role.GGD, Role.COUNTER}


@dataclass(frozen=True)
class Candidate:
    """Somebody this actor may open, and by what they were found."""

    resident: Resident
    reasons: list[str]
    mine: bool = True


@dataclass(frozen=True, order=True)
class Elsewhere:
    """A team of the same organisation that knows this person, and its number. Nothing more."""

    team: str
    phone: str


@dataclass
class SearchAnswer:
    """What a search says. `held_back`: restricted dossiers found in full, whose own people are told; never for a page."""

    candidates: list[Candidate] = field(default_factory=list)
    elsewhere: list[Elsewhere] = field(default_factory=list)
    held_back: list[int] = field(default_factory=list, repr=False)

    def __bool__(self) -> bool:
        return bool(self.candidates or self.elsewhere)


def search_residents(*, actor: Actor, words: str, limit: int = 20) -> SearchAnswer:
    """Return who fits these words: people this actor may open, and teams of the same organisation that know a person in full.

    Full is surname with birth date, or with postcode and number (house, section 4). Restricted dossiers and other organisations are
    exactly as absent: the same queries, the same answer. A page calls the action `search` instead, which writes it down and tells.
    """
    return answer_for(actor=actor, pieces=[read_words(words)], limit=limit)


def answer_for(*, actor: Actor, pieces: list[list[Wanted]], limit: int = 20) -> SearchAnswer:
    """Return the answer to one or more searches at once, by the same rule. Four queries for one search."""
    found: dict[int, Found] = {}
    for way in pieces:
        for one in candidates(way):
            if one.dossier_id not in found or one.full:
                found[one.dossier_id] = one
    answer = SearchAnswer()
    ids = [0, *found]
    opened = Dossier.objects.visible_to(actor).filter(pk__in=ids).values("pk")
    mine = (
        Resident.objects.filter(dossier_id__in=opened)
        .select_related("dossier")
        .order_by("surname", "call_name", "pk")[:limit]
    )
    answer.candidates = [Candidate(resident, reasons_of(kinds=found[resident.pk].kinds)) for resident in mine]
    hidden = Dossier.objects.filter(pk__in=ids).exclude(pk__in=opened).order_by("pk")
    hears = bool(HEARS_OF_OTHERS & actor.functions)
    for pk, restricted, controller_id, team, phone in hidden.values_list(
        "pk", "restricted", "controller_id", "team__name", "team__phone"
    ):
        if not found[pk].full:
            continue
        if restricted:
            answer.held_back.append(pk)
        elif hears and controller_id in actor.controller_ids:
            answer.elsewhere.append(Elsewhere(team, phone))
    answer.elsewhere = sorted(set(answer.elsewhere))
    return answer


def reasons_of(*, kinds: tuple[str, ...]) -> list[str]:
    """Return in words by what somebody was found."""
    words = {
        "s": _("surname"),
        "n": _("first name"),
        "i": _("initial"),
        "w": _("description"),
        "d": _("birth date"),
        "y": _("birth year"),
        "h": _("postcode and house number"),
        "p": _("postcode"),
        "a": _("street"),
        "g": _("house number"),
        "t": _("telephone number"),
    }
    return [words[kind] for kind in kinds]
