"""Who may do what, in words, from the declarations at the doors: the page a privacy officer reads."""

from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.utils.translation import override

from nabij.access.doors import LINK, PARTNER, PUBLIC, VERBS, Verb
from nabij.access.models import Role, Scope

HEAD = """# Who may do what

Made from the code by `nabij permissions`; a test fails when it is out of date. Every line is one thing a person can do, as its
door declares it. On top of every line stands the guard: whoever may do something may still only do it to a dossier that is open to
them (docs/explanation/house.md). Unpaid workers have a volunteer's rights. "Anybody" needs no account; the jobs of the system pass
every door and are written down as the system.

How far a permission reaches: **own** - only what they answer for or were given; **team**, **organisation**, **municipality** - of the
membership with which they act.
"""
REACH = {Scope.OWN: "own", Scope.TEAM: "team", Scope.CONTROLLER: "organisation", Scope.MUNICIPALITY: "municipality"}
WITHOUT_ROLE = {PUBLIC: "anybody", PARTNER: "a partner with its key to the API", LINK: "who holds the link"}


def load_rooms() -> None:
    """Import every room's actions, so that each has declared itself."""
    for config in apps.get_app_configs():
        if config.name.startswith("nabij.") and find_spec(f"{config.name}.actions"):
            import_module(f"{config.name}.actions")


def _who(verb: Verb) -> str:
    with override("en"):
        names = {role.value: str(role.label) for role in Role}
    by_reach: dict[str, list[str]] = {}
    for role, scope in verb.allow.items():
        if role not in WITHOUT_ROLE:
            by_reach.setdefault(REACH[Scope(scope)], []).append(names[role])
    told = [f"{', '.join(sorted(roles))} ({reach})" for reach, roles in sorted(by_reach.items())]
    return "; ".join([words for kind, words in WITHOUT_ROLE.items() if kind in verb.allow] + told) or "the system only"


def permissions_page() -> str:
    """Return the whole page as Markdown: one table a room, one line a verb."""
    load_rooms()
    parts = [HEAD]
    verbs = {name: verb for name, verb in VERBS.items() if ".tests." not in verb.module}
    rooms = sorted({name.partition(".")[0] for name in verbs})
    for room in rooms:
        lines = [
            f"| `{name}` | {verb.meaning.partition(' Raises ')[0]} | {_who(verb)} |" for name, verb in sorted(verbs.items()) if name.partition(".")[0] == room
        ]
        parts.append("\n".join([f"## {room}\n", "| verb | what it does | who may, and how far |", "| --- | --- | --- |", *lines]))
    return "\n\n".join(part.strip() for part in parts) + "\n"
