"""How worries come in, and what is decided about them."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from nabij.access.models import Role
from nabij.casework.actions import open_case
from nabij.commitments.actions import take_commitment
from nabij.residents.actions import create_resident
from nabij.signals.actions import decide, give_second_word, receive_signal
from nabij.signals.models import Signal

from .days import Life, World
from .helping import first_talk
from .people import draw_address, draw_person, draw_phone

CHANNELS = (("form", 38), ("phone", 26), ("partner", 16), ("walk_in", 12), ("email", 8))
PARTNERS = (
    "huisartsenpraktijk",
    "basisschool",
    "woningcorporatie",
    "wijkagent",
    "thuiszorg",
    "energiebedrijf",
    "consultatiebureau",
)
RELATIONS = ("buren", "familie", "vriend of vriendin", "vrijwilliger", "winkelier")


def new_life(world: World) -> Life:
    """Draw a resident with a story, somewhere in the municipality."""
    story = world.tell.story()
    person = draw_person(world.rng, ages=tuple(story["ages"]), year=world.now.year, woman=story.get("women"))
    return Life(world.post(), person, story)


def write_down(world: World, at: datetime, life: Life, writer: Any, **more: Any) -> None:
    """Write a resident down in their team."""
    post, rng = life.post, world.rng
    address = draw_address(
        rng,
        postcodes=post.postcodes,
        place=post.team.name.removeprefix("Team ") if post.village else "Purmerend",
        village=post.village,
    )
    address["secret"] = life.story["key"] == "unsafe" and world.chance(0.3)
    fields = {**life.person.fields, **more}
    if more.get("known", True) is False:
        fields = {"description": more["description"], "known": False}
        address = None
    phone = draw_phone(rng) if address and world.chance(0.8) else ""
    life.dossier = create_resident(
        actor=world.actor(writer, at), at=at, team=post.team, address=address, phone=phone, **fields
    ).dossier
    world.lives.append(life)


def a_worry(world: World, at: datetime, life: Life, fresh: bool = False) -> None:
    """Somebody raises a worry or asks for help. `fresh`: nobody looked at it yet."""
    channel = world.rng.choices([c for c, _ in CHANNELS], [w for _, w in CHANNELS])[0]
    local = timezone.localtime(at)
    if channel not in {"form", "email"} and (local.weekday() > 4 or not 8 <= local.hour < 17):
        channel = "form"
    kind = "partner" if channel == "partner" else "self" if world.chance(0.3) else "neighbour"
    person, story = life.person, life.story
    signal = receive_signal(
        actor=_who_records(world, at, channel), at=at, channel=channel, about="self" if kind == "self" else "person",
        words=world.tell.say(story[kind], person), who="" if kind == "self" else world.tell.say(story["who"], person),
        postcode=life.post.postcodes[0], municipality=world.town.municipality, unsafe=story.get("unsafe", False),
        about_child=story.get("child", False), asks_support=True if kind == "self" and world.chance(0.5) else None,
        reporter=_reporter(world, channel, kind, person.name), team=life.post.team,
    ).signal  # fmt: skip
    world.done["signals"] += 1
    if fresh:
        return
    days = (0, 0) if story.get("unsafe") or world.chance(0.6) else (1, 2)
    if not world.chance(0.03):  # now and then one is left lying: that is what the lists are for
        world.plan(world.later(at, *days), look, life, signal.pk)


def a_street(world: World, at: datetime) -> None:
    """Somebody tells about a street or a group."""
    post, row = world.post(), world.tell.draw(world.tell.general["street"])
    channel = world.rng.choice(["street", "form"])
    signal = receive_signal(
        actor=_who_records(world, at, channel), at=at, channel=channel, about="place", words=world.rng.choice(row["words"]), place=row["place"],
        postcode=post.postcodes[0], municipality=world.town.municipality, team=post.team, reporter=_reporter(world, channel, "neighbour", "Bewoner"),
    ).signal  # fmt: skip
    world.done["signals"] += 1
    world.plan(
        world.later(at, 0, 2),
        look,
        Life(post, draw_person(world.rng, ages=(30, 60), year=world.now.year), world.tell.stories[0]),
        signal.pk,
    )


def _who_records(world: World, at: datetime, channel: str) -> Any:
    if channel == "form":
        return world.public(at)
    if channel == "email":
        return world.system(at)
    front = world.town.front_door.of(
        Role.COUNTER, Role.WORKER, Role.YOUTH_WORKER if channel == "street" else Role.COUNTER
    )
    return world.actor(world.rng.choice(front), at)


def _reporter(world: World, channel: str, kind: str, own_name: str) -> dict[str, Any] | None:
    """Draw who reports: most are known only to us, some open, some anonymous; half of them can be mailed."""
    if channel == "partner":
        partner = world.rng.choice(PARTNERS)
        return {
            "openness": "open",
            "organisation": partner,
            "name": f"medewerker {partner}",
            "email": f"contact@{partner}.example",
        }
    if kind != "self" and channel != "email" and world.chance(0.2):
        return {"openness": "anonymous", "relation": world.rng.choice(RELATIONS)}
    name = own_name if kind == "self" else draw_person(world.rng, ages=(25, 80), year=world.now.year).name
    found = {
        "openness": "open" if world.chance(0.25) else "known",
        "name": name,
        "relation": "" if kind == "self" else world.rng.choice(RELATIONS),
    }
    if channel == "email" or world.chance(0.45):
        found["email"] = f"{name.split()[0].lower()}@post.example".encode("ascii", "ignore").decode()
    elif world.chance(0.6):
        found |= {"phone": draw_phone(world.rng), "call_back": world.chance(0.4)}
    return found


def _load(pk: int) -> Signal:
    return Signal.objects.select_related(
        "commitment__owner__worker", "commitment__owner__team", "commitment__team", "commitment__dossier"
    ).get(pk=pk)


def look(world: World, at: datetime, life: Life, pk: int) -> None:
    """Who is on duty takes it up, and decides at once or after a talk."""
    signal = _load(pk)
    if not signal.commitment.is_open:
        return
    take_commitment(actor=world.actor(signal.commitment.owner, at), at=at, commitment=signal.commitment)
    soon = signal.unsafe or world.chance(0.6)
    world.plan(at + timedelta(minutes=12) if soon else world.later(at, 0, 2), settle, life, pk)


def settle(world: World, at: datetime, life: Life, pk: int) -> None:
    """Decide: take it up, link it, answer it, or deliberately nothing."""
    signal = _load(pk)
    if not signal.commitment.is_open:
        return
    if signal.about == "place":
        kinds = (("answer", 5), ("nothing_until", 3), ("passed_on", 2))
    elif signal.unsafe or signal.about_child:
        kinds = (("case", 16), ("answer", 2), ("nothing_until", 1))
    else:
        kinds = (("case", 46), ("answer", 22), ("link", 14), ("nothing", 4), ("nothing_until", 6), ("passed_on", 5))
    kind = world.rng.choices([k for k, _ in kinds], [w for _, w in kinds])[0]
    {"case": _case, "link": _link}.get(kind, _decide)(world, at, life, signal, kind)


def _case(world: World, at: datetime, life: Life, signal: Signal, kind: str) -> None:
    owner = life.owner = signal.commitment.owner
    unknown = {"known": False, "description": signal.who} if signal.who and world.chance(0.05) else {}
    life.post = next(
        post for post in [*world.town.quarters, world.town.front_door] if post.team.pk == signal.commitment.team_id
    )
    if not life.post.postcodes:
        _decide(world, at, life, signal, "passed_on")
        return
    write_down(world, at, life, owner, **unknown)
    actor = world.actor(owner, at)
    question = world.tell.say(life.story["question"], life.person)
    life.case = open_case(
        actor=actor, at=at, dossiers=[life.dossier], signal=signal, question="" if unknown else question
    )
    world.done["cases"] += 1
    world.plan(world.later(at, 0 if signal.unsafe else 1, 1 if signal.unsafe else 5), first_talk, life)


def _link(world: World, at: datetime, life: Life, signal: Signal, kind: str) -> None:
    same = [
        one
        for one in world.lives
        if one.is_helped and not one.closed and one.post.team.pk == one.owner.team_id == signal.commitment.team_id
    ]
    if not same:
        _decide(world, at, life, signal, "answer")
        return
    dossier = world.rng.choice(same[-40:]).dossier
    decide(
        actor=world.actor(signal.commitment.owner, at),
        at=at,
        signal=signal,
        kind="link",
        dossier=dossier,
        asks_support=bool(signal.asks_support),
    )
    world.done["decisions"] += 1


def _decide(world: World, at: datetime, life: Life, signal: Signal, kind: str) -> None:
    texts = {"answer": "answered", "nothing": "nothing", "nothing_until": "nothing_until", "passed_on": "passed_on"}
    more: dict[str, Any] = {"reason": world.tell.any(texts[kind], life.person)}
    if kind == "nothing_until":
        pause = world.tell.pause(life.person)
        more |= {
            "until_on": (at + timedelta(days=world.rng.choice([7, 14, 21]))).date(),
            "agreed_with": pause["agreed_with"],
            "sooner_if": pause["sooner_if"],
        }
    decision = decide(
        actor=world.actor(signal.commitment.owner, at),
        at=at,
        signal=signal,
        kind=kind,
        asks_support=bool(signal.asks_support),
        **more,
    )
    world.done["decisions"] += 1
    if decision.needs_second:
        world.plan(world.later(at, 0, 2), second_word, decision, life)
    elif kind == "nothing_until":
        world.plan(
            world.later(at + timedelta(days=(decision.until_on - timezone.localdate(at)).days), 0, 1),
            settle,
            life,
            signal.pk,
        )


def second_word(world: World, at: datetime, decision: Any, life: Life) -> None:
    """A colleague reads along and agrees."""
    team = decision.signal.commitment.team
    decision.refresh_from_db()
    other = team.lead if team.lead.worker_id != decision.by_id else team.lead_substitute
    give_second_word(
        actor=world.actor(other, at),
        at=at,
        decision=decision,
        agrees=True,
        words=world.tell.any("second_words", life.person),
    )
    if decision.kind == "nothing_until":
        world.plan(world.later(at + timedelta(days=14), 0, 1), settle, life, decision.signal_id)
