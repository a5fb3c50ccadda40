"""What every endpoint shares: strict shapes, bounded values, errors as `application/problem+json` (RFC 9457, NL API Design Rules).

Shapes refuse what they do not know; a pattern keeps control characters out, so that no text a database cannot hold gets further.
"""

import re
from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from ninja import Schema
from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, StrictBool, StringConstraints, WithJsonSchema
from pydantic.alias_generators import to_camel

PROBLEM = "application/problem+json"
# any text without control characters; lone halves of a pair never get as far as this
CONTROL = "\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\x7F"
SPACE = "\\t\\n\\r \\x85\\xA0\\u1680\\u2000-\\u200A\\u2028\\u2029\\u202F\\u205F\\u3000"
PRINTABLE = f"^[^{CONTROL}]*$"
# the same with at least one character that is no space: spelled out, since no two kinds of patterns agree on what a space is
WORDS = f"^[^{CONTROL}]*[^{CONTROL}{SPACE}][^{CONTROL}]*$"
REF = "^[2-9a-hjkmnp-z]{20}$"
ISO_DAY = re.compile(r"(19|20|21)\d\d-\d\d-\d\d", re.ASCII)
TITLES = {
    400: _("Bad request"), 401: _("Unauthorized"), 403: _("Forbidden"), 404: _("Not found"), 405: _("Method not allowed"), 409: _("Conflict"),
    413: _("Too large"), 415: _("Unsupported media type"), 422: _("Unprocessable content"), 429: _("Too many requests"), 500: _("Server error"),
}  # fmt: skip
# what is wrong with a value, by the code that stands beside it
COMPLAINTS = {
    "missing": _("This is missing."),
    "extra_forbidden": _("This is not known here. Look in the description of the API."),
    "string_type": _("This must be text."),
    "string_unicode": _("There are characters in it that cannot be read."),
    "string_too_long": _("Write at most %(max_length)s characters."),
    "string_too_short": _("Write at least %(min_length)s characters."),
    "string_pattern_mismatch": _("This is not written as asked. Look in the description of the API."),
    "literal_error": _("Choose one of these: %(expected)s."),
    "bool_type": _("Write true or false."),
    "list_type": _("This must be a list."),
    "too_long": _("Send at most %(max_length)s."),
    "too_short": _("Send at least %(min_length)s."),
    "model_attributes_type": _("This must be an object."),
    "value_error": "%(error)s",
}


class Shape(Schema):
    """Base of what goes in and out: keys in camelCase, nothing unknown."""

    model_config = ConfigDict(extra="forbid", alias_generator=to_camel, validate_by_alias=True, validate_by_name=False)


def _day(value: Any) -> Any:
    if isinstance(value, date):
        return value
    if not (isinstance(value, str) and ISO_DAY.fullmatch(value)):
        raise ValueError(gettext("Write a day like 2026-11-03."))
    return date.fromisoformat(value)


def _has_words(value: str) -> str:
    if not value.strip():
        raise ValueError(gettext("Write something."))
    return value


def line(limit: int) -> Any:
    """Return the type of a text of at most so many characters, empty when left out."""
    return Annotated[str, StringConstraints(max_length=limit, pattern=PRINTABLE)]


def story(limit: int) -> Any:
    """Return the type of a text that may not be empty."""
    shown = {"type": "string", "minLength": 1, "maxLength": limit, "pattern": WORDS}
    return Annotated[str, StringConstraints(min_length=1, max_length=limit, pattern=PRINTABLE), AfterValidator(_has_words), WithJsonSchema(shown)]


Day = Annotated[date, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]
YesNo = StrictBool
Ref = Annotated[str, StringConstraints(pattern=REF)]


class InputError(Shape):
    """One thing that is wrong with what was sent."""

    field: str = Field(description="where it stands, as a path: body.person.email")
    code: str
    detail: str


class Problem(Shape):
    """Why a request was not carried out; nothing was written."""

    status: int
    title: str
    detail: str
    errors: list[InputError] = Field(default_factory=list)


def links(status: int, /, **names: str) -> dict[str, Any]:
    """Return what can be asked with an answer, for its description: first NAME=operation, then each parameter with where its value stands."""
    (name, operation), *values = names.items()
    return {"responses": {status: {"links": {name: {"operationId": operation, "parameters": dict(values)}}}}}


def problem(status: int, detail: str = "", errors: list[dict[str, str]] | None = None, headers: dict[str, str] | None = None) -> HttpResponse:
    """Return an error answer; what was sent is never repeated in it."""
    title = str(TITLES.get(status, _("Error")))
    body = {"status": status, "title": title, "detail": detail or title, "errors": errors or []}
    return JsonResponse(body, status=status, content_type=PROBLEM, headers=headers)


def problems_of(found: list[dict[str, Any]]) -> list[dict[str, str]]:
    """Return the complaints of a shape as input errors, all at once, in the reader's language."""
    told = []
    for one in found:
        place = [str(part) for part in one.get("loc", ())]
        where = ".".join([*place[:1], *place[2:]]) if len(place) > 1 and place[0] == "body" else ".".join(place)
        code = str(one.get("type", "invalid"))
        told.append({"field": where[:200], "code": code, "detail": _complaint(code, one.get("ctx", {}))[:300]})
    return told


def _complaint(code: str, facts: dict[str, Any]) -> str:
    choice = {"expected": str(facts["expected"]).replace(" or ", ", ")} if "expected" in facts else {}
    return str(COMPLAINTS.get(code, _("This does not fit."))) % (facts | choice)


def is_api(request: HttpRequest) -> bool:
    """Tell whether a request is one to the API."""
    return request.path.startswith("/api/")
