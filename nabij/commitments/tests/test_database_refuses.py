"""The rules that the database keeps by itself, broken on purpose in plain SQL. Runs on SQLite and on PostgreSQL."""

import contextlib

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from nabij.access.tests.factories import make_dossier, make_member, make_team
from nabij.commitments.models import Commitment, StandIn, Turn
from nabij.core import triggers

from .rows import make_commitment

pytestmark = pytest.mark.django_db


@pytest.fixture
def open_one(team, noor):
    return make_commitment(noor, make_dossier(team))


def run(sql, params=()):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.rowcount


def refused(sql, params=(), error=IntegrityError):
    with pytest.raises(error):
        run(sql, params)


def test_open_without_owner_is_refused(open_one):
    refused("UPDATE commitments_commitment SET owner_id = NULL WHERE id = %s", [open_one.pk])


def test_open_without_date_is_refused(open_one):
    refused("UPDATE commitments_commitment SET due_at = NULL WHERE id = %s", [open_one.pk])


def test_closed_without_outcome_is_refused(open_one):
    refused("UPDATE commitments_commitment SET closed_at = opened_at WHERE id = %s", [open_one.pk])


def test_closed_with_outcome_is_accepted(open_one):
    assert run("UPDATE commitments_commitment SET closed_at = opened_at, outcome = 'done' WHERE id = %s", [open_one.pk]) == 1


def test_an_ended_membership_cannot_own_what_is_open(open_one, team):
    gone = make_member(team, name="Wim", ended_at=timezone.now())
    refused("UPDATE commitments_commitment SET owner_id = %s WHERE id = %s", [gone.pk, open_one.pk])


