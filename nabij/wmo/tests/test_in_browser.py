import pytest
from django.test import Client
from django.utils import timezone

from nabij.access.tests.factories import make_member, make_team
from nabij.commitments.tests.factories import log_in
from nabij.residents.tests.factories import make_resident
from nabij.signals.tests.factories import make_signal
from nabij.wmo.actions import confirm_receipt, keep_elsewhere, tell_support, write_topic
from nabij.wmo.models import Topic, Track
from tests.support.browser import fits
from tests.support.hands import Keyboard, Pointer

from .factories import days, do, make_track

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def member():
    return make_member(make_team(), name="Samira")


@pytest.fixture
def signal(member):
    dossier = make_resident(member.team, "Bakker", call_name="Rie").dossier
    return make_signal(member.team, at=timezone.now() - days(3), dossier=dossier, asks_support=True)


@pytest.fixture
def logged_in(any_page, member, live_server):
    cookie = log_in(Client(), member.worker).cookies["sessionid"].value
    any_page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    return any_page


def panel(page, hand, label, number=0):
    """Open a panel of the track and return its form."""
    summary = page.locator("main details.act > summary", has_text=label).nth(number)
    hand.press(summary)
    form = summary.locator("xpath=..").locator(".act-panel form")
    form.wait_for()
    return form


@pytest.mark.parametrize("hands", [Pointer, Keyboard])
def test_a_track_goes_from_the_report_to_the_written_result_with_one_suspension(logged_in, axe, member, signal, hands):
    page, hand, today = logged_in, hands(logged_in), timezone.localdate()
    page.goto(f"/wmo/new/{signal.ref}")
    axe(page)
    hand.press(page.get_by_role("button", name="Starten"))
    page.get_by_role("heading", name="Het onderzoek").wait_for()
    form = panel(page, hand, "Opschorten")
    hand.choose(form.get_by_label("Er ontbreekt nog iets dat de inwoner opstuurt"))
    hand.write(form.get_by_label("De termijn loopt weer vanaf"), (today + days(10)).isoformat())
    hand.write(form.get_by_label("Hoe verteld?"), "Telefonisch")
    axe(page)
    hand.press(form.get_by_role("button", name="Opschorten"))
    page.get_by_text("10 dagen").wait_for()
    axe(page)
    assert fits(page)
    track = Track.objects.get()
    finish_but_one(member, track)
    page.goto(f"/wmo/{track.ref}")
    form = panel(page, hand, "Schrijven")
    hand.choose(form.get_by_label("Niet van toepassing"))
    hand.press(form.get_by_role("button", name="Noteren"))
    page.get_by_text("7 van de 7 onderwerpen opgeschreven.").wait_for()
    hand.press(page.get_by_role("link", name="Uitkomst geven"))
    axe(page)
    hand.write(page.get_by_label("De uitkomst, aan de inwoner"), "U krijgt elke week hulp in huis.")
    hand.choose(page.get_by_label("Er is niets meer nodig: het traject stopt hier"))
    hand.press(page.get_by_role("button", name="Uitkomst geven"))
    page.get_by_text("de schriftelijke uitkomst is gegeven").wait_for()
    axe(page)
    assert fits(page)
    track.refresh_from_db()
    assert (track.result_on, track.moves.count()) == (today, 1)


def finish_but_one(member, track):
    now = timezone.now()
    do(confirm_receipt, member, now, track=track, on=now.date(), how="per brief")
    do(tell_support, member, now, track=track, on=now.date())
    for about in list(Topic.About)[:-1]:
        do(write_topic, member, now, track=track, about=about, state="discussed", words="Besproken aan tafel.")


def test_every_panel_of_a_track_opens_in_place_without_a_fault(logged_in, axe, member, signal):
    track = make_track(member, signal.commitment.dossier, timezone.now(), signal=signal)
    logged_in.goto(f"/wmo/{track.ref}")
    panels = logged_in.locator("main details.act")
    assert panels.count() >= 14
    for number in range(panels.count()):
        panels.nth(number).locator("summary").first.click()
        panels.nth(number).locator(".act-panel form").first.wait_for()
        assert fits(logged_in)
    axe(logged_in)


def test_a_track_that_runs_elsewhere_shows_reference_owner_date_and_words_to_copy(logged_in, axe, member, signal):
    admin = make_member(member.team, "administrator", name="Ada")
    do(keep_elsewhere, admin, timezone.now(), municipality=member.team.municipality, here=False, system="Suite")
    logged_in.goto(f"/wmo/new/{signal.ref}")
    logged_in.get_by_label("Kenmerk daar").fill("2026-114")
    logged_in.get_by_role("button", name="Starten").click()
    logged_in.get_by_role("heading", name="Loopt in Suite").wait_for()
    assert "Kenmerk: 2026-114" in logged_in.get_by_label("Samenvatting om te kopiëren").input_value()
    axe(logged_in)
    assert fits(logged_in)
