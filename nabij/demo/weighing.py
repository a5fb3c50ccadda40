"""Wmo tracks from report to written result, a meldcode here and there, and what residents say when it is over."""

from datetime import datetime, timedelta
from random import Random
from typing import Any

from django.utils import timezone

from nabij.access.actor import link_actor
from nabij.access.models import Role
from nabij.commitments.clock import end_of, working_days_after
from nabij.links.opening import open_link
from nabij.meldcode.actions import let_in, sign_step, start_meldcode
from nabij.outcomes.actions import KIND, answer_by_link, ask_experience, type_answer
from nabij.wmo.actions import (
    confirm_receipt,
    give_result,
    note_plan,
    start_track,
    suspend_term,
    tell_support,
    write_topic,
)
from nabij.wmo.models import Topic

from .days import Life, World

# Dice of its own, so that the rest of the demonstration does not change with it.
SEED = 11
TOLD = {
    Topic.About.NEEDS: "Wil thuis blijven wonen en weer zelf boodschappen doen.",
    Topic.About.STRENGTH: "Kookt zelf en doet de was. Tillen en ramen lappen lukken niet meer.",
    Topic.About.NETWORK: "De dochter komt elke zondag. De buurman zet de container buiten.",
    Topic.About.CARER: "De dochter houdt het vol, maar wil een vaste vrije middag.",
    Topic.About.GENERAL: "De boodschappenbus rijdt op dinsdag. Gaat volgende week een keer mee.",
    Topic.About.TOGETHER: "De wijkverpleegkundige komt twee keer per week en weet hiervan.",
}
RESULT = "Wij spraken af dat u elke week twee uur hulp in huis krijgt. Uw dochter doet de zware boodschappen. Na drie maanden bellen wij hoe het gaat."
SIGNS = "Schrikt van harde geluiden. Wil niet dat wij bellen als de partner thuis is."
SAID = ("Fijn dat er steeds dezelfde kwam.", "", "Ik wist eindelijk wie ik kon bellen.", "Het duurde wel lang.", "")


def weigh(world: World, begin: datetime) -> None:
    """Spread Wmo tracks, meldcodes and experiences over the weeks."""
    dice = Random(SEED)  # noqa: S311 - made-up people, no secrets
    scale = max(1, world.waiting // 500)
    for doing, count in ((_track, 6), (_meldcode, 3), (_experience, 8)):
        for _number in range(count * scale):
            day = timezone.localdate(begin) + timedelta(days=dice.randint(8, 41))
            world.plan(end_of(working_days_after(day, 1)) - timedelta(minutes=dice.randint(60, 400)), _with_somebody, doing, dice)


def _with_somebody(world: World, at: datetime, doing: Any, dice: Random) -> None:
    """Let it happen in a case that is running, once for each."""
    running = [life for life in world.lives if _fits(life, doing.__name__)]
    if running:
        life = dice.choice(running)
        # whoever takes part must go on seeing the dossier
        life.had |= {doing.__name__, "_restrict", "_know"}
        doing(world, at, life, dice)
        world.done[doing.__name__] += 1


def _fits(life: Life, name: str) -> bool:
    return life.is_helped and not life.resting and not life.closed and name not in life.had and life.owner.team_id == life.post.team.pk


def _track(world: World, at: datetime, life: Life, dice: Random) -> None:
    signal = life.case.signal if life.case.signal_id and life.case.signal.asks_support else None
    days = {} if signal else {"received_on": timezone.localdate(at)}
    track = start_track(actor=world.actor(life.owner, at), at=at, dossier=life.dossier, case=life.case, **days)
    world.plan(at + timedelta(minutes=20), _first_steps, life, track)
    world.plan(at + timedelta(days=9), _topics, life, track, dice.random() < 0.5)
    if dice.random() < 0.5:
        world.plan(at + timedelta(days=4), _suspend, life, track)


def _first_steps(world: World, at: datetime, life: Life, track: Any) -> None:
    actor, today = world.actor(life.owner, at), timezone.localdate(at)
    confirm_receipt(actor=actor, at=at, track=track, on=today, how="Telefonisch, daarna een brief")
    tell_support(actor=actor, at=at, track=track, on=today)


def _suspend(world: World, at: datetime, life: Life, track: Any) -> None:
    today = timezone.localdate(at)
    told = {"told_on": today, "told_how": "Telefonisch", "ground": "away", "words": "Een week naar de zus"}
    suspend_term(actor=world.actor(life.owner, at), at=at, track=track, from_on=today, until_on=today + timedelta(days=7), **told)


def _topics(world: World, at: datetime, life: Life, track: Any, ready: bool) -> None:
    """Write the topics; the track of every second resident gets its result in the same week."""
    actor = world.actor(life.owner, at)
    note_plan(actor=actor, at=at, track=track, received=True, on=timezone.localdate(at))
    for about, words in list(TOLD.items())[: None if ready else 3]:
        write_topic(actor=actor, at=at, track=track, about=about, state="discussed", words=words)
    if ready:
        write_topic(actor=actor, at=at, track=track, about=Topic.About.PAYING, state="na")
        give_result(actor=actor, at=at, track=track, on=timezone.localdate(at), words=RESULT, follows="request")


def _meldcode(world: World, at: datetime, life: Life, dice: Random) -> None:
    actor, today = world.actor(life.owner, at), timezone.localdate(at)
    meldcode = start_meldcode(actor=actor, at=at, dossier=life.dossier)
    sign_step(actor=actor, at=at, meldcode=meldcode, part="signs", on=today, words=SIGNS, next_on=working_days_after(today, 3))
    peer = next((m for m in life.post.of(Role.WORKER, Role.LEAD) if m.worker_id != life.owner.worker_id), None)
    if peer is not None:
        let_in(actor=actor, at=at, meldcode=meldcode, worker=peer.worker)
        said = {"words": "Samen nagelopen wat we weten. Eerst alleen met haar praten.", "whom": peer.worker.name}
        sign_step(actor=actor, at=at, meldcode=meldcode, part="consult", on=today, next_on=working_days_after(today, 5), **said)


def _experience(world: World, at: datetime, life: Life, dice: Random) -> None:
    """Ask how it goes: on paper, by a link that is answered, or by one that still waits."""
    actor, faces = world.actor(life.owner, at), {name: dice.choice([2, 3, 4, 4, 5]) for name in ("heard", "knew", "decided", "better")}
    words, way = dice.choice(SAID), dice.choice(["paper", "link", "link", "waits"])
    if way == "paper":
        type_answer(actor=actor, at=at, case=life.case, dossier=life.dossier, on=timezone.localdate(at), answers=faces, words=words)
        return
    asked = ask_experience(actor=actor, at=at, case=life.case, dossier=life.dossier, way="printed")
    if way == "link":
        link = open_link(kind=KIND, secret=asked.address.rpartition("/")[2], at=at)
        holder = link_actor(subject=asked.experience.ref, at=at)
        answer_by_link(actor=holder, at=at, experience=asked.experience, link=link, answers=faces, words=words)
