"""Logging in: a lock after wrong passwords, the second step for paid people, demo log-ins, choosing a password by mail."""

import re
from unittest import mock

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core import mail
from django.test import Client

from nabij.access.models import Role
from nabij.access.tests.factories import make_member, make_team

pytestmark = pytest.mark.django_db
PASSWORD = "vier-rustige-fietsbellen"
WRONG = "iets-heel-anders-2026"


def log_in(client, worker, password=PASSWORD):
    return client.post("/account/login/", {"login": worker.email, "password": password})


def with_password(membership):
    membership.worker.set_password(PASSWORD)
    membership.worker.save()
    return membership.worker


def code_for(secret):
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


@pytest.fixture
def paid():
    return with_password(make_team().lead)


@pytest.fixture
def volunteer():
    return with_password(make_member(make_team(), Role.VOLUNTEER, "Vera"))


def test_after_eight_wrong_passwords_the_right_one_waits_for_a_quarter_of_an_hour(client, volunteer, clock):
    statuses = [log_in(client, volunteer, WRONG).status_code for _ in range(8)]
    assert statuses == [200] * 7 + [429]
    locked = log_in(client, volunteer)
    assert (locked.status_code, "Te veel pogingen" in locked.text, "_auth_user_id" in client.session) == (429, True, False)
    clock.forward(minutes=16)
    assert (log_in(client, volunteer).status_code, client.session["_auth_user_id"]) == (302, str(volunteer.pk))


def test_the_lock_is_of_one_account_not_of_everybody_behind_the_same_address(client, volunteer, paid):
    for _ in range(8):
        log_in(client, volunteer, WRONG)
    assert log_in(Client(), paid).status_code == 302


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(client, paid):
    wrong = log_in(client, paid, WRONG)
    paid.email = "niemand@nabij.example"
    unknown = log_in(Client(), paid, WRONG)
    told = [re.findall(r"<li>(.*?)</li>", answer.text.partition('role="alert"')[2].partition("</ul>")[0]) for answer in (wrong, unknown)]
    assert told[0] == told[1] != []


def test_a_paid_worker_without_second_step_sees_only_the_picture_and_types_no_password_again(client, paid):
    log_in(client, paid)
    for address in ("/", "/search", "/capture"):
        assert client.get(address).url == "/account/2fa/totp/activate/"
    picture = client.get("/account/2fa/totp/activate/")
    assert (picture.status_code, "data:image/svg+xml;base64" in picture.text) == (200, True)


def test_a_volunteer_needs_no_second_step(client, volunteer):
    log_in(client, volunteer)
    assert client.get("/").status_code == 200


def test_a_code_from_the_app_opens_the_day_and_is_asked_at_the_next_log_in(client, paid, clock):
    log_in(client, paid)
    secret = re.search(r'class="secret">([A-Z2-7]+)<', client.get("/account/2fa/totp/activate/").text).group(1)
    assert client.post("/account/2fa/totp/activate/", {"code": "000000"}).status_code == 200
    assert client.post("/account/2fa/totp/activate/", {"code": code_for(secret)}).status_code == 302
    assert client.get("/").status_code == 200
    later = Client()
    assert log_in(later, paid).url == "/account/2fa/authenticate/"
    assert later.get("/").status_code == 302
    clock.forward(minutes=1)  # a code works once
    assert later.post("/account/2fa/authenticate/", {"code": code_for(secret)}).status_code == 302
    assert later.get("/").status_code == 200


@pytest.mark.parametrize("address", ["127.0.0.1", "203.0.113.{}"])
def test_after_five_wrong_codes_the_right_one_waits_whatever_the_address(client, paid, clock, address):
    log_in(client, paid)
    secret = re.search(r'class="secret">([A-Z2-7]+)<', client.get("/account/2fa/totp/activate/").text).group(1)
    client.post("/account/2fa/totp/activate/", {"code": code_for(secret)})
    clock.forward(minutes=1)
    later = Client()
    log_in(later, paid)
    for number in range(5):
        later.post("/account/2fa/authenticate/", {"code": "000000"}, REMOTE_ADDR=address.format(number))
    right = later.post("/account/2fa/authenticate/", {"code": code_for(secret)}, REMOTE_ADDR=address.format(9))
    assert (right.status_code, "_auth_user_id" in later.session) == (200, False)
    clock.forward(minutes=16)
    log_in(later, paid)
    assert later.post("/account/2fa/authenticate/", {"code": code_for(secret)}).status_code == 302


def test_wrong_passwords_are_counted_once_by_address_and_account(client, volunteer):
    for _ in range(7):
        assert log_in(client, volunteer, WRONG).status_code == 200
    assert log_in(Client(REMOTE_ADDR="203.0.113.7"), volunteer).status_code == 302


