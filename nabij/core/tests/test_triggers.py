"""Triggers survive what migrations do to tables, and their absence is noticed."""

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection, models

from nabij.core import triggers
from nabij.core.checks import triggers_in_place

pytestmark = pytest.mark.django_db(transaction=True)


def guarded_tables():
    return sorted({t.table for t in triggers.declared()})


def model_of(table):
    from django.apps import apps

    return next(m for m in apps.get_models() if m._meta.db_table == table)


def rebuild(table):
    """Do to a table what a migration does: alter a column's type and back, inside our migrate's own wrapping."""
    model = model_of(table)
    field = next(f for f in model._meta.fields if isinstance(f, models.CharField) and not f.primary_key)
    wider = field.clone()
    wider.max_length = field.max_length + 1
    wider.set_attributes_from_name(field.name)
    wider.model = model
    with connection.schema_editor() as editor:
        editor.alter_field(model, field, wider, strict=True)
        if connection.vendor == "sqlite":
            editor._remake_table(model)


def with_text_column():
    return [t for t in guarded_tables() if any(isinstance(f, models.CharField) for f in model_of(t)._meta.fields)]


@pytest.mark.parametrize("table", with_text_column())
def test_after_a_rebuild_of_a_guarded_table_every_trigger_is_back(table):
    triggers.take_away(connection)
    rebuild(table)
    assert triggers.missing(connection) != []
    call_command("migrate", verbosity=0)
    assert triggers.missing(connection) == []


def test_a_dropped_trigger_is_named_by_the_check_and_by_health(client):
    with connection.cursor() as cursor:
        on = " ON commitments_turn" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER nabij_commitments_turn_no_delete{on}")
    assert triggers.missing(connection) == ["nabij_commitments_turn_no_delete"]
    assert [e.msg for e in triggers_in_place(databases=["default"])] == ["trigger nabij_commitments_turn_no_delete is not in place"]
    assert client.get("/health").status_code == 503
    triggers.put_in_place(connection)
    assert client.get("/health").json()["missing"] == 0


def test_a_trigger_with_another_body_is_noticed():
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE commitments_turn DISABLE TRIGGER nabij_commitments_turn_no_delete")
        else:
            cursor.execute("DROP TRIGGER nabij_commitments_turn_no_delete")
            cursor.execute("CREATE TRIGGER nabij_commitments_turn_no_delete BEFORE DELETE ON commitments_turn BEGIN SELECT 1; END")
    assert triggers.missing(connection) == ["nabij_commitments_turn_no_delete"]


def test_a_failed_migration_leaves_the_triggers_in_place(monkeypatch):
    from django.core.management.commands import migrate

    def fail(self, *args, **options):
        assert triggers.missing(connection) != []
        raise CommandError("half way")

    monkeypatch.setattr(migrate.Command, "handle", fail)
    with pytest.raises(CommandError, match="half way"):
        call_command("migrate", verbosity=0)
    assert triggers.missing(connection) == []
