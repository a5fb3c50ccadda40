"""The record of who did and saw what: only added to, sealed, and every change noticed."""

import contextlib
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from nabij.audit.actions import purge_sealed, record_entry, seal_entries
from nabij.audit.models import Entry, Event, Seal
from nabij.audit.queries import openings_of, verify
from nabij.core import triggers

pytestmark = pytest.mark.django_db


def write(count=3, **fields):
    return [
        record_entry(at=timezone.now(), event=Event.READ, verb="desk.resident", actor_kind="worker", actor_id=7, dossiers=[n], **fields)
        for n in range(count)
    ]


def change_behind_its_back(sql, params=()):
    """Change the tables as somebody with the database's own password could: with the triggers away."""
    triggers.take_away(connection)
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
    triggers.put_in_place(connection)


def test_an_untouched_record_is_proven():
    write(3)
    seal_entries(at=timezone.now())
    write(2)
    verdict = verify()
    assert (verdict.broken, verdict.entries, verdict.seals, verdict.unsealed) == ("", 3, 1, 2)


def test_sealing_twice_seals_nothing_twice():
    write(3)
    assert seal_entries(at=timezone.now()).count == 3
    assert seal_entries(at=timezone.now()) is None


@pytest.mark.parametrize("column", ["verb = 'x'", "actor_id = 8", "dossiers = '[9]'", "at = at", "function = 'lead'"])
def test_a_changed_entry_is_named(column):
    entries = write(3)
    seal_entries(at=timezone.now())
    if column == "at = at":
        change_behind_its_back("UPDATE audit_entry SET at = %s WHERE id = %s", [timezone.now() + timedelta(days=1), entries[1].pk])
    else:
        change_behind_its_back(f"UPDATE audit_entry SET {column} WHERE id = %s", [entries[1].pk])
    assert verify().broken == f"entry {entries[1].pk} ({Entry.objects.get(pk=entries[1].pk).verb}) was changed"


def test_a_changed_entry_is_named_before_it_is_sealed():
    entry = write(1)[0]
    change_behind_its_back("UPDATE audit_entry SET actor_id = 8 WHERE id = %s", [entry.pk])
    assert verify().broken == f"entry {entry.pk} (desk.resident) was changed"


def test_a_removed_entry_breaks_its_seal():
    entries = write(3)
    seal = seal_entries(at=timezone.now())
    change_behind_its_back("DELETE FROM audit_entry WHERE id = %s", [entries[1].pk])
    assert verify().broken == f"seal {seal.pk} (entries {seal.first_id}-{seal.last_id}): 2 entries instead of 3"


def test_a_removed_seal_breaks_the_chain():
    write(1)
    seal_entries(at=timezone.now())
    write(1)
    second = seal_entries(at=timezone.now())
    change_behind_its_back("DELETE FROM audit_seal WHERE id <> %s", [second.pk])
    assert verify().broken == f"seal {second.pk} does not follow the seal before it: a seal was removed or changed"


@pytest.mark.parametrize("change", ["hmac = '{}'", "last_id = last_id + 5", "count = count + 1, last_id = last_id + 1"])
def test_a_seal_that_somebody_wrote_is_named(change):
    write(3)
    seal = seal_entries(at=timezone.now())
    if "count" in change:  # an entry that somebody put under an old seal
        write(1)
    change_behind_its_back(f"UPDATE audit_seal SET {change.format('0' * 64)}")
    seal.refresh_from_db()
    assert verify().broken == f"seal {seal.pk} (entries {seal.first_id}-{seal.last_id}) does not fit its entries"


def test_the_command_names_what_is_broken(capsys):
    entry = write(1)[0]
    call_command("verify")
    assert "proven: 0 sealed entries in 0 seals, 1 not sealed yet" in capsys.readouterr().out
    change_behind_its_back("UPDATE audit_entry SET verb = 'x' WHERE id = %s", [entry.pk])
    with pytest.raises(CommandError, match=f"BROKEN: entry {entry.pk}"):
        call_command("verify")


def write_one_of_each():
    write(2)
    seal_entries(at=timezone.now())
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO audit_purge (first_id, last_id, reason, at) VALUES (-2, -1, 'x', %s)", [timezone.now()])


@pytest.mark.parametrize("table", ["audit_entry", "audit_seal", "audit_purge"])
def test_replacing_a_line_is_not_a_way_round(table):
    write_one_of_each()
    sql = {
        "sqlite": f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}",
        "postgresql": f"INSERT INTO {table} SELECT * FROM {table} ON CONFLICT (id) DO UPDATE SET id = EXCLUDED.id",
    }
    with pytest.raises(IntegrityError, match="append-only: no replace"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql[connection.vendor])


@pytest.mark.parametrize("table", ["audit_entry", "audit_seal", "audit_purge"])
@pytest.mark.parametrize("sql", ["UPDATE {} SET id = id", "DELETE FROM {}"])
def test_the_database_refuses_every_change(table, sql):
    write(2)
    seal_entries(at=timezone.now())
    purge_sealed(before=timezone.now() - timedelta(days=1), reason="none", at=timezone.now())
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO audit_purge (first_id, last_id, reason, at) VALUES (-2, -1, 'x', %s)", [timezone.now()])
        cursor.execute(f"SELECT count(*) FROM {table}")
        before = cursor.fetchone()
        with contextlib.suppress(RuntimeError), pytest.raises(IntegrityError), transaction.atomic():
            cursor.execute(sql.format(table))
        cursor.execute(f"SELECT count(*) FROM {table}")
        assert cursor.fetchone() == before != (0,)


def test_retention_removes_whole_sealed_ranges_and_the_rest_still_verifies():
    write(3)
    seal_entries(at=timezone.now() - timedelta(days=2000))
    write(2)
    seal_entries(at=timezone.now())
    assert purge_sealed(before=timezone.now() - timedelta(days=1826), reason="5 years", at=timezone.now()) == 3
    verdict = verify()
    assert (verdict.broken, verdict.entries, verdict.seals, Seal.objects.count()) == ("", 2, 2, 2)


def test_who_looked_shows_openings_and_not_lists():
    record_entry(at=timezone.now(), event=Event.READ, verb="desk.resident", actor_kind="worker", dossier_id=5)
    record_entry(at=timezone.now(), event=Event.READ, verb="desk.my_day", actor_kind="worker", dossiers=[5, 6])
    assert [e.verb for e in openings_of(dossier_ids=[5])] == ["desk.resident"]
