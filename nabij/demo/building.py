"""Make the demonstration: found the town, fill it with lives, let the weeks pass, and look whether every promise holds."""

import gc
from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random

from django.db import transaction
from django.utils import timezone

from nabij.access.actor import system_actor
from nabij.access.models import Controller, Role, Worker
from nabij.audit.actions import seal_entries
from nabij.commitments.actions import finish_task
from nabij.commitments.clock import is_working_day, start_of, working_days_after
from nabij.commitments.models import Task
from nabij.post.actions import claim_due, record_sent
from nabij.post.queries import due_mail
from nabij.upkeep.actions.importing import import_resident
from nabij.upkeep.actions.sweeping import wake_pause
from nabij.upkeep.caseload.rows import Intake
from nabij.upkeep.queries import pauses_to_wake
from nabij.upkeep.sweep import Finding, hand_on_duty, sweep

from .actions import found_town
from .arriving import a_street, a_worry, new_life, write_down
from .days import Life, World
from .helping import go_on, make_plan
from .people import draw_address, draw_phone
from .rare import rare_things

WEEKS = 6
SEED = 1441
# Shares of the size: taken over with a case, signals in the six weeks (about half become a case), signals about a street.
TAKEN_OVER, SIGNALS, STREETS = 0.21, 0.16, 0.01
OLDER = timedelta(days=700)
Progress = Callable[[World], Callable[[], None]]


def _silent(_world: World) -> Callable[[], None]:
    return lambda: None


def is_empty() -> bool:
    """Tell whether nobody works here yet."""
    return not (Worker.objects.exists() or Controller.objects.exists())


def build(*, size: int, now: datetime, password: str, progress: Progress = _silent) -> tuple[World, list[Finding]]:
    """Make a municipality with about `size` residents in one transaction; return it with what the sweep found at the end."""
    gc.disable()  # nothing of this is rubbish until the end, and looking for it takes a seventh of the time
    try:
        with transaction.atomic():
            rng = Random(SEED)  # noqa: S311 - made-up people, no secrets
            begin = start_of(working_days_after(timezone.localdate(now) - timedelta(weeks=WEEKS, days=1), 1))
            town = found_town(
                actor=system_actor(at=now), at=begin - OLDER, rng=rng, password=password, today=timezone.localdate(now)
            )
            world = World(town=town, rng=rng, now=now)
            _people(world, size, begin)
            _signals(world, size, begin)
            rare_things(world, begin)
            for n in range(WEEKS * 7 + 1):
                world.plan(
                    start_of(timezone.localdate(begin) + timedelta(days=n)) + timedelta(hours=2, minutes=30), night
                )
                world.plan(
                    start_of(timezone.localdate(begin) + timedelta(days=n)) + timedelta(hours=17, minutes=5), evening
                )
            _today(world)
            world.run(each=progress(world))
            evening_post(world, now)
            findings = sweep(at=now)
            seal_entries(at=now)
            return world, findings
    finally:
        gc.enable()


def _people(world: World, size: int, begin: datetime) -> None:
    """Who was known before these weeks: some with help running, taken over from another system, most without."""
    taken, signals = int(size * TAKEN_OVER), int(size * SIGNALS)
    administrator = world.town.offices[0].of(Role.ADMINISTRATOR)[0]
    for number in range(taken):
        world.plan(begin + timedelta(hours=9, seconds=20 * number), _take_over, new_life(world), administrator, number)
    for _number in range(size - taken - signals // 2):
        day = timezone.localdate(begin) - timedelta(days=world.rng.randint(3, OLDER.days - 40))
        world.plan(world.work_time(working_days_after(day, 1)), _known_before, new_life(world))


def _known_before(world: World, at: datetime, life: Life) -> None:
    write_down(world, at, life, world.rng.choice(life.post.of(Role.WORKER, Role.LEAD)))


def _take_over(world: World, at: datetime, life: Life, administrator: object, number: int) -> None:
    """Import a running case with its owner and next date."""
    post, rng, person = life.post, world.rng, life.person
    outreach = life.story["key"] == "confused" and world.chance(0.5)
    life.owner = rng.choice(world.town.front_door.of(Role.GGD) if outreach else post.of(Role.WORKER, Role.LEAD))
    fields = {name: value for name, value in person.fields.items() if not name.startswith("birth_")}
    address = draw_address(
        rng,
        postcodes=post.postcodes,
        place=post.team.name.removeprefix("Team ") if post.village else "Purmerend",
        village=post.village,
    )
    next_on = working_days_after(timezone.localdate(at), rng.randint(2, 42) if number else 3)
    intake = Intake(
        owner=life.owner, person=fields, birth=person.born, address=address, phone=draw_phone(rng), next_on=next_on,
        question=world.tell.say(life.story["question"], person), other_number=("Vorig systeem", f"{at.year}-{number + 1:05d}"),
    )  # fmt: skip
    life.case = import_resident(actor=world.actor(administrator, at), at=at, intake=intake)
    life.dossier = life.case.commitment.dossier
    world.lives.append(life)
    world.done["cases"] += 1
    moment = world.work_time(next_on)
    if number % 10 == 0:
        world.plan(moment - timedelta(minutes=5), make_plan, life)
    world.plan(moment, go_on, life)


def _signals(world: World, size: int, begin: datetime) -> None:
    """Spread the signals over the weeks: most on working days, some in the evening and at the weekend by form."""
    days = [timezone.localdate(begin) + timedelta(days=n) for n in range((world.now - begin).days + 1)]
    weights = [10 if is_working_day(day) else 2 for day in days]
    for day in world.rng.choices(days, weights, k=int(size * SIGNALS)):
        at = (
            start_of(day) + timedelta(minutes=world.rng.randint(7 * 60, 22 * 60))
            if world.chance(0.3)
            else world.work_time(day)
        )
        world.plan(at, a_worry, new_life(world))
    for day in world.rng.choices(days, weights, k=int(size * STREETS) + 2):
        world.plan(world.work_time(day), a_street)


def night(world: World, at: datetime) -> None:
    """What the nightly sweep does for pauses, and the seal."""
    for pause in pauses_to_wake(on=timezone.localdate(at)):
        wake_pause(actor=world.system(at), at=at, pause=pause)
    seal_entries(at=at)


def evening(world: World, at: datetime) -> None:
    """The end of a day: the duty is handed on, most small things are done, mail has left."""
    if is_working_day(timezone.localdate(at)):
        hand_on_duty(at=at)
        rows = Task.objects.filter(commitment__closed_at__isnull=True, commitment__due_at__lte=at)
        for task in rows.select_related("commitment__owner__worker", "commitment__team", "commitment__dossier"):
            if world.chance(0.8):
                finish_task(actor=world.actor(task.commitment.owner, at), at=at, task=task)
    evening_post(world, at)


def evening_post(world: World, at: datetime) -> None:
    """Say that the mail of today has left: nothing of a demonstration is really sent."""
    actor = world.system(at)
    while due_mail(at=at).exists():
        for mail in claim_due(actor=actor, at=at):
            record_sent(actor=actor, at=at, mail=mail)


def _today(world: World) -> None:
    """What waits this very moment: for each team something new that nobody took yet, somewhere something acute."""
    unsafe = next(story for story in world.tell.stories if story.get("unsafe"))
    posts = [post for post in world.town.quarters for _number in range(2 if post.share > 4 else 1)]
    for number, post in enumerate(posts):
        life = new_life(world)
        life.post = post
        if number % 6 == 3:
            life.story = unsafe
        world.plan(world.now - timedelta(minutes=2 * number + 1), a_worry, life, True)
