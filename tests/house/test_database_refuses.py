"""Every constraint is broken on purpose, in SQL, from a row that is right; one without a broken row here fails. Runs on both databases.

The rooms' own tests say what these rules are for; this page says that none was forgotten.
"""

import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, models, transaction
from django.utils import timezone

from nabij.commitments.models import Commitment, OnCommitment
from nabij.core.ids import new_ref
from tests.support.world import make_world

pytestmark = pytest.mark.django_db
BROKEN, ONCE = (tomllib.loads(Path(__file__).with_name(name).read_text(encoding="utf-8")) for name in ("broken_rows.toml", "once.toml"))
# What a made-up row needs besides a word, a number and today, where the world of the tests has none.
RIGHT = {
    "access_grant": {"team": None, "kind": "casework"},
    "access_sharing": {"resident_word": "agreed"},
    "signals_decision": {"kind": "passed_on", "state": "stands", "reason": "x"},
    "signals_reporter": {"openness": "known"},
    "conferences_opening": {"sharing": None},
    "casework_agereview": {"age": 12},
    "piling_seen": {"follows": "nothing", "facts": []},
    "wmo_move": {"until_on": "2040-01-01", "ground": "x", "words": "x"},
    "meldcode_meldstep": {"part": "signs"},
    "portal_visit": {"ends_at": "2040-01-01T00:00:00Z"},
    "digests_digestchoice": {"hour": 7},
}

# What makes the made-up row one of those of which there is one at a time.
RUNNING = {
    # another row of what each of these has one of: only then is it the rule itself that refuses
    "one_review_per_age": {"task_id": "(SELECT max(commitment_id) + 1 FROM commitments_task)"},
    "debt_file_once": {"paper_id": "(SELECT max(id) + 1 FROM papers_paper)"},
    "debt_once": {"signal_id": "(SELECT max(commitment_id) + 1 FROM signals_signal)"},
    "audit_seal.hmac": {"last_id": "9"},
    "signals_signal.receipt_mark": {"receipt_mark": "'x'"},
    "signals_signal.source_key": {"source_key": "'x'"},
    "wmo_track.signal_id": {"signal_id": "(SELECT min(commitment_id) FROM signals_signal)"},
    "piling_seen.task_id": {"task_id": "(SELECT min(commitment_id) FROM commitments_task)", "follows": "'watch'"},
    "casework_agereview.task_id": {"age": "18"},
    "debts_debtfile.paper_id": {"digest": "'x'"},
    "one_waiting_decision": {"state": "'waiting'"},
    "colleague_once_at_conference": {"member_id": "(SELECT min(id) FROM access_membership)", "name": "''"},
}


def ours():
    return [model for model in apps.get_models() if model.__module__.startswith("nabij.")]


def fill(model):
    """Return the first row of a table, made up when there is none."""
    first = model._base_manager.order_by("pk").first()
    if first is not None:
        return first
    if model._meta.db_table == "bsn_citizennumber":
        apps.get_model("access.Controller").objects.update(may_process_bsn=True)
    given = {field.name: made_up(field) for field in model._meta.concrete_fields if needed(field)}
    return model._base_manager.create(**given | RIGHT.get(model._meta.db_table, {}) | one_side(model))


def one_side(model):
    """Return what stands in one of two columns of which exactly one is filled."""
    sides = {"access_grant": "worker", "conferences_opening": "grant"}.get(model._meta.db_table)
    return {sides: fill(model._meta.get_field(sides).related_model)} if sides else {}


def needed(field):
    return not (field.null or field.has_default() or isinstance(field, models.AutoField) or field.name == "ref")


def made_up(field):
    if field.is_relation:
        return fill(field.related_model)
    if isinstance(field, models.BooleanField):
        return False
    if isinstance(field, models.DateTimeField):
        return timezone.now()
    if isinstance(field, models.DateField):
        return timezone.localdate()
    if field.blank:
        return ""
    return 1 if isinstance(field, models.IntegerField | models.DecimalField) else b"x" if isinstance(field, models.BinaryField) else "x"


