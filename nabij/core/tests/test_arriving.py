"""How a request came in: the visitor's address behind our own proxy, and a body that is too large."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from nabij.core.web.arriving import LARGEST, look_at_arrival

PROXY = "127.0.0.1"


def seen_from(forwarded: str | None) -> str:
    """Return from where a page sees the visitor."""
    headers = {} if forwarded is None else {"X-Forwarded-For": forwarded}
    answer = look_at_arrival(lambda request: HttpResponse(request.META["REMOTE_ADDR"]))
    return answer(RequestFactory().get("/", REMOTE_ADDR=PROXY, headers=headers)).text


@pytest.mark.parametrize(
    ("forwarded", "address"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("10.0.0.1, 203.0.113.7", "203.0.113.7"),  # what a visitor says of itself stands first
        ("2001:DB8::7", "2001:db8::7"),
        ("203.0.113.7, ", PROXY),
        ("<script>", PROXY),
        (None, PROXY),
    ],
)
def test_behind_our_own_proxy_the_last_address_it_names_is_the_visitor(settings, forwarded, address):
    settings.BEHIND_PROXY = True
    assert seen_from(forwarded) == address


def test_without_a_proxy_nobody_can_choose_an_address(settings):
    settings.BEHIND_PROXY = False
    assert seen_from("203.0.113.7") == PROXY


@pytest.mark.parametrize(("path", "kind"), [("/signals/new", "text/plain; charset=utf-8"), ("/api/v1/signals", "application/problem+json")])
def test_what_is_too_large_is_refused_before_it_is_read(path, kind):
    reached = []
    door = look_at_arrival(lambda request: reached.append(request) or HttpResponse())
    factory = RequestFactory()
    answer = door(factory.post(path, CONTENT_LENGTH=str(LARGEST + 1)))
    assert (answer.status_code, answer["Content-Type"], reached) == (413, kind, [])
    assert door(factory.post(path, CONTENT_LENGTH=str(LARGEST))).status_code == 200


@pytest.mark.django_db
def test_every_page_is_behind_it(client, settings):
    settings.BEHIND_PROXY = True
    answer = client.get("/account/login/", headers={"X-Forwarded-For": "203.0.113.7"})
    assert answer.wsgi_request.META["REMOTE_ADDR"] == "203.0.113.7"
    assert client.post("/account/login/", CONTENT_LENGTH=str(LARGEST + 1)).status_code == 413


def test_an_address_with_a_nul_in_it_is_nowhere(client):
    answer = client.get("/zorgen?after=a%00b")
    assert (answer.status_code, "<h1" in answer.text) == (404, True)
    assert client.get("/api/v1/service?x=%00").status_code == 200  # what it does not ask for it does not look at
