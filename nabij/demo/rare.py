"""What does not happen every day, and must be in the demonstration all the same."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from nabij.access.actions import mark_acquaintance, restrict_dossier, share_dossier
from nabij.access.models import Role
from nabij.casework.actions import link_resident, record_death
from nabij.commitments.actions import stand_in
from nabij.residents.actions import (
    add_authority,
    add_contact_way,
    add_representative,
    add_safety_note,
    create_resident,
    set_away,
)

from .days import Life, World
from .doubling import doubled
from .leaving import leave
from .people import draw_person, draw_phone
from .reading import read_along
from .tables import rarely
from .weighing import weigh

Doing = Callable[[World, datetime, Life, Any], None]


def rare_things(world: World, begin: datetime) -> None:
    """Spread the rare things over the weeks, in proportion to how many people are known."""
    scale = max(1, world.waiting // 500)
    kinds: list[tuple[Doing, int]] = [
        (_safety, 6), (_ways, 14), (_away, 3), (_represent, 3), (_authority, 4), (_restrict, 3), (_share, 2), (_know, 1), (_death, 2), (_household, 4),
    ]  # fmt: skip
    for doing, count in kinds:
        for _number in range(count * scale):
            day = timezone.localdate(begin) + timedelta(days=world.rng.randint(3, 40))
            world.plan(world.work_time(day), _to_somebody, doing)
    world.plan(world.now - timedelta(hours=20), _absence)
    world.plan(world.now - timedelta(days=2), doubled)
    weigh(world, begin)
    rarely(world, begin)
    read_along(world)


def _to_somebody(world: World, at: datetime, doing: Doing) -> None:
    """Let it happen to somebody with a running case, by who answers for them."""
    running = [life for life in world.lives if _fits(life, doing.__name__)]
    if running:
        life = world.rng.choice(running)
        life.had.add(doing.__name__)
        doing(world, at, life, world.actor(life.owner, at))
        world.done[doing.__name__] += 1


def _fits(life: Life, name: str) -> bool:
    """Tell whether this may happen to somebody: helped by a colleague of their own team, not at rest, and not twice."""
    settled = life.is_helped and not life.resting and not life.closed and name not in life.had
    return settled and life.owner.team_id == life.post.team.pk


def _safety(world: World, at: datetime, life: Life, actor: Any) -> None:
    review = timezone.localdate(at) + timedelta(days=world.rng.choice([90, 180, 360]))
    fact, todo = world.tell.any("fact", life.person), world.tell.any("what_to_do", life.person)
    add_safety_note(actor=actor, at=at, dossier=life.dossier, fact=fact, what_to_do=todo, review_on=review)


def _ways(world: World, at: datetime, life: Life, actor: Any) -> None:
    mind = world.tell.any("call_first", life.person)
    if world.chance(0.5):
        add_contact_way(
            actor=actor,
            at=at,
            dossier=life.dossier,
            kind="via",
            value=world.tell.any("via", life.person),
            preferred=True,
        )
    else:
        add_contact_way(
            actor=actor,
            at=at,
            dossier=life.dossier,
            kind="phone",
            value=draw_phone(world.rng),
            mind=mind,
            safe="luistert" not in mind,
            preferred=True,
        )


def _away(world: World, at: datetime, life: Life, actor: Any) -> None:
    today = timezone.localdate(at)
    set_away(
        actor=actor,
        at=at,
        dossier=life.dossier,
        kind=world.rng.choice(["admitted", "holiday", "detained"]),
        from_on=today,
        until_on=today + timedelta(days=world.rng.randint(7, 40)),
    )


def _represent(world: World, at: datetime, life: Life, actor: Any) -> None:
    add_representative(
        actor=actor, at=at, dossier=life.dossier, kind=world.rng.choice(["mentor", "administrator", "authorised"]), name="Kantoor De Vaart",
        organisation="Kantoor De Vaart, bewind en mentorschap", phone="0299 000 222", from_on=timezone.localdate(at) - timedelta(days=300),
    )  # fmt: skip


def _authority(world: World, at: datetime, life: Life, actor: Any) -> None:
    """A child of the family comes into the case, with who has parental authority."""
    child = draw_person(world.rng, ages=(2, 15), year=world.now.year)
    child.prefix, child.surname, child.extra = life.person.prefix, life.person.surname, {}
    dossier = create_resident(actor=actor, at=at, team=life.post.team, **child.fields).dossier
    link_resident(actor=actor, at=at, case=life.case, dossier=dossier)
    born = timezone.localdate(at).replace(year=child.born[0], month=child.born[1] or 7, day=child.born[2] or 1)
    add_authority(actor=actor, at=at, dossier=dossier, holder=life.dossier, from_on=born)


def _restrict(world: World, at: datetime, life: Life, actor: Any) -> None:
    restrict_dossier(actor=actor, at=at, dossier=life.dossier, workers=[life.owner.worker])
    life.closed = True


def _share(world: World, at: datetime, life: Life, actor: Any) -> None:
    others = [post.team for post in world.town.quarters if post.team.controller_id != life.dossier.controller_id]
    share_dossier(
        actor=actor, at=at, dossier=life.dossier, to_team=world.rng.choice(others), what="Contactgegevens en het plan", why="Maatje zoeken in de buurt",
        basis="AVG art. 6 lid 1 onder e", resident_word="agreed",
    )  # fmt: skip


def _know(world: World, at: datetime, life: Life, actor: Any) -> None:
    colleague = next(m for m in life.post.of(Role.LEAD, Role.WORKER) if m.worker_id != life.owner.worker_id)
    mark_acquaintance(actor=world.actor(colleague, at), at=at, dossier=life.dossier)
    life.closed = True


def _death(world: World, at: datetime, life: Life, actor: Any) -> None:
    record_death(actor=actor, at=at, dossier=life.dossier, on=timezone.localdate(at) - timedelta(days=1))
    life.case.commitment.closed_at = at


def _household(world: World, at: datetime, life: Life, actor: Any) -> None:
    """One household, one plan: somebody else of the same team is in the case too."""
    others = [one for one in world.lives if one.post is life.post and one.dossier and not one.case and not one.had]
    if others:
        other = world.rng.choice(others)
        other.had.add("_household")
        link_resident(actor=actor, at=at, case=life.case, dossier=other.dossier)


def _absence(world: World, at: datetime) -> None:
    """Two colleagues are away and have a substitute; one will leave soon."""
    today = timezone.localdate(world.now)
    big = [post for post in world.town.quarters if len(post.of(Role.WORKER)) > 2]
    for post in big[:2]:
        away, substitute = post.of(Role.WORKER)[1:3]
        stand_in(
            actor=world.actor(post.team.lead, at),
            at=at,
            membership=away,
            substitute=substitute,
            from_on=today,
            until_on=today + timedelta(days=12),
        )
    *colleagues, leaver = big[2].of(Role.WORKER)
    world.plan(at + timedelta(hours=1), leave, leaver, colleagues)
