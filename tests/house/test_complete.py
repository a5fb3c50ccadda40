"""Nothing is missing: migrations, translations."""

import subprocess
import sys

import pytest
from django.core.management import call_command

from tests.house.source import ROOT


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_no_translation_is_missing() -> None:
    command = [sys.executable, "tools/messages.py", "--check"]
    found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stdout + found.stderr
