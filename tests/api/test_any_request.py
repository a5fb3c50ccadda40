"""Whatever is sent to the API: no server error, and every answer is as the API describes itself."""

import os
from collections import Counter

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode

from nabij.access.tests.factories import make_team
from nabij.commitments.tests.factories import log_in
from nabij.config.wsgi import application
from nabij.partners.tests.factories import key_of, make_partner
from tests.house.test_every_address import NOWHERE

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore")]
# Ten times as many by hand: NABIJ_API_EXAMPLES=300
EXAMPLES = int(os.environ.get("NABIJ_API_EXAMPLES", "30"))
SEEN: Counter[str] = Counter()


@pytest.fixture
def described(db, settings):
    """The API as it describes itself; as in Django's own test client a request does not close the connection of the test."""
    settings.API_PER_MINUTE = 10**9
    signals = (request_started, request_finished)
    for one in signals:
        one.disconnect(close_old_connections)
    yield schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
    for one in signals:
        one.connect(close_old_connections)


@pytest.fixture
def key(db):
    return key_of(make_partner(make_team().municipality))


def ask_anything(operation, mode, headers):
    """Send whatever the machine thinks of, as described or on purpose not, and hold every answer against the description."""

    @given(case=operation.as_strategy(generation_mode=mode))
    @settings(max_examples=EXAMPLES, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
    def run(case):
        answer = case.call_and_validate(headers=headers)
        SEEN[f"{operation.label} {answer.status_code}"] += 1
        assert answer.status_code < 500

    run()


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=["as described", "wrong on purpose"])
def test_every_answer_is_as_described_and_none_is_a_server_error(described, key, mode):
    operations = [found.ok() for found in described.get_all_operations()]
    assert len(operations) >= 5
    for operation in operations:
        if mode is GenerationMode.NEGATIVE and not (operation.body or list(operation.iter_parameters())):
            continue  # nothing can be wrong in it
        ask_anything(operation, mode, {"Authorization": f"Bearer {key}"})
    print(f"{sum(SEEN.values())} requests: {dict(sorted(SEEN.items()))}")


def test_the_description_is_open_to_everybody_and_to_every_page(client):
    answer = client.get("/api/v1/openapi.json")
    assert (answer.status_code, answer["Access-Control-Allow-Origin"]) == (200, "*")
    assert answer["API-Version"] == answer.json()["info"]["version"]


def test_every_answer_has_the_headers_of_the_design_rules(client, key):
    for path in ("/api/v1/service", f"/api/v1/signals/{NOWHERE}", "/api/v1/nothing"):
        answer = client.get(path, headers={"Authorization": f"Bearer {key}"})
        assert (answer["API-Version"], answer["Cache-Control"], answer["X-Content-Type-Options"]) == ("1.0.0", "no-store", "nosniff")
        if answer.status_code != 200:
            assert answer["Content-Type"] == "application/problem+json"
            assert set(answer.json()) == {"status", "title", "detail", "errors"}


def test_no_path_ends_in_a_slash_and_keys_are_in_camel_case(client):
    made = client.get("/api/v1/openapi.json").json()
    assert [path for path in made["paths"] if path.endswith("/") or path != path.lower()] == []
    keys = [key for shape in made["components"]["schemas"].values() for key in shape.get("properties", {})]
    assert [key for key in keys if "_" in key or key[0].isupper()] == []


def test_a_worker_without_the_key_of_a_partner_gets_nothing(client):
    member = make_team().lead
    log_in(client, member.worker)
    answer = client.get("/api/v1/debt-signals/results")
    assert (answer.status_code, answer["Content-Type"]) == (401, "application/problem+json")
