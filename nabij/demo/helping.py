"""What happens after a case was opened: talks, plans on several rungs, rest, endings."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from nabij.access.models import Role
from nabij.casework.actions import (
    add_activity,
    add_goal,
    agree_plan,
    ask_network,
    close_case,
    finish_activity,
    give_volunteer,
)
from nabij.commitments.actions import add_task, end_pause, pause_commitment
from nabij.commitments.clock import end_of, working_days_after
from nabij.commitments.models import Commitment
from nabij.contacts.actions import record_contact

from .around import tell_around
from .days import Life, World

MEDIA = (("visit", 40), ("phone", 34), ("office", 9), ("street", 5), ("message", 8), ("video", 2), ("letter", 2))


# How it happened, when the words say so.
SAYS = {"huisbezoek": "visit", "gebeld": "phone", "belde": "phone", "app ": "message", "op kantoor": "office", "op straat": "street", "mail": "email"}


def _medium_of(text: str) -> str:
    """Return the medium that the words themselves name, or nothing."""
    return next((medium for word, medium in SAYS.items() if word in text.lower()), "")


def _talk(
    world: World, at: datetime, life: Life, *, reached: bool, text: str, days: int | None, audience: str = "team"
) -> None:
    """Record one contact or attempt, and the next date with it."""
    medium = _medium_of(text) or (
        world.rng.choices([m for m, _ in MEDIA], [w for _, w in MEDIA])[0]
        if reached
        else world.rng.choice(["phone", "phone", "visit"])
    )
    next_on = working_days_after(timezone.localdate(at) + timedelta(days=days - 1), 1) if days else None
    record_contact(
        actor=world.actor(life.owner, at), at=at, dossiers=[life.dossier], medium=medium, reached=reached, happened_at=at - timedelta(minutes=world.rng.randint(2, 50)),
        texts={life.dossier.pk: (audience, text)}, minutes=world.rng.choice([5, 10, 15, 30, 45, 60]) if reached else None,
        commitment=life.case.commitment, next_on=next_on,
    )  # fmt: skip
    world.done["contacts"] += 1


def first_talk(world: World, at: datetime, life: Life) -> None:
    """The first talk, after no, one or several attempts."""
    if not life.is_helped:
        return
    if life.tries < 3 and world.chance(0.25 if life.tries else 0.35):
        life.tries += 1
        _talk(world, at, life, reached=False, text=world.tell.any("attempt", life.person), days=1)
        world.plan(world.later(at, 1, 2), first_talk, life)
        return
    days = world.rng.randint(6, 16)
    _talk(world, at, life, reached=True, text=world.tell.say(life.story["contact"], life.person), days=days)
    if world.chance(0.48):
        world.plan(at + timedelta(minutes=20), make_plan, life)
    world.plan(at + timedelta(minutes=15), tell_around, life)
    world.plan(world.later(at + timedelta(days=days - 1), 1, 1), go_on, life)


def make_plan(world: World, at: datetime, life: Life) -> None:
    """Make the plan at the kitchen table: own network asked, goals, agreement, who does what."""
    if not life.is_helped:
        return
    life.planned, actor, case, person = True, world.actor(life.owner, at), life.case, life.person
    answer = life.story["network"] if world.chance(0.75) else world.rng.choice(["yes", "no", "no_more"])
    ask_network(actor=actor, at=at, case=case, answer=answer)
    texts = world.rng.sample(life.story["goals"], world.rng.choice([1, 1, 2]))
    life.goals = [add_goal(actor=actor, at=at, case=case, text=text) for text in texts]
    agree_plan(
        actor=actor,
        at=at,
        case=case,
        how="spoken" if world.chance(0.8) else "written",
        on=timezone.localdate(at),
        present=world.tell.any("present", person),
    )
    for rung, what, who in world.tell.activities(life.story, person):
        due = end_of(working_days_after(timezone.localdate(at), world.rng.randint(4, 18)))
        activity = add_activity(
            actor=actor, at=at, case=case, text=what, rung=rung, carrier=who, goal=life.goals[0], due_at=due
        )
        volunteers = life.post.of(Role.VOLUNTEER) if life.owner.team_id == life.post.team.pk else []
        if rung == 3 and volunteers and world.chance(0.55) and not life.story.get("unsafe"):
            give_volunteer(actor=actor, at=at, activity=activity, volunteer=world.rng.choice(volunteers))
            world.plan(world.later(at, 3, 8), volunteer_goes, life, activity.pk)
        elif world.chance(0.7):
            world.plan(world.later(due - timedelta(days=2), 0, 2), look_at_activity, life, activity)
    world.done["plans"] += 1
    world.plan(at + timedelta(minutes=15), tell_around, life)


def look_at_activity(world: World, at: datetime, life: Life, activity: Any) -> None:
    """Look whether it happened."""
    if Commitment.objects.open().filter(pk=activity.pk).exists():
        finish_activity(
            actor=world.actor(life.owner, at),
            at=at,
            activity=activity,
            outcome="done" if world.chance(0.85) else "not_done",
        )


def volunteer_goes(world: World, at: datetime, life: Life, pk: int) -> None:
    """A volunteer visits, says so in two taps, and comes again."""
    commitment = Commitment.objects.select_related("owner__worker", "owner__team").get(pk=pk)
    if not commitment.is_open or commitment.owner.role != Role.VOLUNTEER:
        return
    record_contact(
        actor=world.actor(commitment.owner, at), at=at, dossiers=[life.dossier], medium="visit", reached=True, happened_at=at,
        texts={life.dossier.pk: ("team", world.tell.any("volunteer", life.person))}, minutes=60, commitment=commitment,
        next_on=working_days_after(timezone.localdate(at), 5),
    )  # fmt: skip
    world.done["contacts"] += 1
    world.plan(world.later(at, 4, 6), volunteer_goes, life, pk)


def go_on(world: World, at: datetime, life: Life) -> None:
    """The next agreed date: contact again, rest, or an ending; now and then a date passes."""
    if not life.is_helped:
        return
    if life.resting:
        life.resting = False
        if life.case.commitment.pauses.filter(ended_at__isnull=True).exists():
            end_pause(
                actor=world.actor(life.owner, at),
                at=at,
                commitment=_fresh(life),
                due_at=end_of(working_days_after(timezone.localdate(at), 3)),
            )
    draw = world.rng.random()
    if draw < 0.06:
        world.plan(world.later(at, 8, 20), go_on, life)  # the date passes: it shows, and later somebody does go
    elif draw < 0.18:
        _talk(
            world,
            at,
            life,
            reached=False,
            text=world.tell.any("attempt", life.person),
            days=world.rng.choice([1, 1, 2]),
        )
        world.plan(world.later(at, 1, 2), go_on, life)
    elif draw < 0.28:
        _rest(world, at, life)
    elif draw < (0.44 if life.planned else 0.34) and not life.story.get("unsafe"):
        _end(world, at, life)
    else:
        _again(world, at, life)


def _fresh(life: Life) -> Commitment:
    return Commitment.objects.select_related("team", "owner").get(pk=life.case.pk)


def _again(world: World, at: datetime, life: Life) -> None:
    days, person = world.rng.randint(14, 42), life.person
    audience = world.rng.choices(["team", "resident", "private"], [80, 15, 5])[0]
    text = (
        world.tell.any("private", person)
        if audience == "private"
        else world.tell.say(life.story["contact"] if world.chance(0.55) else world.tell.general["short"], person)
    )
    _talk(world, at, life, reached=True, text=text, days=days, audience=audience)
    if world.chance(0.12):
        due = end_of(working_days_after(timezone.localdate(at), world.rng.randint(1, 6)))
        add_task(
            actor=world.actor(life.owner, at),
            at=at,
            what=world.tell.any("task", person),
            owner=life.owner,
            due_at=due,
            dossier=life.dossier,
        )
    world.plan(world.later(at + timedelta(days=days - 1), 1, 1), go_on, life)


def _rest(world: World, at: datetime, life: Life) -> None:
    """Deliberately nothing, until a date; some of these dates are today."""
    today, left = timezone.localdate(at), (world.now - at).days
    until = today + timedelta(
        days=left if 5 < left < 30 and world.chance(0.3) else world.rng.choice([10, 14, 21, 28, 42])
    )
    pause_commitment(
        actor=world.actor(life.owner, at),
        at=at,
        commitment=_fresh(life),
        look_again_on=until,
        **world.tell.pause(life.person),
    )
    life.resting = True
    world.done["pauses"] += 1
    world.plan(world.later(at + timedelta(days=(until - today).days), 0, 1), go_on, life)


def _end(world: World, at: datetime, life: Life) -> None:
    """The end, with each goal's result and the resident's own word."""
    _talk(world, at, life, reached=True, text=world.tell.say(life.story["contact"], life.person), days=None)
    results = {
        goal.pk: (
            world.rng.choices(["reached", "partly", "not", "given_up"], [50, 30, 8, 12])[0],
            world.tell.any("result_words", life.person),
        )
        for goal in life.goals
    }
    close_case(
        actor=world.actor(life.owner, at), at=at, case=life.case, results=results, resident_word=world.tell.any("resident_word", life.person),
        reason=world.tell.any("closing", life.person), end_activities=True,
    )  # fmt: skip
    life.case.commitment.closed_at = at
    world.done["closed"] += 1
