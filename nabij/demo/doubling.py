"""Somebody who was written down twice: two pairs to look at, and one that was merged already."""

from datetime import datetime, timedelta

from nabij.access.models import Role
from nabij.duplicates.actions import look_at, merge
from nabij.residents.actions import create_resident

from .days import World
from .people import draw_person

TWICE = (("Ria", "Rita", False), ("Mo", "Mohamed", False), ("Jo", "Johanna", True))


def doubled(world: World, at: datetime) -> None:
    """Write three people down twice, by two colleagues of one team who did not search."""
    post = world.town.quarters[0]
    worker = post.of(Role.LEAD, Role.WORKER)[0]
    for number, (name, other, merged) in enumerate(TWICE):
        person = draw_person(world.rng, ages=(40, 85), year=world.now.year)
        sides = []
        for call_name in (name, other):
            fields = person.fields | {"call_name": call_name, "initials": f"{call_name[0]}."}
            sides.append(create_resident(actor=world.actor(worker, at), at=at, team=post.team, phone=f"061234567{number}", **fields).dossier)
        pair = look_at(actor=world.actor(worker, at), at=at, dossier=sides[0], other=sides[1])
        if merged:
            then = at + timedelta(minutes=5)
            merge(actor=world.actor(worker, then), at=then, pair=pair, keep=sides[0], reason="Zelfde persoon: gevraagd bij het huisbezoek")
        world.done["twice"] += 1
