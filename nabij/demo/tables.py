"""What a team does when the standard offer does not fit: a measure of its own, a conference, the plan on paper."""

from datetime import datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from django.utils import timezone

from nabij.access.models import Membership, Role
from nabij.casework.actions import ask_breakthrough, give_word, keep_copy, set_limit
from nabij.casework.models import Rung
from nabij.commitments.clock import end_of, working_days_after
from nabij.conferences.actions import add_agreement, add_participant, hold_conference, plan_conference

from .days import Life, World

LIMIT = Decimal(250)
# Dice of its own, so that the rest of the demonstration does not change with it.
SEED = 6
# What, why, the amount in euros, the colleague's no (empty: a yes).
MEASURES = (
    ("Een tweedehands wasmachine kopen en laten aansluiten", "De bijzondere bijstand duurt acht weken. Zo lang kan dit gezin niet wachten.", 180, ""),
    ("Drie maanden de sportclub vooruitbetalen", "Er is geen potje voor wie net boven de grens zit, en de club is het enige vaste punt in de week.", None, ""),
    ("De huurachterstand van één maand overnemen", "Een ontruiming kost de gemeente veel meer, en het inkomen komt volgende maand weer binnen.", 640, ""),
    ("Een laptop voor de opleiding", "Zonder laptop stopt de opleiding volgende week.", 420, "De school leent laptops uit. Ik heb het nummer van de conciërge voor je."),
)
GUESTS = (("M. Kok", "Woningcorporatie", "Verhuurder, kan de huur spreiden"), ("A. Blom", "Huisartsenpraktijk", "Kent de medische kant"), ("T. Visser", "Basisschool", "Ziet de kinderen elke dag"))
QUESTIONS = ("Wie pakt de schulden op, zodat er weer rust is?", "Hoe zorgen we dat de kinderen elke dag op school komen?", "Wat is er nodig om veilig thuis te blijven wonen?")
AGREED = (("Belt de deurwaarder en vraagt uitstel", ""), ("Gaat mee naar de eerste afspraak", ""), ("Zet de huur in drie delen", "M. Kok"))


def rarely(world: World, begin: datetime) -> None:
    """Set the municipality's amount, and spread measures, conferences and letters over the weeks."""
    dice = Random(SEED)  # noqa: S311 - made-up people, no secrets
    administrator = world.town.offices[0].of(Role.ADMINISTRATOR)[0]
    world.plan(begin, _limit, administrator)
    scale = max(1, world.waiting // 500)
    for doing, count in ((_measure, 6), (_conference, 5), (_paper, 6)):
        for _number in range(count * scale):
            day = timezone.localdate(begin) + timedelta(days=dice.randint(10, 41))
            world.plan(end_of(working_days_after(day, 1)) - timedelta(minutes=dice.randint(60, 400)), _with_somebody, doing, dice)


def _limit(world: World, at: datetime, administrator: Membership) -> None:
    set_limit(actor=world.actor(administrator, at), at=at, municipality=world.town.municipality, amount=LIMIT)


def _with_somebody(world: World, at: datetime, doing: Any, dice: Random) -> None:
    """Let it happen in a plan that is running, once for each."""
    running = [life for life in world.lives if life.planned and _fits(life, doing.__name__)]
    if running:
        life = dice.choice(running)
        # whoever takes part must go on seeing the dossier
        life.had |= {doing.__name__, "_restrict", "_know"}
        doing(world, at, life, dice)
        world.done[doing.__name__] += 1


def _fits(life: Life, name: str) -> bool:
    return life.is_helped and not life.resting and not life.closed and name not in life.had and life.owner.team_id == life.post.team.pk


def _measure(world: World, at: datetime, life: Life, dice: Random) -> None:
    text, reason, amount, no = MEASURES[world.done["_measure"] % len(MEASURES)]
    peer = next(m for m in life.post.of(Role.WORKER, Role.LEAD) if m.worker_id != life.owner.worker_id)
    asked = ask_breakthrough(
        actor=world.actor(life.owner, at), at=at, case=life.case, text=text, reason=reason, rung=Rung.INDIVIDUAL_PROVISION, carrier="Het wijkteam",
        amount=Decimal(amount) if amount else None, peer=peer, due_at=end_of(working_days_after(timezone.localdate(at), 8)),
    )  # fmt: skip
    if asked.state == asked.State.ASKED:
        world.plan(world.later(at, 1, 2), _word, life, asked, peer, no)


def _word(world: World, at: datetime, life: Life, asked: Any, peer: Any, no: str) -> None:
    if life.is_helped:
        give_word(actor=world.actor(peer, at), at=at, breakthrough=asked, agrees=not no, words=no)


def _conference(world: World, at: datetime, life: Life, dice: Random) -> None:
    """Convene it some days ahead: one that is still to come stands on the list today."""
    starts_at, actor = world.later(at, 3, 7), world.actor(life.owner, at)
    part = dice.choice(["present", "present", "informed"])
    table = plan_conference(actor=actor, at=at, case=life.case, starts_at=starts_at, question=dice.choice(QUESTIONS), resident_part=part, place="Wijkhuis, kamer 2")
    for name, organisation, why in dice.sample(GUESTS, 2):
        add_participant(actor=actor, at=at, conference=table, name=name, organisation=organisation, why=why, basis="De inwoner vraagt erom of vindt het goed")
    world.plan(starts_at + timedelta(hours=1), _held, life, table)


def _held(world: World, at: datetime, life: Life, table: Any) -> None:
    actor = world.actor(life.owner, at)
    for text, outsider in AGREED:
        due_at = end_of(working_days_after(timezone.localdate(at), 4))
        add_agreement(
            actor=actor, at=at, conference=table, text=text, dossier=life.dossier, due_at=due_at, owner=None if outsider else life.owner, outsider=outsider
        )
    notes = "Iedereen was er op tijd. De sfeer was goed en de bewoner sprak zelf als eerste."
    hold_conference(actor=actor, at=at, conference=table, resident_part=table.resident_part, notes=notes)


def _paper(world: World, at: datetime, life: Life, dice: Random) -> None:
    kind = "pictures" if life.person.extra.get("cannot_read") else "plan"
    keep_copy(
        actor=world.actor(life.owner, at), at=at, case=life.case, dossier=life.dossier, kind=kind, form="pdf", language="nl", handed_on=timezone.localdate(at)
    )
