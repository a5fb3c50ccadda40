"""Who may not ask gets no answer: without credentials, with wrong ones, with another's, with those that do not work any more."""

import json

import pytest
from django.test import Client
from django.utils import timezone

from nabij.access.actor import system_actor
from nabij.access.models import Worker
from nabij.access.tests.factories import log_in
from nabij.partners.actions import end_partner
from nabij.partners.models import Partner
from nabij.partners.tests.factories import bearer, key_of, make_partner

from .asking import credentials, operations_of, scheme_of
from .known import fresh_key
from .odd import good_body

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore")]


@pytest.fixture
def closed(described):
    """The operations that ask for credentials."""
    found = [operation for operation in operations_of(described) if scheme_of(operation)]
    assert len(found) >= 5
    return found


def ask(operation, known, headers):
    """Ask what would be answered well with the right credentials, and return the answer."""
    refs = known.real(operation.label, "reference")
    path = operation.path.replace("{reference}", refs[0] if refs else "")
    more = {"Idempotency-Key": fresh_key(), **headers}
    return Client().generic(operation.method.upper(), path, json.dumps(good_body(operation.label) or {}), content_type="application/json", headers=more)


def opened(closed, known, headers):
    """Return which operations answered otherwise than with a clear refusal."""
    answers = {operation.label: ask(operation, known, headers) for operation in closed}
    clear = {label for label, one in answers.items() if one.status_code in {401, 403, 404} and one["Content-Type"] == "application/problem+json"}
    return [f"{label}: {one.status_code}" for label, one in answers.items() if label not in clear]


def test_with_the_right_credentials_each_of_them_answers(closed, known):
    assert [operation.label for operation in closed if ask(operation, known, credentials(operation, known)).status_code not in {200, 201}] == []


@pytest.mark.parametrize("headers", [{}, bearer("nabij_wrong"), bearer(""), {"Authorization": "Basic YTpi"}, {"Cookie": "sessionid=" + "a" * 32}], ids=str)
def test_without_credentials_or_with_wrong_ones_nothing_opens(closed, known, headers):
    assert opened(closed, known, headers) == []


def test_the_key_of_a_partner_opens_nothing_of_a_worker_and_a_log_in_nothing_of_a_partner(closed, known):
    of_worker = [operation for operation in closed if scheme_of(operation) == "SessionAuth"]
    of_partner = [operation for operation in closed if scheme_of(operation) == "PartnerKey"]
    assert of_worker and of_partner
    assert opened(of_worker, known, bearer(known.key)) + opened(of_partner, known, {"Cookie": f"sessionid={known.session}"}) == []


def test_a_partner_that_may_send_nothing_or_is_gone_opens_nothing(closed, known):
    Partner.objects.update(may_signals=False, may_debts=False)
    assert opened(closed, known, bearer(known.key)) == []
    Partner.objects.update(may_signals=True, may_debts=True)
    end_partner(actor=system_actor(at=timezone.now()), at=timezone.now(), partner=known.partner)
    assert opened(closed, known, bearer(known.key)) == []


def test_another_partner_hears_nothing_of_what_was_sent(closed, known):
    other = bearer(key_of(make_partner(known.partner.municipality, "Energie Noord", kind="energy")))
    answers = {operation.label: ask(operation, known, other) for operation in closed if operation.method == "get" and scheme_of(operation) == "PartnerKey"}
    assert answers["GET /api/v1/signals/{reference}"].status_code == 404
    assert answers["GET /api/v1/debt-signals/results"].json() == {"results": [], "next": None}


def test_a_log_in_that_may_not_go_on_hears_why_and_is_sent_nowhere(known):
    client = log_in(Client(), known.member.worker)
    session = client.session
    session.pop("second_factor")
    session.save()
    first = client.get("/api/v1/my-day", headers={"Accept-Language": "en"})
    assert (first.status_code, first.json()["detail"]) == (401, "Take the second step of the log-in first, in the browser.")
    Worker.objects.update(is_demo=True)  # and this is no demonstration
    then = client.get("/api/v1/my-day", headers={"Accept-Language": "en"})
    assert (then.status_code, then.json()["detail"]) == (401, "This log-in does not work any more.")
    assert client.get("/api/v1/my-day", headers={"Accept-Language": "en"}).json()["detail"] == "Log in, or send a valid key."
