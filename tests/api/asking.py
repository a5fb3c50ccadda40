"""Ask an operation everything, with the key that fits it and with refs that exist, and hold every answer against the description.

`NABIJ_API_EXAMPLES` says how often each way of asking is drawn for each operation: 40 in the suite, more by tools/any_request.py.
"""

import json
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi import checks
from werkzeug.test import Client

from nabij.config.wsgi import application
from nabij.partners.tests.factories import bearer

from .known import Known, bodies, fresh_key
from .odd import KEYS, TYPES, good_body, odd_addresses, odd_bodies

EXAMPLES = int(os.environ.get("NABIJ_API_EXAMPLES", "40"))
POSITIVE, NEGATIVE = GenerationMode.POSITIVE, GenerationMode.NEGATIVE
CALM = settings(deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
AS_DESCRIBED = [
    not_a_server_error, checks.status_code_conformance, checks.content_type_conformance, checks.response_headers_conformance,
    checks.response_schema_conformance,
]  # fmt: skip
SIGNALS = (request_started, request_finished)
Pick = Callable[[list[Any]], Any]


class Watched:
    """Nabij as it stands behind a web server; counts every answer it gives, also to what a check asks besides."""

    def __init__(self) -> None:
        self.statuses: Counter[int] = Counter()

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        # as in Django's own test client a request does not close the connection of the test; that client brings these back each time
        for signal in SIGNALS:
            signal.disconnect(close_old_connections)

        def start(status: str, *rest: Any) -> Any:
            self.statuses[int(status[:3])] += 1
            return start_response(status, *rest)

        return application(environ, start)


def operations_of(described: Any) -> list[Any]:
    """Return every operation, and fail on one that cannot be read."""
    return [found.ok() for found in described.get_all_operations()]


def scheme_of(operation: Any) -> str:
    """Return which credentials an operation asks for; empty when it is open to all."""
    return next((name for one in operation.definition.raw.get("security") or () for name in one), "")


def takes_anything(operation: Any) -> bool:
    """Tell whether there is anything in a request to it that can be wrong."""
    return bool(operation.body or list(operation.iter_parameters()))


def credentials(operation: Any, known: Known) -> dict[str, str]:
    """Return the header with the right credentials."""
    return {"PartnerKey": bearer(known.key), "SessionAuth": {"Cookie": f"sessionid={known.session}"}, "": {}}[scheme_of(operation)]


def is_spoiled(case: Any, place: str, name: str) -> bool:
    """Tell whether this part of a request was made wrong on purpose, so that it must stay as it is."""
    meta, data = case.meta, case.meta.phase.data
    if meta.generation.mode.is_positive:
        return False
    if meta.phase.name == "coverage":
        return data.parameter_location is None or (data.parameter_location.value == place and data.parameter in {None, name})
    return any(where.value == place and part.mode.is_negative for where, part in meta.components.items())


def make_real(case: Any, known: Known, pick: Pick) -> None:
    """Put what really exists where a parameter was made up; what is wrong on purpose stays wrong."""
    label = case.operation.label
    for place, container in (("path", case.path_parameters), ("query", case.query)):
        for name in [name for name in container or {} if known.real(label, name) and not is_spoiled(case, place, name)]:
            container[name] = pick([*known.real(label, name), container[name]])
    if case.headers and "Idempotency-Key" in case.headers and not is_spoiled(case, "header", "Idempotency-Key"):
        case.headers["Idempotency-Key"] = pick([*(fresh_key() for _turn in range(7)), case.headers["Idempotency-Key"]])


def ask(case: Any, known: Known) -> None:
    """Send one request and hold the answer against the description: status, headers, content type, shape, who may."""
    # a client that keeps no cookies sends the header as it is; what a check asks besides is sent without it
    case.call_and_validate(session=Client(case.operation.app, use_cookies=False), headers=credentials(case.operation, known))


def ask_edges(operation: Any, known: Known) -> None:
    """Ask with every edge that the description has: longest, shortest, each of a choice, one thing left out, one thing wrong."""
    generation = operation.schema.config.generation_for(operation=operation, phase="coverage")
    cases = operation.schema.iter_coverage_cases(operation, generation_modes=[POSITIVE, NEGATIVE], generation_config=generation)
    for number, case in enumerate(cases):
        make_real(case, known, lambda values, number=number: values[number % len(values)])
        ask(case, known)


def ask_anything(operation: Any, known: Known, mode: GenerationMode, examples: int = EXAMPLES) -> None:
    """Ask with whatever the machine thinks of, as described or wrong on purpose."""

    @settings(CALM, max_examples=examples)
    @given(case=operation.as_strategy(generation_mode=mode), data=st.data())
    def run(case: Any, data: Any) -> None:
        make_real(case, known, lambda values: data.draw(st.sampled_from(values)))
        if mode is POSITIVE and operation.body and data.draw(st.booleans()):
            case.body = data.draw(bodies(operation.label))
        ask(case, known)

    run()


def odd_requests(operation: Any) -> Iterator[dict[str, Any]]:
    """Yield requests as no program would send them by itself, each odd in one place."""
    names = [one.name for one in operation.iter_parameters() if one.location.value == "query"]
    for path, query in odd_addresses(operation.path, names):
        yield {"path": path, "query_string": query}
    for data in odd_bodies(operation.label):
        yield {"data": data}
    for key in KEYS:
        yield {"headers": {"Idempotency-Key": key}}
    for kind in TYPES:
        yield {"content_type": kind}


def ask_oddly(operation: Any, known: Known, app: Watched) -> None:
    """Ask with what broke other people's systems, past every library that would refuse to write it."""
    client, body = Client(app, use_cookies=False), good_body(operation.label)
    whole = {"path": operation.path.replace("{reference}", "2" * 20), "method": operation.method.upper(), "content_type": "application/json"}
    whole |= {"data": json.dumps(body).encode()} if body else {}
    for odd in odd_requests(operation):
        headers = {"Idempotency-Key": fresh_key(), **credentials(operation, known), **odd.get("headers", {})}
        answer = client.open(**{**whole, **odd, "headers": headers})
        operation.Case().validate_response(answer, checks=AS_DESCRIBED)
