"""The page of the API is made from the API, and is not out of date."""

import importlib.util

from tests.house.source import ROOT


def test_the_page_of_the_api_is_what_the_api_says_of_itself():
    spec = importlib.util.spec_from_file_location("api_page", ROOT / "tools" / "api_page.py")
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    assert tool.PAGE.read_text(encoding="utf-8") == tool.page(), "run: python tools/api_page.py"
