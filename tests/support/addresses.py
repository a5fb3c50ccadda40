"""Which row of the test world stands in which address."""

from django.urls import get_resolver

from nabij.access.web.addresses import all_pages
from tests.support.world import World

# Pages that ask no function: the log-in and its second step, the language switch, monitoring. The API asks a key: its own tests.
OPEN_TO_ALL = {
    name for name, _ in all_pages() if name.startswith(("account_", "mfa_", "api:")) or name in {"set_language", "health"}
}
# URL name, or its room, to the kind of row its `ref` names.
BY_NAME = {
    "signals:paper.paper": "paper",
    "casework:end_goal": "goal",
    "casework:breakthrough_word": "breakthrough",
    "casework:copy": "copy",
    "conferences:of_case": "case",
    "conferences:plan_conference": "case",
    "conferences:remove_participant": "participant",
    "casework:finish_activity": "activity",
    "casework:record_death": "dossier",
    "contacts:tried": "case_commitment",
    "contacts:contact": "contact",
    "commitments:block_worker": "worker",
    "commitments:unblock_worker": "worker",
    "administration:plan_end": "membership",
    "administration:end_membership": "membership",
    **dict.fromkeys(
        (f"administration:{verb}" for verb in ("team", "change_team", "appoint_lead", "add_area", "end_area", "rota")), "team"
    ),
    "contacts:withdraw": "contact",
    "contacts:edit": "text",
    "contacts:well": "case_commitment",
    "desk:done": "case_commitment",
    "contacts:moments": "dossier",
    "casework:give_volunteer": "activity",
    "desk:team_board": "team",
    "wmo:start": "signal",
    **dict.fromkeys(("debts:file", "debts:take_in", "debts:drop", "debts:refused"), "debt_file"),
    "debts:results": "partner",
    "partners:end_token": "token",
    "post:accept": "refused_mail",
    "outcomes:questions.secret": "link",
    "calendars:feed.secret": "calendar",
    "calendars:show": "commitment",
    "meldcode:of": "dossier",
    "meldcode:start": "dossier",
    "meldcode:unname": "named",
    "wmo:start_case": "case",
    **dict.fromkeys((f"network:{verb}" for verb in ("change_tie", "end_tie", "ask_carer")), "tie"),
    **dict.fromkeys(("duplicates:of", "duplicates:look_at"), "dossier"),
    **dict.fromkeys(("duplicates:unmerge", "duplicates:widen"), "merge"),
    "network:leave_household": "member",
    "life_domains:withdraw": "moment",
    **dict.fromkeys((f"handover:{verb}" for verb in ("answer", "refuse", "close", "withdraw")), "handover_item"),
    **dict.fromkeys(("handover:end_absence", "handover:substitute"), "stand_in"),
    "piling:withdraw": "assessment",
    **dict.fromkeys(("handover:item.about", "handover:name_in.about"), "dossier"),
}
BY_ROOM = {
    "desk": "dossier",
    "access": "dossier",
    "administration": "worker",
    "residents": "dossier",
    "commitments": "commitment",
    "signals": "signal",
    "debts": "debt_signal",
    "partners": "partner",
    "casework": "case",
    "conferences": "conference",
    "network": "dossier",
    "bsn": "dossier",
    "duplicates": "pair",
    "life_domains": "dossier",
    "handover": "membership",
    "wmo": "track",
    "meldcode": "meldcode",
    "outcomes": "case",
    "piling": "dossier",
    "portal": "dossier",
}


class NoSample(LookupError):
    """An address has a part that no sample fills: name it in BY_NAME."""


def sample_kwargs(name: str, world: World) -> dict[str, str]:
    """Return the parts of an address, filled with rows of the world. Raises NoSample."""
    pattern = dict(all_pages(get_resolver()))[name].pattern
    parts = {}
    for part in pattern.converters:
        kind = BY_NAME.get(f"{name}.{part}") or (
            part == "ref" and (BY_NAME.get(name) or BY_ROOM.get(name.partition(":")[0]))
        )
        if not kind:
            raise NoSample(f"{name}: {part}")
        parts[part] = world.refs[kind]
    return parts
