import pytest
from django.urls import reverse

from nabij.access.models import Role
from nabij.access.tests.factories import make_member, make_team
from nabij.commitments.tests.factories import log_in
from nabij.digests.models import DigestChoice

pytestmark = pytest.mark.django_db
ADDRESS = "/digests/preferences"


@pytest.fixture
def me(client):
    member = make_member(make_team(), name="Noor")
    log_in(client, member.worker)
    return member


def send(client, **facts):
    return client.post(ADDRESS, {"rhythm": "weekly", "hour": "9", **facts})


def test_what_is_chosen_is_kept_and_shown(client, me):
    assert send(client, request_id="a" * 32).status_code == 302
    choice = DigestChoice.objects.get(worker=me.worker)
    assert (choice.rhythm, choice.hour, choice.free_days, choice.version) == ("weekly", 9, False, 1)
    page = client.get(reverse("digests:preferences")).content.decode()
    assert 'name="version" value="1"' in page


def test_an_older_page_does_not_overwrite_a_newer_choice_and_both_are_shown(client, me):
    send(client)
    send(client, hour="8", version="1")
    answer = send(client, hour="12", version="1")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert DigestChoice.objects.get().hour == 8
    assert "Zo staat het er nu" in page
    assert "8:00</p>" in page
    assert 'value="12" selected' in page


def test_the_same_form_sent_twice_changes_once(client, me):
    for _time in range(2):
        send(client, request_id="b" * 32)
    assert DigestChoice.objects.get().version == 1


def test_an_hour_at_night_is_refused_with_a_reason(client, me):
    answer = send(client, hour="3")
    assert (answer.status_code, DigestChoice.objects.count()) == (422, 0)


def test_everybody_chooses_for_oneself(client, me):
    send(client)
    other = make_member(me.team, Role.VOLUNTEER, "Vera")
    log_in(client, other.worker)
    send(client, hour="10")
    assert sorted(DigestChoice.objects.values_list("worker__name", "hour")) == [("Noor", 9), ("Vera", 10)]
