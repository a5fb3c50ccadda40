"""A page that is only looked at writes nothing, however the statement is put."""

import pytest

from nabij.core.web.reading import WroteWhileReading, refuse_write

WRITES = [
    'INSERT INTO "core_donerequest" DEFAULT VALUES', '\n update "access_worker" SET name = 1', 'DELETE FROM "x"', 'REPLACE INTO "x" VALUES (1)',
    'MERGE INTO "x" USING y', "COPY x FROM STDIN", 'WITH found AS (SELECT 1) DELETE FROM "x"', 'WITH found AS (SELECT 1)\nINSERT INTO "x" SELECT 1',
    'WITH gone AS (DELETE FROM "x" RETURNING *) SELECT * FROM gone', 'WITH found AS (SELECT 1) UPDATE "x" SET y = 1',
]  # fmt: skip
READS = [
    'SELECT "update" FROM "x"', 'WITH updated AS (SELECT "updated_at" FROM "x") SELECT * FROM updated', 'SELECT 1 FROM "x" FOR UPDATE',
    'INSERT INTO "audit_entry" ("at") VALUES (1)', 'UPDATE "django_session" SET "session_data" = 1', 'INSERT INTO "links_knock" VALUES (1)',
]  # fmt: skip


def let_through(sql: str) -> bool:
    return refuse_write(lambda *_rest: True, sql, (), False, {})


@pytest.mark.parametrize("sql", WRITES)
def test_a_write_is_stopped(sql: str) -> None:
    with pytest.raises(WroteWhileReading):
        let_through(sql)


@pytest.mark.parametrize("sql", READS)
def test_a_read_and_what_writes_down_a_read_go_through(sql: str) -> None:
    assert let_through(sql) is True
