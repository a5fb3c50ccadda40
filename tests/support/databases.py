"""Test databases in files, put back from a template after every test that commits.

Tables of Nabij refuse DELETE and TRUNCATE by trigger, so Django's flush cannot clean them; a copy made right after the
migrations can. docs/decisions/0004-tests-reset-from-a-template.md.
"""

import os
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.test import TransactionTestCase

from tests.support.environment import FOLDER

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")
templates: "list[SqliteTemplate | PostgresTemplate]" = []  # the one of this process, from the first test that needs a database


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> None:
    """Give every process a database of its own: a file for SQLite (the test server's threads must see it), a name for PostgreSQL."""
    database = settings.DATABASES["default"]
    is_sqlite = database["ENGINE"].endswith("sqlite3")
    name = str(FOLDER / "test.sqlite3") if is_sqlite else f"nabij_test_{os.getpid()}_{WORKER}"
    # the same dictionary that the connection holds, as pytest-django's own fixture does
    database.setdefault("TEST", {})["NAME"] = name
    connections["default"].settings_dict["TEST"]["NAME"] = name


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """Keep a template of the freshly migrated database, and put it back instead of flushing."""
    with django_db_blocker.unblock():
        template = SqliteTemplate() if connection.vendor == "sqlite" else PostgresTemplate()
    templates[:] = [template]
    flush = TransactionTestCase._fixture_teardown
    TransactionTestCase._fixture_teardown = lambda _case: template.put_back()
    yield
    TransactionTestCase._fixture_teardown = flush
    with django_db_blocker.unblock():
        template.remove()


class SqliteTemplate:
    """A copy in memory, written over the test file page by page by SQLite's backup."""

    def __init__(self) -> None:
        self.whole = self.copy = self._kept()

    @staticmethod
    def _kept() -> Any:
        from sqlite3.dbapi2 import connect  # the one that Django itself uses

        kept = connect(":memory:", check_same_thread=False)
        connection.ensure_connection()
        connection.connection.backup(kept)
        return kept

    def keep_changed(self) -> None:
        """Put the database back as it stands now, until `put_back_whole`: for tests of what a missing rule does."""
        self.copy = self._kept()

    def put_back_whole(self) -> None:
        """Put back what the migrations made, now and from now on."""
        if self.copy is not self.whole:
            self.copy.close()
        self.copy = self.whole
        self.put_back()

    def put_back(self) -> None:
        connections["default"].close()
        connection.ensure_connection()
        self.copy.backup(connection.connection)

    def remove(self) -> None:
        self.whole.close()


class PostgresTemplate:
    """A second database, from which the test database is made anew."""

    def __init__(self) -> None:
        self.name = connection.settings_dict["NAME"]
        self.whole = self.copy = f"{self.name}_template"
        self._keep()

    def _keep(self) -> None:
        connection.close()
        self._run(f'DROP DATABASE IF EXISTS "{self.copy}"', f'CREATE DATABASE "{self.copy}" TEMPLATE "{self.name}"')

    def keep_changed(self) -> None:
        """Put the database back as it stands now, until `put_back_whole`: for tests of what a missing rule does."""
        self.copy = f"{self.name}_changed"
        self._keep()

    def put_back_whole(self) -> None:
        """Put back what the migrations made, now and from now on."""
        self.copy = self.whole
        self.put_back()

    def put_back(self) -> None:
        connections["default"].close()
        # FORCE: a thread of the test server may still hold a connection
        self._run(f'DROP DATABASE "{self.name}" WITH (FORCE)', f'CREATE DATABASE "{self.name}" TEMPLATE "{self.copy}"')

    def remove(self) -> None:
        """Drop the copies, and let nobody hold the test database that Django drops next: the browser may have asked one thing more."""
        self._run(
            f'DROP DATABASE IF EXISTS "{self.whole}"',
            f'DROP DATABASE IF EXISTS "{self.name}_changed"',
            f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{self.name}' AND pid <> pg_backend_pid()",
        )

    @staticmethod
    def _run(*statements: str) -> None:
        with connection._nodb_cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)


def _write_without_waiting(connection: BaseDatabaseWrapper, **_: object) -> None:
    """Skip the wait for the disk: a test database need not survive a power cut. Production keeps FULL."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=OFF")


connection_created.connect(_write_without_waiting, dispatch_uid="nabij-tests")
