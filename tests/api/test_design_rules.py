"""The API keeps to the NL API Design Rules, and says what is wrong in the language of who reads it."""

import json

import pytest

from nabij.access.tests.factories import make_team
from nabij.commitments.tests.factories import log_in
from nabij.core.web.api import COMPLAINTS
from nabij.partners.tests.factories import bearer, key_of, make_partner
from tests.house.test_every_address import NOWHERE

from .known import WORRY, fresh_key

pytestmark = pytest.mark.django_db
ABOUT_ALL = {"about": "cat", "subject": " ", "words": "x" * 10_001, "postcode": "12", "unsafe": "yes", "reporter": 1, "colour": "x", "place": 1}


@pytest.fixture
def key(db):
    return key_of(make_partner(make_team().municipality))


def send(client, key, body, language=""):
    headers = bearer(key) | {"Idempotency-Key": fresh_key()} | ({"Accept-Language": language} if language else {})
    return client.post("/api/v1/signals", body, content_type="application/json", headers=headers)


def test_the_description_is_open_to_everybody_and_to_every_page(client):
    answer = client.get("/api/v1/openapi.json")
    assert (answer.status_code, answer["Access-Control-Allow-Origin"]) == (200, "*")
    assert answer["API-Version"] == answer.json()["info"]["version"]


def test_the_description_is_the_same_in_every_language(client):
    texts = {client.get("/api/v1/openapi.json", headers={"Accept-Language": language}).text for language in ("nl", "en")}
    assert len(texts) == 1


def test_every_answer_has_the_headers_of_the_design_rules(client, key):
    for path in ("/api/v1/service", f"/api/v1/signals/{NOWHERE}", "/api/v1/nothing"):
        answer = client.get(path, headers=bearer(key))
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


@pytest.mark.parametrize(
    ("language", "title", "first"),
    [("", "Inhoud past niet", "Kies een van deze: 'person', 'place'."), ("nl", "Inhoud past niet", "Kies een van deze: 'person', 'place'."),
     ("en", "Unprocessable content", "Choose one of these: 'person', 'place'.")],
)  # fmt: skip
def test_what_is_wrong_is_said_in_the_language_of_the_reader_and_never_repeated(client, key, language, title, first):
    answer = send(client, key, json.dumps(ABOUT_ALL), language)
    told = {one["field"]: one for one in answer.json()["errors"]}
    assert (answer.status_code, answer.json()["title"], told["body.about"]["detail"]) == (422, title, first)
    assert set(told) == {f"body.{name}" for name in ABOUT_ALL}
    # every code has words of its own; the library's English would be its fallback
    assert {one["code"] for one in told.values()} <= set(COMPLAINTS)
    assert "cat" not in answer.text


def test_an_error_that_no_endpoint_made_speaks_the_language_of_the_reader_too(client):
    said = {language: client.get("/api/v1/nothing", headers={"Accept-Language": language}).json()["title"] for language in ("nl", "en")}
    assert said == {"nl": "Niet gevonden", "en": "Not found"}


def test_more_than_can_be_read_is_refused_clearly(client, key, settings):
    body = json.dumps(WORRY | {"words": "x" * settings.DATA_UPLOAD_MAX_MEMORY_SIZE})
    answer = send(client, key, body, "en")
    assert (answer.status_code, answer["Content-Type"]) == (413, "application/problem+json")
    assert (answer.json()["title"], answer.json()["detail"]) == ("Too large", "Send at most 5 MB at once.")
