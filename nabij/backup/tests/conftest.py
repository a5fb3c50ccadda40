"""A place to put a backup back into, in a process of its own: as an administrator would."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from nabij.audit.actions import seal_entries
from nabij.backup.making import make_backup
from tests.house.source import ROOT
from tests.support.world import make_world


@dataclass
class Place:
    """An empty data folder, and an empty database on PostgreSQL."""

    data: Path
    database: str

    def run(self, *words: object, key_ring: str = "", before: Callable[[], None] | None = None) -> subprocess.CompletedProcess[str]:
        """Run one command of Nabij there."""
        ring = {"NABIJ_KEYRING": key_ring or ",".join(settings.KEYRING), "NABIJ_SECRET_KEY": "of-this-place"}
        env = {**os.environ, **ring, "NABIJ_DATA": str(self.data), "NABIJ_DATABASE": self.database, "PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-m", "nabij", *map(str, words)]
        return subprocess.run(command, env=env, cwd=ROOT, capture_output=True, text=True, check=False, preexec_fn=before)


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    if connection.vendor == "sqlite":
        yield Place(tmp_path / "elsewhere", "")
        return
    name = f"{connection.settings_dict['NAME']}_elsewhere"
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}"')
    address = settings.DATABASES["default"]
    login = f"{address['USER']}:{address['PASSWORD']}@{address['HOST']}:{address['PORT']}"
    yield Place(tmp_path / "elsewhere", f"postgresql://{login}/{name}")
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def backup(transactional_db: None, tmp_path: Path) -> Path:
    """A backup of a small municipality with a resident, a signal, a case, a stored paper and a sealed record."""
    at = timezone.now()
    make_world(at)
    seal_entries(at=at)
    make_backup(target=tmp_path / "nabij.backup", at=at)
    return tmp_path / "nabij.backup"
