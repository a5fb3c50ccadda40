"""A file of arrears in a real browser, at both widths."""

import pytest
from django.utils import timezone

from nabij.access.tests.factories import make_member, make_team
from nabij.debts.models import Debt
from nabij.debts.tests.factories import mixed
from nabij.partners.tests.factories import make_partner
from tests.journeys.town import PASSWORD, log_in
from tests.support.browser import fits
from tests.support.hands import Pointer

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def noor(settings):
    settings.DEMO = True
    team = make_team(name="Voordeur", kind="front_door")
    make_partner(team.municipality)
    member = make_member(team, name="Noor")
    member.worker.is_demo = True
    member.worker.set_password(PASSWORD)
    member.worker.save()
    return member


def test_a_file_is_looked_at_taken_in_and_its_refused_rows_downloaded(any_page, axe, noor, tmp_path):
    page, file = any_page, tmp_path / "achterstanden.csv"
    file.write_bytes(mixed(6, 3, f"{timezone.localdate():%d-%m-%Y}")[0])
    log_in(page, Pointer(page), noor)
    page.goto("/debts/")
    axe(page)
    page.get_by_label("Het bestand (CSV)").set_input_files(file)
    page.get_by_role("button", name="Bekijk het bestand").press("Enter")
    page.get_by_text("Er komen 6 nieuwe signalen binnen.").wait_for()
    axe(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download de lijst").press("Enter")
    assert download.value.path().read_text("utf-8-sig").count("\n") == 4
    page.get_by_role("button", name="Lees 6 regels in").press("Enter")
    page.get_by_text("Er zijn 6 nieuwe signalen binnen.").wait_for()
    assert Debt.objects.count() == 6
    page.goto(f"/debts/{Debt.objects.first().signal.ref}")
    page.get_by_role("heading", name="Wat we probeerden").wait_for()
    axe(page)
    assert fits(page)
