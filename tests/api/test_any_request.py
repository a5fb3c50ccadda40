"""Whatever is sent to the API: no server error, and every answer is as the API describes itself."""

from collections import Counter

import pytest

from nabij.config.api import api

from .asking import NEGATIVE, POSITIVE, ask_anything, ask_edges, ask_oddly, operations_of, takes_anything

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore")]
LABELS = [f"{method.upper()} {path}" for path, methods in api.get_openapi_schema()["paths"].items() for method in methods]


def good(statuses: Counter[int]) -> int:
    """Return how many answers were good ones."""
    return sum(count for status, count in statuses.items() if 200 <= status < 300)


@pytest.mark.parametrize("label", LABELS)
def test_every_answer_is_as_described_and_none_is_a_server_error(described, known, label):
    operation = next(one for one in operations_of(described) if one.label == label)
    asked: Counter[int] = Counter()
    ways = {
        "edges": lambda: ask_edges(operation, known),
        "as described": lambda: ask_anything(operation, known, POSITIVE),
        "wrong on purpose": lambda: takes_anything(operation) and ask_anything(operation, known, NEGATIVE),
        "odd": lambda: ask_oddly(operation, known, described.app),
    }
    for way, play in ways.items():
        described.app.statuses.clear()
        play()
        asked += described.app.statuses
        print(f"{label}, {way}: {dict(sorted(described.app.statuses.items()))}")
    assert [status for status in asked if status >= 500] == []
    # an operation that only ever refuses was not tried
    assert good(asked) > 0


def test_every_operation_of_the_api_gives_a_good_answer(described, known):
    without = []
    for operation in operations_of(described):
        described.app.statuses.clear()
        ask_anything(operation, known, POSITIVE, examples=5)
        if not good(described.app.statuses):
            without.append(operation.label)
    assert without == []
    assert [operation.label for operation in operations_of(described)] == LABELS


def test_every_parameter_that_names_something_is_asked_with_what_exists(described, known):
    named = {(one.label, part.name) for one in operations_of(described) for part in one.iter_parameters() if part.location.value in {"path", "query"}}
    assert {place for place in named if not known.real(*place)} == set()
