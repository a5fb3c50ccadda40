"""What every test can ask for. The environment itself is made earlier, by the plugin tests.support.environment."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.browser import any_page, axe, browser, new_page, page, phone
from tests.support.clock import clock
from tests.support.colleagues import anja, bo, noor, team
from tests.support.databases import django_db_modify_db_settings, django_db_setup
from tests.support.environment import FOLDER
from tests.support.mail import mail_server

__all__ = [
    "anja",
    "any_page",
    "axe",
    "bo",
    "browser",
    "clock",
    "django_db_modify_db_settings",
    "django_db_setup",
    "mail_server",
    "new_page",
    "noor",
    "page",
    "phone",
    "team",
]

TESTS = Path(__file__).parent / "tests"
HOUSE, LONG = TESTS / "house", (TESTS / "machine", TESTS / "journeys")
# The second run of `start.py test`, on PostgreSQL: of the browser tests the main journey, of those about the code what touches a database.
AGAIN = os.environ.get("NABIJ_TEST_RUN") == "again"
WITHOUT = os.environ.get("NABIJ_WITHOUT", "").replace(",", " ").split()


@pytest.fixture(autouse=True)
def nobody_was_here_before() -> None:
    """Forget who asked how often, in which language, and throw away files: rows are rolled back after each test, those are not."""
    from django.core.cache import cache
    from django.utils import translation

    cache.clear()
    translation.deactivate()
    shutil.rmtree(FOLDER / "papers", ignore_errors=True)


@pytest.hookimpl(wrapper=True)  # before pytest itself reads `-m browser`, and after the order was shuffled
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> Iterator[None]:
    """Mark what uses the browser; leave out what NABIJ_WITHOUT says, and on PostgreSQL what the run on SQLite has shown already.

    What takes minutes begins first, so that no process works on alone at the end.
    """
    kept, left_out = [], []
    for item in items:
        if uses(item, "browser"):
            item.add_marker(pytest.mark.browser)
        (left_out if is_left_out(item) else kept).append(item)
    items[:] = kept
    if left_out:
        config.hook.pytest_deselected(items=left_out)
    yield
    items.sort(key=lambda item: not any(item.path.is_relative_to(folder) for folder in LONG))


def uses(item: pytest.Item, *fixtures: str) -> bool:
    """Return whether a test asks for one of these, itself or through another fixture."""
    return bool(set(fixtures) & set(getattr(item, "fixturenames", ())))


def is_left_out(item: pytest.Item) -> bool:
    """Return whether this run is without this test."""
    if item.get_closest_marker("browser"):
        return "browser" in WITHOUT or (AGAIN and item.get_closest_marker("main_journey") is None)
    touches_database = item.get_closest_marker("django_db") is not None or uses(item, "db", "transactional_db")
    return AGAIN and item.path.is_relative_to(HOUSE) and not touches_database


def pytest_report_header() -> str:
    """Say on which database this run stands, and what it leaves out."""
    from django.db import connection

    return f"nabij: {connection.vendor}, left out: {' '.join(WITHOUT) or 'nothing'}"
