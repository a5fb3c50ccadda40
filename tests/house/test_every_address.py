"""Every address x every role answers as its page declared; what is not yours answers as what is not there; reading changes nothing.

Nothing stays untested because nobody listed it: an address with a `ref` that SAMPLES does not know fails.
"""

import re

import pytest
from django.apps import apps
from django.urls import reverse

from nabij.access.doors import PUBLIC
from nabij.access.models import Role
from nabij.access.web.addresses import all_pages
from nabij.commitments.tests.factories import log_in
from tests.support.addresses import OPEN_TO_ALL, sample_kwargs
from tests.support.world import make_world

pytestmark = pytest.mark.django_db
NOWHERE = "2" * 20
# What one's own log-in and the read log write is no domain row.
NOT_DOMAIN = {
    "audit.Entry",
    "sessions.Session",
    "axes.AccessAttempt",
    "axes.AccessLog",
    "axes.AccessFailureLog",
    "access.Worker",
}


@pytest.fixture
def world():
    return make_world()


def addresses():
    return [(name, pattern) for name, pattern in all_pages() if ":" in name or name in OPEN_TO_ALL]


def ours():
    return [(name, pattern.callback.allow) for name, pattern in addresses() if name not in OPEN_TO_ALL]


def address(name, world):
    kwargs = sample_kwargs(name, world)
    return reverse(name, kwargs=kwargs), bool(kwargs)


def body(response):
    """Return what a reader sees: without the ids that differ on every answer and without the address itself."""
    text = response.content.decode()
    return re.sub(r'nonce="[^"]*"|value="[0-9a-zA-Z]{32,64}"|[2-9a-hjkmnp-z]{20}', "", text)


def test_every_page_declares_who_may_open_it():
    undeclared = [
        name for name, pattern in addresses() if name not in OPEN_TO_ALL and not hasattr(pattern.callback, "allow")
    ]
    assert undeclared == []


@pytest.mark.parametrize("role", list(Role))
def test_every_address_answers_this_role_as_declared(client, world, role):
    log_in(client, world.members[role].worker)
    wrong = []
    for name, allow in ours():
        url, has_ref = address(name, world)
        status = client.get(url).status_code
        declared = PUBLIC in allow or role in allow
        if not declared and status != 404:
            wrong.append(f"{name}: {status} although {role} is not declared")
        if declared and not has_ref and status not in {200, 302, 405}:
            wrong.append(f"{name}: {status} although {role} is declared")
        if declared and has_ref and role in {Role.WORKER, Role.LEAD} and status not in {200, 302, 405}:
            wrong.append(f"{name}: {status} for a {role} of the team itself")
    assert wrong == []


def test_without_a_log_in_every_page_that_is_not_public_sends_to_the_log_in(client, world):
    wrong = []
    for name, allow in ours():
        response = client.get(address(name, world)[0])
        to_login = response.status_code == 302 and response.headers["Location"].startswith("/account/login")
        if (PUBLIC in allow) == to_login:
            wrong.append(f"{name}: {response.status_code}")
    assert wrong == []


@pytest.mark.parametrize("who", ["stranger", "outsider"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_what_is_another_teams_or_another_organisations_answers_as_what_does_not_exist(client, world, who, method):
    log_in(client, getattr(world, who).worker)
    wrong = []
    for name, allow in ours():
        url, has_ref = address(name, world)
        if not has_ref or PUBLIC in allow or "neighbourhood" in url:
            continue
        real = getattr(client, method)(url)
        absent = getattr(client, method)(re.sub(r"[2-9a-hjkmnp-z]{20}", NOWHERE, url))
        if (real.status_code, body(real)) != (absent.status_code, body(absent)):
            wrong.append(f"{name}: {real.status_code}, not there: {absent.status_code}")
    assert wrong == []


def fingerprint():
    return {
        model._meta.label: sorted(map(str, model._default_manager.values_list()))
        for model in apps.get_models()
        if model._meta.label not in NOT_DOMAIN
    }


@pytest.mark.parametrize("role", [Role.WORKER, Role.LEAD, Role.ADMINISTRATOR, Role.PRIVACY_OFFICER, Role.COUNTER])
def test_reading_any_address_changes_no_row(client, world, role):
    log_in(client, world.members[role].worker)
    before = fingerprint()
    for name, _allow in ours():
        client.get(address(name, world)[0])
    assert fingerprint() == before
