"""The page of settings is made from the settings, and is not out of date."""

import importlib.util

from tests.house.source import ROOT


def tool():
    """Load tools/settings_page.py, which is no part of the package."""
    spec = importlib.util.spec_from_file_location("settings_page", ROOT / "tools" / "settings_page.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_of_settings_is_what_the_settings_read():
    assert tool().PAGE.read_text(encoding="utf-8") == tool().page(), "run: python tools/settings_page.py"


def test_every_meaning_belongs_to_a_setting():
    assert set(tool().MEANINGS) == {name for name, _default in tool().settings_read()}
