"""What the description says can be asked next is asked next, with what the answer gave."""

from collections import Counter

import pytest
from hypothesis import settings
from werkzeug.test import Client

from .asking import CALM, EXAMPLES, credentials, make_real, operations_of
from .known import WORRY, fresh_key

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore")]


def chain(described, known, followed):
    """Return the machine that plays the links, with the right credentials and with what exists where no link gave a value."""

    class Chain(described.as_state_machine()):
        def get_call_kwargs(self, case):
            return {"session": Client(described.app, use_cookies=False), "headers": credentials(case.operation, known)}

        def step(self, input):
            linked = bool(input.applied_parameters)
            if not linked:
                make_real(input.case, known, lambda values: values[0])
            made = super().step(input)
            followed[input.case.operation.label, made.response.status_code] += linked
            return made

        def validate_response(self, response, case, additional_checks=None, **kwargs):
            case.validate_response(response, headers=kwargs["headers"], transport_kwargs=kwargs)

    return Chain


def test_what_can_be_asked_next_is_answered_as_described(described, known):
    followed: Counter[tuple[str, int]] = Counter()
    chain(described, known, followed).run(settings=settings(CALM, max_examples=EXAMPLES, stateful_step_count=6))
    print(f"links, followed: {dict(sorted(described.app.statuses.items()))}")
    assert [status for status in described.app.statuses if status >= 500] == []
    # each of the three links of the description was followed to a good answer
    reached = {label for (label, status), count in followed.items() if status == 200 and count}
    assert reached >= {"GET /api/v1/signals/{reference}", "GET /api/v1/debt-signals/results", "GET /api/v1/my-day"}


def answers_along(described, known, operation_id, body=None):
    """Yield the answer of an operation, and of what its links lead to, until a link gives nothing more."""
    by_id = {operation.definition.raw["operationId"]: operation for operation in operations_of(described)}
    given = {}
    while operation_id:
        operation = by_id[operation_id]
        place = "path_parameters" if operation.path_parameters else "query"
        case = operation.Case(**{place: given}, **({"body": body, "headers": {"Idempotency-Key": fresh_key()}} if operation.body else {}))
        answer = case.call_and_validate(headers=credentials(operation, known), session=Client(described.app, use_cookies=False))
        yield answer.json()
        links = list(operation.definition.raw["responses"][str(answer.status_code)].get("links", {}).values())
        operation_id = links[0]["operationId"] if links else ""
        given = {name: answer.json()[where.partition("#/")[2]] for name, where in (links[0]["parameters"] if links else {}).items()}
        if not all(given.values()):
            return


def test_the_link_of_a_signal_asks_after_that_signal(described, known):
    sent, asked = answers_along(described, known, "nabij_signals_api_send_signal", WORRY)
    assert sent == asked == {"reference": sent["reference"], "status": "received"}


def test_the_links_of_a_list_lead_to_its_end_and_nothing_comes_twice(described, known):
    results = [one["reference"] for page in answers_along(described, known, "nabij_debts_api_debt_results") for one in page["results"]]
    assert results == ["K000000", "K000001", "K000002"]
    pages = list(answers_along(described, known, "nabij_desk_api_my_day"))
    refs = [row["ref"] for page in pages for row in page["rows"]]
    assert len(pages) > 1
    assert (len(refs), len(set(refs))) == (pages[0]["total"], pages[0]["total"])