def test_the_secret_of_the_second_step_is_encrypted_in_the_database(client, paid):
    log_in(client, paid)
    secret = re.search(r'class="secret">([A-Z2-7]+)<', client.get("/account/2fa/totp/activate/").text).group(1)
    client.post("/account/2fa/totp/activate/", {"code": code_for(secret)})
    kept = Authenticator.objects.get(user=paid, type=Authenticator.Type.TOTP).data["secret"]
    assert secret not in kept and len(kept) > len(secret)


def test_somebody_whose_second_step_was_set_up_is_asked_again_who_they_are_before_it_changes(client, paid):
    Authenticator.objects.create(user=paid, type=Authenticator.Type.RECOVERY_CODES, data={"seed": "x", "used_mask": 0})
    Authenticator.objects.create(user=paid, type=Authenticator.Type.TOTP, data={"secret": "x"})
    client.force_login(paid, backend="nabij.access.web.login.WorkerBackend")
    assert client.get("/account/2fa/totp/deactivate/").url.startswith("/account/reauthenticate/")


@pytest.mark.parametrize(("demo_on", "address", "status"), [(True, "127.0.0.1", 200), (True, "10.0.0.8", 302), (False, "127.0.0.1", 302)])
def test_a_demo_log_in_works_on_this_machine_only_and_only_in_a_demo(client, settings, paid, demo_on, address, status):
    settings.DEMO = demo_on
    type(paid).objects.filter(pk=paid.pk).update(is_demo=True)
    client.force_login(paid, backend="nabij.access.web.login.WorkerBackend")
    answer = client.get("/", REMOTE_ADDR=address)
    assert answer.status_code == status
    assert ("_auth_user_id" in client.session) == (status == 200)


def test_a_demo_log_in_does_not_work_through_a_proxy_on_this_machine(client, settings, paid):
    settings.DEMO = True
    type(paid).objects.filter(pk=paid.pk).update(is_demo=True)
    client.force_login(paid, backend="nabij.access.web.login.WorkerBackend")
    assert client.get("/", REMOTE_ADDR="127.0.0.1", headers={"X-Forwarded-For": "203.0.113.7"}).status_code == 302


def test_no_page_may_stand_in_a_frame(client):
    assert client.get("/account/login/").headers["X-Frame-Options"] == "DENY"


def test_who_is_blocked_cannot_log_in_with_the_right_password(client, volunteer, clock):
    now = clock.forward(minutes=0)
    type(volunteer).objects.filter(pk=volunteer.pk).update(blocked_at=now, is_active=False)
    log_in(client, volunteer)
    assert "_auth_user_id" not in client.session


def test_who_was_blocked_this_moment_cannot_log_in_and_sees_no_page_any_more(client, volunteer, clock):
    log_in(client, volunteer)
    assert client.get("/").status_code == 200
    type(volunteer).objects.filter(pk=volunteer.pk).update(blocked_at=clock.forward(minutes=0))
    assert client.get("/").status_code == 302
    later = Client()
    log_in(later, volunteer)
    assert "_auth_user_id" not in later.session


def test_a_password_is_chosen_by_a_link_in_a_real_mail(client, mail_server, volunteer):
    client.post("/account/password/reset/", {"email": volunteer.email})
    [message] = mail_server.sent_to(volunteer.email)
    text = message.get_content()
    link = re.search(r"http://\S+(/account/password/reset/key/\S+)", text).group(1)
    form = client.get(link, follow=True)
    fresh = "acht-blauwe-waterketels"
    client.post(form.redirect_chain[-1][0], {"password1": fresh, "password2": fresh})
    assert (message["Subject"], PASSWORD in text) == ("Nabij: kies je wachtwoord", False)
    assert log_in(Client(), volunteer, fresh).status_code == 302
    assert log_in(Client(), volunteer, PASSWORD).status_code == 200


def test_an_address_without_account_gets_no_mail_and_the_same_page(client, volunteer):
    known = client.post("/account/password/reset/", {"email": volunteer.email})
    unknown = client.post("/account/password/reset/", {"email": "niemand@nabij.example"})
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert [message.to for message in mail.outbox] == [[volunteer.email]]


def test_a_form_that_was_open_too_long_says_so_in_words(volunteer):
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/account/login/", {"login": volunteer.email, "password": PASSWORD})
    assert (answer.status_code, "Dit formulier stond te lang open" in answer.text) == (403, True)


def test_logging_in_takes_as_long_for_an_unknown_address(client, volunteer):
    with mock.patch("nabij.access.models.Worker.set_password") as hashed:
        client.post("/account/login/", {"login": "niemand@nabij.example", "password": WRONG})
    assert hashed.call_count == 1