def test_an_ended_membership_cannot_open_anything(team):
    gone = make_member(team, name="Wim", ended_at=timezone.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        make_commitment(gone)


def test_what_an_ended_membership_closed_cannot_be_opened_again_in_its_name(team, noor, open_one):
    run("UPDATE commitments_commitment SET closed_at = opened_at, outcome = 'done' WHERE id = %s", [open_one.pk])
    run("UPDATE access_membership SET ended_at = from_on WHERE id = %s", [noor.pk])
    refused("UPDATE commitments_commitment SET closed_at = NULL, outcome = '' WHERE id = %s", [open_one.pk])


def test_a_membership_cannot_end_while_it_owns_something(open_one, noor):
    refused("UPDATE access_membership SET ended_at = from_on WHERE id = %s", [noor.pk])


def test_a_membership_that_owns_nothing_can_end(open_one, team):
    other = make_member(team, name="Bo")
    assert run("UPDATE access_membership SET ended_at = from_on WHERE id = %s", [other.pk]) == 1


@pytest.mark.parametrize("column", ["lead_id", "lead_substitute_id"])
def test_a_team_with_open_work_keeps_its_lead_and_substitute(open_one, team, column):
    refused(f"UPDATE access_team SET {column} = NULL WHERE id = %s", [team.pk])


def test_the_lead_of_a_team_with_open_work_cannot_end(open_one, team):
    refused("UPDATE access_membership SET ended_at = from_on WHERE id = %s", [team.lead_id])


def test_a_team_without_a_lead_cannot_get_open_work(open_one):
    bare = make_team(name="Team zonder")
    run("UPDATE access_team SET lead_substitute_id = NULL WHERE id = %s", [bare.pk])
    refused("UPDATE commitments_commitment SET team_id = %s WHERE id = %s", [bare.pk, open_one.pk])


def test_a_team_without_a_substitute_for_its_lead_opens_nothing(team):
    bare = make_team(name="Team zonder")
    run("UPDATE access_team SET lead_substitute_id = NULL WHERE id = %s", [bare.pk])
    with pytest.raises(IntegrityError, match="has a lead and a substitute"), transaction.atomic():
        make_commitment(make_member(bare, name="Bo"))


@pytest.mark.parametrize("column", ["lead_id", "lead_substitute_id"])
def test_who_has_left_cannot_lead(team, column):
    gone = make_member(team, name="Wim", ended_at=timezone.now())
    with pytest.raises(IntegrityError, match="an ended membership cannot lead"):
        run(f"UPDATE access_team SET {column} = %s WHERE id = %s", [gone.pk, team.pk])


def test_who_has_left_does_not_begin_to_stand_in(team, noor):
    gone, today = make_member(team, name="Wim", ended_at=timezone.now()), timezone.localdate()
    with pytest.raises(IntegrityError, match="stands in for nobody"), transaction.atomic():
        StandIn.objects.create(membership=noor, substitute=gone, from_on=today, until_on=today)


def test_a_commitment_is_never_deleted(open_one):
    refused("DELETE FROM commitments_commitment WHERE id = %s", [open_one.pk])


def test_the_kind_of_a_commitment_is_fixed(open_one):
    refused("UPDATE commitments_commitment SET kind = 'case' WHERE id = %s", [open_one.pk])


def test_a_row_of_another_kind_cannot_sit_on_a_commitment(noor):
    signal = make_commitment(noor, kind="signal")
    refused(
        "INSERT INTO commitments_task (commitment_id, ref, version, reason, note) VALUES (%s, 'a', 1, 'todo', '')", [signal.pk]
    )


def test_every_change_of_owner_date_or_openness_writes_a_turn_and_nothing_else_does(open_one, team, noor):
    other = make_member(team, name="Bo")
    run("UPDATE commitments_commitment SET owner_id = %s WHERE id = %s", [other.pk, open_one.pk])
    run("UPDATE commitments_commitment SET what = 'Anders' WHERE id = %s", [open_one.pk])
    run("UPDATE commitments_commitment SET owner_id = owner_id WHERE id = %s", [open_one.pk])
    run("UPDATE commitments_commitment SET closed_at = opened_at, outcome = 'done' WHERE id = %s", [open_one.pk])
    turns = Turn.objects.filter(commitment=open_one).order_by("id").values_list("owner_id", "outcome")
    assert list(turns) == [(noor.pk, ""), (other.pk, ""), (other.pk, "done")]


@pytest.mark.parametrize("sql", ["UPDATE commitments_turn SET due_at = NULL", "DELETE FROM commitments_turn"])
def test_a_turn_is_never_changed_or_deleted(open_one, sql):
    refused(sql)
    assert Turn.objects.count() == 1


NEVER_EMPTIED = [rule for rule in triggers.declared() if "TRUNCATE" in rule.moment]


@pytest.mark.parametrize("rule", NEVER_EMPTIED, ids=lambda rule: rule.table)
def test_what_is_kept_is_never_emptied_at_once(open_one, rule):
    if connection.vendor == "sqlite":  # SQLite knows no TRUNCATE: there a DELETE without WHERE is the same
        assert "BEFORE DELETE" in {other.moment for other in triggers.declared() if other.table == rule.table}
        kept = run(f"SELECT count(*) FROM {rule.table}")
        with contextlib.suppress(IntegrityError):
            run(f"DELETE FROM {rule.table}")
        assert run(f"SELECT count(*) FROM {rule.table}") == kept
    else:
        run("SET CONSTRAINTS ALL IMMEDIATE")  # what was just written would keep a table from being emptied by itself
        with pytest.raises(IntegrityError, match=rule.refuse):
            run(f"TRUNCATE {rule.table} CASCADE")


def test_replacing_is_not_a_way_round(open_one):
    if connection.vendor == "sqlite":
        refused("INSERT OR REPLACE INTO commitments_commitment SELECT * FROM commitments_commitment")
        refused("INSERT OR REPLACE INTO commitments_turn SELECT * FROM commitments_turn")
    else:
        refused("INSERT INTO commitments_turn SELECT * FROM commitments_turn ON CONFLICT (id) DO UPDATE SET outcome = 'x'")
    assert Commitment.objects.count() == 1
