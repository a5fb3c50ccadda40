"""Random days play every verb there is; what they leave out stands here with the reason."""

import ast
import inspect
from functools import reduce

from nabij.access.doors import VERBS
from nabij.administration.permissions import load_rooms

from . import around, laws, passing, people, planning, work

JOBS = {  # the rules of the three jobs carry these out
    "sweep": {
        "casework.plan_age_review", "handover.force_out", "handover.tidy", "upkeep.begin_sweep", "upkeep.close_stand_in", "upkeep.drop_drafts",
        "upkeep.empty_signal", "upkeep.end_grant", "upkeep.end_sweep", "upkeep.escalate", "upkeep.forget_requests", "upkeep.move_work",
        "upkeep.resolve", "upkeep.wake", "upkeep.forget_record", "upkeep.keep_spoken", "debts.empty", "debts.empty_file", "upkeep.drop_files",
    },
    "duty": {"upkeep.hand_on"},
    "searched": {"residents.tell_searched"},
}  # fmt: skip
LEFT_OUT = {
    "a file on disk, which a town that is rolled back would leave behind; its rows come in by debts.take_row": {
        "debts.drop", "debts.finish", "debts.keep_file", "debts.note_progress", "debts.refuse_row", "debts.results", "debts.take_in",
        "casework.keep_copy",
    },
    "many of one that is played": {"debts.take_batch", "duplicates.find", "residents.search_alike", "upkeep.import_caseload"},
    "mail going in or out: it owns nothing, and what it brings comes in by signals.receive": {
        "digests.preferences", "digests.send", "post.accept", "post.claim", "post.failed", "post.receive", "post.release", "post.sent",
        "signals.take_mail",
    },
    "who comes in with a link or a key, not what they do": {
        "outcomes.answer", "partners.change", "partners.end", "partners.end_token", "partners.make_token", "partners.send", "portal.enter",
        "calendars.make", "calendars.withdraw",
    },
    "names, passwords and agreements: nobody's work or access moves": {
        "access.change_worker", "access.reset_second_factor", "access.set_password", "administration.change_agreements",
        "administration.change_municipality", "administration.change_terms", "administration.import_neighbourhoods",
        "administration.join_region",
    },
    "areas: which team a place belongs to; the front door is played": {"access.add_area", "access.end_area"},
    "the first day of an installation": {"administration.add_organisation", "administration.found", "demo.found"},
}  # fmt: skip


def played() -> set[str]:
    """Return the verbs that a rule carries out, read from the rules themselves."""
    found = set()
    for module in (people, work, passing, planning, laws, around):
        for node in ast.walk(ast.parse(inspect.getsource(module))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "act":
                action = reduce(getattr, ast.unparse(node.args[0]).split("."), module)
                found.add(action.verb.name)
    return found


def test_every_verb_is_played_or_left_out_for_a_reason() -> None:
    load_rooms()
    verbs = {name for name, verb in VERBS.items() if ".tests." not in verb.module}
    by_rules, by_jobs, out = played(), set().union(*JOBS.values()), set().union(*LEFT_OUT.values())
    assert sorted(verbs - by_rules - by_jobs - out) == []
    assert sorted((by_jobs | out) - verbs) == []
    assert sorted(by_rules & (by_jobs | out)) == []
