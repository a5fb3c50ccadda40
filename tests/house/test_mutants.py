"""No guard stands outside the list of what tools/mutants.py takes away, the list names what is there, and taking away really takes away."""

import ast

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from nabij.access.tests.factories import actor_for, make_member, make_team
from nabij.commitments.actions import block_worker
from nabij.commitments.tests.rows import make_commitment
from nabij.core import triggers
from nabij.core.errors import Refused
from tests.house.source import place, python_files, tree
from tests.support.mutants.code import NothingToReplace, Workshop, changed_functions, replaced
from tests.support.mutants.guards import LEFT_OUT, REFUSALS, Guard, checks, doubles, every_guard, in_code, is_refusal
from tests.support.mutants.planting import planted

# What is said to a program or about a file, not to a person who wants what may not be: `verify`, imports and backups have tests of their own.
ABOUT_FILES = {"BadRows", "BackupTrouble", "MailboxError", "Unreadable", "Unmapped", "ValueError", "TypeError", "AttributeError", "_DryRun"}
ABOUT_FILES |= {"forms.ValidationError", "imaplib.IMAP4.error"}


def guard(key):
    return next(one for one in every_guard() if one.key == key)


def test_every_guard_has_a_name_of_its_own():
    keys = [one.key for one in every_guard()]
    assert len(keys) == len(set(keys))


@pytest.mark.django_db
def test_every_rule_in_the_database_is_in_the_list():
    listed = {one.name for one in every_guard() if one.kind in {"trigger", "constraint"}}
    tables = [model._meta.db_table for model in apps.get_models(include_auto_created=True) if model.__module__.startswith("nabij.")]
    with connection.cursor() as cursor:
        found = {name for table in tables for name, facts in connection.introspection.get_constraints(cursor, table).items() if facts["check"]}
    named = {name for name in found if not name.startswith("__") and not name.endswith("_check")}  # numbers that are not below zero, by Django itself
    assert named - listed == set()
    assert {name.removeprefix(triggers.PREFIX) for name in triggers.in_place(connection)} - listed == set()


def test_every_refusal_in_the_rooms_is_in_the_list():
    listed = {(one.where, *one.what[1:]) for one in in_code()}
    missing = []
    for path in python_files():
        if any(part in place(path) for part in LEFT_OUT) or place(path).count("/") < 2:
            continue
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Raise) and node.exc is not None and (place(path), node.lineno, node.col_offset) not in listed:
                thrown = node.exc.func if isinstance(node.exc, ast.Call) else node.exc
                missing += [f"{place(path)}:{node.lineno}"] if ast.unparse(thrown) not in ABOUT_FILES else []
            assert not is_refusal(node) or (place(path), node.lineno, node.col_offset) in listed
    assert missing == []


@pytest.mark.parametrize("check", list(checks()), ids=lambda check: check.name)
def test_what_a_written_check_replaces_is_there_once_and_in_a_function(check):
    assert changed_functions(check)


def test_words_that_are_not_there_are_told():
    with pytest.raises(NothingToReplace, match="found 0 times"):
        replaced(Guard("check", "x", "access", "nabij/access/doors.py", ("these words are nowhere", "")))


def test_a_guard_that_is_kept_by_another_names_it_and_says_why():
    keys = {one.key for one in every_guard()}
    wrong = {name for name, said in doubles().items() if name not in keys or said["with"] not in keys or len(said["because"]) < 20}
    assert wrong == set()


def test_every_name_of_a_refusal_is_used():
    assert {name for name in REFUSALS if not any(f"raise {name}" in path.read_text(encoding="utf-8") for path in python_files())} == set()


RULES = {
    "constraint open_has_owner": "UPDATE commitments_commitment SET owner_id = NULL WHERE id = %s",
    "trigger commitments_turn_no_delete": "DELETE FROM commitments_turn WHERE commitment_id = %s",
}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("key", RULES)
def test_without_a_rule_the_database_accepts_what_it_refused(key):
    def write():
        open_one = make_commitment(make_member(make_team()))
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(RULES[key], [open_one.pk])

    with planted(guard(key), workshop=Workshop()):
        write()
    with pytest.raises(IntegrityError):
        write()


@pytest.mark.django_db
def test_without_a_refusal_the_action_goes_on():
    lead = make_team().lead

    def block():  # each time as a new request
        actor = actor_for(lead)
        block_worker(actor=actor, at=actor.at, worker=lead.worker)

    with pytest.raises(Refused, match="jezelf"):
        block()
    with planted(guard("refusal commitments/actions/blocking.py block_worker 1"), workshop=Workshop()):
        block()
    lead.worker.refresh_from_db()
    assert lead.worker.blocked_at is not None
