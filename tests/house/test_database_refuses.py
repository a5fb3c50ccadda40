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
BROKEN = tomllib.loads(Path(__file__).with_name("broken_rows.toml").read_text(encoding="utf-8"))
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
    "one_waiting_decision": {"state": "'waiting'"},
    "colleague_once_at_conference": {"member_id": "(SELECT min(id) FROM access_membership)", "name": "''"},
}
# Who is in no state that there is has no right record either: PostgreSQL looks in the order of names and says that first.
SAID_FIRST = {"incoming_state": "handled_mail_has_record"}


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


def copy_row(model, changed):
    """Add a copy of the first row with some columns changed, in plain SQL; return what the database says, or nothing."""
    row, table = fill(model), model._meta.db_table
    columns = {f'"{f.column}"': f'"{f.column}"' for f in model._meta.concrete_fields if not isinstance(f, models.AutoField)}
    fresh = {f'"{f.column}"': f"'{new_ref()}'" for f in model._meta.concrete_fields if f.unique and isinstance(f, models.CharField)}
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


def test_a_row_that_breaks_a_constraint_is_refused():
    make_world()
    wrong = []
    for model in ours():
        for constraint in model._meta.constraints:
            if isinstance(constraint, models.CheckConstraint):
                broken = BROKEN.get(model._meta.db_table, {}).get(constraint.name)
                said = copy_row(model, broken) if broken else "no broken row"
                good = constraint.name in said or SAID_FIRST.get(constraint.name, constraint.name) in said
                wrong += [] if good else [f"{model._meta.db_table} {constraint.name}: {said or 'accepted'}"]
    assert wrong == []


def named(model, columns):
    """Return how SQLite names a unique constraint."""
    return f"UNIQUE constraint failed: {', '.join(f'{model._meta.db_table}.{column}' for column in columns)}"


def says(said, model, constraint):
    columns = [model._meta.get_field(name).column for name in constraint.fields]
    return constraint.name in said or said == named(model, columns)


def test_what_may_be_there_once_is_not_there_twice():
    make_world()
    wrong = []
    for model in ours():
        for constraint in model._meta.constraints:
            if isinstance(constraint, models.UniqueConstraint) and not issubclass(model, OnCommitment):
                said = [copy_row(model, RUNNING.get(constraint.name, {})) for _time in range(2)][-1]
                wrong += [] if says(said, model, constraint) else [f"{model._meta.db_table} {constraint.name}: {said or 'accepted'}"]
    assert wrong == []


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
