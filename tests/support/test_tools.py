"""The tools of the tests do what they say."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.mail import EmailMessage
from django.test import Client


def test_mail_goes_over_real_smtp(mail_server) -> None:
    EmailMessage("Ontvangen", "Wij kijken ernaar.", "wijkteam@nabij.example", ["buur@example.nl"]).send()
    assert [m["Subject"] for m in mail_server.sent_to("buur@example.nl")] == ["Ontvangen"]
    assert mail_server.sent_to("ander@example.nl") == []


def test_a_refusing_mail_server_refuses(mail_server) -> None:
    mail_server.refuse = "451 try later"
    with pytest.raises(OSError, match="try later"):
        EmailMessage("x", "y", "wijkteam@nabij.example", ["buur@example.nl"]).send()
    assert mail_server.messages == []


def test_the_clock_goes_where_it_is_put_and_ticks_on(clock) -> None:
    moment = clock.to(date(2026, 12, 24))
    assert moment == datetime(2026, 12, 24, 8, tzinfo=UTC)
    assert moment <= datetime.now(UTC) < moment + timedelta(seconds=5)
    assert clock.forward(days=2).date() == date(2026, 12, 26)


BAD = "<!doctype html><html lang=nl><title>Nabij</title><main><h1>Nabij</h1><img src=x></main>"
GOOD = BAD.replace("src=x", 'alt="" src="data:,"')


def test_axe_finds_what_is_wrong_and_passes_what_is_right(browser, axe) -> None:
    page = browser.new_page()
    page.set_content(GOOD)
    axe(page)
    page.set_content(BAD)
    with pytest.raises(pytest.fail.Exception, match="image-alt"):
        axe(page)
    page.close()


@pytest.mark.django_db
def test_a_page_opens_at_both_sizes_and_the_clock_may_move(new_page, live_server, clock) -> None:
    clock.to(date(2027, 3, 1))
    for size, width in (("desktop", 1280), ("phone", 390)):
        page = new_page(size)
        page.goto("/health")
        assert page.evaluate("innerWidth") == width
    assert Client().get("/health").status_code in {200, 503}
