"""Back goes to a page of ours, never to somebody else's."""

import pytest
from django.test import RequestFactory

from nabij.core.web.back import asked_from, back_to

ELSEWHERE = ["//elsewhere.example/login", "/\\elsewhere.example", "///elsewhere.example", "https://elsewhere.example", "javascript:alert(1)", "search", ""]


@pytest.mark.parametrize("address", ELSEWHERE)
def test_another_address_is_no_way_back(address: str) -> None:
    factory = RequestFactory()
    assert asked_from(factory.get("/", {"next": address})) == ""
    assert asked_from(factory.post("/", {"next": address})) == ""
    assert back_to(factory.post("/", {"next": address}), "/here").url == "/here"


def test_a_page_of_ours_is() -> None:
    factory = RequestFactory()
    assert asked_from(factory.get("/", {"next": "/residents/x?show=all"})) == "/residents/x?show=all"
    assert asked_from(factory.post("/?next=/search", {})) == "/search"
    assert back_to(factory.post("/", {"next": "/search"}), "/here").url == "/search"
