"""Every address x every role answers as its page declared; what is not yours answers as what is not there; reading changes nothing.

Nothing stays untested because nobody listed it: an address with a `ref` that SAMPLES does not know fails.
"""

import inspect
import re

import pytest
from django.apps import apps
from django.urls import reverse

from nabij.access.doors import PUBLIC
from nabij.access.models import Role
from nabij.access.web.addresses import all_pages
from nabij.commitments.tests.factories import log_in
from tests.house.source import python_files
from tests.support.addresses import OPEN_TO_ALL, sample_kwargs
from tests.support.world import make_world

pytestmark = pytest.mark.django_db
NOWHERE = "2" * 20
# What nobody types and a program sends: places past both ends of time, numbers of no length and no script, a byte that no text can hold.
PLACES = ["²", "9" * 5000, "0001-01-01T00:00:00+14:00|1", "9999-12-31T23:59:59-14:00_contact_1", "99999999999999999999_1"]
WORDS = ["9" * 5000, "zzz ² عربي", "zzz\x00"]
ASKED = re.compile(r"""(?:GET|POST|asked|sent)(?:\.get|\.getlist)?[(\[]"(\w+)\"""")
# What one's own log-in and the read log write is no domain row.
NOT_DOMAIN = {
    "audit.Entry",
    "sessions.Session",
    "axes.AccessAttempt",
    "axes.AccessLog",
    "axes.AccessFailureLog",
    "links.Knock",
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


def answer_is_wrong(role, allow, has_ref, status):
    """Return why an answer does not fit what the page declares, or nothing."""
    declared = PUBLIC in allow or role in allow
    opens = status in {200, 302, 405}
    if not declared:
        return "is not declared" if status != 404 else ""
    if not has_ref or role in {Role.WORKER, Role.LEAD}:
        return "is declared" if not opens else ""
    return ""  # another role, one row: that row's own tests know whether it was given to them


def test_every_address_answers_every_role_as_declared(client, world):
    wrong = []
    for role in Role:
        log_in(client, world.members[role].worker)
        for name, allow in ours():
            url, has_ref = address(name, world)
            status = client.get(url).status_code
            if why := answer_is_wrong(role, allow, has_ref, status):
                wrong.append(f"{name}: {status} although {role} {why}")
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
def test_what_is_another_teams_or_another_organisations_answers_as_what_does_not_exist(client, world, who):
    log_in(client, getattr(world, who).worker)
    wrong = []
    for name, allow in ours():
        url, has_ref = address(name, world)
        if not has_ref or PUBLIC in allow:
            continue
        for ask in (client.get, client.post):
            real, absent = ask(url), ask(re.sub(r"[2-9a-hjkmnp-z]{20}", NOWHERE, url))
            if (real.status_code, body(real)) != (absent.status_code, body(absent)):
                wrong.append(f"{name}: {real.status_code}, not there: {absent.status_code}")
    assert wrong == []


def asked_by_name():
    """Return every name under which a page looks for something in its address or its form, as the code says it."""
    names = {name for file in python_files() for name in ASKED.findall(file.read_text())}
    assert names >= {"after", "about", "version", "next", "dossier"}
    return sorted(names - {"request_id"})


def tries(view, names):
    """Return what is asked of a page: words under every name, and places in a list of a page that goes on from one."""
    words = [(how, dict.fromkeys(names, word)) for how in ("get", "post") for word in WORDS]
    goes_on = '"after"' in inspect.getsource(inspect.unwrap(view))
    return words + [("get", {"after": place, "show": "unanswered"}) for place in PLACES if goes_on]


def test_what_no_page_asks_for_breaks_no_page(client, world):
    client.raise_request_exception = False
    names, views, asked, wrong = asked_by_name(), dict(all_pages()), set(), []
    for role in (Role.LEAD, Role.ADMINISTRATOR, Role.PRIVACY_OFFICER):
        log_in(client, world.members[role].worker)
        for name in [name for name, allow in ours() if role in allow and name not in asked]:
            asked.add(name)
            url, _has_ref = address(name, world)
            for how, sent in tries(views[name].callback, names):
                if getattr(client, how)(url, sent).status_code >= 500:
                    wrong.append(f"{name}: {how} {sent}"[:200])
    assert wrong == []


def fingerprint():
    return {
        model._meta.label: sorted(re.sub(r" at 0x[0-9a-f]+", "", str(row)) for row in model._default_manager.values_list())
        for model in apps.get_models()
        if model._meta.label not in NOT_DOMAIN
    }


def test_reading_any_address_changes_no_row(client, world):
    before = fingerprint()
    for role in (Role.LEAD, Role.ADMINISTRATOR, Role.PRIVACY_OFFICER, Role.COUNTER):
        log_in(client, world.members[role].worker)
        for name, _allow in ours():
            client.get(address(name, world)[0])
    assert fingerprint() == before
