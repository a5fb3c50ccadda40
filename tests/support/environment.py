"""Pytest plugin, loaded before Django's settings: a fresh data folder, and the database that was asked for.

NABIJ_TEST_DATABASE=postgresql uses NABIJ_DATABASE, or starts a throwaway cluster when that is not given.
Without it tests run on SQLite, also on a machine where NABIJ_DATABASE points at something real.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from tests.support import cluster

# Playwright's sync API keeps an event loop running in the main thread, where Django would then refuse every query.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

FOLDER = Path(tempfile.mkdtemp(prefix="nabij-test-"))
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)
os.environ["NABIJ_DATA"] = str(FOLDER)
(FOLDER / "static").mkdir()  # whitenoise warns when it is not there
for setting in ("NABIJ_DEMO", "NABIJ_PUBLIC_URL", "NABIJ_HOSTS", "NABIJ_LOG_LEVEL"):
    os.environ.pop(setting, None)

if os.environ.get("NABIJ_TEST_DATABASE") != "postgresql":
    os.environ.pop("NABIJ_DATABASE", None)
elif not os.environ.get("NABIJ_DATABASE"):
    _cluster = cluster.start()
    atexit.register(_cluster.stop)
    os.environ["NABIJ_DATABASE"] = _cluster.url