def copy_row(model, changed, *, kept=(), row=None):
    """Add a copy of a row, the first one, with some columns changed, in plain SQL; return what the database says, or nothing.

    What must differ in every row is new in the copy, but for the columns that are `kept`.
    """
    row, table = row or fill(model), model._meta.db_table
    fields = [field for field in model._meta.concrete_fields if not isinstance(field, models.AutoField)]
    columns = {f'"{field.column}"': f'"{field.column}"' for field in fields}
    fresh = {f'"{field.column}"': anew(field) for field in fields if field.unique and field.column not in kept and anew(field)}
    columns |= fresh | {f'"{name.strip(chr(34))}"': sql for name, sql in changed.items()}
    with connection.cursor() as cursor:
        key = model._meta.pk.column
        sql = f'INSERT INTO "{table}" ({", ".join(columns)}) SELECT {", ".join(columns.values())} FROM "{table}" WHERE "{key}" = %s'
        try:
            with transaction.atomic():
                cursor.execute(sql, [row.pk])
        except DatabaseError as refused:
            return str(refused)
    return ""


def anew(field):
    """Return SQL for a value that no row has yet, where that can be made up."""
    if isinstance(field, models.OneToOneField) and not field.primary_key:
        other = field.related_model._meta
        return f'(SELECT max("{other.pk.column}") + 1 FROM "{other.db_table}")'
    return f"'{new_ref()}'" if isinstance(field, models.CharField) else ""


def on_another(model):
    """Return what puts a copy on a commitment of its own, where a row needs one."""
    if not issubclass(model, OnCommitment):
        return {}
    assert copy_row(Commitment, {}, row=fill(model).commitment) == ""
    return {"commitment_id": "(SELECT max(id) FROM commitments_commitment)"}


def model_of(table):
    return next(model for model in ours() if model._meta.db_table == table)


@pytest.mark.parametrize("table", BROKEN)
def test_a_row_that_breaks_a_constraint_is_refused(table):
    make_world()
    wrong = []
    for name, broken in BROKEN[table].items():
        said = copy_row(model_of(table), broken)
        wrong += [] if name in said else [f"{name}: {said or 'accepted'}"]
    assert wrong == []


def test_every_constraint_has_a_row_that_breaks_it():
    declared = {(m._meta.db_table, c.name) for m in ours() for c in m._meta.constraints if isinstance(c, models.CheckConstraint)}
    assert declared == {(table, name) for table, rows in BROKEN.items() for name in rows}


@pytest.mark.parametrize(("table", "name"), [(table, name) for table, rules in ONCE.items() for name in rules])
def test_what_may_be_there_once_is_not_there_twice(table, name):
    make_world()
    model, columns = model_of(table), ONCE[table][name]
    changed = RUNNING.get(name, {}) | RUNNING.get(f"{table}.{name}", {})
    said = next(filter(None, (copy_row(model, changed | on_another(model), kept=columns) for _time in range(2))), "")
    failed = f"UNIQUE constraint failed: {', '.join(f'{table}.{column}' for column in columns)}"  # so says SQLite
    named = name if name not in columns else f'"{table}_{name}_'  # and so PostgreSQL of a column
    assert said == failed or named in said, said or "accepted"


def test_every_rule_that_something_is_there_once_is_in_the_list():
    rules = {(m._meta.db_table, c.name) for m in ours() for c in m._meta.constraints if isinstance(c, models.UniqueConstraint)}
    columns = {(m._meta.db_table, f.column) for m in ours() for f in m._meta.local_fields if f.unique and not f.primary_key and f.name != "ref"}
    assert rules | columns | {("access_dossier", "ref")} == {(table, name) for table, names in ONCE.items() for name in names}


def test_a_row_of_a_kind_sits_on_a_commitment_of_that_kind():
    make_world()
    wrong = []
    for model in ours():
        if issubclass(model, OnCommitment):
            row = fill(model)
            other = Commitment.objects.exclude(kind=row.commitment.kind).order_by("pk").first()
            said = [copy_row(model, {"commitment_id": str(other.pk)}), move_row(model, row, other)]
            wrong += [f"{model._meta.db_table}: {one or 'accepted'}" for one in said if "this commitment is not of kind" not in one]
    assert wrong == []


def move_row(model, row, other):
    """Put a row on another commitment in plain SQL; return what the database says."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE {model._meta.db_table} SET commitment_id = %s WHERE commitment_id = %s", [other.pk, row.pk])
    except DatabaseError as refused:
        return str(refused)
    return ""
