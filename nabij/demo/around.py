"""Who stands around somebody and how life goes: ties, carers, households and a few moments of life domains, told with the plan."""

from datetime import datetime, timedelta
from random import Random

from django.utils import timezone

from nabij.access.actor import Actor
from nabij.life_domains.actions import Given, score_domains
from nabij.network.actions import add_tie, ask_carer, set_household

from .days import Life, World
from .people import Person, data, draw_person

SHARE = 0.9  # of those with a first talk
WOMEN, MEN = {"dochter", "zus", "nicht", "moeder"}, {"zoon", "broer", "vriend"}
WORDS = ("agreed", "agreed", "informed", "not_asked")


def tell_around(world: World, at: datetime, life: Life) -> None:
    """Write down what came up at the kitchen table; later moments show how it goes on."""
    if not life.is_helped or "around" in life.had:
        return
    life.had.add("around")
    rng = Random(life.dossier.pk)  # noqa: S311 - made-up people, no secrets; its own, so that the rest of the story stays as it was
    if rng.random() > SHARE:
        return
    actor = world.actor(life.owner, at)
    _ties(rng, actor, at, life)
    _home(rng, actor, at, life)
    domains = data("around")["domains"][life.story["key"]]
    for number, share in enumerate((0, 0.35, 1)):
        day = at + (world.now - at) * share
        if number == 0 or rng.random() < 0.7:
            world.plan(day, _moment, life, tuple(domains), number, rng.random())


def _ties(rng: Random, actor: Actor, at: datetime, life: Life) -> None:
    rows = [[part.strip() for part in row.split("|")] for row in rng.sample(data("around")["people"], rng.choice([3, 4, 5, 6, 8]))]
    carer = None
    for kind, ring, strength, relation, does in rows:
        somebody = draw_person(rng, ages=(30, 75), year=at.year, woman=_woman(relation))
        near = int(ring) == 1 and carer is None
        tie = add_tie(
            actor=actor, at=at, dossier=life.dossier, kind=kind, name=_name(kind, relation, somebody), ring=int(ring) or None,
            strength=int(strength), relation=relation.format(**somebody.words), does=does, word=rng.choice(WORDS), main_carer=near,
        )  # fmt: skip
        carer = tie if near else carer
    if carer is not None and rng.random() < 0.85:
        load = rng.choices(["manages", "heavy", "too_much"], [5, 3, 2])[0]
        words, support = (rng.choice(data("around")[name]) for name in ("carer", "support"))
        heavy = load != "manages"
        ask_carer(
            actor=actor, at=at, tie=carer, load=load, asked_on=timezone.localdate(at), words=words if heavy else "", support=support if heavy else ""
        )


def _woman(relation: str) -> bool | None:
    word = relation.partition(" ")[0]
    return True if word in WOMEN else False if word in MEN else None


def _name(kind: str, relation: str, somebody: Person) -> str:
    if kind == "organisation":
        return relation.partition(" ")[0].capitalize()
    return somebody.name if kind != "professional" else f"{'Mevrouw' if somebody.woman else 'Meneer'} {somebody.name.partition(' ')[2]}"


def _home(rng: Random, actor: Actor, at: datetime, life: Life) -> None:
    if rng.random() < 0.5:
        relation = rng.choice(["partner", "zoon", "dochter", "moeder"])
        somebody = draw_person(rng, ages=(18, 60), year=at.year, woman=_woman(relation))
        since = timezone.localdate(at) - timedelta(days=rng.randint(200, 3000))
        set_household(actor=actor, at=at, dossier=life.dossier, name=somebody.call_name, relation=relation, from_on=since)


def _moment(world: World, at: datetime, life: Life, domains: tuple[str, ...], number: int, luck: float) -> None:
    """Score a few domains: low at first, mostly better later; the resident nearly always sees it a little differently."""
    if not life.is_helped:
        return
    said, given = data("around")["said"], []
    for place, domain in enumerate(domains):
        step = min(5, 1 + place % 2 + (number if luck < 0.75 else number // 2))
        own = min(5, step + 1) if luck > 0.3 else max(1, step - 1)
        given.append(Given(domain, step, own if luck < 0.9 else None, resident_words=said[domain] if number == 0 and place == 0 else ""))
    actor = world.actor(life.owner, at)
    score_domains(actor=actor, at=at, dossier=life.dossier, happened_on=timezone.localdate(at), given=given)
