"""Nothing is overwritten silently, and a second sending is recognised: looked at on every page of the test world."""

import re

import pytest
from django.urls import resolve

from nabij.access.models import Role
from nabij.commitments.tests.factories import log_in
from tests.house.test_every_address import address, ours
from tests.support.addresses import NoSample
from tests.support.filling import post_forms
from tests.support.world import make_world

pytestmark = pytest.mark.django_db
READERS = (Role.LEAD, Role.ADMINISTRATOR, Role.PRIVACY_OFFICER)
# Forms about an existing row that need no version: a second person at the same moment can overwrite nothing there.
NO_VERSION = {
    "adds a row": r"commitments:add_task|contacts:(record|tried|well)|signals:(capture|public_form)|casework:(open_case|add_\w+|ask_network|link_resident)"
    r"|residents:(create|addresses|reach|safety|authority|away|break_glass)|access:(share|know_resident)|desk:done|administration:rota"
    r"|casework:(breakthrough|keep_copy)|conferences:(add_agreement|add_participant|plan_conference)|debts:tried|handover:(absence|item|several)"
    r"|life_domains:scores|piling:(dpia|of)|portal:(code|manage|visit)|meldcode:(start|step|name)|network:(add_tie|household)|outcomes:(ask|paper)|partners:make_token|wmo:(start|start_case)|bsn:number|duplicates:(of|look_at)",
    "one way, and the action itself says who was first": r"commitments:(take|finish_task|block_worker|unblock_worker)|contacts:withdraw"
    r"|casework:(record_death|change_coordinator)|signals:(second_word|classify|link|reopen)|access:end_sharing|bsn:remove"
    r"|conferences:remove_participant|debts:(known|result)|handover:(close|give_duty|name_in|refuse)|partners:(end|end_token)|post:accept|meldcode:unname",
    "changes no record": r"desk:(search|privacy|resident)|signals:status|drafts:.*|account_.*|mfa_.*|set_language",
}


@pytest.fixture
def world():
    return make_world()


def pages(client, world):
    """Yield every page that opens, with its name, for each reader in turn. A page that breaks is test_every_address's complaint."""
    client.raise_request_exception = False
    for role in READERS:
        log_in(client, world.members[role].worker)
        for name, _allow in ours():
            try:
                url, _has_ref = address(name, world)
            except NoSample:  # test_every_address says so
                continue
            response = client.get(url)
            if response.status_code == 200 and response.headers["Content-Type"].startswith("text/html"):
                yield role, name, url, response.content.decode()


def verb_of(form, url) -> str:
    """Return the URL name that a form is sent to."""
    return resolve(re.sub(r"[?#].*", "", form.action) or url.partition("?")[0]).view_name


def needs_no_version(verb: str) -> bool:
    return any(re.fullmatch(pattern, verb) for pattern in NO_VERSION.values())


def test_every_form_that_changes_something_carries_a_request_id(client, world):
    without = {verb_of(form, url) for _r, _n, url, text in pages(client, world) for form in post_forms(text) if "request_id" not in form.values}
    assert {verb for verb in without if not re.fullmatch(r"account_.*|mfa_.*|set_language", verb)} == set()


def test_every_form_about_a_row_that_is_there_carries_its_version(client, world):
    without = set()
    for _role, _name, url, text in pages(client, world):
        for form in post_forms(text):
            verb = verb_of(form, url)
            if "version" not in form.values and re.search(r"[2-9a-hjkmnp-z]{20}", form.action or url) and not needs_no_version(verb):
                without.add(verb)
    assert sorted(without) == []
