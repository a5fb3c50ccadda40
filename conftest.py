"""What every test can ask for. The environment itself is made earlier, by the plugin tests.support.environment."""

import os
import shutil

import pytest

from tests.support.browser import any_page, axe, browser, new_page, page, phone
from tests.support.clock import clock
from tests.support.databases import django_db_modify_db_settings, django_db_setup
from tests.support.mail import mail_server

__all__ = [
    "any_page",
    "axe",
    "browser",
    "clock",
    "django_db_modify_db_settings",
    "django_db_setup",
    "mail_server",
    "new_page",
    "page",
    "phone",
]

WITHOUT = os.environ.get("NABIJ_WITHOUT", "").replace(",", " ").split()
BROWSER_FIXTURES = {"browser", "new_page", "page", "phone", "any_page"}


@pytest.fixture(autouse=True)
def nobody_was_here_before() -> None:
    """Forget who asked how often, and throw away files: rows are rolled back after each test, limits per minute and files are not."""
    from django.conf import settings
    from django.core.cache import cache

    cache.clear()
    shutil.rmtree(settings.PAPERS, ignore_errors=True)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark what uses the browser; leave it out only when NABIJ_WITHOUT says so, or keep the main journey when asked."""
    kept, left_out = [], []
    for item in items:
        if BROWSER_FIXTURES & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.browser)
        is_browser = item.get_closest_marker("browser") is not None
        only_main = os.environ.get("NABIJ_JOURNEYS") == "main" and item.get_closest_marker("main_journey") is None
        (left_out if is_browser and ("browser" in WITHOUT or only_main) else kept).append(item)
    items[:] = kept
    if left_out:
        config.hook.pytest_deselected(items=left_out)


def pytest_report_header() -> str:
    """Say on which database this run stands, and what it leaves out."""
    from django.db import connection

    return f"nabij: {connection.vendor}, left out: {' '.join(WITHOUT) or 'nothing'}"
