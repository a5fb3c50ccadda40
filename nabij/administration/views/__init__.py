"""Pages of administration, by subject."""

from .overview import change_terms, front_door, import_neighbourhoods, manage, municipality, neighbourhoods, region
from .people import (
    add_membership,
    change_person,
    end_membership,
    new_person,
    password_mail,
    people,
    person,
    plan_end,
    second_step,
)
from .teams import add_area, appoint_lead, change_team, duty, end_area, new_team, rota, team, teams

__all__ = [
    "add_area",
    "add_membership",
    "appoint_lead",
    "change_person",
    "change_team",
    "change_terms",
    "duty",
    "end_area",
    "end_membership",
    "front_door",
    "import_neighbourhoods",
    "manage",
    "municipality",
    "neighbourhoods",
    "new_person",
    "new_team",
    "password_mail",
    "people",
    "person",
    "plan_end",
    "region",
    "rota",
    "second_step",
    "team",
    "teams",
]
