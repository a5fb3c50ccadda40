"""No password, mail address, BSN or text about a person in any log line."""

import io
import logging

import pytest
from django.db import IntegrityError

from nabij.access.models import Role
from nabij.access.tests.factories import log_in, make_member, make_team
from nabij.core.logs import Redact

PASSWORD = "vier-rustige-fietsbellen"
BSN = "123456782"
WORDS = "zij huilde de hele middag"


@pytest.fixture
def lines():
    """Everything that is logged, as the console shows it."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.addFilter(Redact())
    handler.setFormatter(logging.Formatter("{asctime} {levelname} {name} {message}", style="{"))
    root, before = logging.getLogger(), logging.getLogger().level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield stream
    root.removeHandler(handler)
    root.setLevel(before)


@pytest.mark.django_db
def test_a_page_that_breaks_logs_nothing_of_what_was_typed(client, lines, monkeypatch):
    team = make_team()
    log_in(client, team.lead.worker)

    def break_down(**kwargs):
        raise RuntimeError("the database is gone")

    monkeypatch.setattr("nabij.commitments.queries.mates", break_down)
    client.raise_request_exception = False
    answer = client.post("/commitments/tasks/new", {"what": WORDS, "note": f"{WORDS} {BSN}", "password": PASSWORD})
    told = lines.getvalue()
    assert (answer.status_code, "RuntimeError: the database is gone" in told) == (500, True)
    assert [secret for secret in (PASSWORD, BSN, WORDS, team.lead.worker.email) if secret in told] == []


@pytest.mark.django_db
def test_a_wrong_password_leaves_neither_itself_nor_the_address_in_the_log(client, lines):
    worker = make_member(make_team(), Role.VOLUNTEER, "Vera").worker
    for _ in range(9):
        client.post("/account/login/", {"login": worker.email, "password": PASSWORD})
    assert [secret for secret in (PASSWORD, worker.email) if secret in lines.getvalue()] == []


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("password=geheim123&next=/", "password=…&next=/"),
        ("{'password': 'geheim123', 'x': 1}", "{'password': …', 'x': 1}"),
        ("mail to vera@nabij.example failed", "mail to …@… failed"),
        (f"row {BSN} refused", "row … refused"),
        ("GET /link/9ahw7kq4m2xz HTTP/1.1", "GET /link/… HTTP/1.1"),
        ("24 rows in 3 seconds", "24 rows in 3 seconds"),
    ],
)
def test_a_line_keeps_its_meaning_without_its_secrets(said, kept):
    record = logging.LogRecord("nabij", logging.INFO, __file__, 1, "%s", (said,), None)
    Redact().filter(record)
    assert record.getMessage() == kept


def traced(error):
    """Return an error as the console shows it."""
    try:
        raise error
    except type(error) as caught:
        record = logging.LogRecord("nabij", logging.ERROR, __file__, 1, "failed", (), (type(caught), caught, caught.__traceback__))
    Redact().filter(record)
    return logging.Formatter("{message}", style="{").format(record)


def test_a_trace_says_where_it_broke_without_what_was_typed():
    told = traced(ValueError(f"invalid literal for int(): '{WORDS}' {BSN}"))
    assert "in traced" in told
    assert told.endswith("ValueError: invalid literal for int(): '…' …")


def test_what_a_database_tells_about_a_refused_row_is_left_out():
    told = traced(IntegrityError(f'new row for relation "x" violates check constraint "y"\nDETAIL:  Failing row contains (1, {WORDS}).\n'))
    assert told.endswith("django.db.utils.IntegrityError: new row for relation '…' violates check constraint '…'")
    assert WORDS not in told


def test_a_mistake_in_the_program_keeps_the_name_that_was_wrong():
    assert traced(AttributeError("'Row' object has no attribute 'due'")).endswith("AttributeError: 'Row' object has no attribute 'due'")
