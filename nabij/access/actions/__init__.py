"""What changes who may do what."""

from .grants import (
    end_grant,
    end_sharing,
    give_emergency_access,
    give_grant,
    mark_acquaintance,
    restrict_dossier,
    share_dossier,
    widen_dossier,
)
from .people import (
    add_membership,
    change_worker,
    create_worker,
    end_membership,
    move_membership_end,
    reset_second_factor,
    set_password,
)
from .teams import (
    act_as_lead,
    add_area,
    appoint_lead,
    change_team,
    create_team,
    end_area,
    plan_duty,
    plan_rota,
    set_front_door,
)

__all__ = [
    "act_as_lead",
    "add_area",
    "add_membership",
    "appoint_lead",
    "change_team",
    "change_worker",
    "create_team",
    "create_worker",
    "end_area",
    "end_grant",
    "end_membership",
    "end_sharing",
    "give_emergency_access",
    "give_grant",
    "mark_acquaintance",
    "move_membership_end",
    "plan_duty",
    "plan_rota",
    "reset_second_factor",
    "restrict_dossier",
    "set_front_door",
    "set_password",
    "share_dossier",
    "widen_dossier",
]
